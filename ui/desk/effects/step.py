"""The step of the desk that shows what would change for everybody, before anything is published."""

from collections.abc import Iterator

import streamlit as st

from geo.changes.proposal import Proposal
from geo.uploads.model import MODES, Mode
from ui.desk import job
from ui.desk.effects import cells, tables
from ui.desk.effects import map as changed_map
from ui.i18n import mark, t

__all__ = ["draw"]

_MODES: dict[Mode, tuple[str, str]] = {
    "update": (
        mark("Update rows"),
        mark("Rows with the same key are replaced, new rows are added, all others are kept."),
    ),
    "replace_period": (
        mark("Replace periods"),
        mark(
            "All figures for the metrics and periods in the file are replaced; figures missing from the file are removed."
        ),
    ),
    "replace_all": (
        mark("Replace everything"),
        mark("The file becomes the whole table; rows missing from it are removed."),
    ),
}


def draw(on_desk: job.Job, proposal: Proposal, steps: Iterator[int]) -> None:
    """Draw how the file meets what is there, and everything that follows from it."""
    with st.container(border=True, key="desk_effect"):
        st.markdown(f"**{t('{step} What changes', step=next(steps))}**")
        _mode(on_desk)
        cells.counts(proposal.changes)
        if not any(map(len, proposal.changes)):
            return
        parts = {"cells": t("Cells"), "map": t("Map"), "meaning": t("Ranks, colours, figures, text")}
        part = st.segmented_control(
            t("Show"), list(parts), format_func=parts.__getitem__, default="cells", required=True, key="effect_part"
        )
        if part == "cells":
            cells.cells(proposal.changes, key="effect_cells")
        elif proposal.after is None or proposal.effects is None:
            st.caption(t("Available once all errors are fixed."))
        elif part == "map":
            changed_map.draw(proposal.before, proposal.after)
        else:
            tables.tables(proposal.effects, key="effect")


def _mode(on_desk: job.Job) -> None:
    """Draw the choice of how the file meets what is there."""
    offered = [mode for mode in MODES if mode != "replace_period" or on_desk.kind == "indicators"]
    labels = {mode: t(_MODES[mode][0]) for mode in offered}
    key = f"mode {on_desk.digest}"
    st.segmented_control(
        t("How to combine the file with the current data"),
        offered,
        format_func=labels.__getitem__,
        default=on_desk.mode,
        required=True,
        key=key,
        on_change=lambda: job.change(mode=st.session_state[key]),
    )
    st.caption(t(_MODES[on_desk.mode][1]))
