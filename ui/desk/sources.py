"""Where the figures of a file come from: a source that is known already, or a new one."""

import re

import streamlit as st

from geo.changes.new_sources import new_source
from geo.errors import SourceError
from geo.escaping import escape_markdown
from geo.schema import LANGUAGES
from geo.uploads.figures.near.stated_source import StatedSource, stated_source
from geo.uploads.model import Reading, Upload
from geo.uploads.parse.words import key
from ui import data
from ui.desk import job
from ui.feedback import source_names
from ui.i18n import mark, t

__all__ = ["draw"]

_NEW = "new"
_KEY, _ASKED = "said_source", "desk_new_source"  # the control; the file that a new source is being written for
_CHINESE = re.compile("[\u4e00-\u9fff]")
_FIELDS = ("publisher_zh", "publisher_en", "document_zh", "document_en", "date", "address")


def draw(on_desk: job.Job, source: Reading, upload: Upload) -> None:
    """Draw the choice of a source for all rows that name none, with what may be meant where there are such rows."""
    known = list(data.sources())
    options = ["", _NEW, *sorted(known)]
    labels = {"": t("as stated in the file"), _NEW: t("New source…")} | {id_: source_names([id_]) for id_ in known}
    st.session_state[_KEY] = _NEW if st.session_state.get(_ASKED) == on_desk.digest else on_desk.choices.source_id
    chosen = st.selectbox(
        t("Source for rows without one"), options, format_func=labels.__getitem__, key=_KEY,
        on_change=lambda: _take(on_desk, st.session_state[_KEY]),
        help=t("Every figure needs a source, which is shown with the figure."),
    )  # fmt: skip
    stated = stated_source(source.sheet)
    if chosen == _NEW:
        _new(on_desk, stated)
    elif not chosen and (silent := int((upload.table["source_id"] == "").sum())):
        _suggest(on_desk, stated, silent)


def _suggest(on_desk: job.Job, stated: StatedSource, silent: int) -> None:
    """Say that rows name no source, and offer those that may be meant: nobody's choice is made for them."""
    st.caption(":material/warning: " + t("Rows without a source: {count}. Choose one.", count=silent))
    offered = {
        _same(stated): mark("Named in the file: {source}"),
        job.last_source(on_desk): mark("As in the last file of this kind: {source}"),
    }
    with st.container(horizontal=True):
        for id_, text in offered.items():
            if id_:
                label = escape_markdown(t(text, source=source_names([id_])))
                st.button(
                    label, key=f"suggested {id_}", icon=":material/add_link:", on_click=_take, args=(on_desk, id_)
                )
        if not _same(stated) and (stated.publisher or stated.document):
            named = ", ".join(filter(None, (stated.publisher, stated.document, stated.date)))
            label = escape_markdown(t("New source, as the file says: {source}", source=named))
            st.button(label, key="suggested new", icon=":material/add:", on_click=_take, args=(on_desk, _NEW))


def _same(stated: StatedSource) -> str:
    """Return the known source of which a file names publisher and document; "" where there is none."""
    said = (key(stated.publisher), key(stated.document))
    for id_, known in data.sources().items():
        names = [
            tuple(key(getattr(known, f"{field}_{one}")) for field in ("publisher", "document")) for one in LANGUAGES
        ]
        if all(said) and said in names:
            return str(id_)
    return ""


def _take(on_desk: job.Job, chosen: str) -> None:
    """Carry the choice to the file on the desk."""
    st.session_state[_ASKED] = on_desk.digest if chosen == _NEW else ""
    job.change(source=None)
    job.choose(source_id="" if chosen == _NEW else chosen)


def _new(on_desk: job.Job, stated: StatedSource) -> None:
    """Draw the form for a new source, filled in with what the file says of it."""
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
            st.text_input(labels[name], _filled_in(stated, name), key=f"source_{name}")
        if st.form_submit_button(t("Use this source"), icon=":material/check:"):
            _use()
            st.rerun()
    if on_desk.source is not None:
        name = t("{publisher}: {document}", publisher=on_desk.source.publisher_zh, document=on_desk.source.document_zh)
        st.caption(":material/check: " + escape_markdown(name))
    else:
        st.caption(t("Enter the publisher and document in at least one language, then press the button."))


def _filled_in(stated: StatedSource, name: str) -> str:
    """Return what a file says for a field of the form: Chinese in the Chinese ones, all else in the English ones."""
    said, _, language = name.partition("_")
    text = str(getattr(stated, said, ""))
    return text if not language or (language == "zh") is bool(_CHINESE.search(text)) else ""


def _use() -> None:
    """Take the form's source for the file on the desk."""
    try:
        source = new_source(**{name: st.session_state[f"source_{name}"].strip() for name in _FIELDS})
    except SourceError as error:
        st.toast(t(str(error)), icon=":material/error:")
        return
    job.change(source=source)
    job.choose(source_id=source.source_id)
