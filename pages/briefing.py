"""Briefing: the story on the whole screen, or the presenter's notes in a second window."""

from ui.show import show

show.draw()
