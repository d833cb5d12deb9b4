"""The file on the desk: what was uploaded, what was chosen for it, and what came of it, each computed once."""

import hashlib
import time
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.uploaded_file_manager import UploadedFile

import store
from geo.changes.diff import row_changes
from geo.changes.examine import examine
from geo.changes.proposal import NewSource, Proposal
from geo.schema import Atlas
from geo.uploads import cleaning
from geo.uploads.model import Choices, Kind, Mode, Progress, Reading, Upload
from geo.uploads.read import reading
from ui import data, state
from ui.i18n import t

__all__ = [
    "Job",
    "again",
    "change",
    "choose",
    "drop",
    "job",
    "last_source",
    "leave",
    "once",
    "proposal",
    "read",
    "take",
    "understood",
    "uploader_key",
]

_R = TypeVar("_R")
_JOB, _RESULTS, _UPLOADED, _CLEARED = "desk_job", "desk_results", "desk_uploaded", "desk_cleared"
_LOOKED_AT = 30  # versions
_PATIENCE_S = 0.5  # work that takes longer shows how far it is


@dataclass(frozen=True)
class Job:
    """One uploaded file with everything chosen for it."""

    content: bytes
    file_name: str
    kind: Kind
    base: int  # the version it is compared with and will be published on
    choices: Choices = field(default_factory=Choices)
    mode: Mode = "update"
    source: NewSource | None = None  # a source to add with it
    # Columns somebody chose for this file; "" takes a remembered choice back.
    mapped: Mapping[str, str] = field(default_factory=dict)
    digest: str = ""
    note: str = ""  # what is new, for the history
    confirmed: str = ""  # the warnings somebody has ticked as read
    in_doubt: bool = False  # an attempt to store it may have come through


def job() -> Job | None:
    """Return the file on this session's desk."""
    found: Job | None = st.session_state.get(_JOB)
    return found


def uploader_key() -> str:
    """Return the key of the uploader: another one each time the desk is cleared, so that it is empty again."""
    return f"uploader {st.session_state.get(_CLEARED, 0)}"


def take(uploaded: UploadedFile | None, kind: Kind) -> None:
    """Put what is in the uploader on the desk; what its owner took out of it leaves the desk, a mere visit to another page changes nothing."""
    if uploaded is not None:
        _begin(uploaded.getvalue(), uploaded.name, kind)
    elif st.session_state.get(_UPLOADED) and not state.arrived():
        _forget()
    elif (there := job()) and there.kind != kind:  # kept from before a look elsewhere, and called something else now
        _begin(there.content, there.file_name, kind)
    st.session_state[_UPLOADED] = uploaded is not None


def leave() -> None:
    """Keep the file while the uploader is not drawn: Streamlit empties it meanwhile, as its owner would."""
    st.session_state[_UPLOADED] = False


def again(content: bytes, file_name: str, kind: Kind, mode: Mode) -> None:
    """Put a file on the desk that was there before, to check it against the newest data."""
    drop()
    _begin(content, file_name, kind, mode)


def _begin(content: bytes, file_name: str, kind: Kind, mode: Mode = "update") -> None:
    """Put a file on the desk, unless it is there already."""
    digest = hashlib.sha256(content).hexdigest()
    there = job()
    if there and (there.digest, there.file_name, there.kind) == (digest, file_name, kind):
        return
    choices = Choices(columns=data.known().aliases(kind))
    st.session_state[_JOB] = Job(content, file_name, kind, data.current(), choices, mode, digest=digest)


def drop() -> None:
    """Clear the desk, the uploader included."""
    _forget()
    st.session_state[_CLEARED] = st.session_state.get(_CLEARED, 0) + 1


def _forget() -> None:
    """Take the file off the desk."""
    for name in (_JOB, _RESULTS, _UPLOADED):
        st.session_state.pop(name, None)


def change(**fields: Any) -> None:
    """Change what was chosen for the file on the desk."""
    there = job()
    if there:
        st.session_state[_JOB] = replace(there, **fields)


def choose(**fields: Any) -> None:
    """Change what the file does not say itself."""
    there = job()
    if there:
        change(choices=replace(there.choices, **fields))


def read(on_desk: Job) -> Reading:
    """Return the file as read."""
    key = (on_desk.digest, on_desk.file_name, on_desk.choices.encoding, on_desk.choices.sheet)
    return once(
        "reading",
        key,
        lambda progress: reading.read(
            on_desk.content,
            on_desk.file_name,
            encoding=on_desk.choices.encoding,
            sheet=on_desk.choices.sheet,
            progress=progress,
        ),
    )


def understood(on_desk: Job) -> Upload:
    """Return the file as understood."""
    source = read(on_desk)
    return once(
        "upload",
        _choices_key(on_desk),
        lambda progress: cleaning.clean(
            source, on_desk.file_name, on_desk.kind, _base_atlas(on_desk), on_desk.choices, progress
        ),
    )


def proposal(on_desk: Job) -> Proposal:
    """Return what publishing the file would do."""
    sheet, upload = read(on_desk), understood(on_desk)
    return once(
        "proposal",
        (*_choices_key(on_desk), on_desk.mode, on_desk.source),
        lambda progress: examine(
            on_desk.content, on_desk.file_name, on_desk.kind, data.raw(on_desk.base), _base_atlas(on_desk), on_desk.choices, on_desk.mode, on_desk.source,
            sheet=sheet, upload=upload, progress=progress,
        ),
    )  # fmt: skip


def last_source(on_desk: Job) -> str:
    """Return the source of most rows that the newest published file of the same kind brought; "" where there is none."""
    try:
        return once("last_source", (on_desk.kind, on_desk.base), lambda _: _last_source(on_desk.kind))
    except store.StoreError:  # a suggestion less while the database is away, or a version cannot be read
        return ""


def _last_source(kind: Kind) -> str:
    """Look for the source of the newest published file of a kind."""
    for version in data.versions().versions(_LOOKED_AT):
        if version.state == "published" and version.upload == kind and version.parent_id:
            before, after = (data.raw(number).table(f"{kind}.csv") for number in (version.parent_id, version.id))
            changed = row_changes(before, after, kind)
            found = pd.concat([changed.added["source_id"], changed.new["source_id"]])
            found = found[found.isin(list(data.sources()))]
            if len(found):
                return str(found.mode().iloc[0])
    return ""


def _base_atlas(on_desk: Job) -> Atlas:
    """Return the data the file is compared with."""
    found = data.of_version(on_desk.base)
    if found is None:
        raise LookupError(f"version {on_desk.base} can no longer be shown; upload the file again")
    return found[0]


def _choices_key(on_desk: Job) -> tuple[Hashable, ...]:
    """Return everything that decides how the file is understood."""
    said = [value for name, value in vars(on_desk.choices).items() if name != "columns"]
    return (
        on_desk.digest,
        on_desk.file_name,
        on_desk.kind,
        on_desk.base,
        *said,
        *sorted(on_desk.choices.columns.items()),
    )


def once(stage: str, key: Hashable, compute: Callable[[Progress], _R]) -> _R:
    """Return a result, computed again only when what it depends on has changed; one is kept for each stage."""
    results: dict[str, tuple[Hashable, Any]] = st.session_state.setdefault(_RESULTS, {})
    if stage not in results or results[stage][0] != key:
        with _Bar() as bar:
            results[stage] = (key, compute(bar.show))
    found: _R = results[stage][1]
    return found


class _Bar:
    """A progress bar that appears only where somebody would otherwise wait in the dark."""

    def __enter__(self) -> "_Bar":
        self._begun = time.monotonic()
        self._bar: DeltaGenerator | None = None
        return self

    def show(self, share: float, text: str) -> None:
        """Show how far the work is, once it has taken a while."""
        if time.monotonic() - self._begun > _PATIENCE_S:
            self._bar = self._bar or st.progress(0.0)
            self._bar.progress(min(max(share, 0.0), 1.0), t(text))

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.empty()
