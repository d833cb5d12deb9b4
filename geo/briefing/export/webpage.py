"""A deck as one HTML file that needs no server and no network: Leaflet, the geometry, the player and every figure are in it."""

from collections.abc import Callable
from html import escape

from geo.briefing.export.payload import payload
from geo.briefing.model import Deck
from geo.escaping import script_json
from geo.maps import folium_map, map_styles
from geo.translation import tag

__all__ = ["single_page"]

Read = Callable[[str], str]  # a browser file's text by its name
# The browser itself refuses whatever would be fetched.
POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
# The slide and the language stand in the address, so that a reload or a bookmark opens them again.
START = """
(function () {
  "use strict";
  const asked = new URLSearchParams(window.location.hash.slice(1));
  const keep = (show) => {
    window.history.replaceState(null, "", `#slide=${show.slide.id}&lang=${show.lang}`);
    document.title = `${show.face.title} · ${show.deck.titles[show.lang]}`;
  };
  const lang = ["en", "zh"].includes(asked.get("lang")) ? asked.get("lang") : LANGUAGE;
  const dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
  keep(window.briefing.open(DECK, { lang, dark, slide: asked.get("slide"), auto: Number(asked.get("auto")) || 0, onMove: keep }));
})();
"""


def single_page(deck: Deck, language: str, read: Read, player: tuple[str, ...], styles: tuple[str, ...]) -> bytes:
    """Return a deck as a page of its own, both languages in it.

    Parameters
    ----------
    deck
        What is shown.
    language
        The language it opens in.
    read
        Returns a browser file's text.
    player, styles
        Names of the scripts that play a deck, in loading order after Leaflet and the geometry, and of the style sheets.

    Returns
    -------
    HTML in UTF-8, about 0.7 MB; it may be opened from a folder, a stick or a mail.

    Raises
    ------
    ValueError
        If a browser file would change where the element it is put into ends.
    """
    geometry = folium_map.geometry_script(deck.data_version.atlas, map_styles.map_words(), file=True)
    start = START.replace("LANGUAGE", script_json(language)).replace("DECK", script_json(payload(deck)))
    scripts = [
        _script(read("leaflet.js")),
        _script(geometry),
        *(_script(read(name)) for name in player),
        _script(start),
    ]
    sheets = [_style(read(name)) for name in styles]
    head = (
        f'<!DOCTYPE html>\n<html lang="{tag(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(deck.titles[language])}</title>\n"
    )
    return (head + "\n".join(sheets) + "\n</head>\n<body>\n" + "\n".join(scripts) + "\n</body>\n</html>\n").encode()


def _script(text: str) -> str:
    """Return a script element."""
    return f"<script>\n{_harmless(text, '</script')}\n</script>"


def _style(text: str) -> str:
    """Return a style element."""
    return f"<style>\n{_harmless(text, '</style')}\n</style>"


def _harmless(text: str, end: str) -> str:
    """Return a text that does not end the element it stands in."""
    for harm in (end, "<!--"):  # behind a comment's start a script may go on beyond its end
        if harm in text.lower():
            raise ValueError(f"a browser file holds {harm!r}, which would change where the element it is put into ends")
    return text
