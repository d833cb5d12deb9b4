"""What the store refused, in the visitor's language."""

from store import ConflictError, NothingToPublishError, SamePersonError, StoreError, UnreadableError
from ui.i18n import t

__all__ = ["told"]


def told(error: StoreError) -> str:
    """Return what is to be said of an error; what hardly ever happens stays in the store's own English."""
    if isinstance(error, ConflictError):
        return t("Nothing was stored: {who} published version {number} meanwhile.", who=error.who, number=error.current)
    if isinstance(error, NothingToPublishError):
        return t("Nothing would change: this is published already.")
    if isinstance(error, SamePersonError):
        return t("Your own draft: another person has to review it.")
    if isinstance(error, UnreadableError):
        return t("Version {number} cannot be read: {reason}", number=error.version_id, reason=str(error))
    return str(error)
