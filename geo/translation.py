"""English texts in another language, from the gettext catalogues in ``locale/``. Who reads which language is not known here: it is always given."""

import functools
from pathlib import Path

from babel.messages.pofile import read_po

__all__ = ["locale_file", "mark", "tag", "translate"]

_LOCALE = Path(__file__).resolve().parent.parent / "locale"


def locale_file(language: str) -> Path:
    """Return the catalogue file of a language."""
    return _LOCALE / language / "LC_MESSAGES" / "app.po"


def tag(language: str) -> str:
    """Return the BCP 47 tag of a language for documents: with the region that fonts choose Chinese letter forms by."""
    return {"zh": "zh-CN"}.get(language, language)


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


def mark(message: str) -> str:
    """Return a text as it is, marked for the catalogue: for tables made at import, translated when they are drawn."""
    return message
