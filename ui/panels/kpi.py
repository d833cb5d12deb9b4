"""The KPI panel: four figures that follow the filters and the selection. What each may be called, :mod:`geo.figures.claims` decides."""

from collections.abc import Collection

import streamlit as st

from geo import wording
from geo.figures import claims, comparison, measures
from geo.figures.comparison import Change
from geo.schema import ADCODES, CITY
from ui import data, formats, names, state
from ui.feedback import source_line
from ui.i18n import t
from ui.panels import kpi_change
from ui.panels.card import card

__all__ = ["row"]

_NAMED = 4  # so many districts without a figure are named under a sum, more are counted


def row() -> str:
    """Draw value, share or city figure, rank, and change of the selection, or of the tier where nothing is selected; return what they say."""
    view = state.view()
    codes = (view.sel,) if view.sel else data.tier_members(view.tier)
    with st.container(key="kpi"), st.grid(4, min_column_width=150, gap="small"):
        if view.since:
            return kpi_change.cards(codes)
        first = _whole_city() if set(codes) == set(ADCODES) else _districts(codes) + _share(codes)
        return first + _rank() + _change(codes)


def _whole_city() -> str:
    """Draw the city's figure and the sum of its districts, the larger claim first; a sum over gaps is never the city's."""
    view, figure_table = state.view(), data.figure_table()
    city, published = _published()
    if city is None:
        first = _districts(ADCODES)
    else:
        whole = claims.districts(len(ADCODES), len(ADCODES), view.lang)
        by_parts = t("from published city figures")
        below = by_parts if published and figure_table.metrics[view.metric].kind == "rate" else t("as published")
        codes = measures.city_codes(figure_table, view.metric, view.period)
        first = card(_dated(t("Guangzhou")), _amount(city, codes), below if published else whole, _about(codes))
    if published:
        return first + _districts(ADCODES)
    return first + card(t("Published city figure"), "—", t("no data for this period"), _about(()))


def _published() -> tuple[float | None, bool]:
    """Return the city's figure, and whether it is a published one."""
    view, figure_table = state.view(), data.figure_table()
    return measures.city_total(figure_table, view.metric, view.period).value, CITY in figure_table.column(
        view.metric, view.period
    )


def _districts(codes: Collection[str]) -> str:
    """Draw the figure of a district, or of several together; where some are missing it is headed by how many it is of."""
    view, figure_table = state.view(), data.figure_table()
    total = measures.total(figure_table, view.metric, view.period, codes)
    one = next(iter(codes)) if len(codes) == 1 else ""
    subject = names.home(one) if one else claims.districts(total.found, total.wanted, view.lang)
    adds_up = total.value is not None or not total.found
    value = _amount(total.value, codes) if adds_up else "—"
    below = _beside(total.value, codes) if adds_up else t("published rates do not add up")
    with st.container(key="partial_sum" if total.found < total.wanted > 1 else "sum", height="stretch"):
        return card(_dated(subject), value, below, _about(codes))


def _beside(value: float | None, codes: Collection[str]) -> str:
    """Return the line under a sum: who is missing from it, or how far the eleven districts are from the city's published figure."""
    view, figure_table = state.view(), data.figure_table()
    gaps = claims.missing(figure_table, view.metric, view.period, codes)
    if len(codes) == 1 or len(gaps) > _NAMED:
        return ""
    if gaps:
        return t("without {districts}", districts=wording.listing(map(names.district, gaps), view.lang))
    city, published = _published()
    metric = figure_table.metrics[view.metric]
    if set(codes) != set(ADCODES) or not published or value is None or city is None or metric.kind != "count":
        return ""
    if any(figure.quality == "derived" for figure in figure_table.column(view.metric, view.period).values()):
        return t("not checked against the city figure: not all figures are published")
    gap = round(value - city, 6)
    return (
        t("{gap} compared with the city figure", gap=formats.gap(gap, metric)) if gap else t("equal to the city figure")
    )


def _about(codes: Collection[str]) -> str:
    """Return what a figure means and where those of some places are from."""
    view, figure_table = state.view(), data.figure_table()
    metric, column = figure_table.metrics[view.metric], figure_table.column(view.metric, view.period)
    ids = [source for code in codes if code in column for source in column[code].source_ids]
    parts = [
        metric.definition[view.lang],
        metric.note[view.lang],
        claims.footnote(figure_table, view.metric, view.period, view.lang),
        source_line(ids),
    ]
    return " ".join(filter(None, parts))


def _dated(subject: str) -> str:
    """Return what a figure is of, with its period."""
    return f"{subject} · {formats.period_name(state.view().period)}"


def _amount(value: float | None, codes: Collection[str]) -> str:
    """Return a value of the view's metric that some places make, with the signs of another year and of a secondary source."""
    view, figure_table = state.view(), data.figure_table()
    if value is None:
        return t("No data")
    text = claims.amount(figure_table, view.metric, view.period, value, view.lang)
    return text + claims.secondary_mark(figure_table, view.metric, view.period, codes)


def _share(codes: Collection[str]) -> str:
    """Draw the share of the city, or for rates the city's own rate beside."""
    view, figure_table = state.view(), data.figure_table()
    city, _ = _published()
    whole = _amount(city, measures.city_codes(figure_table, view.metric, view.period))
    if figure_table.metrics[view.metric].kind != "count":
        below = "" if city is not None else t("unknown")
        help_ = t("City-wide rates are computed from their components, never averaged.")
        return card(t("City as a whole"), "—" if city is None else whole, below, help_)
    part = measures.share(figure_table, view.metric, view.period, codes)
    below = t("city: {total}", total=whole) if city is not None else t("city total unknown")
    if part is not None:
        below = t("of {total}", total=whole)
    help_ = t("Share of the published city figure, or of the sum of the eleven districts if none is published.")
    return card(t("Share of the city"), formats.percent(part) if part is not None else "—", below, help_)


def _rank() -> str:
    """Draw the rank of the selection, or of a tier's only district; else who leads. Both among all districts, as in map and list."""
    view, figure_table = state.view(), data.figure_table()
    members = data.tier_members(view.tier)
    ranking = claims.ranking(figure_table, view.metric, view.period)
    help_ = t("Ranked by size among all districts with data, regardless of the selection; equal values share a rank.")
    code = view.sel or (members[0] if len(members) == 1 else "")
    if code:
        return card(t("Rank"), *kpi_change.rank_text(ranking, code, t("no data")), help_)
    leaders = ranking.leaders(members)
    label = claims.largest(figure_table, view.metric, view.period, members, view.lang)
    value = wording.together(map(names.district, leaders), view.lang) or "—"
    below = _amount(figure_table.column(view.metric, view.period)[leaders[0]].value, leaders) if leaders else ""
    return card(label, value, below, help_)


def _change(codes: Collection[str]) -> str:
    """Draw the change since the period that most districts can be compared with, the same for all of them; or why there is none."""
    view, figure_table = state.view(), data.figure_table()
    city = set(codes) == set(ADCODES)
    asked = figure_table, view.metric, view.period
    change = comparison.city_change(*asked) if city else comparison.change(*asked, codes)
    metric = comparison.change_metric(figure_table.metrics[view.metric])
    rule = t("The same districts in both; not shown across a break in the series.")
    why = change.broken_by.reason[view.lang] if change.broken_by else ""
    help_ = " ".join(filter(None, (why, metric.definition[view.lang], rule)))
    places = comparison.city_codes(figure_table, view.metric, change.since, view.period) if city else codes
    label = t("Nominal change") if figure_table.metrics[view.metric].is_money else t("Change")
    return card(label, *_change_text(change, places, len(codes)), help_)


def _change_text(change: Change, places: Collection[str], districts: int) -> tuple[str, str]:
    """Return the change that the figures of some places make, for reading, and the line under it; of all ``districts`` it is the city's."""
    view, figure_table = state.view(), data.figure_table()
    if change.broken_by:
        return "—", t("break in the series since {period}", period=formats.period_in_sentence(change.since))
    value = comparison.shown_value(change, figure_table.metrics[view.metric])
    if value is None:
        return "—", comparison.incomparable_reason(change, view.lang, districts)
    pair = comparison.pair(change.since, view.period)
    text = formats.amount(value, comparison.change_metric(figure_table.metrics[view.metric]))
    text += claims.secondary_mark(figure_table, view.metric, pair, places)
    return text, t("since {period}", period=formats.period_in_sentence(change.since))
