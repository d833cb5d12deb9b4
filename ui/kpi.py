"""The KPI panel: four figures that follow the filters and the selection. What each may be called, :mod:`geo.claims` decides."""

from collections.abc import Collection

import streamlit as st

from geo import claims, comparing, measures, wording
from geo.comparing import Change
from geo.schema import ADCODES, CITY
from geo.sentences import AND
from ui import data, formats, kpi_change, names, state
from ui.card import card
from ui.feedback import source_names
from ui.i18n import t

__all__ = ["row"]

_NAMED = 4  # so many districts without a figure are named under a sum, more are counted


def row() -> None:
    """Draw value, share or city figure, rank, and change of the selection, or of the tier where nothing is selected."""
    view = state.view()
    codes = (view.sel,) if view.sel else data.tier_members(view.tier)
    with st.container(key="kpi"), st.grid(4, min_column_width=150, gap="small"):
        if view.since:
            kpi_change.cards(codes)
            return
        if set(codes) == set(ADCODES):
            _whole_city()
        else:
            _districts(codes)
            _share(codes)
        _rank()
        _change(codes)


def _whole_city() -> None:
    """Draw the city's figure and the sum of its districts, the larger claim first; a sum over gaps is never the city's."""
    view, book = state.view(), data.book()
    city, published = _published()
    if city is None:
        _districts(ADCODES)
    else:
        whole = claims.districts(len(ADCODES), len(ADCODES), view.lang)
        by_parts = t("from figures published for the city")
        below = by_parts if published and book.metrics[view.metric].kind == "rate" else t("as published")
        codes = measures.city_codes(book, view.metric, view.period)
        card(_dated(t("Guangzhou")), _amount(city), below if published else whole, _about(codes))
    if published:
        _districts(ADCODES)
    else:
        card(t("City, as published"), "—", t("no figure for this period"), _about(()))


def _published() -> tuple[float | None, bool]:
    """Return the city's figure, and whether it is a published one."""
    view, book = state.view(), data.book()
    return measures.city_total(book, view.metric, view.period).value, CITY in book.column(view.metric, view.period)


def _districts(codes: Collection[str]) -> None:
    """Draw the figure of a district, or of several together; where some are missing it is headed by how many it is of."""
    view, book = state.view(), data.book()
    total = measures.total(book, view.metric, view.period, codes)
    one = next(iter(codes)) if len(codes) == 1 else ""
    subject = names.home(one) if one else claims.districts(total.found, total.wanted, view.lang)
    adds_up = total.value is not None or not total.found
    value = _amount(total.value) if adds_up else "—"
    below = _beside(total.value, codes) if adds_up else t("published rates do not add up")
    with st.container(key="partial_sum" if total.found < total.wanted > 1 else "sum", height="stretch"):
        card(_dated(subject), value, below, _about(codes))


def _beside(value: float | None, codes: Collection[str]) -> str:
    """Return the line under a sum: who is missing from it, or how far the eleven districts are from the city's published figure."""
    view, book = state.view(), data.book()
    gaps = claims.missing(book, view.metric, view.period, codes)
    if len(codes) == 1 or len(gaps) > _NAMED:
        return ""
    if gaps:
        return t("without {districts}", districts=wording.listing(map(names.district, gaps), view.lang))
    city, published = _published()
    metric = book.metrics[view.metric]
    if set(codes) != set(ADCODES) or not published or value is None or city is None or metric.kind != "count":
        return ""
    if any(figure.quality == "derived" for figure in book.column(view.metric, view.period).values()):
        return t("no check of the city's figure: not all are published")
    gap = round(value - city, 6)
    return (
        t("{gap} against the city's figure", gap=formats.gap(gap, metric)) if gap else t("equal to the city's figure")
    )


def _about(codes: Collection[str]) -> str:
    """Return what a figure means and where those of some places are from."""
    view, book = state.view(), data.book()
    metric, column = book.metrics[view.metric], book.column(view.metric, view.period)
    ids = [source for code in codes if code in column for source in column[code].source_ids]
    parts = [
        metric.definition[view.lang],
        metric.note[view.lang],
        claims.footnote(book, view.metric, view.period, view.lang),
        t("Source: {sources}", sources=source_names(ids[:4])) if ids else "",
    ]
    return " ".join(filter(None, parts))


def _dated(subject: str) -> str:
    """Return what a figure is of, with its period."""
    return f"{subject} · {formats.period_name(state.view().period)}"


def _amount(value: float | None) -> str:
    """Return a value of the view's metric, with the asterisk of a rate that divides by figures of another year."""
    view, book = state.view(), data.book()
    return t("No data") if value is None else claims.amount(book, view.metric, view.period, value, view.lang)


def _share(codes: Collection[str]) -> None:
    """Draw the share of the city, or for rates the city's own rate beside."""
    view, book = state.view(), data.book()
    city, _ = _published()
    if book.metrics[view.metric].kind != "count":
        below = "" if city is not None else t("not known")
        help_ = t("Rates of the whole are computed from their parts, never averaged.")
        card(t("City as a whole"), "—" if city is None else _amount(city), below, help_)
        return
    part = measures.share(book, view.metric, view.period, codes)
    below = t("city: {total}", total=_amount(city)) if city is not None else t("city total not known")
    if part is not None:
        below = t("of {total}", total=_amount(city))
    help_ = t("Share in the city's published figure, or in the sum of the eleven districts where none is published.")
    card(t("Share of the city"), formats.percent(part) if part is not None else "—", below, help_)


def _rank() -> None:
    """Draw the rank of the selection, or of a tier's only district; else who leads. Both among all districts, as in map and list."""
    view, book = state.view(), data.book()
    members = data.tier_members(view.tier)
    ranking = claims.ranking(book, view.metric, view.period)
    help_ = t("Rank by size among all districts that have a figure, whatever is shown; equal values share a rank.")
    code = view.sel or (members[0] if len(members) == 1 else "")
    if code:
        known = code in ranking.ranks
        below = claims.rank_base(ranking, view.lang) if known else t("no figure")
        card(t("Rank"), str(ranking.ranks[code]) if known else "—", below, help_)
        return
    leaders = ranking.leaders(members)
    label = claims.largest(sum(code in ranking.ranks for code in members), len(members), view.lang)
    value = AND[view.lang].join(map(names.district, leaders)) or "—"
    below = _amount(book.column(view.metric, view.period)[leaders[0]].value) if leaders else ""
    card(label, value, below, help_)


def _change(codes: Collection[str]) -> None:
    """Draw the change since the period that most districts can be compared with, the same for all of them; or why there is none."""
    view = state.view()
    city = set(codes) == set(ADCODES)
    asked = data.book(), view.metric, view.period
    change = comparing.city_change(*asked) if city else comparing.change(*asked, codes)
    help_ = t("Nominal change between two published figures of the same districts; none across a break of the series.")
    if change.broken_by:
        help_ = change.broken_by.reason[view.lang] + " " + help_
    card(t("Change"), *_change_text(change, city=city), help_)


def _change_text(change: Change, *, city: bool) -> tuple[str, str]:
    """Return a change for reading, and the line under it; of the ``city`` it says whose figure is missing, for its districts may have theirs."""
    if change.broken_by:
        return "—", t("break in the series since {period}", period=formats.period_name(change.since))
    if change.missing and city:
        return "—", t(
            "no city figure for {period}",
            period=wording.listing(map(formats.period_name, change.missing), state.language()),
        )
    if change.absolute is None:
        return "—", comparing.why_not(change, state.language())
    points = formats.plain(abs(change.absolute), 1) + " " + t("percentage points")
    text = points if change.relative is None else formats.percent(abs(change.relative))
    return formats.signed(text, change.absolute), t("since {period}", period=formats.period_name(change.since))
