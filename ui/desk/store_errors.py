"""What the store refused, in the visitor's language."""

from store import (
    ConflictError,
    DatabaseError,
    FileChangedError,
    InDoubtError,
    NothingToPublishError,
    SamePersonError,
    StoreError,
    UnreadableError,
)
from ui.i18n import mark, t

__all__ = ["told"]

_FILE_CHANGES = {
    "missing": mark(
        "Nothing was stored: the database file {path} is gone. Put it back where it was; if it is lost, stop the dashboard and restore a backup."
    ),
    "replaced": mark(
        "Nothing was stored: the database file {path} is another one than the dashboard opened. "
        "Put the original back, or start the dashboard again to use the new one."
    ),
    "damaged": mark(
        "Nothing was stored: the database file {path} is cut off or damaged. Stop the dashboard and restore a backup."
    ),
}


_REFUSALS: dict[type[StoreError], str] = {
    NothingToPublishError: mark("Nothing would change: this is published already."),
    SamePersonError: mark("Your own draft: another person has to review it."),
    InDoubtError: mark(  # before the wider DatabaseError
        "It is not known whether it was stored: look in the history once the database answers, before you try again."
    ),
    DatabaseError: mark(
        "Nothing was stored: the database is not reachable. What you entered stays here; try again in a moment."
    ),
}


def told(error: StoreError) -> str:
    """Return what is to be said of an error; what hardly ever happens stays in the store's own English."""
    if isinstance(error, ConflictError):
        return t("Nothing was stored: {who} published version {number} meanwhile.", who=error.who, number=error.current)
    if isinstance(error, UnreadableError):
        return t("Version {number} cannot be read: {reason}", number=error.version_id, reason=str(error))
    if isinstance(error, FileChangedError):
        return t(_FILE_CHANGES[error.change], path=error.path)
    known = next((text for kind, text in _REFUSALS.items() if isinstance(error, kind)), "")
    return t(known) if known else str(error)
