"""The commands of ``python -m store``: the same steps as the pages, their findings printed."""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import datetime
from typing import Any

import settings
from cli import uploads
from geo.changes.proposal import Proposal
from geo.uploads.model import Finding, Severity
from store import backup as backups
from store import clock
from store.errors import InputError, NothingToPublishError
from store.inputs import plain
from store.model import Version
from store.reading.opening import Condition, condition, newest_readable, open_version
from store.versions import Store

__all__ = ["backup", "check", "history", "publish", "restore", "restore_backup"]


def check(options: argparse.Namespace) -> int:
    """List what is wrong with a file; 0 where it could be published."""
    with uploads.opened() as store:
        proposal = _proposal(store, options, uploads.content_of(options.file), store.current())
    _print(options, proposal.findings, None)
    return _status(proposal, options)


def publish(options: argparse.Namespace) -> int:
    """Publish a file unless something is wrong with it; that nothing changes is all well. Where two must agree it becomes a draft."""
    content = uploads.content_of(options.file)
    with uploads.opened() as store:
        expected = store.current()
        proposal = _proposal(store, options, content, expected)
        status = _status(proposal, options)
        version = None if status else _publish(store, options, content, proposal, expected)
    _print(options, proposal.findings, version)
    return status


def history(options: argparse.Namespace) -> int:
    """List versions, the newest first, the current one marked."""
    raw = uploads.folder()
    with uploads.opened() as store:
        versions, current = store.versions(options.limit), store.current()
        conditions = {version.id: condition(store, raw, version.id) for version in versions}
        shown = newest_readable(store, current, lambda number: open_version(store, raw, number))
    if options.format == "json":
        rows = [_version_row(version, conditions[version.id], current, shown) for version in versions]
        print(json.dumps(rows, ensure_ascii=False, default=datetime.isoformat))
    else:
        print("\n".join(_version_line(version, conditions[version.id], current, shown) for version in versions))
    return 0


def restore(options: argparse.Namespace) -> int:
    """Let everyone see an older version again; where two must agree that is for the pages, which know who somebody is."""
    if settings.review_required():
        raise InputError("DASHBOARD_REVIEW requires two people: restore on the data desk, signed in as a reviewer.")
    raw = uploads.folder()
    with uploads.opened() as store:
        open_version(store, raw, options.version)  # what cannot be read is not published again
        version = store.restore(options.version, options.author, options.note, expected=store.current())
    print(f"Version {version.id} is published: it restores version {options.version}.")
    return 0


def backup(options: argparse.Namespace) -> int:
    """Copy the whole database into a file."""
    current = backups.save(options.to, overwrite=options.force)
    print(f"{options.to}: a backup of all versions; version {current} is the one shown to everyone.")
    return 0


def restore_backup(options: argparse.Namespace) -> int:
    """Put a backup in the place of the database, and bring it up to this release."""
    aside = backups.restore(options.file)
    if aside:
        print(f"{aside}: what was there before, kept in case it is needed.")
    with closing(Store.open()) as store:
        print(
            f"Restored from {options.file}: version {store.current()} is the one shown to everyone. Start the dashboard; "
            "one that ran all the while has to be stopped first."
        )
    return 0


# ---- steps ----


def _proposal(store: Store, options: argparse.Namespace, content: bytes, base: int) -> Proposal:
    """Return what the file of the options would change in a version."""
    return uploads.examined(store, options, options.file.name, content, uploads.base_of(store, base))


def _publish(
    store: Store, options: argparse.Namespace, content: bytes, proposal: Proposal, expected: int
) -> Version | None:
    """Publish a proposal, or hand it over for review; None where nothing changes."""
    wanted = uploads.publication(options, options.file.name, content, proposal)
    try:
        if settings.review_required():
            return store.submit(wanted, base=expected)
        return store.publish(wanted, expected=expected)
    except NothingToPublishError:
        return None


def _status(proposal: Proposal, options: argparse.Namespace) -> int:
    """Return 1 where a finding stops the publication: an error, or a warning that is not acknowledged."""
    warned = any(finding.severity is Severity.WARNING for finding in proposal.findings)
    return int(proposal.after is None or (warned and not options.yes))


# ---- printing ----


def _print(options: argparse.Namespace, findings: Sequence[Finding], version: Version | None) -> None:
    """Print findings in lines, or one by one as JSON, and what was published."""
    name = options.file.name
    if options.format == "json":
        rows = uploads.finding_rows(name, findings)
        print(json.dumps({"findings": rows, "version": version.id if version else None}, ensure_ascii=False))
        return
    for line in uploads.finding_lines(name, findings):
        print(line)
    print(_outcome(version) if version else _count(options, findings))


def _outcome(version: Version) -> str:
    """Return what became of a file."""
    waits = version.state == "waiting"
    return f"Version {version.id} {'is waiting for approval by another person' if waits else 'is published'}."


def _count(options: argparse.Namespace, findings: Sequence[Finding]) -> str:
    """Return how many findings stop the publication, and how to go on."""
    counts = Counter(finding.severity for finding in findings)
    unseen = counts[Severity.WARNING] and not counts[Severity.ERROR] and not options.yes
    return (
        f"{plain(options.file.name)}: errors {counts[Severity.ERROR]}, warnings {counts[Severity.WARNING]}"
        f"{'; --yes acknowledges the warnings' if unseen else ''}"
    )


def _version_row(version: Version, how: Condition, current: int, shown: int) -> dict[str, Any]:
    """Return a version as plain values: which is published, which is shown, what this release cannot read and why."""
    marks = {"current": version.id == current, "shown": version.id == shown}
    return asdict(version) | marks | {"readable": how.readable, "reason": how.reason, "left_out": list(how.left_out)}


def _version_line(version: Version, how: Condition, current: int, shown: int) -> str:
    """Return a version as one line."""
    mark = "*" if version.id == current else ">" if version.id == shown else " "
    origin = f" of version {version.restored_from}" if version.restored_from else ""
    what, state = version.kind, "" if version.state == "published" else f" ({version.state})"
    if version.kind == "draft" and version.published_at:
        what, state = "published", f" (draft of {clock.moment(version.created_at)}, approved by {version.reviewer})"
    words = [version.author, version.note, version.file_name]
    said = ", ".join(word for word in words if word)
    notes = "" if how.readable else f"  [unreadable: {plain(how.reason)}]"
    notes += (
        f"  [not supported by this release, so not shown: {plain('; '.join(how.left_out))}]" if how.left_out else ""
    )
    when = f"{clock.moment(version.published_at or version.created_at)} {settings.time_zone().key}"
    return f"{mark} {version.id}  {when}  {what}{origin}{state}  {said}{notes}"
