"""The step of the desk that says what each column is taken for; what was not recognised is chosen by hand, and remembered once published."""

from collections.abc import Iterator

import streamlit as st

from geo.escaping import escape_markdown
from geo.fields import COLUMNS, TABLES
from geo.uploads.model import IGNORED, METRIC_PREFIX, ColumnUse, Kind, Upload
from ui import data, names, state
from ui.desk import job
from ui.desk.effects import cells
from ui.i18n import t

__all__ = ["draw"]


def draw(on_desk: job.Job, upload: Upload, steps: Iterator[int]) -> None:
    """Draw the columns: those not recognised openly, the others folded."""
    if not upload.columns:
        return
    columns = {use.key: use for use in upload.columns}.values()  # the same heading of two tables is chosen for once
    unknown = [use for use in columns if not use.target or use.how == "chosen"]
    known = [use for use in columns if use not in unknown]
    with st.container(border=True, key="desk_columns"):
        st.markdown(f"**{t('{step} Columns', step=next(steps))}**")
        if unknown:
            st.caption(t("Choose what these columns contain. Your choice is remembered once the file is published."))
            _grid(on_desk, unknown)
        label = t("Columns recognised: {count}", count=len(known))
        with st.expander(label, icon=":material/check_circle:" if not unknown else None, key="desk_known"):
            _grid(on_desk, known)


def _grid(on_desk: job.Job, uses: list[ColumnUse]) -> None:
    """Draw a list for each column."""
    options = _options(on_desk.kind)
    with st.grid(3, min_column_width=240, gap="small"):
        for use in uses:
            key = f"column {on_desk.digest} {use.column} {use.key}"
            target = use.target if use.target in options else ""
            st.selectbox(
                escape_markdown(use.heading or t("column {number}", number=use.column)),
                list(options),
                index=list(options).index(target),
                format_func=options.__getitem__,
                key=key,
                on_change=lambda use=use, key=key: _take(use, st.session_state[key]),
            )


def _options(kind: Kind) -> dict[str, str]:
    """Return what a column can be taken for, with how that is called."""
    options = {"": t("unknown"), IGNORED: t("ignore")}
    if kind != "indicators":
        return options | {name: cells.field_name(name) for name in COLUMNS[f"{kind}.csv"]}
    metrics = {
        METRIC_PREFIX + id_: names.metric(id_)
        for id_, metric in data.figure_table().metrics.items()
        if metric.kind != "rate"
    }
    described = {field.target: field.label[state.language()] for field in TABLES["indicators.csv"].values()}
    return options | described | metrics


def _take(use: ColumnUse, target: str) -> None:
    """Carry a choice to the file on the desk."""
    there = job.job()
    if there:
        others = {key: chosen for key, chosen in there.choices.columns.items() if key != use.key}
        job.choose(columns=others | ({use.key: target} if target else {}))
        job.change(mapped={**there.mapped, use.key: target})
