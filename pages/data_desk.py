"""Data desk: staff upload a refreshed file, see what it changes, publish it, and can always go back."""

from ui.auth import access
from ui.desk import desk, job

if access.may(access.Role.EDITOR):
    desk.draw()
else:
    job.leave()
    access.closed_page()
