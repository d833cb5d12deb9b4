"""Problems of the metrics catalogue."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from geo import wording
from geo.schema import (
    ADCODES,
    ALL_PERIODS,
    LANGUAGES,
    MAX_CLASSES,
    MIN_CLASSES,
    PERIOD,
    SCHEMES,
    Problem,
    choice_problem,
)

__all__ = ["catalogue_problems"]

FILE = "metrics.toml"
_HAN = re.compile("[\u4e00-\u9fff]")
FIELDS = (
    *(f"{name}_{language}" for name in ("name", "definition") for language in LANGUAGES),
    "unit",
    "kind",
    "scheme",
    "classes",
    "show",
)
CHOICES: Mapping[str, tuple[object, ...]] = {
    "kind": ("count", "rate", "published"),
    "scheme": SCHEMES,
    "classes": tuple(range(MIN_CLASSES, MAX_CLASSES + 1)),
}


def catalogue_problems(catalogue: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what is missing or unknown in a parsed ``metrics.toml``."""
    if not catalogue:
        yield Problem(FILE, None, "", "", "at least one metric")
    for id_, entry in catalogue.items():
        if not isinstance(entry, dict):
            yield Problem(FILE, None, id_, str(entry), "one table per metric")
            continue
        yield from _fields(id_, entry)
        yield from _parts(id_, entry, catalogue)
        yield from _dated(id_, entry, "breaks", "after", "reason")
        yield from _dated(id_, entry, "remarks", "period", "text")


def _fields(id_: str, entry: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield missing fields, and values that are not allowed."""
    for field in FIELDS:
        if field not in entry:
            yield Problem(FILE, None, f"{id_}.{field}", "", "this field")
    for field, allowed in CHOICES.items():
        if field in entry:
            yield from choice_problem(FILE, None, f"{id_}.{field}", entry[field], allowed)
    yield from _unit(id_, entry.get("unit", ""))
    factor = entry.get("factor", 1)
    if not isinstance(factor, (int, float)) or not factor > 0:
        yield Problem(FILE, None, f"{id_}.factor", str(factor), "a number above 0")
    for field, wanted in (("aliases", "a list of headings"), ("qualifiers", "a list of words in headings")):
        words = entry.get(field, [])
        if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
            yield Problem(FILE, None, f"{id_}.{field}", str(words), wanted)
    yield from _show(id_, entry.get("show"))


def _unit(id_: str, unit: object) -> Iterator[Problem]:
    """Yield a unit in Chinese that English files would show as it is."""
    if unit not in wording.UNITS_EN and _HAN.search(str(unit)):
        expected = (
            f"a unit that geo/wording.py names in English: {', '.join(wording.UNITS_EN)}; add its name to UNITS_EN"
        )
        yield Problem(FILE, None, f"{id_}.unit", str(unit), expected)


def _show(id_: str, show: object) -> Iterator[Problem]:
    """Yield what is wrong with how a metric is shown."""
    for language in LANGUAGES:
        how = show.get(language) if isinstance(show, dict) else None
        field = f"{id_}.show.{language}"
        if not isinstance(how, dict) or set(how) - {"pattern"} != {"unit", "scale", "decimals"}:
            yield Problem(FILE, None, field, "", "unit, scale and decimals")
            continue
        if not isinstance(how["scale"], (int, float)) or not how["scale"] > 0:
            yield Problem(FILE, None, f"{field}.scale", str(how["scale"]), "a number above 0")
        if not isinstance(how["decimals"], int) or how["decimals"] < 0:
            yield Problem(FILE, None, f"{field}.decimals", str(how["decimals"]), "a whole number not below 0")
        pattern = how.get("pattern", "{}")
        if (
            not isinstance(pattern, str)
            or pattern.count("{}") != 1
            or pattern.count("{") != 1
            or pattern.count("}") != 1
        ):
            yield Problem(FILE, None, f"{field}.pattern", str(pattern), "a text that contains {} once, for the number")


def _parts(id_: str, entry: Mapping[str, Any], catalogue: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield parts of a rate that are not in this catalogue, or are rates themselves."""
    if entry.get("kind") != "rate":
        return
    plain = tuple(name for name, other in catalogue.items() if isinstance(other, dict) and other.get("kind") != "rate")
    for part in ("numerator", "denominator"):
        yield from choice_problem(FILE, None, f"{id_}.{part}", entry.get(part, ""), plain)


def _dated(id_: str, entry: Mapping[str, Any], name: str, when: str, what: str) -> Iterator[Problem]:
    """Yield breaks or remarks without a period, a text in both languages, or known districts."""
    for part in entry.get(name, ()):
        period = part.get(when, "")
        any_period = name == "remarks" and period == ALL_PERIODS
        if not any_period and (not isinstance(period, str) or not PERIOD.fullmatch(period)):
            yield Problem(FILE, None, f"{id_}.{name}.{when}", str(period), "a period such as 2023")
        for field in (f"{what}_{language}" for language in LANGUAGES):
            if not part.get(field):
                yield Problem(FILE, None, f"{id_}.{name}.{field}", "", "a sentence")
        if part.get("unranked") and not part.get("adcodes"):
            yield Problem(
                FILE, None, f"{id_}.{name}.unranked", "true", "with the adcodes of the districts that are not ranked"
            )
        for adcode in part.get("adcodes", ()):
            yield from choice_problem(FILE, None, f"{id_}.{name}.adcodes", adcode, ADCODES)
