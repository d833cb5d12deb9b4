"""Drafts that wait for a second pair of eyes."""

import streamlit as st

import store
from geo.changes.remarks import findings_of
from geo.escaping import escape_markdown
from store import Version
from ui import data, versions
from ui.auth import access
from ui.desk import attempts, findings, job, paging, publish, unreadable
from ui.desk.effects import cells
from ui.desk.store_errors import error_text
from ui.i18n import t

__all__ = ["draw", "waiting"]

_SHOWN = 20  # at a time: each is drawn with what it would change


def waiting() -> list[Version]:
    """Return the drafts nobody has reviewed yet, newest first."""
    return data.known().waiting()


def draw() -> None:
    """Draw each waiting draft with what it would change, and the two answers."""
    found = waiting()
    number = st.session_state.get(publish.ANSWERED)
    if number and (answered := data.find_version(number)):
        _answered(answered, len(found))
        return
    if not found:
        st.caption(t("No drafts are waiting for review."))
        return
    # At the server's own machine nobody has signed in; where one person may publish, a name is all that is asked.
    unnamed = access.person().local and access.review_required()
    reviewer = "" if unnamed else publish.author_field()
    for version in found[paging.shown(len(found), _SHOWN, "drafts_page")]:
        _draft(version, reviewer)


def _draft(version: Version, reviewer: str) -> None:
    """Draw one draft."""
    with st.container(border=True, key=f"draft-{version.id}"):
        title = t("{version} by {who}", version=versions.label(version), who=version.author)
        st.markdown(f"**{escape_markdown(title)}** {escape_markdown(version.note)}")
        st.link_button(t("View this version"), f"./{versions.link(version)}", icon=":material/open_in_new:")
        cells.between(version.parent_id or 1, version.id)
        unreadable.remarks(data.condition(version.id))
        findings.remarks(findings_of(data.known().warnings(version.id)), f"desk_findings-{version.id}")
        overtaken = version.parent_id != data.published()
        if overtaken:
            st.warning(t("Newer data has been published since, so this draft can no longer be approved."))
            st.button(
                t("Check its file against the latest data"),
                key=f"again-{version.id}",
                on_click=lambda: _again(version),
            )
        refusal = _refusal(version, reviewer)
        if refusal:
            st.caption(refusal)
            return
        with st.form(f"review-{version.id}", border=False):
            note = st.text_input(t("Review note"), key=f"review_note-{version.id}", max_chars=300).strip()
            with st.container(horizontal=True):
                yes = not overtaken and st.form_submit_button(
                    t("Approve and publish"), type="primary", key=f"approve-{version.id}"
                )
                no = st.form_submit_button(t("Reject"), key=f"reject-{version.id}")
        if (yes or no) and not attempts.error():
            _answer(version, reviewer, note, approved=yes)


def _refusal(version: Version, reviewer: str) -> str:
    """Return why whoever is at the desk cannot review a draft, "" where they can."""
    if not access.may(access.restorer()):
        return t("Waiting for a reviewer.")
    if access.person().local and access.review_required():
        return t("Sign in to approve or reject drafts: without sign-in, two people cannot be distinguished.")
    if not reviewer:
        return t("Enter your name above to approve or reject.")
    if version.author.strip().casefold() == reviewer.strip().casefold():
        return t("This is your own draft. Another person must review it.")
    return ""


def _again(version: Version) -> None:
    """Put the file of a draft on the desk once more."""
    try:
        original = data.versions().original(version.id)
    except store.StoreError as error:
        st.toast(escape_markdown(error_text(error)), icon=":material/error:")
        return
    if original:
        job.again(original[1], original[0], version.upload, version.mode or "update")  # type: ignore[arg-type]
        publish.dismiss()
        st.session_state["desk_part"] = "upload"


def _answer(version: Version, reviewer: str, note: str, *, approved: bool) -> None:
    """Publish or reject a draft."""
    access.demand(access.restorer())
    database, expected = data.versions(), data.published()
    text = note or (t("approved") if approved else t("rejected"))

    def answer() -> Version:
        if not approved:
            return database.reject(version.id, reviewer, text)
        unreadable.refuse(version.id)
        return database.approve(version.id, reviewer, text, expected=expected)

    attempts.make(answer)
    attempts.show()
    publish.settle()


def _answered(version: Version, left: int) -> None:
    """Say what a draft was answered, and draw the others only when asked to: a second press on the same spot would answer the next."""
    with st.container(border=True, key="draft_answered"):
        st.success(escape_markdown(publish.became(version)), icon=":material/rule:")
        if not left:
            st.caption(t("No drafts are waiting for review."))
            return
        others = t("Drafts ({count})", count=left)
        st.button(others, key="other_drafts", on_click=lambda: st.session_state.pop(publish.ANSWERED, None))
