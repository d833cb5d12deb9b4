"""Files of the story: what each field of a slide holds, sentences that the data have no figure for, and those too long to be read on a wall."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl

import pandas as pd

from geo.data.story import DEFAULTS, LONGEST_SHOWN, SLIDE_ID, SLIDE_TABLE, TEXTS, camera_box, length_shown
from geo.fields import TABLES
from geo.figures.sentences import PLACEHOLDER, render
from geo.figures.table import FigureTable
from geo.schema import ADCODES, Atlas
from geo.uploads.findings import MOST, Read, Reader
from geo.uploads.model import Severity
from geo.uploads.parse.places import gazetteer
from geo.uploads.parse.words import MISSING, encodable, kept, plain
from geo.uploads.records.placeholders import near
from geo.uploads.records.values import BAD, UNKNOWN_WORDS, cluster_reader, one_of
from geo.view import PARAMETERS, parse, version_asked

__all__ = ["LONGEST_TEXT", "MAX_SLIDES", "note_gaps", "note_long", "slide_readers", "with_defaults"]

MAX_SLIDES = 100
LONGEST_TEXT = 3000  # characters: notes for the speaker may be long
WIDE_BRACES = {ord("｛"): "{", ord("｝"): "}"}


def slide_readers(atlas: Atlas, figure_table: FigureTable) -> Mapping[str, Reader]:
    """Return how each field of a slide is read."""
    return dict.fromkeys(TEXTS, _text) | {
        "slide_id": _slide_id,
        "view": _view(figure_table),
        "camera": _camera(atlas),
        **{name: one_of(TABLES[SLIDE_TABLE][name].values, UNKNOWN_WORDS[name]) for name in ("map_kind", "chart")},
    }


def with_defaults(table: pd.DataFrame) -> pd.DataFrame:
    """Return slides with what stands for blank cells."""
    return table.assign(**{name: table[name].where(table[name] != "", text) for name, text in DEFAULTS.items()})


def note_gaps(
    table: pd.DataFrame, fields: Mapping[str, int], atlas: Atlas, figure_table: FigureTable, note: Callable[..., None]
) -> None:
    """Note figures in sentences that cannot be computed.

    Parameters
    ----------
    table
        Rows of a story, as read.
    fields
        Those the file has a column for; the others are as they were.
    atlas, figure_table
        The data of today. A slide locked to another version has that version's figures, so it is only warned of.
    note
        Called with code, severity, field, a mask of rows, the placeholder, and what fills the message.
    """
    locked = table["view"].map(lambda view: version_asked(dict(parse_qsl(view))) is not None).to_numpy(bool)
    for field in (name for name in TEXTS if name in fields):
        language = field.rpartition("_")[2]
        gaps = {gap: None for text in table[field].unique() for gap in render(text, atlas, figure_table, language).gaps}
        for gap in list(gaps)[:MOST]:
            asked = "{" + gap + "}"
            rows = table[field].str.contains(asked, regex=False).to_numpy(bool)
            guess = near(gap, atlas, figure_table)
            params = {"suggestion": "{" + guess + "}"} if guess else {}
            code = "figure_missing_near" if guess else "figure_missing"
            note(code, Severity.ERROR, field, rows & ~locked, asked, **params)
            note("figure_missing_locked", Severity.WARNING, field, rows & locked, asked)
        if len(gaps) > MOST:
            note(
                "more_values",
                Severity.ERROR,
                field,
                table[field].str.contains("{", regex=False).to_numpy(bool),
                count=len(gaps) - MOST,
            )


def note_long(
    table: pd.DataFrame, fields: Mapping[str, int], atlas: Atlas, figure_table: FigureTable, note: Callable[..., None]
) -> None:
    """Warn of titles and texts that are too long for a slide once their figures are filled in; parameters as of :func:`note_gaps`."""
    for field in (name for name in LONGEST_SHOWN if name in fields):
        language, in_words = field.rpartition("_")[2], field == "text_en"
        for text in table[field].unique():
            shown = render(text, atlas, figure_table, language).text
            count = length_shown(field, shown)
            if count > LONGEST_SHOWN[field]:
                code = "text_long_words" if in_words else "text_long"
                rows = (table[field] == text).to_numpy(bool)
                note(code, Severity.WARNING, field, rows, text, count=count, limit=LONGEST_SHOWN[field])


def _text(text: str) -> Read:
    """Return a text with its line breaks, names of figures in plain letters."""
    lines = [kept(line) for line in encodable(text).translate(WIDE_BRACES).splitlines()]
    result = PLACEHOLDER.sub(lambda found: "{" + _name(found[1]) + "}", "\n".join(lines).strip())
    return (BAD, "braces_unpaired", {}) if re.search(r"[{}]", PLACEHOLDER.sub("", result)) else (result, "", {})


def _name(text: str) -> str:
    """Return the name of a figure in half width and without spaces."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _slide_id(text: str) -> Read:
    """Return the id of a slide, which may be blank."""
    word = plain(text).casefold()
    return (word, "", {}) if SLIDE_ID.fullmatch(word) or not word else (BAD, "slide_id_form", {})


def _view(figure_table: FigureTable) -> Reader:
    """Return a reader of views: a query string, or an address of the dashboard with one."""

    def read(text: str) -> Read:
        """Return a query string."""
        word = "" if plain(text).casefold() in MISSING else plain(text).rpartition("?")[2]
        query = dict(parse_qsl(word, keep_blank_values=True))
        for name in query.keys() - set(PARAMETERS):
            return BAD, "view_parameter_unknown", {"parameter": name, "allowed": ", ".join(PARAMETERS)}
        for drop in parse(query, figure_table, v=version_asked(query))[1]:
            params = {"parameter": drop.parameter, "found": drop.value, "allowed": drop.expected}
            return BAD, "view_value_unknown", params
        return word, "", {}

    return read


def _camera(atlas: Atlas) -> Reader:
    """Return a reader of cameras: what a camera is called in a story, or a cluster or district by its name."""
    cluster, places = cluster_reader(atlas, allow_new=False), gazetteer(atlas)
    zones = tuple(atlas.zones["cluster_id"])

    def read(text: str) -> Read:
        """Return a camera as a story has it."""
        word = plain(text).casefold()
        if word in MISSING:
            return "", "", {}
        place = places.place(text)
        named = "city" if place.kind in ("city", "total") else place.adcode if place.kind == "district" else ""
        found = next((one for one in (word, cluster(text)[0], named) if one != BAD and camera_box(one, atlas)), "")
        return (found, "", {}) if found else (BAD, "camera_unknown", {"allowed": ", ".join(("city", *zones, *ADCODES))})

    return read
