"""What pages read, cached: the only place with ``st.cache_…``. Everything returned is shared by all visitors and must not be changed.

Each function answers for the version of the data that the session shows.
"""

import functools
from collections.abc import Callable
from contextlib import ExitStack, nullcontext
from dataclasses import replace
from typing import Any, Concatenate, ParamSpec, TypeVar

import geopandas as gpd
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

import settings
import store
from geo import names
from geo.briefing.build import addressed, build
from geo.briefing.model import Deck
from geo.data import joining, loading
from geo.data.raw import Raw
from geo.figures import measures
from geo.figures.classification import Classes
from geo.figures.data_version import DataVersion
from geo.figures.table import FigureTable
from geo.maps import house
from geo.schema import LANGUAGES, Atlas
from geo.view import View
from store.reading import opening
from store.reading.data_versions import data_version_of, is_public
from store.reading.loading import load_version, shipped_tables
from store.reading.opening import Condition
from ui import state
from ui.answer_cache import AnswerCache, Pinned
from ui.server.bounds.opening import one_at_a_time

# fmt: off
__all__ = [
    "atlas", "classes", "condition", "current", "data_version", "deck", "district_names",
    "figure_table", "figures", "find_version", "folder", "home_names", "joined", "known", "neighbours",
    "newest_atlas", "of_version", "places_in", "published", "raw", "sources", "tier_members", "versions",
]
# fmt: on

_P = ParamSpec("_P")
_R = TypeVar("_R")
_VERSIONS_KEPT = 8  # somebody compares a few; older ones are loaded again when asked for
_CONDITIONS_KEPT = 1000  # a sentence each


@st.cache_resource(max_entries=1, show_spinner=False)
def folder() -> Raw:
    """Return the shipped data folder as read, with nothing wrong in it; what versions hold replaces some of its tables."""
    return replace(loading.checked(settings.data_folder()), house=house.open_folder(settings.layers_folder()))


@st.cache_resource(max_entries=1, show_spinner=False, on_release=store.Store.close)
def versions() -> store.Store:
    """Return the store of data versions, with the shipped data in it; closed when the cache lets go of it."""
    folder()
    with ExitStack() as unless_ready:
        opened = store.Store.open()
        unless_ready.callback(opened.close)
        opened.ensure_shipped(shipped_tables(settings.data_folder()))
        unless_ready.pop_all()
    return opened


@st.cache_resource(max_entries=1, show_spinner=False)
def known() -> AnswerCache:
    """Return what was last known of the database, for what pages may show while it is away."""
    return AnswerCache(versions())


def published() -> int:
    """Return the number of the version that is published, whether this release can read it or not; the last one known while the database is away."""
    return known().ask("published", _published)


def _published() -> int:
    """Return the number of the published version, with all that pages need loaded: the database may be away at the next moment."""
    number = versions().current()
    if number != known().last("published"):
        shown = _served(number)
        found, version = of_version(shown, waits=False), find_version(shown)
        if found and version:
            known().keep(Pinned(version, found))
    return number


@st.cache_resource(max_entries=_VERSIONS_KEPT, show_spinner=False)
def raw(version: int) -> Raw:
    """Return the data folder as it would be read with the tables of a version."""
    return load_version(versions(), folder(), version)


def current() -> int:
    """Return the number of the version everybody sees who asks for none: the published one, or the newest before it that can be read."""
    return _served(published())


@st.cache_resource(max_entries=_VERSIONS_KEPT, show_spinner=False)
def _served(number: int) -> int:
    """Return the version to show while one is published."""
    shown = opening.newest_readable(versions(), number, lambda each: _opened(each, waits=False))
    if shown != number:
        condition(number)  # for the desk, which says why also while the database is away
    return shown


@st.cache_resource(max_entries=_CONDITIONS_KEPT, show_spinner=False)
def condition(version: int) -> Condition:
    """Return whether this release can read a version."""
    return opening.condition(versions(), folder(), version)


@st.cache_resource(max_entries=_VERSIONS_KEPT, show_spinner=False)
def _loaded(version: int, waits: bool) -> tuple[Atlas, FigureTable]:
    """Return the checked data of a version and every figure of it; raises as :func:`store.reading.opening.open_version`.

    Who does not wait has an entry of its own: nobody waits here for one who is still waiting there.
    """
    with one_at_a_time() if waits else nullcontext():
        found = opening.open_version(versions(), folder(), version)
        return found, measures.figures(found)


def _opened(version: int, waits: bool = True) -> tuple[Atlas, FigureTable]:
    """Return that from memory, where it is the version everybody sees: others that are looked at do not push it out, nor is it waited for behind them."""
    pinned = known().pinned(version)
    return pinned.data if pinned else _loaded(version, waits)


def _atlas(version: int) -> Atlas:
    """Return the checked data of a version; raises as :func:`store.reading.opening.open_version`."""
    return _opened(version)[0]


def find_version(number: int) -> store.Version | None:
    """Return what is known of a version, None where there is none; DatabaseError if the database is away and was never asked for it."""
    try:
        return known().version(number)
    except store.UnknownVersionError:
        return None


def of_version(version: int, waits: bool = True) -> tuple[Atlas, FigureTable] | None:
    """Return the data of any version, None where there is no such version, or this release cannot read it; without waiting for others where asked to."""
    try:
        return _opened(version, waits)
    except (store.UnknownVersionError, store.UnreadableError):
        return None


def _shown() -> int:
    """Return the version this session shows; the newest outside of any session."""
    in_a_run = get_script_run_ctx(suppress_warning=True) is not None
    return (state.shown_version() if in_a_run else None) or current()


def _per_version(max_entries: int) -> Callable[[Callable[Concatenate[int, _P], _R]], Callable[_P, _R]]:
    """Cache a function of a version by all its arguments, and let callers leave out the version: it is the one shown."""

    def wrap(function: Callable[Concatenate[int, _P], _R]) -> Callable[_P, _R]:
        cached = st.cache_resource(max_entries=max_entries, show_spinner=False)(function)

        @functools.wraps(function)
        def of_shown(*args: _P.args, **kwargs: _P.kwargs) -> _R:
            return cached(_shown(), *args, **kwargs)

        return of_shown

    return wrap


def atlas() -> Atlas:
    """Return the checked data."""
    return _atlas(_shown())


def newest_atlas() -> Atlas:
    """Return the checked data that everybody sees who asks for no version."""
    return _atlas(current())


def figure_table() -> FigureTable:
    """Return every figure."""
    return _opened(_shown())[1]


def data_version(number: int | None) -> DataVersion | None:
    """Return a version for the briefing, None for the newest; None where it cannot be shown."""
    asked = number or current()
    found, version = of_version(asked), find_version(asked)
    return data_version_of(version, *found) if found and version else None


def deck(address: str, approval: str) -> Deck:
    """Return the story in the version shown, ready to be played; locked where the session's view is."""
    locked, newest = state.view().v, current()
    try:
        found = _locked_deck(locked, newest) if locked else _deck(newest)
    except store.DatabaseError:  # not remembered, so that it is whole once the database is back
        found = build(lambda number: _or_none(number, locked), locked=locked)
    return addressed(found, address, approval)


@st.cache_resource(max_entries=1, show_spinner=False)
def _deck(newest: int) -> Deck:  # noqa: ARG001 (the cache's key)
    """Return the story of who is locked to no version: kept by itself, however many stories of older versions somebody opens."""
    return build(lambda number: _in_story(number, None))


@st.cache_resource(max_entries=_VERSIONS_KEPT, show_spinner=False)
def _locked_deck(locked: int, newest: int) -> Deck:  # noqa: ARG001 (part of the cache's key)
    """Return the story of a version; whether the session may see it was asked before."""
    return build(lambda number: _in_story(number, locked), locked=locked)


def _in_story(number: int | None, locked: int | None) -> DataVersion | None:
    """Return a version as a story may show it: of drafts only the one it is locked to."""
    if number == locked:
        return data_version(number)
    version = find_version(number or current())
    return data_version(number) if version and is_public(version) else None


def _or_none(number: int | None, locked: int | None) -> DataVersion | None:
    """Return that, or None where it cannot be read while the database is away."""
    try:
        return _in_story(number, locked)
    except store.DatabaseError:
        return None


def figures() -> FigureTable:
    """Return the figures that the session's view shows, by its metric and column."""
    return state.view().figures(figure_table())


def classes() -> Classes:
    """Return the classes of what the session's view shows, see :meth:`geo.view.View.classes`."""
    view = state.view()
    return _classes(view.metric, view.period, view.since, view.scheme, view.k, view.palette, view.breaks)


@_per_version(max_entries=256)
def _classes(
    version: int, metric: str, period: str, since: str, scheme: str, k: int, palette: str, breaks: tuple[float, ...]
) -> Classes:
    """Return the classes of a metric, or of its changes."""
    return View(metric, period, scheme, k, palette=palette, breaks=breaks, since=since).classes(_opened(version)[1])


@_per_version(max_entries=16)
def neighbours(version: int, adcode: str) -> tuple[str, ...]:
    """Return the districts around a district."""
    return joining.neighbours(_atlas(version).districts, adcode)


@_per_version(max_entries=_VERSIONS_KEPT)
def sources(version: int) -> dict[str, Any]:
    """Return sources by id, as plain rows: every figure shown asks for some."""
    return {row.Index: row for row in _atlas(version).sources.itertuples(name="Source")}


@_per_version(max_entries=len(LANGUAGES) * _VERSIONS_KEPT)
def district_names(version: int, language: str) -> dict[str, str]:
    """Return the short district names by adcode."""
    return names.district_names(_atlas(version), language)


@_per_version(max_entries=len(LANGUAGES) * _VERSIONS_KEPT)
def home_names(version: int, language: str) -> dict[str, str]:
    """Return the district names by adcode that say which is the home of a cluster with a zone."""
    return names.home_names(_atlas(version), language)


@_per_version(max_entries=_VERSIONS_KEPT)
def joined(version: int) -> gpd.GeoDataFrame:
    """Return the districts joined to their clusters: boundary, ``name_*``, ``cluster_id``, ``tier``; in the order of the plan."""
    order = _atlas(version).clusters[["cluster_id", "adcode", "tier"]]
    frame = joining.join_attributes(_atlas(version).districts, order)
    return frame.set_index("adcode").loc[order["adcode"]].reset_index()


@_per_version(max_entries=4 * _VERSIONS_KEPT)
def tier_members(version: int, tier: str) -> tuple[str, ...]:
    """Return the districts of a tier's clusters, or all eleven for "all"."""
    return names.tier_members(_atlas(version), tier)


@_per_version(max_entries=16)
def places_in(version: int, adcode: str) -> tuple[int, ...]:
    """Return which places, by number in :func:`geo.data.joining.places`, lie in a district."""
    return joining.places_in(_atlas(version), adcode)
