"""What people hand over, made fit to be stored: no empty author or note, no characters that hide or break a line."""

from store.errors import InputError
from store.model import TABLES, Publication

__all__ = ["check_tables", "cleaned", "needed", "plain"]

MAX_TEXT = 2000


def plain(text: str) -> str:
    """Return a text with every control character and lone surrogate, which no database or log takes, as a space."""
    return "".join(sign if sign.isprintable() or sign == "\N{IDEOGRAPHIC SPACE}" else " " for sign in text).strip()


def needed(text: str, what: str) -> str:
    """Return a text that has to be there, in plain characters.

    Raises
    ------
    InputError
        If it is empty or longer than :data:`MAX_TEXT` characters.
    """
    clean = plain(text)
    if not clean:
        raise InputError(f"The {what} is empty; enter one, so that the history shows who did what and why.")
    if len(clean) > MAX_TEXT:
        raise InputError(f"The {what} has {len(clean)} characters; expected at most {MAX_TEXT}.")
    return clean


def check_tables(names: set[str]) -> None:
    """Refuse tables that are not versioned.

    Raises
    ------
    InputError
        If a name is none of :data:`store.model.TABLES`.
    """
    unknown = sorted(names - set(TABLES))
    if unknown:
        raise InputError(f"{', '.join(unknown)} cannot be published; expected some of {', '.join(TABLES)}.")


def cleaned(publication: Publication) -> dict[str, str]:
    """Return the texts of a publication as the columns of a version.

    Raises
    ------
    InputError
        If author or note is missing, or a table is not versioned.
    """
    check_tables(set(publication.tables))
    return {
        "author": needed(publication.author, "author"),
        "note": needed(publication.note, "note"),
        "upload": publication.kind,
        "mode": publication.mode,
        "file_name": plain(publication.file_name)[-MAX_TEXT:],
    }
