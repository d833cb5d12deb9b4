"""The script of every page: settings, language, menu, then restore the view, run the page, publish the view."""

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from ui import controls, data, feedback, state
from ui.i18n import mark, t

PAGES_DIR = Path(__file__).resolve().parent.parent / "pages"
FAVICON = (
    Path(__file__).resolve().parent / "assets" / "favicon.png"
)  # a Material icon here would be fetched from Google
NARROW_STYLE = "<style>@media (max-width: 640px) { .st-key-kpi { zoom: 0.8; } }</style>"  # whole figures on a phone


@dataclass(frozen=True)
class PageSpec:
    """One entry of the menu; the order of :data:`PAGES` is the order of the menu."""

    file: str
    url: str  # "" is the start page
    title: str  # English text to translate
    icon: str


PAGES = (
    PageSpec("overview.py", "", mark("Overview"), ":material/map:"),
    PageSpec("pazhou.py", "pazhou", mark("Pazhou"), ":material/apartment:"),
    PageSpec("baietan.py", "baietan", mark("Baietan"), ":material/sailing:"),
    PageSpec("districts.py", "districts", mark("Nine districts"), ":material/grid_view:"),
    PageSpec("sources.py", "sources", mark("Sources"), ":material/menu_book:"),
)


def main() -> None:
    """Draw the shell and run the page asked for."""
    dropped = state.restore(data.book())
    st.set_page_config(page_title=t("Guangzhou 1+1+9 e-commerce clusters"), page_icon=FAVICON, layout="wide")
    page = st.navigation(
        [
            st.Page(
                PAGES_DIR / spec.file,
                title=t(spec.title),
                icon=spec.icon,
                url_path=spec.url or None,
                default=not spec.url,
            )
            for spec in PAGES
        ],
        position="top",
    )
    state.enter(page.url_path)
    st.html(NARROW_STYLE)
    controls.header(page.title)
    feedback.dropped_parameters(dropped)
    page.run()
    feedback.footer()
    state.publish()


main()
