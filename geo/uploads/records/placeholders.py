"""Figures asked for in a sentence that the data do not have: what may be meant instead."""

import difflib
from collections.abc import Iterable, Mapping

from geo.figures.records import RECORDS
from geo.figures.sentences import OF_ALL, OF_PLACE, render
from geo.figures.table import FigureTable
from geo.schema import PERIOD, TIERS, Atlas
from geo.uploads.bounds import MAX_NAME
from geo.uploads.parse.words import key

__all__ = ["near"]

NEWEST = ("default", "latest")  # words for periods
LEAST_LIKE = 0.6  # from 0 to 1
Words = Mapping[str, str]  # what a part of a name may be called → what it is


def near(name: str, atlas: Atlas, figure_table: FigureTable) -> str:
    """Return the name of a figure the data have that is most like another, "" if none is.

    Parameters
    ----------
    name
        Without braces, such as ``gpd.海珠区.2023``: metrics and districts may go by their names.
    atlas, figure_table
        The data, and all figures of them.
    """
    if len(name) > MAX_NAME:
        return ""
    head, *rest = name.split(".")
    head = _closest(head, _heads(atlas, figure_table))
    parts = [
        _closest(part, words) for part, words in zip(rest, _parts(head, len(rest), atlas, figure_table), strict=False)
    ]
    of_metric = head in figure_table.metrics and bool(rest)
    if of_metric and PERIOD.fullmatch(rest[-1]) and rest[-1] not in figure_table.periods(head):
        parts[-1] = ""  # a year is never taken for another one
    guesses = [[head, *parts]]
    if of_metric:
        guesses += [[head, *parts[:-1], period] for period in NEWEST]
    found = (".".join(guess) for guess in guesses if all(guess))
    return next(
        (guess for guess in found if guess != name and not render(f"{{{guess}}}", atlas, figure_table, "en").gaps), ""
    )


def _closest(part: str, words: Words) -> str:
    """Return what a part of a name means, or what it is most like; "" if it is like nothing."""
    if part in words.values():
        return part
    found = difflib.get_close_matches(key(part), list(words), 1, LEAST_LIKE)
    return words[found[0]] if found else ""


def _named(ids: Iterable[str], names: Iterable[tuple[str, str]] = ()) -> Words:
    """Return ids by themselves and by other names."""
    return {key(name): id_ for name, id_ in (*names, *((id_, id_) for id_ in ids))}


def _heads(atlas: Atlas, figure_table: FigureTable) -> Words:
    """Return what a name can begin with."""
    names = [(name, id_) for id_, one in atlas.metrics.items() for name in (*one.name.values(), *one.aliases)]
    return _named([*figure_table.metrics, *RECORDS], names)


def _parts(head: str, count: int, atlas: Atlas, figure_table: FigureTable) -> list[Words]:
    """Return what each part behind the first can be."""
    if head == "statement":
        return [_named(atlas.statements["statement_id"]), _named(["period"])]
    if head == "tenant":
        companies = atlas.tenants["company_id"]
        names = [
            (name, id_)
            for field in ("company_en", "company_zh")
            for name, id_ in zip(atlas.tenants[field], companies, strict=True)
        ]
        return [_named(companies, names), _named(atlas.clusters["cluster_id"]), _named(atlas.tenants["status"])]
    if head == "source":
        return [_named(atlas.sources.index)]
    if head == "clusters":
        return [_named([*TIERS, "all"])]
    periods = _named([*(figure_table.periods(head) if head in figure_table.metrics else ()), *NEWEST])
    return [_places(atlas)] * (count - 1) + [periods]


def _places(atlas: Atlas) -> Words:
    """Return places, and what can be said of one or of all."""
    districts = atlas.districts
    names = [
        (name.removesuffix("区"), code)
        for field in ("name_zh", "name_en")
        for name, code in zip(districts[field], districts["adcode"], strict=True)
    ]
    city = [("全市", "city"), ("广州", "city"), ("Guangzhou", "city")]
    return _named(["city", *districts["adcode"], *OF_ALL, *OF_PLACE], [*names, *city])
