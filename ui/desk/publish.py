"""The last step of the desk: publish the file as a new version, or hand it to another person for review."""

from collections.abc import Iterator

import streamlit as st

import store
from geo import wording
from geo.changes.proposal import Proposal
from geo.changes.remarks import warnings_of
from geo.escaping import escape_markdown
from store import ConflictError, InDoubtError, Publication, Version
from store.reading.loading import table_bytes
from ui import data, state, versions
from ui.auth import access
from ui.desk import attempts, findings, job, unreadable
from ui.desk.effects import cells
from ui.desk.store_errors import error_text
from ui.i18n import t
from ui.menu import PAGES

__all__ = ["ANSWERED", "author_field", "became", "conflict", "dismiss", "draw", "outcome", "settle"]

ANSWERED = "desk_answered"  # the draft that this session approved or rejected last
_DONE, _FIGURE, _AUTHOR, _NAME = "desk_done", "desk_figure", "author", "desk_name"


def author_field() -> str:
    """Return who is at the desk; at the server's own machine nobody has signed in, so the name is asked for."""
    person = access.person()
    if not person.local:
        return person.name
    # A field that was not drawn for a while forgets.
    st.session_state.setdefault(_AUTHOR, st.session_state.get(_NAME, ""))
    st.session_state[_NAME] = st.text_input(t("Your name, for the history"), key=_AUTHOR, max_chars=80).strip()
    return str(st.session_state[_NAME])


def conflict(on_desk: job.Job) -> bool:
    """Say what somebody published since the file was put on the desk; whether there was anything."""
    current = data.current()
    if current == on_desk.base:
        return False
    newest = data.find_version(current)
    if newest is None:
        return False
    with st.container(border=True, key="desk_conflict"):
        st.warning(
            escape_markdown(
                t(
                    "While you were working, {who} published {version}: {note}",
                    who=newest.author,
                    version=versions.label(newest),
                    note=newest.note,
                )
            ),
            icon=":material/merge:",
        )
        cells.between(on_desk.base, current)
        with st.container(horizontal=True):
            st.button(
                t("Check my file against the new version"),
                type="primary",
                key="rebase",
                on_click=lambda: job.change(base=current),
            )
            st.button(t("Stop and clear"), key="stop", on_click=job.drop)
    return True


def draw(on_desk: job.Job, proposal: Proposal, steps: Iterator[int]) -> None:
    """Draw what is still missing, or the button that publishes."""
    with st.container(border=True, key="desk_publish"):
        st.markdown(f"**{t('{step} Publish', step=next(steps))}**")
        if proposal.after is None:
            st.caption(t("Fix the errors above first."))
            return
        if not proposal.changes:
            st.caption(t("Nothing would change: this content is already published."))
            return
        read = findings.acknowledged(on_desk, proposal.findings)
        author = author_field()
        note = _note(on_desk)
        review = access.review_required()
        label = t("Submit for review") if review else t("Publish")
        ready = bool(read and author and note)
        if on_desk.in_doubt and data.known().away:
            text = t(
                "An earlier attempt to save this file may have succeeded. Check the version history once the database responds."
            )
            st.warning(text, icon=":material/help:")
        pressed = st.button(label, type="primary", key="publish", disabled=not ready, icon=":material/publish:")
        if pressed and not attempts.error():
            _publish(on_desk, proposal, author, note, review=review)
        if not ready:
            wanted = {t("confirm the warnings"): read, t("enter your name"): author, t("say what is new"): note}
            missing = wording.listing((step for step, done in wanted.items() if not done), state.language())
            st.caption(t("Before publishing: {steps}.", steps=missing))


def _note(on_desk: job.Job) -> str:
    """Return what somebody says of the file; like every choice it stays with the file while another section or page is looked at."""
    st.session_state["note"] = on_desk.note
    text = st.text_input(
        t("What is new, in one sentence for the history"),
        key="note",
        max_chars=300,
        on_change=lambda: job.change(note=st.session_state["note"]),
    )
    return str(text).strip()


def _publish(on_desk: job.Job, proposal: Proposal, author: str, note: str, *, review: bool) -> None:
    """Store the version; a conflict is shown in the next run, with nothing stored."""
    access.demand(access.Role.EDITOR)
    tables = {name: table_bytes(table) for name, table in proposal.tables.items()}
    file, warnings = (on_desk.file_name, on_desk.content), warnings_of(proposal.findings)
    publication = Publication(tables, on_desk.kind, on_desk.mode, author, note, *file, warnings)
    database, figure = data.versions(), _first_figure(proposal)
    st.session_state[_FIGURE] = figure
    unremembered: list[store.StoreError] = []

    def act() -> Version:
        if review:
            return database.submit(publication, base=on_desk.base)
        version = database.publish(publication, expected=on_desk.base)
        try:
            _remember(database, on_desk, author)
        except store.StoreError as error:  # the figures are published all the same
            unremembered.append(error)
        return version

    attempts.make(act)
    if isinstance(attempts.error(), ConflictError):
        attempts.clear()
        st.rerun()  # the next run says who was faster, and offers to check again
    for error in unremembered:
        st.toast(escape_markdown(error_text(error)), icon=":material/error:")
    attempts.show()
    settle()


def settle() -> None:
    """Take over what this session stored, and draw the page again; nothing where it stored nothing."""
    if isinstance(attempts.error(), InDoubtError):
        job.change(in_doubt=True)
    version = attempts.stored()
    if version is None:
        return
    st.session_state[ANSWERED if version.reviewer else _DONE] = version.id
    there = job.job()
    if there and (there.digest, there.base) == (version.file_sha256, version.parent_id):
        job.drop()
    attempts.clear()
    st.rerun()


def _remember(database: store.Store, on_desk: job.Job, author: str) -> None:
    """Keep what somebody said of this file's columns, and nothing another person may have changed meanwhile; Streamlit is not called."""
    database.remember(on_desk.kind, {key: target for key, target in on_desk.mapped.items() if target}, author)
    for key in on_desk.mapped.keys() & database.aliases(on_desk.kind).keys():
        if not on_desk.mapped[key]:
            database.forget(on_desk.kind, key, author)


def _first_figure(proposal: Proposal) -> tuple[str, str] | None:
    """Return metric and period of the first figure that changed, to show it on the map."""
    for changed in proposal.changes:
        if changed.kind == "indicators":
            rows = changed.new if len(changed.new) else changed.added
            return (str(rows["metric"].iloc[0]), str(rows["period"].iloc[0])) if len(rows) else None
    return None


def outcome() -> bool:
    """Say what was just published in this session, with the way to see it and the way back; whether there is anything to say."""
    number = st.session_state.get(_DONE)
    version = data.find_version(number) if number else None
    if version is None:
        return False
    with st.container(border=True, key="desk_done"):
        if version.state == "rejected":
            st.warning(escape_markdown(became(version)), icon=":material/block:")
        else:
            st.success(escape_markdown(became(version)), icon=":material/check_circle:")
        with st.container(horizontal=True):
            is_story = version.upload == "slides"
            label, icon = (
                (t("View the briefing"), ":material/slideshow:")
                if is_story
                else (t("View on the map"), ":material/map:")
            )
            if version.state != "rejected" and st.button(label, key="see", icon=icon):
                _see(version)
            current = version.state == "published" and version.id == data.current()
            # Not of what undid something: a second press on the same spot would bring back what was just taken back.
            if current and version.parent_id and version.kind != "restored" and access.may(access.restorer()):
                st.button(t("Undo"), key="undo", icon=":material/undo:", on_click=lambda: _undo(version))
            st.button(t("Next file"), key="next_file", on_click=dismiss)
    return True


def dismiss() -> None:
    """Leave what was stored last, for another file."""
    st.session_state.pop(_DONE, None)


def became(version: Version) -> str:
    """Return what became of a version that was stored in this session."""
    label = versions.label(version)
    if version.state == "waiting":
        return t("Submitted for review: {version}.", version=label)
    if version.state == "rejected":
        return t(
            "Rejected by {who}, not published: {version}. {note}",
            who=version.reviewer,
            version=label,
            note=version.review_note,
        )
    if version.id != data.current():
        return t("Published: {version}. Newer data has been published since.", version=label)
    if version.kind == "restored":
        return t(
            "Version {number} restored: {version}. Other open pages show it after the next click.",
            number=version.restored_from,
            version=label,
        )
    return t("Published: {version}. Other open pages show it after the next click.", version=label)


def _see(version: Version) -> None:
    """Go to the briefing, or to the overview with the figure and period that were published or handed over."""
    state.change(v=version.id if version.state == "waiting" else None)
    if version.upload == "slides":
        st.switch_page(next(page.path for page in PAGES if page.url == "briefing"))
    figure, figure_table = st.session_state.get(_FIGURE), data.figure_table()
    if figure and figure[1] in figure_table.periods(figure[0]):
        state.change_metric(figure[0], figure_table)
        state.change_periods(figure_table, period=figure[1], since="")
    st.switch_page(PAGES[0].path)


def _undo(version: Version) -> None:
    """Restore what was there before a version, unless that was done or the right to it is gone: the page that is drawn next says so."""
    if st.session_state.get(_DONE) != version.id or not access.may(access.restorer()):
        return
    note = t("Undid version {number}", number=version.id)
    author = access.person().name or st.session_state.get(_NAME) or version.author
    before, database = version.parent_id or 1, data.versions()

    def restore() -> Version:
        unreadable.refuse(before)
        return database.restore(before, author, note, expected=version.id)

    attempts.make(restore)
