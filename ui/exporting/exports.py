"""Files to hand over: made with a progress bar when somebody asks, then offered for download."""

import time
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import settings
from geo.briefing import build
from geo.briefing.export import formats
from geo.briefing.export.formats import Maker
from geo.briefing.model import Deck
from geo.view import to_query
from store import clock
from ui import data, state
from ui.i18n import LANGUAGE_NAMES, mark, t
from ui.server.addresses import owner_of
from ui.server.bounds.sharing import Place, SharedPlaces
from ui.show import show
from ui.static_files import PLAYER, PLAYER_STYLES, source

__all__ = ["files", "of_view"]

_LABELS = {
    "pptx": mark("Editable PowerPoint"),
    "pdf": mark("PDF of the slides"),
    "html": mark("Offline HTML file"),
    "handout.pdf": mark("Two-page handout (PDF)"),
    "png": mark("Map for print (PNG)"),
    "svg": mark("Map as vector drawing (SVG)"),
    "geojson": mark("Figures on the map (GeoJSON)"),
    "csv": mark("All figures (CSV)"),
}
_ICONS = {
    "pptx": "slideshow", "pdf": "picture_as_pdf", "html": "html", "handout.pdf": "print", "png": "image", "svg": "draw", "geojson": "map",
    "csv": "table",
}  # fmt: skip
_OF_VIEW = ("handout.pdf", "png", "svg", "pptx", "html", "geojson", "csv")
_OF_SITE = ("png", "svg", "pptx", "html")
_MADE = "handed_over"  # the last file made in this session: one is kept, so that sessions stay small
WAIT_SECONDS = 60.0  # for others' files
_LOOK_SECONDS = 1.0  # between two looks whether it is one's turn; at each a page that was left ends
# Files made at the same time, of all visitors: a deck takes some ten megabytes and a processor.
_places = SharedPlaces(2)


def of_view(*, tier: str = "", site: str = "") -> None:
    """Draw the button that hands over what the page shows: the view with a tier the page fixes, or a cluster's close-up."""
    box = st.popover(t("Export"), icon=":material/ios_share:", key="handover_box", on_change="rerun")
    if not box.open:
        return
    with box:
        view = replace(state.view(), tier=tier or state.view().tier)
        address = show.address(state.page(), **to_query(view))
        deck = build.of_view(data.data_version, view, site=site, address=address, approval=settings.map_approval())
        files(deck, _OF_SITE if site else _OF_VIEW, slot=f"{site} {view} {deck.data_version.number}")


def files(deck: Deck, kinds: Sequence[str], slot: str) -> None:
    """Draw a choice of language, a button for each kind of file, and the download of the one made last.

    Parameters
    ----------
    deck
        What the files hold.
    kinds
        Keys of :data:`geo.briefing.export.formats.FORMATS`.
    slot
        What tells this deck from others of the session: a file of another one is not offered here.
    """
    language = st.segmented_control(
        t("Language of the file"), tuple(LANGUAGE_NAMES), format_func=LANGUAGE_NAMES.__getitem__, default=state.language(),
        required=True, key=f"handover_language-{deck.scenes[0].id}",
    )  # fmt: skip
    job = Maker(deck, language or state.language(), source, PLAYER, PLAYER_STYLES, lambda _share, _what: None)
    asked = ""
    with st.container(horizontal=True, key="handover"):
        for kind in kinds:
            if st.button(t(_LABELS[kind]), icon=f":material/{_ICONS[kind]}:", key=f"make-{kind.replace('.', '-')}"):
                asked = kind
    if asked and (content := _made(asked, job)):
        st.session_state[_MADE] = (slot, asked, job.language, content)
    made = st.session_state.get(_MADE)
    if made and made[0] == slot and made[2] == job.language:
        _, kind, _, content = made
        st.download_button(
            t("Download: {kind} ({size} kB)", kind=t(_LABELS[kind]), size=f"{len(content) / 1000:,.0f}"),
            content,
            formats.file_name(kind, job, clock.today()),
            formats.FORMATS[kind].mime,
            on_click="ignore",
            icon=":material/download:",
            type="primary",
            key="handover_save",
        )


def _made(kind: str, job: Maker) -> bytes:
    """Return a file, telling how far it is; nothing, and a word about it, where too many are being made."""
    bar = st.progress(0.0, t(_LABELS[kind]))
    with_progress = replace(job, tell=lambda share, what: bar.progress(min(share, 1.0), what))
    content = b""
    with _places.asked_by(owner_of(st.context.ip_address or "")) as place:
        if _came(place, bar):
            content = formats.make(kind, with_progress)
        else:
            st.warning(t("Many files are being created right now. Try again in a minute."))
    bar.empty()
    return content


def _came(place: Place, bar: DeltaGenerator) -> bool:
    """Wait for a place among the files that are being made; return whether it came in time."""
    until = time.monotonic() + WAIT_SECONDS
    found = place.came()
    while not found and time.monotonic() < until:
        bar.progress(0.0, t("Other files are being created first. Please wait."))
        found = place.came(_LOOK_SECONDS)
    return found
