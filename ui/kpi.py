"""The KPI panel: four figures that follow the filters and the selection."""

from collections.abc import Collection

import streamlit as st

from geo import comparing, measures
from geo.comparing import Change
from geo.schema import ADCODES, CITY, Metric
from ui import data, formats, kpi_change, names, state
from ui.card import card
from ui.feedback import source_names
from ui.i18n import t

__all__ = ["row"]


def row() -> None:
    """Draw value, share or city figure, rank, and change of the selection, or of the tier where nothing is selected."""
    view = state.view()
    codes = (view.sel,) if view.sel else data.tier_members(view.tier)
    subject = names.district(view.sel) if view.sel else names.tier(view.tier) if view.tier != "all" else t("Guangzhou")
    with st.container(key="kpi"), st.grid(4, min_column_width=150, gap="small"):
        if view.since:
            kpi_change.cards(subject, codes)
            return
        _value(subject, codes)
        _share(codes)
        _rank()
        _change(codes)


def _value(subject: str, codes: Collection[str]) -> None:
    """Draw the total or rate."""
    view, book = state.view(), data.book()
    metric = book.metrics[view.metric]
    total = measures.total(book, view.metric, view.period, codes)
    coverage = "" if total.complete else t("{found} of {wanted} districts", found=total.found, wanted=total.wanted)
    value = formats.amount(total.value, metric)
    if total.value is None and total.found and metric.kind == "published":
        value = "—"
        coverage = t("published rates do not add up")
    column = book.column(view.metric, view.period)
    ids = [source for code in codes if code in column for source in column[code].source_ids]
    help_ = [
        metric.definition[state.language()],
        metric.note[state.language()],
        t("Source: {sources}", sources=source_names(ids[:4])),
    ]
    label = f"{subject} · {formats.period_name(view.period)}"
    card(label, value, coverage, " ".join(part for part in help_ if part))


def _share(codes: Collection[str]) -> None:
    """Draw the share of the city, or for rates the city's own rate beside."""
    view, book = state.view(), data.book()
    metric = book.metrics[view.metric]
    if metric.kind == "count" and set(codes) == set(ADCODES) and CITY in book.column(view.metric, view.period):
        _published(metric)
        return
    if metric.kind == "count":
        part = measures.share(book, view.metric, view.period, codes)
        city = measures.city_total(book, view.metric, view.period)
        below = (
            t("of {total}", total=formats.amount(city.value, metric)) if part is not None else _city_hint(city, metric)
        )
        card(
            t("Share of the city"),
            formats.percent(part) if part is not None else "—",
            below,
            t("Share in the city's published figure, or in the sum of the eleven districts where none is published."),
        )
        return
    city = measures.city_total(book, view.metric, view.period)
    below = "" if city.complete else t("{found} of {wanted} districts", found=city.found, wanted=city.wanted)
    value = formats.amount(city.value, metric) if city.value is not None else "—"
    card(t("City as a whole"), value, below, t("Rates of the whole are computed from their parts, never averaged."))


def _published(metric: Metric) -> None:
    """Draw the city's published figure, and how far the sum of its districts is from it."""
    view, book = state.view(), data.book()
    city = book.column(view.metric, view.period)[CITY].value
    districts = measures.total(book, view.metric, view.period, ADCODES)
    below = t("{found} of {wanted} districts", found=districts.found, wanted=districts.wanted)
    if districts.complete and districts.value is not None:
        gap = round(districts.value - city, 6)
        below = (
            t("sum of districts: {gap}", gap=formats.gap(gap, metric))
            if gap
            else t("equal to the sum of its districts")
        )
    card(
        t("City, as published"),
        formats.amount(city, metric),
        below,
        t("Districts and city are published apart; their sums may differ a little."),
    )


def _city_hint(city: measures.Total, metric: Metric) -> str:
    """Return the city's figure for a share that cannot be given."""
    return (
        t("city: {total}", total=formats.amount(city.value, metric))
        if city.value is not None and city.complete
        else t("city total not known")
    )


def _rank() -> None:
    """Draw the rank of the selection, or of a tier's only district among all; else who leads."""
    view, book = state.view(), data.book()
    members = data.tier_members(view.tier)
    alone = members[0] if len(members) == 1 and not view.sel else ""
    rank = measures.ranks(book, view.metric, view.period, ADCODES if alone else members)
    help_ = t("Rank by size among the districts shown that have a figure; equal values share a rank.")
    code = view.sel or alone
    if code:
        missing = t("outside the clusters shown") if code not in members else t("no figure")
        below = t("of {count} with a figure", count=len(rank)) if code in rank else missing
        card(t("Rank"), str(rank.get(code, "—")), below, help_)
        return
    first = min(rank, key=lambda code: rank[code], default=None)
    below = (
        formats.amount(book.column(view.metric, view.period)[first].value, book.metrics[view.metric]) if first else ""
    )
    card(t("Largest"), names.district(first) if first else "—", below, help_)


def _change(codes: Collection[str]) -> None:
    """Draw the change since the period that most districts can be compared with, the same for all of them; or why there is none."""
    view = state.view()
    column = data.book().column(view.metric, view.period)
    # the city's own series where there is one: it has fewer gaps than figures of all districts
    measured = (CITY,) if set(codes) == set(ADCODES) and CITY in column else codes
    change = comparing.change(data.book(), view.metric, view.period, measured)
    help_ = t("Nominal change between two published figures of the same districts; none across a break of the series.")
    if change.broken_by:
        help_ = change.broken_by.reason[view.lang] + " " + help_
    card(t("Change"), *_change_text(change), help_)


def _change_text(change: Change) -> tuple[str, str]:
    """Return a change for reading, and the line under it."""
    if change.absolute is None:
        parted = t("break in the series since {period}", period=formats.period_name(change.since))
        return "—", parted if change.broken_by else comparing.why_not(change, state.language())
    points = formats.plain(abs(change.absolute), 1) + " " + t("percentage points")
    text = points if change.relative is None else formats.percent(abs(change.relative))
    return formats.signed(text, change.absolute), t("since {period}", period=formats.period_name(change.since))
