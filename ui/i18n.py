"""Words in the visitor's language. Nothing is translated at import: the language is looked up in each run, so no visitor's leaks to another."""

import functools
from pathlib import Path

from babel.messages.pofile import read_po

from ui import state

__all__ = ["LANGUAGE_NAMES", "locale_file", "mark", "pick", "t", "translate"]

LANGUAGE_NAMES = {"zh": "中文", "en": "English"}
_LOCALE = Path(__file__).resolve().parent.parent / "locale"


def locale_file(language: str) -> Path:
    """Return the catalogue file of a language."""
    return _LOCALE / language / "LC_MESSAGES" / "app.po"


@functools.cache
def _catalogue(language: str) -> dict[str, str]:
    """Return translations by English text; English needs none."""
    if language == "en":
        return {}
    with locale_file(language).open("rb") as file:
        catalogue = read_po(file, locale=language)
    return {str(message.id): str(message.string) for message in catalogue if message.id and message.string}


def translate(language: str, message: str, **values: object) -> str:
    """Return an English text in a language, its ``{placeholders}`` filled."""
    text = _catalogue(language).get(message, message)
    return text.format(**values) if values else text


def t(message: str, **values: object) -> str:
    """Return an English text in the current visitor's language, its ``{placeholders}`` filled."""
    return translate(state.language(), message, **values)


def mark(message: str) -> str:
    """Return a text as it is, marked for the catalogue: for tables made at import, translated when they are drawn."""
    return message


def pick(row: object, name: str) -> str:
    """Return the ``name_en`` or ``name_zh`` field of a row, as the visitor's language asks."""
    return str(getattr(row, f"{name}_{state.language()}"))
