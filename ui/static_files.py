"""Our browser files and Leaflet's, by name. Imports nothing heavy: the command line reads them too."""

import functools
from importlib.resources import files
from pathlib import Path

from geo import licences
from geo.maps.themes import css_variables

__all__ = ["BUNDLES", "COLOURED", "FILES", "PLAYER", "PLAYER_STYLES", "TYPES", "content", "source"]

_HERE = Path(__file__).resolve().parent / "static"
_LEAFLET = Path(str(files("xstatic.pkg.leaflet"))) / "data"
TYPES = {".js": "text/javascript", ".css": "text/css"}
FILES: dict[str, Path] = {
    "leaflet.js": _LEAFLET / "leaflet.js",
    "leaflet.css": _LEAFLET / "leaflet.css",
    **{path.name: path for path in sorted(_HERE.iterdir()) if path.suffix in TYPES},
}
# What draws a map, in loading order; Leaflet and the geometry come before.
_MAP = ("map-shapes.js", "map-choice.js", "map-names.js", "tenants.js", "house.js", "map.js")
# What plays a deck.
PLAYER = (
    *_MAP,
    "camera.js",
    "show-panels.js",
    "show-help.js",
    "show-questions.js",
    "show-keys.js",
    "show.js",
)
# Files that are served as one, each after the one before: streamlit-folium asks for a map's scripts one after the other.
BUNDLES = {"map-page.js": ("map-keys.js", *_MAP)}
PLAYER_STYLES = ("leaflet.css", "map.css", "show.css")
# Where a style sheet's colours hold: rules around the variables of a theme.
COLOURED: dict[str, tuple[tuple[str, str], ...]] = {
    "map.css": (("light", "#map_div {{ {} }}"), ("dark", "@media screen {{ #map_div.dark {{ {} }} }}")),
    "show.css": (("light", ".show {{ {} }}"), ("dark", ".show.dark {{ {} }}")),
    "notes.css": (
        ("light", ".briefing-notes {{ {} }}"),
        ("dark", ".briefing-notes.dark {{ {} }}"),
        ("dark", "@media (prefers-color-scheme: dark) {{ .briefing-notes {{ {} }} }}"),
    ),
    "page.css": (
        ("light", ":root {{ {} }}"),
        ("dark", "@media screen {{ .legend.dark {{ {} }} }}"),
        (
            "dark",
            "@media screen and (prefers-color-scheme: dark) {{ .stButton, .stLinkButton, .stDownloadButton {{ {} }} }}",
        ),
    ),
    "print.css": (("light", ":root {{ {} }}"),),
}


@functools.cache
def content(name: str) -> bytes:
    """Return a file's bytes, constant while the server runs.

    Leaflet's come after the text of its licence, style sheets after the colours they use; bundles are the files they hold.
    """
    if name in BUNDLES:
        return b"\n".join(map(content, BUNDLES[name]))
    file = FILES[name]
    licence = licences.comment("Leaflet", "Leaflet").encode() if file.parent == _LEAFLET else b""
    return licence + _colours(name).encode() + file.read_bytes()


def _colours(name: str) -> str:
    """Return the rules that give a style sheet its colours; nothing for other files."""
    rules = COLOURED.get(name, ())
    text = FILES[name].read_text(encoding="utf-8") if rules else ""
    return "".join(rule.format(css_variables(theme, text)) + "\n" for theme, rule in rules)


def source(name: str) -> str:
    """Return a file's text, for a page that must do without this server."""
    return content(name).decode("utf-8")
