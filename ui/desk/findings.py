"""The step of the desk that lists everything that was found, with row and column as the file has them; and gives the file back, marked."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from geo import wording
from geo.escaping import escape_markdown
from geo.schema import ADCODES, PERIOD
from geo.uploads.grouping import grouped
from geo.uploads.messages import Message, describe
from geo.uploads.model import Finding, Reading, Severity
from geo.uploads.read.sheets.unseen import letter
from geo.uploads.workbooks import marking
from ui import data, formats, names, state
from ui.desk import job
from ui.desk.effects import cells as changes
from ui.desk.intake import XLSX
from ui.i18n import mark, t

__all__ = ["acknowledged", "draw", "remarks", "row_text", "worded"]

_TITLES = {
    Severity.ERROR: (mark("Errors: fix these before publishing"), ":material/error:"),
    Severity.WARNING: (mark("Warnings: please confirm"), ":material/warning:"),
    Severity.NOTE: (mark("Notes"), ":material/info:"),
}
_ROWS_NAMED = 12  # runs of rows spelled out; the marked copy has them all
_LONGEST = 300  # characters of a cell
_SHOWN = 60  # findings listed for each severity
_NOTES_AT_MOST = 20_000


def draw(on_desk: job.Job, source: Reading, findings: Sequence[Finding], steps: Iterator[int]) -> None:
    """Draw the findings by severity, many of one cause as one, and the way to get the file back with its bad cells marked."""
    with st.container(border=True, key="desk_findings"):
        st.markdown(f"**{t('{step} Check', step=next(steps))}**")
        if not findings:
            st.success(t("No problems found."), icon=":material/check_circle:")
            return
        shown = grouped(findings)
        for severity, (title, icon) in _TITLES.items():
            group = [finding for finding in shown if finding.severity is severity]
            if group:
                st.markdown(f"{icon} **{t(title)}** ({len(group)})")
                st.container(key=f"findings_{severity}").table(
                    _table(group[:_SHOWN]), hide_index=True, border="horizontal"
                )
                if len(group) > _SHOWN:
                    st.caption(
                        t("First {shown} of {count}; the marked file lists them all.", shown=_SHOWN, count=len(group))
                    )
        language = state.language()
        st.download_button(
            t("Download the file with problems marked"),
            data=lambda: marking.marked_copy(on_desk.content, on_desk.file_name, source, _notes(findings, language)),
            file_name=on_desk.file_name.rsplit(".", 1)[0] + "-checked.xlsx",
            mime=XLSX,
            on_click="ignore",
            icon=":material/download:",
            key="marked",
        )


def remarks(found: Sequence[Finding], key: str) -> None:
    """Draw the warnings that were handed over with a draft, for whoever reviews it."""
    if found:
        st.markdown(f":material/warning: **{t('Warnings about this file')}** ({len(found)})")
        st.container(key=key).table(_table(found), hide_index=True, border="horizontal")


def acknowledged(on_desk: job.Job, findings: Sequence[Finding]) -> bool:
    """Draw the box that says the warnings were read, where there are any; other warnings need another tick."""
    warnings = grouped([finding for finding in findings if finding.severity is Severity.WARNING])
    if not warnings:
        return True
    said = hashlib.sha256(repr(warnings).encode()).hexdigest()
    key = f"acknowledge {on_desk.digest} {said}"
    st.session_state[key] = on_desk.confirmed == said
    text = t("I have read the warnings ({count}) and confirm that the data is correct.", count=len(warnings))
    return bool(
        st.checkbox(text, key=key, on_change=lambda: job.change(confirmed=said if st.session_state[key] else ""))
    )


def row_text(rows: Sequence[int]) -> str:
    """Return rows for reading: 3, 5–9, 12; the first runs only where there are many."""
    runs: list[list[int]] = []
    for row in sorted(rows):
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    shown = [str(first) if first == last else f"{first}–{last}" for first, last in runs[:_ROWS_NAMED]]
    rest = ["…"] if len(runs) > _ROWS_NAMED else []
    return ", ".join(shown + rest)


def _place(finding: Finding) -> str:
    """Return where in a file something was found, but for the column."""
    rows = row_text(finding.rows)
    return (f"{finding.sheet}: {rows}" if finding.sheet else rows) or t("file")


def worded(finding: Finding) -> Message:
    """Return what a finding says, with metrics, districts and periods called as the visitor's language calls them."""
    params = {name: _CALLED[name](str(value)) if name in _CALLED else value for name, value in finding.params.items()}
    return describe(replace(finding, params=params), state.language())


def _metric(code: str) -> str:
    """Return what a metric is called; anything else stays as it is."""
    return names.metric(code) if code in data.figure_table().metrics else code


def _district(code: str) -> str:
    """Return what a district is called; anything else stays as it is."""
    return names.district(code) if code in ADCODES else code


def _period(code: str) -> str:
    """Return how a period is written; anything else stays as it is."""
    return formats.period_name(code) if PERIOD.fullmatch(code) else code


def _unit(unit: str) -> str:
    """Return what a unit of the catalogue is called."""
    return wording.unit_name(unit, state.language())


def _dated(text: str) -> str:
    """Return a number with the period it may have behind it: "12.5 (2024H1)"."""
    number, _, period = text.removesuffix(")").partition(" (")
    return t("{name} ({detail})", name=number, detail=_period(period)) if period else text


def _each(called: Callable[[str], str]) -> Callable[[str], str]:
    """Return a function of a list, of one or more, that calls each by name, with the separators of the visitor's language."""
    return lambda text: wording.listing(map(called, text.split(", ")), state.language())


_CALLED: dict[str, Callable[[str], str]] = {
    **dict.fromkeys(("metric", "numerator", "denominator"), _each(_metric)),
    **dict.fromkeys(("district", "successor"), _each(_district)),
    "period": _each(_period),
    "unit": _each(_unit),
    **dict.fromkeys(("example", "reference"), _dated),
    **dict.fromkeys(("field", "fields"), _each(changes.field_name)),
    **dict.fromkeys(("allowed", "columns", "keys", "names", "periods", "sheets"), _each(str)),
    **dict.fromkeys(("company_id", "former", "length", "suggestion", "year"), _each(str)),  # several of one cause
}


def _table(findings: Iterable[Finding]) -> pd.DataFrame:
    """Return findings as a table for reading."""
    lines = []
    for finding in findings:
        message = worded(finding)
        column = f"{letter(finding.column)} {finding.heading}".strip() if finding.column else finding.heading
        cells = (
            _place(finding),
            column,
            _found(finding),
            message.wrong,
            message.expected,
            message.remedy,
        )
        lines.append([escape_markdown(_short(cell)) for cell in cells])
    head = [t("Row"), t("Column"), t("Found"), t("Problem"), t("Expected"), t("What to do")]
    return pd.DataFrame(lines, columns=head)


def _found(finding: Finding) -> str:
    """Return what the file has; of several findings, how many and what each has."""
    if finding.count == 1:
        return finding.value
    return t("{count} in all: {values}", count=finding.count, values=finding.value or "–")


def _short(text: str) -> str:
    """Return a text for a cell, and whether it goes on."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _notes(findings: Iterable[Finding], language: str) -> list[marking.CellNote]:
    """Return what to write beside each cell, in a language."""
    with state.speaking(language):
        notes = [
            marking.CellNote(row, finding.column, finding.severity, text, finding.sheet)
            for finding, text in ((each, _in_one_line(each)) for each in findings)
            for row in finding.rows or (0,)
        ]
    return notes[:_NOTES_AT_MOST]


def _in_one_line(finding: Finding) -> str:
    """Return what is wrong, what was expected, and what to do."""
    message = worded(finding)
    expected = message.expected and t("Expected: {what}", what=message.expected)
    return " ".join(part for part in (message.wrong, expected, message.remedy) if part)
