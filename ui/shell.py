"""The script of every page: settings, language, menu, then restore the view, run the page, publish the view."""

from pathlib import Path
from typing import Any

import streamlit as st

from geo.translation import tag
from ui import asset_routes, controls, feedback, state, versions
from ui.auth import access, gate
from ui.i18n import t
from ui.menu import PAGES, PageSpec

# A Material icon here would be fetched from Google.
FAVICON = Path(__file__).resolve().parent / "static" / "favicon.png"


def _entry(spec: PageSpec) -> Any:
    """Return a page for Streamlit's navigation, its title in the visitor's language."""
    return st.Page(spec.path, title=t(spec.title), icon=spec.icon, url_path=spec.url or None, default=not spec.url)


def _imported(name: str) -> str:
    """Return the rule that takes in one of our style sheets, by its address: browsers keep the file."""
    return f"@import url('{asset_routes.address(name)}');"


def main() -> None:
    """Draw the shell and run the page asked for."""
    dropped = (*versions.follow(), *state.restore(versions.open_figure_table))
    # Before the menu, or the icon there is fetched from Google as the page's.
    st.set_page_config(page_icon=FAVICON, layout="wide")
    page = st.navigation([_entry(spec) for spec in PAGES], position="top")
    spec = next(spec for spec in PAGES if spec.url == page.url_path)
    st.set_page_config(page_title=f"{page.title} · {t('Guangzhou 1+1+9 e-commerce clusters')}")
    state.enter(page.url_path, spec.beside, dropped)
    gate.settle(page.url_path == "data-desk" and access.may(access.Role.EDITOR), access.current_sign_in())
    st.html(f"<style lang={tag(state.language())}>{''.join(map(_imported, ('page.css', 'print.css')))}</style>")
    if spec.bare:
        page.run()
    else:
        controls.header(page.title)
        feedback.dropped_parameters()
        versions.away_notice()
        versions.banner()
        page.run()
        feedback.footer(versions.shown_stamp())
    state.publish()


main()
