"""Getting a briefing ready: start it, see what its slides say and which data they follow, hand it over."""

import pandas as pd
import streamlit as st

import settings
from geo.briefing.model import Deck
from geo.escaping import escape_markdown
from geo.guest_address import reaches_guests
from ui import asset_routes, data, state
from ui.exporting import checkup, exports, printing
from ui.i18n import t
from ui.show import show

__all__ = ["check", "deck", "hand_over", "slides", "start"]

_ROW_HEIGHT = 35  # pixels; the table shows all its rows without scrolling
_PACE = 20  # seconds a slide of the address offered for a screen that plays by itself


def deck() -> Deck:
    """Return the story in the version shown."""
    return data.deck(show.address("briefing"), settings.map_approval())


def start() -> None:
    """Draw how the show is started: at once, playing by itself, with a presenter view."""
    with st.container(key="start", border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.link_button(
                t("Start presentation"), show.address("briefing"), type="primary", icon=":material/slideshow:"
            )
            st.link_button(
                t("Play automatically"), show.address("briefing", auto=str(_PACE)), icon=":material/autoplay:",
                help=t("{seconds} seconds per slide, in a loop; change the number in the address.", seconds=_PACE),
            )  # fmt: skip
            if state.view().v is None:
                newest = data.current()  # as the button names it, whatever is published before it is pressed
                st.button(
                    t("Lock to version {number}", number=newest), key="lock", icon=":material/lock:",
                    on_click=lambda: state.change(v=newest),
                    help=t("Links, QR codes and files then keep the current figures, whatever is published later."),
                )  # fmt: skip
        st.caption(
            t(
                "→ next, ← previous, B black screen, N notes and presenter view, / ask, L language, T dark or light, F full screen, H all keys."
            )
        )
        if not reaches_guests(show.address("briefing")):
            st.caption(
                t(
                    "Phones cannot open this computer's local address. Serve the dashboard on the network and set DASHBOARD_ADDRESS to make QR codes work."
                )
            )


def slides(story: Deck) -> None:
    """Draw the slides: title, sentence, data they follow, and a link to each."""
    language = state.language()
    columns = {
        t("Slide"): [f"{number} · {scene.faces[language].title}" for number, scene in enumerate(story.scenes, 1)],
        t("Text"): [scene.faces[language].text for scene in story.scenes],
        t("Data"): [scene.faces[language].badge or t("latest") for scene in story.scenes],
        t("Missing"): [", ".join(scene.faces[language].gaps) for scene in story.scenes],
        t("Open"): [show.address("briefing", slide=scene.id) for scene in story.scenes],
    }
    if not any(columns[t("Missing")]):
        del columns[t("Missing")]
    frame = pd.DataFrame(columns)
    box = st.container(key="slides")
    box.dataframe(
        frame,
        column_config={
            t("Slide"): st.column_config.TextColumn(width=210),
            t("Text"): st.column_config.TextColumn(width=660),
            t("Open"): st.column_config.LinkColumn(display_text=t("open"), width=70),
        },
        hide_index=True,
        height=_ROW_HEIGHT * (len(story.scenes) + 1) + 3,
        row_height=_ROW_HEIGHT,
        alt=t("Slides in the briefing"),
    )
    with box:
        printing.table(frame.drop(columns=t("Open")))
    st.caption(
        escape_markdown(
            t(
                "Edit the slides as a table on the data desk: download the table, change it in Excel, then upload it again."
            )
        )
    )


def hand_over(story: Deck) -> None:
    """Draw the files that the whole story can be handed over as."""
    exports.files(story, ("pptx", "pdf", "html"), slot=f"story {story.data_version.number} {story.locked}")


def check(story: Deck) -> None:
    """Draw the check before the meeting."""
    from geo.maps.text_metrics import cjk_font  # noqa: PLC0415 - a drawing library, not needed by the other pages

    files = asset_routes.player()
    checkup.draw(story, fonts=cjk_font(), files=[*files["scripts"], *files["styles"]])
