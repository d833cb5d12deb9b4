"""The KPI panel of a view of changes: change, the city's change, rank, and the difference itself."""

from collections.abc import Collection

from geo import wording
from geo.figures import claims, comparison
from geo.figures.comparison import Change
from geo.schema import ADCODES
from ui import data, formats, names, state
from ui.feedback import source_line
from ui.i18n import t
from ui.panels.card import card

__all__ = ["cards", "rank_text"]


def cards(codes: Collection[str]) -> str:
    """Draw the change of the selection, or of the tier where nothing is selected, over the view's pair of periods; return what the cards say.

    Parameters
    ----------
    codes
        The districts; of all eleven the city's published figures are compared.
    """
    change = _change_of(codes)
    first = _value(_subject(codes), change, codes)
    second = _compared(codes) if set(codes) == set(ADCODES) else _city()
    return first + second + _rank() + _difference(change, codes)


def _subject(codes: Collection[str]) -> str:
    """Return what districts together are called, never by the name of a cluster."""
    if set(codes) == set(ADCODES):
        return t("Guangzhou")
    return names.home(*codes) if len(codes) == 1 else claims.districts(len(codes), len(codes), state.language())


def _change_of(codes: Collection[str]) -> Change:
    """Return the change of districts together, of the city's own figures where it is all of them and there are some."""
    view, figure_table = state.view(), data.figure_table()
    if set(codes) == set(ADCODES):
        return comparison.city_change(figure_table, view.metric, view.period, view.since)
    return comparison.change(figure_table, view.metric, view.period, codes, view.since)


def _text(change: Change, codes: Collection[str]) -> str:
    """Return a change in the unit of the view's figures, "—" where there is none; with the sign of a secondary source at either end."""
    view, figure_table = state.view(), data.figure_table()
    value = comparison.shown_value(change, figure_table.metrics[view.metric])
    if value is None:
        return "—"
    return formats.amount(value, data.figures().metrics[view.metric]) + _sign(codes, view.column)


def _sign(codes: Collection[str], period: str) -> str:
    """Return the sign of a secondary source of what districts together, or the city for all of them, had in a period, or in either of a pair."""
    view, figure_table = state.view(), data.figure_table()
    whole = set(codes) == set(ADCODES)
    places = comparison.city_codes(figure_table, view.metric, view.since, view.period) if whole else codes
    return claims.secondary_mark(figure_table, view.metric, period, places)


def _ends(change: Change, codes: Collection[str]) -> str:
    """Return from what to what, each with its signs: "RMB 108.6† → 127.8 bn"."""
    view, figure_table = state.view(), data.figure_table()
    ends = ((view.since, change.old), (view.period, change.new))
    texts = [
        claims.format_value(figure_table, view.metric, end, value, view.lang) + _sign(codes, end)
        for end, value in ends
        if value is not None
    ]
    return formats.in_unit(" → ".join(texts), names.entry(view.metric))


def _value(subject: str, change: Change, codes: Collection[str]) -> str:
    """Draw the change, and from what to what."""
    view, metric = state.view(), names.entry(state.view().metric)
    column = data.figures().column(view.metric, view.column)
    if change.old is None or change.new is None:
        known = sum(code in column for code in codes)
        some = 1 < len(codes) < len(ADCODES) and known < len(codes)
        below = _of(known, codes) if some else comparison.incomparable_reason(change, view.lang, len(codes))
    else:
        below = _ends(change, codes)
    sources = [source for code in codes if code in column for source in column[code].source_ids]
    about = [data.figures().metrics[view.metric].definition[view.lang], metric.note[view.lang]]
    about.append(source_line(sources))
    return card(
        f"{subject} · {formats.period_name(view.column)}", _text(change, codes), below, " ".join(filter(None, about))
    )


def _of(known: int, codes: Collection[str]) -> str:
    """Return how many of some districts can be compared."""
    return t("{found} of {wanted} districts comparable", found=known, wanted=len(codes))


def _compared(codes: Collection[str]) -> str:
    """Draw how many districts can be compared; the legend names the others."""
    view = state.view()
    column = data.figures().column(view.metric, view.column)
    known = sum(code in column for code in codes)
    below = t("the others are hatched") if known < len(codes) else ""
    value = t("{found} of {wanted}", found=known, wanted=len(codes))
    return card(
        t("Districts compared"), value, below, t("A district needs figures for both periods and no break between them.")
    )


def _city() -> str:
    """Draw the change of the city as a whole."""
    change = _change_of(ADCODES)
    below, help_ = "", t("Change in the published city figures between the same periods.")
    if change.broken_by:
        below = t("break in the series since {period}", period=formats.period_in_sentence(change.since))
        help_ = change.broken_by.reason[state.language()] + " " + help_
    elif change.absolute is None:
        below = comparison.incomparable_reason(change, state.language(), len(ADCODES))
    return card(t("City as a whole"), _text(change, ADCODES), below, help_)


def _rank() -> str:
    """Draw the rank of the selection, or of a tier's only district; else who leads: among those that can be compared."""
    view, found = state.view(), data.figures()
    members, column = data.tier_members(view.tier), found.column(view.metric, view.column)
    ranking = claims.ranking(found, view.metric, view.column)
    help_ = t("Ranked by size of change among the comparable districts; equal values share a rank.")
    code = view.sel or (members[0] if len(members) == 1 else "")
    if code:
        return card(t("Rank"), *rank_text(ranking, code, t("not comparable")), help_)
    leaders = ranking.leaders(members)
    below = formats.amount(column[leaders[0]].value, found.metrics[view.metric]) if leaders else ""
    below += claims.secondary_mark(found, view.metric, view.column, leaders)
    label = claims.largest(found, view.metric, view.column, members, view.lang)
    return card(label, wording.together(map(names.district, leaders), view.lang) or "—", below, help_)


def rank_text(ranking: claims.Ranking, code: str, without: str) -> tuple[str, str]:
    """Return a district's rank for reading and what it is of: "—" where it has none, and where its is the only figure."""
    place, base = ranking.place(code), claims.rank_base(ranking, state.language())
    if code not in ranking.ranks:
        return "—", t("not ranked") if code in ranking.apart else without
    return ("—" if place is None else t("{rank}", rank=place)), base


def _difference(change: Change, codes: Collection[str]) -> str:
    """Draw the change in the figure's own unit, which for a rate in per cent are percentage points."""
    view, metric = state.view(), names.entry(state.view().metric)
    value = "—"
    if metric.kind == "published":
        value = _text(change, codes)
    elif change.absolute is not None:
        value = formats.signed(formats.amount(abs(change.absolute), metric), change.absolute)
        value += _sign(codes, view.column)
    help_ = t("The later figure minus the earlier one, in the unit of the metric.")
    return card(t("Difference"), value, t("since {period}", period=formats.period_in_sentence(view.since)), help_)
