"""The history: every version with who, when and what; the difference of any two; and the way back to any of them."""

import functools
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

import settings
from geo.escaping import escape_markdown
from store import Version, clock
from store.model import SYSTEM
from ui import data, versions
from ui.auth import access
from ui.desk import attempts, intake, paging, publish, unreadable
from ui.desk.effects import cells
from ui.exporting import downloads
from ui.i18n import mark, t

__all__ = ["audit_log", "draw"]

_KINDS = {
    "shipped": mark("supplied"),
    "published": mark("published"),
    "draft": mark("draft"),
    "restored": mark("restored"),
}
_STATES = {
    "published": mark("published"),
    "offered": mark("not yet adopted"),
    "waiting": mark("waiting for review"),
    "rejected": mark("rejected"),
}
_MODES = {
    "update": mark("rows updated"),
    "replace_period": mark("periods replaced"),
    "replace_all": mark("table replaced"),
    "": "",
}
_ACTIONS = {
    "shipped": mark("supplied"),
    "published": mark("published"),
    "drafted": mark("submitted for review"),
    "approved": mark("approved"),
    "offered": mark("supplied with a release, not yet adopted"),
    "rejected": mark("rejected"),
    "restored": mark("restored"),
    "refused": mark("not published: another person published first"),
    "remembered": mark("column choice remembered"),
    "forgotten": mark("column choice forgotten"),
}
_DETAILS = {
    "attempt": mark("Attempt"),
    "before": mark("Before"),
    "current": mark("Version found"),
    "expected": mark("Version expected"),
    "heading": mark("Heading"),
    "kind": mark("Content"),
    "note": mark("Note"),
    "restored_from": mark("Restored version"),
    "target": mark("Meaning of the heading"),
    "warnings": mark("Warnings"),
}
_ATTEMPTS = {"publish": mark("to publish"), "restore": mark("to restore")}
_SHOWN = 200  # on a page: each version is opened to say whether it can be read


def draw() -> None:
    """Draw the history and what can be done with a version."""
    listed = data.known().history()
    shown = listed[paging.shown(len(listed), _SHOWN, "history_page")]
    with st.spinner(t("Opening the versions")):  # each once in the life of a server
        table = _table(shown)
    st.dataframe(table, hide_index=True, placeholder="", alt=t("Version history"), key="history_table")
    downloads.table_csv(table, "versions")
    by_number = {version.id: version for version in listed}
    names = {
        number: t("{version} by {who}", version=versions.label(version), who=_who(version.author))
        for number, version in by_number.items()
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number = st.selectbox(
            t("Version"), list(names), width=320, format_func=names.__getitem__, key="history_version"
        )
        other = st.selectbox(
            t("compared with"),
            list(names),
            width=320,
            index=min(1, len(names) - 1),
            format_func=names.__getitem__,
            key="history_other",
        )
    _details(by_number[number])
    if other != number:
        with st.container(border=True, key="history_difference"):
            cells.between(other, number)


def _table(listed: list[Version]) -> pd.DataFrame:
    """Return the history for reading, newest first; the version everybody sees is marked."""
    current = data.current()
    return pd.DataFrame(
        {
            t("Version"): [f"{version.id} ●" if version.id == current else str(version.id) for version in listed],
            t("Time ({zone})", zone=settings.time_zone().key): [
                clock.moment(version.published_at or version.created_at) for version in listed
            ],
            t("By"): [_who(version.author) for version in listed],
            t("Content"): [_what(version) for version in listed],
            t("Status"): [_state(version) for version in listed],
            t("Note"): [version.note for version in listed],
            t("File"): [version.file_name for version in listed],
        }
    )


def _who(name: str) -> str:
    """Return a name for reading; what came with a release has no person behind it."""
    return t("release") if name == SYSTEM else name


def _what(version: Version) -> str:
    """Return what a version came from."""
    if version.kind == "restored":
        return t("version {number} restored", number=version.restored_from)
    if not version.upload:
        return t(_KINDS[version.kind])
    return (
        f"{intake.kind_name(version.upload)}, {t(_MODES[version.mode])}"
        if version.mode
        else intake.kind_name(version.upload)
    )


def _state(version: Version) -> str:
    """Return the state of a version, with who reviewed it."""
    reviewed = t(" by {who}", who=version.reviewer) if version.reviewer else ""
    unread = "" if data.condition(version.id).readable else t(", unreadable")
    return t(_STATES[version.state]) + reviewed + unread


def _details(version: Version) -> None:
    """Draw one version: its file, its link, and the button that brings it back."""
    how = data.condition(version.id)
    with st.container(border=True, key="history_details"):
        lines = [t("Link to this version: {link}", link=versions.link(version))]
        if version.file_sha256:
            lines.append(t("Original file: {file}, SHA-256 {hash}", file=version.file_name, hash=version.file_sha256))
        if version.reviewed_at:
            lines.append(t("Submitted: {time}", time=clock.moment(version.created_at)))
        if version.review_note:
            lines.append(t("Review: {note}", note=version.review_note))
        st.caption(escape_markdown(" · ".join(lines)))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            if how.readable:
                st.link_button(t("View this version"), f"./{versions.link(version)}", icon=":material/open_in_new:")
            if version.file_sha256:
                st.download_button(
                    t("Original file"),
                    data=functools.partial(_original, version.id, access.demand_later(access.Role.EDITOR)),
                    file_name=version.file_name,
                    disabled=data.known().away,  # a press would be answered by nothing
                    on_click="ignore",
                    icon=":material/download:",
                    key=f"original-{version.id}",
                )
        unreadable.remarks(how)
        newest = data.find_version(data.published())
        if newest and newest.restored_from == version.id:  # a second press finds no form to send
            st.success(escape_markdown(publish.became(newest)), icon=":material/settings_backup_restore:")
            return
        again = version.id != data.published() and version.state in ("published", "offered") and how.readable
        if again and access.may(access.restorer()):
            _restore(version)


def _original(version: int, demand: Callable[[], None]) -> bytes:
    """Return the file of a version, for as long as whoever it was offered to may have it."""
    demand()
    return (data.versions().original(version) or ("", b""))[1]


def _restore(version: Version) -> None:
    """Draw the form that brings a version back as a new one, in place of the version that was current when it was drawn."""
    drawn = f"restore_over {version.id}"
    expected = st.session_state.get(drawn, data.published())
    st.session_state[drawn] = data.published()
    with st.form(f"restore-{version.id}", border=False):
        author = publish.author_field()
        note = st.text_input(t("Reason, in one sentence for the history"), key="restore_note", max_chars=300).strip()
        label = t("Restore version {number}", number=version.id)
        if not st.form_submit_button(
            label, icon=":material/settings_backup_restore:", key=f"restore-button-{version.id}"
        ):
            return
    if not (author and note):
        st.warning(t("Enter a name and a reason."))
        return
    if attempts.error():
        return
    access.demand(access.restorer())
    database = data.versions()

    def restore() -> Version:
        unreadable.refuse(version.id)
        return database.restore(version.id, author, note, expected=expected)

    attempts.make(restore)
    attempts.show()
    publish.settle()


def _detail(detail: Mapping[str, Any]) -> str:
    """Return the detail of an event for reading; of the warnings that a draft came with, their number."""
    found = {key: len(value) if isinstance(value, list) else value for key, value in detail.items() if value}
    texts = {key: _value(key, value) for key, value in found.items()}
    return t("; ").join(
        t("{name}: {detail}", name=t(_DETAILS.get(key, key)), detail=text) for key, text in texts.items()
    )


def _value(key: str, value: Any) -> str:
    """Return one value of an event's detail for reading."""
    if key == "kind":
        return intake.kind_name(value)
    return t(_ATTEMPTS[value]) if key == "attempt" and value in _ATTEMPTS else str(value)


def audit_log() -> None:
    """Draw the audit log: everything that was done or refused, which nobody can change."""
    lines = paging.shown(data.known().event_count(), _SHOWN, "audit_page")
    events = data.known().events(_SHOWN, lines.start)
    frame = pd.DataFrame(
        {
            t("Time ({zone})", zone=settings.time_zone().key): [clock.moment(event.at) for event in events],
            t("By"): [_who(event.actor) for event in events],
            t("Content"): [t(_ACTIONS.get(event.action, event.action)) for event in events],
            t("Version"): [str(event.version_id or "") for event in events],
            t("Details"): [_detail(event.detail) for event in events],
        }
    )
    st.dataframe(frame, hide_index=True, placeholder="", alt=t("Audit log"), key="audit_table")
    downloads.table_csv(frame, "audit-log")
