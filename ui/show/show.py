"""The show: a deck handed to the player in the browser, and the room that keeps the presenter view in step with it."""

from typing import Any
from urllib.parse import urlencode, urlsplit

import streamlit as st

import settings
from geo.briefing.export.payload import payload, qr
from geo.guest_address import reaches_guests
from geo.schema import LANGUAGES
from geo.view import to_query
from ui import asset_routes, data, feedback, state
from ui.auth import access
from ui.i18n import translate
from ui.menu import PAGES
from ui.show import rooms
from ui.show.notes_words import NOTES_WORDS

__all__ = ["address", "draw", "options"]

_KEY = "briefing"  # of the player
_LONGEST_HOST = 120  # characters, with the path that pages are below
_AUTO_SECONDS = range(3, 601)
# The component's source is one address: the browser keeps what it leads to.
_PLAYER = st.components.v2.component(
    "briefing_player",
    html="<div class='briefing-player'></div>",
    js=f"""
    const script = () => import({asset_routes.resolved("show-page.js")});
    export default (component) => {{
      script().then((page) => page.open(component));
      return () => script().then((page) => page.close());
    }};
    """,
)


def address(page: str, **parameters: str) -> str:
    """Return the address under which guests reach a page in the version and language shown; "" where the browser has not told its own."""
    base = settings.public_address() or _own_address()
    kept = {name: text for name, text in to_query(state.view()).items() if name in ("v", "lang")}
    return f"{base}/{page}?{urlencode(kept | parameters)}" if base else ""


def _own_address() -> str:
    """Return the address this visitor has opened, without the page: Streamlit's own answer holds the page in the first run of a link.

    A visitor's browser says it, so that one is set aside whose host is longer than any: the QR code of a long text takes a second to make.
    """
    try:
        found = urlsplit(st.context.url or "")
    except ValueError:  # brackets that are no IPv6 address
        return ""
    base = asset_routes.base_path() or _folder(found.path)
    return (
        f"{found.scheme}://{found.netloc}{base}" if found.netloc and len(found.netloc + base) <= _LONGEST_HOST else ""
    )


def _folder(path: str) -> str:
    """Return the path that pages are below in a browser: a proxy may have put one before them that this server never sees."""
    folder, _, name = path.rstrip("/").rpartition("/")
    return folder if name in {page.url for page in PAGES} else path.rstrip("/")


def draw() -> None:
    """Draw the show, or the presenter view where the address asks for it."""
    deck = payload(data.deck(address("briefing"), settings.map_approval()))
    if _is_presenter():
        deck["words"] = {
            language: {key: translate(language, text) for key, text in NOTES_WORDS.items()} for language in LANGUAGES
        }
    _PLAYER(key=_KEY, data={"deck": deck, **options()}, on_room_change=lambda: None)


def options() -> dict[str, Any]:
    """Return what the player is told beside the deck."""
    query = st.query_params
    notes = _is_presenter()
    asked = query.get("room", "")
    room = (asked if rooms.ROOM_NAME.fullmatch(asked) else "") if notes else _own_room()
    return {
        "files": asset_routes.player(),
        "room": room,
        "screen": "notes" if notes else "wall",
        "lang": state.language(),
        "slide": query.get("slide", ""),
        "notice": feedback.dropped_text(state.dropped()),
        "auto": _seconds(query.get("auto", "")),
        "dark": st.context.theme.type == "dark",
        "presenter": _way_in(room) if room else None,
        "leave": f"prepare?{urlencode(to_query(state.view()))}",
    }


def _way_in(room: str) -> dict[str, Any]:
    """Return the address of a room's presenter view, and its QR code where guests can reach it."""
    presenter = address("briefing", screen="notes", room=room)
    return {"address": presenter, "qr": qr(presenter) if reaches_guests(presenter) else None}


def _is_presenter() -> bool:
    """Whether the address asks for the presenter's window."""
    return bool(st.query_params.get("screen") == "notes")


def _own_room() -> str:
    """Return the room of this session's show: the one its tab had before, opened again if the server has forgotten it, else a new one.

    Where too many are in use it is "": the show goes on alone.
    """
    kept = str(getattr(st.session_state.get(_KEY), "room", None) or "")
    room = kept if rooms.ROOM_NAME.fullmatch(kept) else str(st.session_state.get("show_room", ""))
    if not rooms.is_open(room):
        room = rooms.open_room(lang=state.language(), token=room, address=access.peer_address())
    st.session_state["show_room"] = room
    return room


def _seconds(text: str) -> int:
    """Return the pace an address asks for, 0 for none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 and int(text) in _AUTO_SECONDS else 0
