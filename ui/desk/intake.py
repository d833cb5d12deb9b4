"""The first step of the desk: what kind of file, the file itself, how it was read, and what it does not say."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
import streamlit as st

from geo import wording
from geo.escaping import escape_markdown
from geo.schema import ADCODES, QUALITIES
from geo.uploads.bounds import MAX_BYTES
from geo.uploads.model import KINDS, Kind, Reading, Upload
from geo.uploads.read.sheets.choice import ALL_SHEETS
from geo.uploads.read.sheets.unseen import letter
from geo.uploads.workbooks import templates
from ui import data, names, state
from ui.desk import job, sources
from ui.i18n import mark, t

__all__ = ["XLSX", "draw", "kind_name", "letter", "summary"]

ENCODINGS = ("", "utf-8", "gb18030", "big5", "utf-16")
MAX_MB = MAX_BYTES // 1_000_000
_KIND_NAMES: dict[Kind, str] = {
    "indicators": mark("District figures"),
    "clusters": mark("Clusters"),
    "tenants": mark("Tenants"),
    "slides": mark("Briefing slides"),
}
_DELIMITERS = {
    ",": mark("commas"),
    "，": mark("full-width commas"),
    ";": mark("semicolons"),
    "\t": mark("tabs"),
    "|": mark("bars"),
    "": mark("nothing"),
}
_UNITS = {  # examples, as files in the visitor's language write them
    "en": ("RMB bn", "RMB 100 million", "people", "%"),
    "zh": ("亿元", "万元", "万人", "%"),
}
_UNDECODED = {"invalid_bytes", "garbled", "cut_off"}  # a file refused for one of these may do in another encoding
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def kind_name(kind: str) -> str:
    """Return what a kind of file is called."""
    return t(_KIND_NAMES[kind]) if kind in KINDS else t("Supplied data")


def draw(steps: Iterator[int]) -> None:
    """Draw the choice of kind, the templates and the uploader."""
    with st.container(border=True, key="desk_file"):
        st.markdown(f"**{t('{step} File', step=next(steps))}**")
        on_desk = job.job()
        kind = st.segmented_control(
            t("Content of the file"),
            KINDS,
            format_func={kind: kind_name(kind) for kind in KINDS}.__getitem__,
            default=on_desk.kind if on_desk else "indicators",
            required=True,
            key="kind",
        )
        with st.container(horizontal=True):
            _templates(kind)
        with st.container(key="upload"):
            uploaded = st.file_uploader(
                # Whatever kind of file: reading refuses others by name, with what to do, in the visitor's language.
                t("CSV or Excel file, as exported"), key=job.uploader_key(), max_upload_size=MAX_MB,
                help=t("All common encodings are supported. Notes around the table, units in headings, total rows and former district names are recognised."),
            )  # fmt: skip
    job.take(uploaded, kind)
    if uploaded is None and (kept := job.job()):  # from before a look elsewhere, which empties the uploader
        with st.container(horizontal=True, vertical_alignment="center", key="desk_kept"):
            st.caption(escape_markdown(t("On the desk: {file}", file=kept.file_name)))
            st.button(t("Stop and clear"), key="clear", on_click=job.drop, type="tertiary")


def _templates(kind: Kind) -> None:
    """Draw the ways to get a file to fill in."""
    language = state.language()
    st.download_button(
        t("Download template with current data"),
        data=lambda: templates.template(kind, data.newest_atlas(), language),
        file_name=f"guangzhou-1-1-9-{kind}.xlsx",
        mime=XLSX,
        on_click="ignore",
        icon=":material/download:",
        key="template",
    )
    st.download_button(
        t("Download template as CSV"),
        data=lambda: templates.template_csv(kind, data.newest_atlas(), language),
        file_name=f"guangzhou-1-1-9-{kind}.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/csv:",
        key="template_csv",
    )


def summary(on_desk: job.Job, source: Reading, upload: Upload) -> None:
    """Draw how the file was read, its first rows, and what has to be said about it."""
    with st.container(border=True, key="desk_reading"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(escape_markdown(_how(on_desk, source)))
            undecoded = {finding.code for finding in source.findings} & _UNDECODED
            if source.encoding or on_desk.choices.encoding or undecoded:
                _override(on_desk, source)
        if not len(source.sheet):
            return  # what is wrong stands below; there is nothing to ask
        if upload.sample:
            st.dataframe(_sample(upload), hide_index=True, placeholder="", alt=t("First rows read"), key="desk_sample")
        if on_desk.kind == "indicators":
            st.caption(t("Information missing from the file"))
            _unsaid(on_desk)
        if on_desk.kind != "slides":  # the figures in a story have sources of their own
            sources.draw(on_desk, source, upload)


def _how(on_desk: job.Job, source: Reading) -> str:
    """Return in a sentence how a file was read."""
    if not source.encoding:
        return t("{file}: no table was found in this file.", file=on_desk.file_name)
    rows = t("{count} rows, headings included", count=len(source.sheet))
    if source.sheets:
        names = wording.listing([part.name for part in source.parts or (source,)], state.language())
        return t("{file}: sheet {sheet}, {rows}.", file=on_desk.file_name, sheet=names, rows=rows)
    encoding = source.encoding.upper()
    if len(source.sheet) and not source.delimiter:
        return t("{file}: web page, {encoding}, {rows}.", file=on_desk.file_name, encoding=encoding, rows=rows)
    delimiter = t(_DELIMITERS.get(source.delimiter, source.delimiter))
    return t("{file}: {encoding}, separated by {delimiter}, {rows}.",
             file=on_desk.file_name, encoding=encoding, delimiter=delimiter, rows=rows)  # fmt: skip


def _override(on_desk: job.Job, source: Reading) -> None:
    """Draw the choice of another encoding or sheet."""
    with st.popover(t("Change reading options"), icon=":material/tune:"):
        if source.sheets:
            together = t("All sheets with a table, together")
            several = (ALL_SHEETS,) if on_desk.kind == "indicators" and len(source.sheets) > 1 else ()
            options = (*source.sheets, *several)
            chosen = ALL_SHEETS if source.parts else source.name
            st.selectbox(
                t("Sheet"),
                options,
                format_func=lambda name: together if name == ALL_SHEETS else name,
                index=options.index(chosen) if chosen in options else 0,
                key=f"sheet {on_desk.digest}",
                on_change=lambda: job.choose(sheet=st.session_state[f"sheet {on_desk.digest}"]),
            )
            return
        labels = {"": t("detect"), "utf-8": "UTF-8", "gb18030": "GB18030 / GBK", "big5": "Big5", "utf-16": "UTF-16"}
        st.selectbox(
            t("Encoding"),
            ENCODINGS,
            format_func=labels.__getitem__,
            index=ENCODINGS.index(on_desk.choices.encoding),
            key=f"encoding {on_desk.digest}",
            on_change=lambda: job.choose(encoding=st.session_state[f"encoding {on_desk.digest}"]),
        )


def _sample(upload: Upload) -> pd.DataFrame:
    """Return the header and the first rows as read."""
    head, *rows = upload.sample
    titles = [f"{letter(number)} {text}".strip() for number, text in enumerate(head, start=1)]
    width = len(titles)
    return pd.DataFrame([(list(row) + [""] * width)[:width] for row in rows], columns=titles)


def _unsaid(on_desk: job.Job) -> None:
    """Draw what an indicator file may leave unsaid: district, figure, period, unit and quality."""
    metrics = [id_ for id_, metric in data.figure_table().metrics.items() if metric.kind != "rate"]
    as_said = {"": t("as stated in the file")}
    with st.grid(5, min_column_width=165, gap="small"):
        _said(on_desk, "district", t("District"), as_said | {code: names.district(code) for code in ADCODES})
        _said(on_desk, "metric", t("Metric"), as_said | {id_: names.metric(id_) for id_ in metrics})
        for name, label, hint in (
            ("period", t("Period"), wording.listing(("2024H1", "2024M05", t("undated")), state.language())),
            ("unit", t("Unit"), wording.listing(_UNITS[state.language()], state.language())),
        ):
            st.text_input(label, placeholder=hint, **_bound(name, getattr(on_desk.choices, name)))
        _said(on_desk, "quality", t("Quality"), {code: names.quality(code) for code in QUALITIES})


def _said(on_desk: job.Job, name: str, label: str, options: dict[str, str]) -> None:
    """Draw a list for something the file may leave unsaid."""
    st.selectbox(label, list(options), format_func=options.__getitem__, **_bound(name, getattr(on_desk.choices, name)))


def _bound(name: str, value: str) -> dict[str, Any]:
    """Return the arguments that tie a control to a choice: like all controls it keeps no state of its own, so that a new file starts afresh."""
    key = f"said_{name}"
    st.session_state[key] = value
    return {"key": key, "on_change": lambda: job.choose(**{name: st.session_state[key].strip()})}
