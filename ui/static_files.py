"""Our browser files and Leaflet's, by name. Imports nothing heavy: the command line reads them too."""

import functools
from importlib.resources import files
from pathlib import Path

from geo import licences

__all__ = ["FILES", "PLAYER", "PLAYER_STYLES", "TYPES", "content", "source"]

_HERE = Path(__file__).resolve().parent / "static"
_LEAFLET = Path(str(files("xstatic.pkg.leaflet"))) / "data"
TYPES = {".js": "text/javascript", ".css": "text/css"}
FILES: dict[str, Path] = {
    "leaflet.js": _LEAFLET / "leaflet.js",
    "leaflet.css": _LEAFLET / "leaflet.css",
    **{path.name: path for path in sorted(_HERE.iterdir()) if path.suffix in TYPES},
}
# What plays a deck, in loading order; Leaflet and the geometry come before.
PLAYER = ("map.js", "camera.js", "show-panels.js", "show-help.js", "show-questions.js", "show-keys.js", "show.js")
PLAYER_STYLES = ("leaflet.css", "map.css", "show.css")


@functools.cache
def content(name: str) -> bytes:
    """Return a file's bytes, Leaflet's with the text of its licence; constant while the server runs."""
    file = FILES[name]
    licence = licences.comment("Leaflet", "Leaflet").encode() if file.parent == _LEAFLET else b""
    return licence + file.read_bytes()


def source(name: str) -> str:
    """Return a file's text, for a page that must do without this server."""
    return content(name).decode("utf-8")
