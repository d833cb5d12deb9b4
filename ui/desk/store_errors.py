"""What the store refused, in the visitor's language."""

from store import (
    ConflictError,
    DatabaseError,
    FileChangedError,
    FullError,
    InDoubtError,
    NothingToPublishError,
    ReplacedError,
    SamePersonError,
    StoreError,
    UnreadableError,
)
from ui.i18n import mark, t

__all__ = ["error_text"]

_FILE_CHANGES = {
    "missing": mark(
        "Nothing was saved: the database file {path} is missing. Put it back in its place; if it is lost, stop the dashboard and restore a backup."
    ),
    "replaced": mark(
        "Nothing was saved: the database file {path} is not the one the dashboard opened. Put the original "
        "file back, or restart the dashboard to use the new file."
    ),
    "damaged": mark(
        "Nothing was saved: the database file {path} is truncated or damaged. Stop the dashboard and restore a backup."
    ),
    "bared": mark(
        "Nothing was saved: the database file {path} has lost its -wal or -shm file. It is reopened automatically; try again in a moment."
    ),
}


_REFUSALS: dict[type[StoreError], str] = {
    NothingToPublishError: mark("Nothing would change: this content is already published."),
    SamePersonError: mark("This is your own draft. Another person must review it."),
    InDoubtError: mark(  # before the wider DatabaseError
        "The data may or may not have been saved. Check the version history once the database responds, then decide whether to try again."
    ),
    ReplacedError: mark(
        "Nothing was saved: the database is not the one the dashboard opened. Restart the dashboard to use what is there now, such as a restored backup."
    ),
    FullError: mark(
        "Nothing was saved: the disk of the database is full. What you have entered is still here. Have some space freed there, then try again."
    ),
    DatabaseError: mark(
        "Nothing was saved: the database is not reachable. What you have entered is still here. Try again in a moment."
    ),
}


def error_text(error: StoreError) -> str:
    """Return what is to be said of an error; what hardly ever happens stays in the store's own English."""
    if isinstance(error, ConflictError):
        return t(
            "Nothing was saved: {who} published version {number} in the meantime.", who=error.who, number=error.current
        )
    if isinstance(error, UnreadableError):
        return t("Version {number} cannot be read: {reason}", number=error.version_id, reason=str(error))
    if isinstance(error, FileChangedError):
        return t(_FILE_CHANGES[error.change], path=error.path)
    known = next((text for kind, text in _REFUSALS.items() if isinstance(error, kind)), "")
    return t(known) if known else str(error)
