"""Data desk: staff upload a refreshed file, see what it changes, publish it, and can always go back."""

from ui.auth import access
from ui.desk import desk

if access.may(access.Role.EDITOR):
    desk.draw()
else:
    access.closed_page()
