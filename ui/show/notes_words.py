"""Words of the presenter's window (assets/notes.js): English texts by the keys the script asks for."""

from ui.i18n import mark

__all__ = ["NOTES_WORDS"]

NOTES_WORDS = {
    "notes": mark("Speaker notes"),
    "no_notes": mark("No notes for this slide."),
    "position": mark("{number} of {total}"),
    "position_label": mark("Slide {number} of {total}"),
    "clock": mark("Time of day"),
    "elapsed": mark("Elapsed"),
    "restart": mark("Restart timer"),
    "next_slide": mark("Next:"),
    "end": mark("End"),
    "slides": mark("All slides"),
    "questions": mark("Audience questions"),
    "back": mark("Back"),
    "next": mark("Next"),
    "black": mark("Black"),
    "is_black": mark("The screen is black."),
    "connected": mark("connected"),
    "reconnecting": mark("reconnecting…"),
    "over": mark("the presentation has ended"),
    "newer": mark("Newer data has been published."),
}
