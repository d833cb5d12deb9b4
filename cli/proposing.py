"""``python -m store propose``: files put before a reviewer as drafts, so that a schedule can refresh the data and a person publishes it."""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from cli import uploads
from geo.uploads.model import Finding, Severity
from store.errors import DraftExistsError, NothingToPublishError, StoreError
from store.inputs import plain
from store.versions import Store

__all__ = ["propose"]

Outcome = Literal[
    "drafted",
    "waiting",  # a draft of the same content is there already
    "unchanged",  # what the file says is published already
    "refused",  # the findings say why
    "failed",  # the file could not be read or the draft not stored
]
_STOPPED = ("refused", "failed")


@dataclass(frozen=True)
class _Proposed:
    """What became of one file."""

    file: str
    path: str
    outcome: Outcome
    draft: int | None = None
    error: str = ""  # of a file that failed
    findings: Sequence[Finding] = ()


def propose(options: argparse.Namespace) -> int:
    """Store a draft of each file without errors, and say what became of each; 1 where one was refused or failed, the others go on."""
    stopped = False
    with uploads.opened() as store:
        base = uploads.base_of(store, store.current())
        for path in options.files:
            proposed = _one(store, options, path, base)
            stopped |= proposed.outcome in _STOPPED
            _print(options, proposed)
    return int(stopped)


def _one(store: Store, options: argparse.Namespace, path: Path, base: uploads.Base) -> _Proposed:
    """Return what became of a file."""
    name, place = plain(path.name), plain(str(path))
    try:
        content = uploads.content_of(path)
        proposal = uploads.examined(store, options, name, content, base)
    except (OSError, StoreError) as error:
        return _Proposed(name, place, "failed", error=plain(str(error)))
    if proposal.after is None:
        return _Proposed(name, place, "refused", findings=proposal.findings)
    wanted = uploads.publication(options, name, content, proposal)
    try:
        draft = store.submit(wanted, base=base.number, once=True)
    except NothingToPublishError:
        return _Proposed(name, place, "unchanged", findings=proposal.findings)
    except DraftExistsError as error:
        return _Proposed(name, place, "waiting", error.draft_id, findings=proposal.findings)
    except StoreError as error:
        return _Proposed(name, place, "failed", error=plain(str(error)), findings=proposal.findings)
    return _Proposed(name, place, "drafted", draft.id, findings=proposal.findings)


def _print(options: argparse.Namespace, proposed: _Proposed) -> None:
    """Print what became of a file, findings first one a line; as JSON all in one line. At once, so that a log has what was done before a crash."""
    if options.format == "json":
        rows = uploads.finding_rows(proposed.file, proposed.findings)
        print(json.dumps(asdict(proposed) | {"findings": rows}, ensure_ascii=False), flush=True)
        return
    for line in uploads.finding_lines(proposed.file, proposed.findings):
        print(line)
    print(f"{proposed.file}: {_said(proposed)}", flush=True)


def _said(proposed: _Proposed) -> str:
    """Return what became of a file in words."""
    counts = Counter(finding.severity for finding in proposed.findings)
    found = f"errors {counts[Severity.ERROR]}, warnings {counts[Severity.WARNING]}"
    return {
        "drafted": f"{found}; draft {proposed.draft} is waiting for approval by another person",
        "waiting": f"{found}; draft {proposed.draft} has the same content and is still waiting, so no other was stored",
        "unchanged": f"{found}; nothing would change, so no draft was stored",
        "refused": f"{found}; no draft was stored",
        "failed": f"no draft was stored: {proposed.error}",
    }[proposed.outcome]
