"""What a column of a table is, as ``data/fields.toml`` says: checks, uploads, templates, desk and stored versions all read it here.

Imports nothing heavy: ``import store`` stays quick.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

__all__ = [
    "COLUMNS",
    "DIMENSIONS",
    "FIELDS_FILE",
    "HARMLESS_WORDS",
    "IGNORED_HEADINGS",
    "KEYS",
    "LANGUAGES",
    "MARKS",
    "OTHER_WORDS",
    "SHARE_WORDS",
    "SLIDE_TABLE",
    "TABLES",
    "TITLE_WORDS",
    "Added",
    "Field",
    "Value",
    "both_languages",
    "codes",
    "parse",
    "word_name",
]

LANGUAGES = ("en", "zh")
FIELDS_FILE = Path(__file__).resolve().parent.parent / "data" / "fields.toml"  # the program's, wherever the data lie
SLIDE_TABLE = "slides.csv"  # the story in uploads and versions of the data; in the data folder it is slides.toml

Holds = Literal["text", "source", "cluster", "district", "date", "address", "other"]


@dataclass(frozen=True)
class Value:
    """One of the words that are allowed in a column."""

    name: Mapping[str, str]  # by language
    aliases: tuple[str, ...] = ()  # in files of staff


@dataclass(frozen=True)
class Added:
    """What versions from before a column was added have in it."""

    since: str  # the first release that has the column
    default: str
    why: str  # the default is right for them
    formerly: str = ""  # the name it had before, where it was renamed: its cells are taken


@dataclass(frozen=True)
class Field:
    """A column of a table; the head of ``fields.toml`` explains each of these."""

    name: str
    label: Mapping[str, str]  # by language
    help: Mapping[str, str]
    aliases: tuple[str, ...] = ()
    holds: Holds = "text"
    values: Mapping[str, Value] = field(default_factory=dict)  # by code; empty where anything may stand
    key: bool = False
    required: bool = False
    blank: str = ""
    stored: bool = True
    target: str = ""
    added: Added | None = None

    @property
    def headings(self) -> tuple[str, ...]:
        """What the column goes by in files of staff: its name, its labels, other words."""
        return (self.name, *self.label.values(), *self.aliases)

    @property
    def words(self) -> tuple[str, ...]:
        """The words that may be filled in, where only some are allowed."""
        return tuple(filter(None, self.values))

    @property
    def is_free(self) -> bool:
        """Whether people write in it what they like."""
        return self.holds in ("text", "source") and not self.values


def parse(content: Mapping[str, Any]) -> dict[str, dict[str, Field]]:
    """Return the columns of all tables in their order: file name → name → field.

    Parameters
    ----------
    content
        ``fields.toml`` as TOML reads it.

    Raises
    ------
    ValueError
        If a column lacks what it must have, a text in one of the languages for example, or has what is not known; names table and column.
    """
    shared = content.get("shared", {})
    return {
        table: {name: _field(table, name, shared.get(name, {}) | entry) for name, entry in said["columns"].items()}
        for table, said in content.items()
        if table != "shared"
    }


def _field(table: str, name: str, entry: Mapping[str, Any]) -> Field:
    """Return the field of one entry."""
    try:
        made = dict(entry) | {
            "label": both_languages(entry["label"]),
            "help": both_languages(entry["help"]),
            "aliases": tuple(entry.get("aliases", ())),
            "values": {code: _value(code, words) for code, words in entry.get("values", {}).items()},
            "target": entry.get("target", name),
            "added": Added(**entry["added"]) if "added" in entry else None,
        }
        if made.get("holds", "text") not in get_args(Holds):
            raise ValueError(f"it holds {made['holds']!r}; expected one of {', '.join(get_args(Holds))}")
        return Field(name, **made)
    except (KeyError, TypeError, ValueError) as error:  # a word that is missing or unknown is so as an argument too
        raise ValueError(f"{FIELDS_FILE.name}, column {name} of {table}: {error}") from None


def both_languages(words: Mapping[str, str]) -> dict[str, str]:
    """Return a text by language, as the tables of ``data/`` give it.

    Raises
    ------
    ValueError
        If one of the languages is missing, or there is another.
    """
    if set(words) != set(LANGUAGES) or not all(words.values()):
        raise ValueError(f"found {dict(words)}, expected a text in each of {', '.join(LANGUAGES)}")
    return {language: words[language] for language in LANGUAGES}


def _value(code: str, words: Mapping[str, Any]) -> Value:
    """Return an allowed word; the empty one needs no name."""
    named = {language: text for language, text in words.items() if language != "aliases"}
    return Value(both_languages(named) if code else dict.fromkeys(LANGUAGES, ""), tuple(words.get("aliases", ())))


_CONTENT = tomllib.loads(FIELDS_FILE.read_text(encoding="utf-8"))
TABLES: Mapping[str, Mapping[str, Field]] = parse(_CONTENT)
COLUMNS: Mapping[str, tuple[str, ...]] = {
    table: tuple(column.name for column in columns.values() if column.stored) for table, columns in TABLES.items()
}
KEYS: Mapping[str, list[str]] = {  # of the tables whose rows are known by one
    table: keys
    for table, columns in TABLES.items()
    if (keys := [column.name for column in columns.values() if column.key])
}
IGNORED_HEADINGS: Mapping[str, tuple[str, ...]] = {  # of files of staff, by table
    table: tuple(said.get("ignored", ())) for table, said in _CONTENT.items()
}
# Beside a metric's name in headings of files of staff: what leaves it what it is, and what says how sure the figure is.
HARMLESS_WORDS: tuple[str, ...] = tuple(_CONTENT["indicators.csv"]["harmless"])
MARKS: tuple[str, ...] = tuple(_CONTENT["indicators.csv"]["marks"])
# Near a table: words that make its figures others, those of them that are shares, and headings of columns that say so of each row.
OTHER_WORDS: tuple[str, ...] = tuple(_CONTENT["indicators.csv"]["others"])
SHARE_WORDS: tuple[str, ...] = tuple(_CONTENT["indicators.csv"]["shares"])
DIMENSIONS: tuple[str, ...] = tuple(_CONTENT["indicators.csv"]["dimensions"])
TITLE_WORDS: tuple[str, ...] = tuple(_CONTENT["indicators.csv"]["titles"])


def codes(table: str, name: str) -> tuple[str, ...]:
    """Return the words that are allowed in a column, in their order.

    Examples
    --------
    >>> codes("clusters.csv", "assumption")
    ('yes', 'no')
    """
    return tuple(TABLES[table][name].values)


def word_name(table: str, name: str, code: str, language: str) -> str:
    """Return what an allowed word of a column is called; any other word stays as it is.

    Examples
    --------
    >>> word_name("tenants.csv", "status", "moved_in", "zh"), word_name("tenants.csv", "status", "gone", "zh")
    ('已入驻', 'gone')
    """
    values = TABLES[table][name].values
    return values[code].name[language] if code in values else code
