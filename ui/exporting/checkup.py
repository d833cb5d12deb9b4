"""The check before the meeting: one button tests deck, server and this browser, and lists what was found on a page that prints on one sheet."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from geo import wording
from geo.briefing import build
from geo.briefing.checkup import checks
from geo.briefing.checkup.messages import STATUSES, WORDS, Param, Result, describe, is_complete
from geo.briefing.model import Deck
from geo.maps.themes import THEMES
from store import clock
from ui import asset_routes, state, versions
from ui.i18n import mark, t

__all__ = ["draw"]

_FONTS = {
    "latin": ["Source Sans"],  # Streamlit brings it along
    "chinese": ["Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei"],  # as in .streamlit/config.toml
}
_TEXT_SHARE = 0.039  # height of sentences on a slide, in heights of the slide: 42 of 1080 in show.js
_LONGEST, _LARGEST = 60, 1e9  # of words and numbers that a browser may report
_SIGNS = {"good": "✓", "warning": "!", "bad": "✕", "not tested": "–"}
_STATUS = {"good": mark("OK"), "warning": mark("Caution"), "bad": mark("Fix"), "not tested": mark("Not tested")}
_VERDICTS = {
    "good": mark("Ready: no problems found."),
    "warning": mark("Ready, but please note {warnings} points."),
    "bad": mark("Not ready: {bad} to fix, {warnings} to note."),
    "not tested": mark("Nothing could be tested."),
}
_STYLE = """<style>
.check {{ width: 100%; border-collapse: collapse; font-size: .9rem }} .check b {{ display: inline-block; width: 1.5em; text-align: center }}
.check th, .check td {{ text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid #8885 }}
.check td:first-child {{ white-space: nowrap; font-weight: 650 }} .check td:nth-child(2) {{ width: 20% }} .check td:nth-child(4) {{ width: 32% }}
.check .bad td:first-child {{ color: {bad} }} .check .warning td:first-child {{ color: {warning} }} .check .good td:first-child {{ color: {good} }}
.check-verdict {{ font-size: 1.2rem; font-weight: 650; margin: 0 }} .check-when {{ opacity: .75; margin: .1rem 0 .5rem }}
@media screen and (max-width: 640px) {{
  .check thead {{ display: none }} .check tr, .check td {{ display: block }} .check td:nth-child(n) {{ width: auto; border: 0; padding: .1rem 0 }}
  .check tr {{ padding: .4rem 0; border-bottom: 1px solid #8885 }}
}}
@media print {{
  .check {{ font-size: 8pt; line-height: 1.25 }} .check th, .check td {{ padding: 1pt 6pt 1pt 0 }}
  .check tr {{ break-inside: avoid }} .check tr td:first-child {{ color: inherit }} .check-when {{ margin: 0 0 2pt }}
}}
</style>"""
_INK = {
    name: {"bad": theme.accent, "warning": theme.check_warn, "good": theme.check_good} for name, theme in THEMES.items()
}

_BROWSER = st.components.v2.component(
    "briefing_checkup",
    html="<div role='status'></div>",
    js=f"""
    export default ({{ data, parentElement, setStateValue }}) => {{
      const root = parentElement.querySelector("div");
      if (root.dataset.run === String(data.run)) return;
      root.dataset.run = data.run;
      const [server, ...files] = ["_stcore/health", ...data.files].map((path) => new URL(path, document.baseURI).href);
      import({asset_routes.resolved("checkup.js")}).then(() => window.briefingCheckup(root, {{ ...data, server, files }}))
        .then((results) => setStateValue("found", {{ run: data.run, results }}));
    }};
    """,
)


@st.fragment
def draw(deck: Deck, *, fonts: str | None = None, files: Sequence[str] = ()) -> None:
    """Draw the button and, once pressed, what the check found.

    Parameters
    ----------
    deck
        The story, computed.
    fonts
        Name of the Chinese font that PDF files are written with; None where the server has none.
    files
        What the show loads, as addresses relative to the page.
    """
    versions.refresh_fragment()  # so that what is checked is what a show would begin with
    with st.container(key="checkup"):
        st.button(t("Check now"), key="checkup_now", on_click=_begin, icon=":material/fact_check:", type="primary")
        if "checkup_run" not in st.session_state:
            st.caption(
                t("Checks fonts, screen, colours, files, figures and the server connection. Takes a few seconds.")
            )
            return
        found = _browser_results(files)
        server = checks.examine(deck, clock.today(), fonts=fonts)
        results = (*server, *(found or ()))
        st.html(
            _style() + _report(results, build.stamp(deck.data_version, state.language()), complete=found is not None)
        )


def _begin() -> None:
    """Start a run of the check."""
    st.session_state["checkup_run"] = st.session_state.get("checkup_run", 0) + 1
    st.session_state["checkup_at"] = clock.moment(clock.now())


def _browser_results(files: Sequence[str]) -> tuple[Result, ...] | None:
    """Return what the browser found in this run of the check; None until it has reported."""
    run = st.session_state["checkup_run"]
    reported = _BROWSER(
        key="checkup_browser",
        data={
            "run": run, "files": list(files), "fonts": _FONTS, "textShare": _TEXT_SHARE,
            "words": {"testing": t("Testing this browser…")},
        },
        on_found_change=lambda: None,
    ).found  # fmt: skip
    if not isinstance(reported, Mapping) or reported.get("run") != run:
        return None
    return tuple(result for entry in reported.get("results") or () if (result := _checked(entry)))


def _checked(entry: Any) -> Result | None:
    """Return a result as a browser reports it, None for what is none: browsers can say anything."""
    if not isinstance(entry, Mapping):
        return None
    code, status, given = str(entry.get("code")), entry.get("status"), entry.get("params")
    if code not in WORDS or status not in STATUSES or not isinstance(given, Mapping):
        return None
    params: dict[str, Param] = {}
    for name, value in given.items():
        if isinstance(value, int | float) and abs(value) < _LARGEST:
            params[str(name)] = value
        elif isinstance(value, str):
            params[str(name)] = value[:_LONGEST]
    result = Result(code, status, params)
    return result if is_complete(result) else None


def _style() -> str:
    """Return the style sheet of the report, in the inks of the theme."""
    return _STYLE.format(**_INK["dark" if st.context.theme.type == "dark" else "light"])


def _report(results: Sequence[Result], stamp: str, *, complete: bool) -> str:
    """Return the report as HTML: the verdict, when and of what, and a table with what is to be mended first."""
    total = checks.verdict(results)
    counts = {status: sum(result.status == status for result in results) for status in STATUSES}
    said = t(_VERDICTS[total], bad=counts["bad"], warnings=counts["warning"])
    screen = [t("screen {width} × {height}", **result.params) for result in results if result.code == "screen"]
    still = [] if complete else [t("browser test still running")]
    when = " · ".join((st.session_state["checkup_at"], stamp, *screen, *still))
    ordered = sorted(results, key=lambda result: STATUSES.index(result.status))
    head = "".join(
        f"<th scope=col>{escape(text)}</th>" for text in (t("Result"), t("Check"), t("Finding"), t("What to do"))
    )
    rows = "".join(_row(result) for result in ordered)
    return (
        f"<p class='check-verdict' data-verdict='{total}' data-complete='{str(complete).lower()}'>{_SIGNS[total]} {escape(said)}</p>"
        f"<p class=check-when>{escape(when)}</p><table class=check><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _row(result: Result) -> str:
    """Return one result as a row: sign and word, never colour alone."""
    said = describe(result, state.language())
    found = said.found
    if result.slides and result.status in ("warning", "bad"):
        found += t(" Slides: {numbers}.", numbers=wording.listing(map(str, result.slides), state.language()))
    word = f"<b>{_SIGNS[result.status]}</b>{escape(t(_STATUS[result.status]))}"
    cells = "".join(f"<td>{escape(text)}</td>" for text in (said.tested, found, said.remedy))
    return f"<tr class='{result.status.replace(' ', '-')}' data-code='{result.code}'><td>{word}</td>{cells}</tr>"
