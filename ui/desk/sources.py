"""Where the figures of a file come from: a source that is known already, or a new one."""

import streamlit as st

from geo.changes.new_sources import new_source
from geo.errors import SourceError
from geo.escaping import escape_markdown
from ui import data
from ui.desk import job
from ui.feedback import source_names
from ui.i18n import t

__all__ = ["draw"]

_NEW = "new"
_KEY, _ASKED = "said_source", "desk_new_source"  # the control; the file that a new source is being written for
_FIELDS = ("publisher_zh", "publisher_en", "document_zh", "document_en", "date", "address")


def draw(on_desk: job.Job) -> None:
    """Draw the choice of a source for all rows that name none."""
    known = list(data.sources())
    options = ["", _NEW, *sorted(known)]
    labels = {"": t("as stated in the file"), _NEW: t("New source…")} | {id_: source_names([id_]) for id_ in known}
    st.session_state[_KEY] = _NEW if st.session_state.get(_ASKED) == on_desk.digest else on_desk.choices.source_id
    chosen = st.selectbox(
        t("Source for rows without one"), options, format_func=labels.__getitem__, key=_KEY,
        on_change=lambda: _take(on_desk),
        help=t("Every figure needs a source, which is shown with the figure."),
    )  # fmt: skip
    if chosen == _NEW:
        _new(on_desk)


def _take(on_desk: job.Job) -> None:
    """Carry the choice to the file on the desk."""
    chosen = st.session_state[_KEY]
    st.session_state[_ASKED] = on_desk.digest if chosen == _NEW else ""
    job.change(source=None)
    job.choose(source_id="" if chosen == _NEW else chosen)


def _new(on_desk: job.Job) -> None:
    """Draw the form for a new source."""
    labels = {
        "publisher_zh": t("Publisher (Chinese)"),
        "publisher_en": t("Publisher (English)"),
        "document_zh": t("Document (Chinese)"),
        "document_en": t("Document (English)"),
        "date": t("Date of the document, such as 2024-03"),
        "address": t("Web address, if any"),
    }
    with st.form("new_source", border=False), st.grid(2, min_column_width=240, gap="small"):
        for name in _FIELDS:
            st.text_input(labels[name], key=f"source_{name}")
        if st.form_submit_button(t("Use this source"), icon=":material/check:"):
            _use()
            st.rerun()
    if on_desk.source is not None:
        name = t("{publisher}: {document}", publisher=on_desk.source.publisher_zh, document=on_desk.source.document_zh)
        st.caption(":material/check: " + escape_markdown(name))
    else:
        st.caption(t("Enter the publisher and document in at least one language, then press the button."))


def _use() -> None:
    """Take the form's source for the file on the desk."""
    try:
        source = new_source(**{name: st.session_state[f"source_{name}"].strip() for name in _FIELDS})
    except SourceError as error:
        st.toast(t(str(error)), icon=":material/error:")
        return
    job.change(source=source)
    job.choose(source_id=source.source_id)
