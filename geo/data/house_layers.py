"""Layers of the office: a folder of GeoJSON files, and ``layers.toml``, which says how each is drawn; ``docs/operations.md`` explains its fields."""

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from geo.data import house_features
from geo.data.raw import read_toml
from geo.datum import bd09_to_wgs84, gcj02_to_wgs84
from geo.schema import LANGUAGES, HouseLayer, Problem, choice_problem

__all__ = ["CATALOGUE", "PAGES", "read"]

CATALOGUE = "layers.toml"
PAGES = ("overview", "pazhou", "baietan", "districts", "briefing")
_DATUMS = {"wgs84": None, "gcj02": gcj02_to_wgs84, "bd09": bd09_to_wgs84}
_NEEDED = ("file", "draw", "colour", "attribution", "datum", "pages")
_FIELDS = (*_NEEDED, "order", "width", "label", "zoom", "files")
_ID, _COLOUR, _FILE = (
    re.compile(r"[a-z][a-z0-9_-]{0,40}"),
    re.compile(r"#[0-9a-f]{6}"),
    re.compile(r"[^/\\\\]+\.geojson"),
)
_RANGES = {"order": (-1000, 1000), "width": (0.2, 20), "zoom": (0, 18)}
_TEXT = 200  # characters of an attribution


def read(folder: Path, roles: Collection[str]) -> tuple[tuple[HouseLayer, ...], list[Problem]]:
    """Return the layers of a folder, the lowest first, and everything that is wrong with them.

    Parameters
    ----------
    folder
        With ``layers.toml`` and the files it names. A file that it does not name is not read.
    roles
        Names of colours of a theme, one of which a layer's colour may be.

    Returns
    -------
    Layers in WGS-84, whatever datum their files are in; those with a problem are left out. Problems name file, feature, field, value, and what is expected.
    """
    problems: list[Problem] = []
    catalogue = read_toml(folder / CATALOGUE, problems)
    layers: list[tuple[float, HouseLayer]] = []
    for id_, entry in catalogue.items():
        wrong = list(_entry_problems(id_, entry, roles))
        problems += wrong
        if not wrong:
            features, found = house_features.read(
                folder / entry["file"], entry["draw"], _by_language(entry.get("label", {})), _DATUMS, entry["datum"]
            )
            problems += found
            if not found:
                layers.append((entry.get("order", 0), _layer(id_, entry, features)))
    return tuple(layer for _, layer in sorted(layers, key=lambda pair: pair[0])), problems


def _layer(id_: str, entry: Mapping[str, Any], features: Any) -> HouseLayer:
    """Return the layer of an entry without problems."""
    return HouseLayer(
        id_,
        entry["draw"],
        entry["colour"],
        float(entry.get("width", 1.5)),
        float(entry.get("zoom", 0)),
        {language: " ".join(text.split()) for language, text in _by_language(entry["attribution"]).items()},
        frozenset(entry["pages"]),
        bool(entry.get("files", False)),
        features,
    )


def _by_language(text: str | Mapping[str, str]) -> Mapping[str, str]:
    """Return a text by language, from one for all or one for each."""
    return dict.fromkeys(LANGUAGES, text) if isinstance(text, str) else text


def _entry_problems(id_: str, entry: Any, roles: Collection[str]) -> Iterator[Problem]:
    """Yield what is wrong with an entry of the catalogue."""
    if not _ID.fullmatch(id_):
        yield _problem(
            id_, "", id_, "a name of lower-case letters, digits, hyphens and underscores that begins with a letter"
        )
    if not isinstance(entry, dict):
        yield _problem(id_, "", entry, f"a table [{id_}] with the fields {', '.join(_NEEDED)}")
        return
    for field in _NEEDED:
        if field not in entry:
            yield _problem(id_, field, "", "this field")
    for field in entry:
        if field not in _FIELDS:
            yield _problem(id_, field, entry[field], f"only the fields {', '.join(_FIELDS)}")
    yield from _words(id_, entry)
    colour = entry.get("colour")
    if colour is not None and not (colour in roles or (isinstance(colour, str) and _COLOUR.fullmatch(colour))):
        yield _problem(id_, "colour", colour, f"#rrggbb in small letters, or one of {', '.join(roles)}")
    for field, (least, most) in _RANGES.items():
        value = entry.get(field, least)
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            yield _problem(id_, field, value, f"a number from {least} to {most}")
    if not isinstance(entry.get("files", False), bool):
        yield _problem(id_, "files", entry["files"], "true or false")


def _words(id_: str, entry: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield texts of an entry that are not what they should be."""
    file = entry.get("file")
    if file is not None and not (isinstance(file, str) and _FILE.fullmatch(file)):
        yield _problem(id_, "file", file, "the name of a .geojson file in the same folder")
    for field, allowed in (("draw", ("line", "fill", "point")), ("datum", tuple(_DATUMS))):
        if field in entry:
            yield from choice_problem(CATALOGUE, None, f"{id_}.{field}", entry[field], allowed)
    credit = entry.get("attribution", "-")
    if not _is_text(credit) or not all(text.strip() and len(text) <= _TEXT for text in _by_language(credit).values()):
        expected = f"whose data these are, in at most {_TEXT} characters, or that for each language; it stands on every map of the layer"
        yield _problem(id_, "attribution", credit, expected)
    pages = entry.get("pages", [])
    if not isinstance(pages, list) or any(page not in PAGES for page in pages):
        yield _problem(id_, "pages", pages, f"a list of some of {', '.join(PAGES)}")
    if not _is_text(entry.get("label", "")):
        expected = 'the name of a property, or one for each language: { en = "name_en", zh = "name_zh" }'
        yield _problem(id_, "label", entry["label"], expected)


def _is_text(value: object) -> bool:
    """Whether a value is a text, or one for each language."""
    if isinstance(value, dict):
        return set(value) == set(LANGUAGES) and all(isinstance(text, str) for text in value.values())
    return isinstance(value, str)


def _problem(id_: str, field: str, value: object, expected: str) -> Problem:
    """Return a problem of an entry."""
    return Problem(CATALOGUE, None, f"{id_}.{field}" if field else id_, str(value)[:80], expected)
