"""Words in the visitor's language. Nothing is translated at import: the language is looked up in each run, so no visitor's leaks to another."""

from geo.translation import locale_file, mark, translate
from ui import state

__all__ = ["LANGUAGE_NAMES", "locale_file", "mark", "pick", "t", "translate"]

LANGUAGE_NAMES = {"zh": "中文", "en": "English"}


def t(message: str, **values: object) -> str:
    """Return an English text in the current visitor's language, its ``{placeholders}`` filled."""
    return translate(state.language(), message, **values)


def pick(row: object, name: str) -> str:
    """Return the ``name_en`` or ``name_zh`` field of a row, as the visitor's language asks."""
    return str(getattr(row, f"{name}_{state.language()}"))
