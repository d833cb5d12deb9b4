"""The story: the slides of the briefing as a file has them, checked and read. The head of ``slides.toml`` explains the fields."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl

import pandas as pd

from geo.fields import COLUMNS, SLIDE_TABLE, TABLES
from geo.figures.sentences import PLACEHOLDER, render
from geo.figures.table import FigureTable
from geo.schema import CHARTS, LANGUAGES, MAP_KINDS, Atlas, Problem, Slide, choice_problem
from geo.view import PARAMETERS, Dropped, View, parse, version_asked

__all__ = [
    "DEFAULTS",
    "FIELDS",
    "LONGEST_SHOWN",
    "SLIDE_FILE",
    "SLIDE_ID",
    "SLIDE_TABLE",
    "TEXTS",
    "camera_box",
    "city_box",
    "frame_of",
    "from_frame",
    "length_shown",
    "parse_slides",
    "slide_problems",
    "story_problems",
    "to_frame",
    "view_of",
    "view_query",
]

SLIDE_FILE = "slides.toml"
PARTS = ("title", "text", "notes")  # of a slide, in both languages
_COLUMNS = TABLES[SLIDE_TABLE]
TEXTS = tuple(name for name, field in _COLUMNS.items() if field.is_free)
NEEDED = tuple(name for name in TEXTS if _COLUMNS[name].required)
FIELDS = tuple(name for name, field in _COLUMNS.items() if not field.key)
SLIDE_ID = re.compile(r"[a-z][a-z0-9-]{0,39}")
DEFAULTS = {name: field.blank for name, field in _COLUMNS.items() if not field.required}
Box = tuple[float, float, float, float]  # west, south, east, north in degrees
# What can be read from ten metres: characters, of the English text words; Chinese is counted without spaces.
LONGEST_SHOWN = {"title_en": 36, "title_zh": 24, "text_en": 55, "text_zh": 110}
AROUND: Box = (112.0, 22.0, 115.0, 24.5)  # what the context layer draws


def parse_slides(table: Mapping[str, Mapping[str, Any]]) -> tuple[Slide, ...]:
    """Return the slides of a checked story, in its order."""
    return tuple(
        _slide(id_, DEFAULTS | {key: text for key, text in entry.items() if text}) for id_, entry in table.items()
    )


def _slide(id_: str, entry: Mapping[str, str]) -> Slide:
    """Return one slide of one table."""
    title, text, notes = ({language: entry[f"{name}_{language}"] for language in LANGUAGES} for name in PARTS)
    return Slide(id_, title, text, notes, **{name: entry[name] for name in ("view", "camera", "map_kind", "chart")})


def slide_problems(table: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what is missing, unknown or not written as it should be in a story as read: a table a slide, by id."""
    for id_, entry in table.items():
        if not isinstance(entry, dict):
            yield Problem(SLIDE_FILE, None, id_, str(entry), "one table per slide")
            continue
        if not SLIDE_ID.fullmatch(id_):
            yield Problem(
                SLIDE_FILE, None, id_, "", "a name of lower-case letters, digits and hyphens, starting with a letter"
            )
        for key in entry:
            if key not in FIELDS:
                yield Problem(SLIDE_FILE, None, f"{id_}.{key}", "", f"only the fields {', '.join(FIELDS)}")
        for key in TEXTS:
            yield from _text_problems(f"{id_}.{key}", entry.get(key, ""), needed=key in NEEDED)
        for key in ("view", "camera"):
            if not isinstance(entry.get(key, ""), str):
                yield Problem(SLIDE_FILE, None, f"{id_}.{key}", str(entry[key]), "a text")
        for key, allowed in (("map_kind", MAP_KINDS), ("chart", CHARTS)):
            yield from choice_problem(SLIDE_FILE, None, f"{id_}.{key}", entry.get(key) or DEFAULTS[key], allowed)


def _text_problems(field: str, text: object, *, needed: bool) -> Iterator[Problem]:
    """Yield what is wrong with a text that may hold placeholders."""
    if not isinstance(text, str) or (needed and not text.strip()):
        yield Problem(SLIDE_FILE, None, field, "", "a text")
    elif re.search(r"[{}]", PLACEHOLDER.sub("", text)):
        yield Problem(SLIDE_FILE, None, field, text, "braces only in pairs, around the name of a figure")


def story_problems(atlas: Atlas, figure_table: FigureTable) -> Iterator[Problem]:
    """Yield what an atlas' slides ask for and its data do not have: figures of sentences and notes, views, cameras."""
    for slide in atlas.slides:
        for name, texts in (("title", slide.title), ("text", slide.text), ("notes", slide.notes)):
            for language in LANGUAGES:
                for gap in render(texts[language], atlas, figure_table, language).gaps:
                    expected = "a figure contained in the data (the names are explained at the top of the file)"
                    yield Problem(SLIDE_FILE, None, f"{slide.id}.{name}_{language}", "{" + gap + "}", expected)
        for drop in _view_drops(slide, figure_table):
            yield Problem(SLIDE_FILE, None, f"{slide.id}.view", f"{drop.parameter}={drop.value}", drop.expected)
        if camera_box(slide.camera, atlas) is None:
            expected = "city, pazhou, baietan, an adcode, or west,south,east,north in degrees"
            yield Problem(SLIDE_FILE, None, f"{slide.id}.camera", slide.camera, expected)


def _view_drops(slide: Slide, figure_table: FigureTable) -> Sequence[Dropped]:
    """Return the parts of a slide's view that are not understood; other than in an address, no foreign name belongs there."""
    query = view_query(slide)
    known = ", ".join(PARAMETERS)
    foreign = [Dropped(name, text, f"one of {known}") for name, text in query.items() if name not in PARAMETERS]
    return [*foreign, *view_of(slide, figure_table, version_asked(query))[1]]


def view_query(slide: Slide) -> dict[str, str]:
    """Return the view of a slide as query parameters."""
    return dict(parse_qsl(slide.view.lstrip("?"), keep_blank_values=True))


def view_of(slide: Slide, figure_table: FigureTable, v: int | None) -> tuple[View, tuple[Dropped, ...]]:
    """Return the view of a slide in a version of the data, and what was not understood, as :func:`geo.view.parse` does.

    Where it names no period it follows the metric's best covered one, as ``default`` in sentences does.
    """
    return parse(view_query(slide), figure_table, v=v)


def camera_box(camera: str, atlas: Atlas) -> Box | None:
    """Return what a camera looks at.

    Parameters
    ----------
    camera
        ``city``, the id of a cluster that has a zone, an adcode, or "west,south,east,north" in degrees.
    atlas
        The zones and districts, in EPSG:4326.

    Returns
    -------
    All districts, a zone with its surroundings, a district with a little of them, or the box given; in degrees. None where it is not a camera,
    or a box that leaves the surroundings of Guangzhou.
    """
    if camera == "city":
        return city_box(atlas)
    zones = atlas.zones.set_index("cluster_id").geometry
    districts = atlas.districts.set_index("adcode").geometry
    for shapes, margin in ((zones, 0.45), (districts, 0.08)):
        if camera in shapes.index:
            return _widened(shapes[camera].bounds, margin)
    return _box(camera)


def city_box(atlas: Atlas) -> Box:
    """Return the box around all districts, degrees."""
    return _widened(atlas.districts.total_bounds, 0.0)


def _box(text: str) -> Box | None:
    """Return the box around Guangzhou that four numbers name."""
    try:
        west, south, east, north = map(float, text.split(","))
    except ValueError:
        return None
    inside = AROUND[0] <= west < east <= AROUND[2] and AROUND[1] <= south < north <= AROUND[3]
    return (west, south, east, north) if inside else None


def _widened(bounds: Sequence[float], margin: float) -> Box:
    """Return a box widened on each side by ``margin`` times its size."""
    west, south, east, north = map(float, bounds)
    dx, dy = (east - west) * margin, (north - south) * margin
    return west - dx, south - dy, east + dx, north + dy


def to_frame(table: Mapping[str, Mapping[str, Any]]) -> pd.DataFrame:
    """Return a story as a text table with the columns of :data:`geo.fields.SLIDE_TABLE`, a row a slide, defaults written out."""
    rows = [
        {"slide_id": id_} | DEFAULTS | {key: str(text) for key, text in entry.items() if text}
        for id_, entry in table.items()
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS[SLIDE_TABLE]), dtype=str)


def from_frame(frame: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Return the story in such a table: the other way round; a column that is missing is left to the check."""
    rows = [{str(name): str(text) for name, text in row.items()} for row in frame.to_dict("records")]
    return {row.get("slide_id", ""): {key: row[key] for key in FIELDS if key in row} for row in rows}


def frame_of(slides: Iterable[Slide]) -> pd.DataFrame:
    """Return slides as :func:`to_frame` returns the story they were read from."""
    rows = [
        {
            "slide_id": slide.id,
            **{f"{name}_{language}": getattr(slide, name)[language] for name in PARTS for language in LANGUAGES},
            **{name: getattr(slide, name) for name in ("view", "camera", "map_kind", "chart")},
        }
        for slide in slides
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS[SLIDE_TABLE]), dtype=str)


def length_shown(field: str, text: str) -> int:
    """Return how long a text of a slide is, in what :data:`LONGEST_SHOWN` counts for its field."""
    if field == "text_en":
        return len(text.split())
    return len("".join(text.split()) if field.endswith("_zh") else text)
