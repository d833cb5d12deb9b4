"""The desk as a whole: who is there, and the choice between a new file, drafts, history and the audit log."""

import itertools

import streamlit as st

import store
from ui import data
from ui.auth import access
from ui.desk import attempts, columns, drafts, findings, history, intake, job, publish, unreadable
from ui.desk.effects import step
from ui.i18n import t

__all__ = ["draw"]

# Tables below one another have the same columns, and a long text wraps instead of pushing the others out. The uploader's own words are English
# whatever the language, so they are drawn over.
_STYLE = """<style>
[class*=st-key-desk_findings] [data-testid=stTable], .st-key-desk_effect [data-testid=stTable] {{ overflow-x: auto; }}
[class*=st-key-desk_findings] table {{ table-layout: fixed; min-width: 52rem; }}
[class*=st-key-desk_findings] :is(th, td) {{ overflow-wrap: anywhere; vertical-align: top; }}
[class*=st-key-desk_findings] th:nth-child(1) {{ width: 9%; }}
[class*=st-key-desk_findings] th:is(:nth-child(2), :nth-child(3)) {{ width: 13%; }}
[class*=st-key-desk_findings] th:nth-child(4) {{ width: 27%; }}
.st-key-upload section :is(button p, [data-testid=stFileUploaderDropzoneInstructions] span) {{ font-size: 0; }}
.st-key-upload section button p::after {{ content: "{choose}"; font-size: 1rem; }}
.st-key-upload [data-testid=stFileUploaderDropzoneInstructions] span::after {{ content: "{limit}"; font-size: .875rem; }}
</style>"""


def draw() -> None:
    """Draw the desk for somebody who may edit."""
    st.html(_STYLE.format(choose=t("Choose a file"), limit=t("or drop it here; CSV or any workbook, up to 50 MB")))
    access.sign_in_bar()
    unreadable.notice()
    publish.settle()  # what a second press kept the run before from showing
    attempts.show()
    parts = {"upload": t("New file"), "history": t("Version history")}
    if access.review_required() or _proposed():
        parts["drafts"] = _drafts_label()
    if access.may(access.Role.REVIEWER):
        parts["audit"] = t("Audit log")
    part = st.segmented_control(
        t("Section of the data desk"),
        list(parts),
        format_func=parts.__getitem__,
        default="upload",
        required=True,
        key="desk_part",
        label_visibility="collapsed",
    )
    if part != "upload":
        job.leave()
    try:
        {"upload": _upload, "history": history.draw, "drafts": drafts.draw, "audit": history.audit_log}[part]()
    except store.DatabaseError:
        text = t(
            "The database is not reachable, so this section cannot be loaded. Everything you have uploaded and entered is safe. Try again in a moment."
        )
        st.warning(text, icon=":material/cloud_off:")
    attempts.clear()


def _proposed() -> bool:
    """Return whether drafts wait, as the command line may propose them whether or not two must agree; or were being looked at."""
    try:
        return st.session_state.get("desk_part") == "drafts" or bool(drafts.waiting())
    except store.DatabaseError:
        return False


def _drafts_label() -> str:
    """Return what the drafts are called, with how many there are."""
    try:
        return t("Drafts ({count})", count=len(drafts.waiting()))
    except store.DatabaseError:
        return t("Drafts ({count})", count="?")


def _upload() -> None:
    """Draw the way of a file from upload to publication."""
    if publish.outcome() or data.published() != data.current():  # the notice says what to do first
        job.leave()
        return
    steps = itertools.count(1)  # one that has nothing to ask is left out, and leaves no hole
    intake.draw(steps)
    on_desk = job.job()
    if on_desk is None:
        return
    source, upload = job.read(on_desk), job.understood(on_desk)
    intake.summary(on_desk, source, upload)
    columns.draw(on_desk, upload, steps)
    if publish.conflict(on_desk):
        return
    proposal = job.proposal(on_desk)
    findings.draw(on_desk, source, proposal.findings, steps)
    if proposal.after is not None:
        step.draw(on_desk, proposal, steps)
    publish.draw(on_desk, proposal, steps)
