"""The KPI panel of a view of changes: change, the city's change, rank, and the difference itself."""

from collections.abc import Collection

from geo.figures import claims, comparison
from geo.figures.comparison import Change
from geo.figures.sentences import AND
from geo.schema import ADCODES
from ui import data, formats, names, state
from ui.feedback import source_names
from ui.i18n import t
from ui.panels.card import card

__all__ = ["cards"]


def cards(codes: Collection[str]) -> None:
    """Draw the change of the selection, or of the tier where nothing is selected, over the view's pair of periods.

    Parameters
    ----------
    codes
        The districts; of all eleven the city's published figures are compared.
    """
    change = _change_of(codes)
    _value(_subject(codes), change, codes)
    if set(codes) == set(ADCODES):
        _compared(codes)
    else:
        _city()
    _rank()
    _difference(change)


def _subject(codes: Collection[str]) -> str:
    """Return what districts together are called, never by the name of a cluster."""
    if set(codes) == set(ADCODES):
        return t("Guangzhou")
    return names.home(*codes) if len(codes) == 1 else claims.districts(len(codes), len(codes), state.language())


def _change_of(codes: Collection[str]) -> Change:
    """Return the change of districts together, of the city's own figures where it is all of them and there are some."""
    view, book = state.view(), data.book()
    if set(codes) == set(ADCODES):
        return comparison.city_change(book, view.metric, view.period, view.since)
    return comparison.change(book, view.metric, view.period, codes, view.since)


def _text(change: Change) -> str:
    """Return a change in the unit of the view's figures, "—" where there is none."""
    view = state.view()
    value = comparison.shown_value(change, data.book().metrics[view.metric])
    return "—" if value is None else formats.amount(value, data.figures().metrics[view.metric])


def _value(subject: str, change: Change, codes: Collection[str]) -> None:
    """Draw the change, and from what to what."""
    view, metric = state.view(), names.entry(state.view().metric)
    column = data.figures().column(view.metric, view.column)
    if change.old is None or change.new is None:
        known = sum(code in column for code in codes)
        below = comparison.why_not(change, view.lang) if len(codes) == 1 else _of(known, codes)
    else:
        below = formats.from_to(change.old, change.new, metric)
    sources = [source for code in codes if code in column for source in column[code].source_ids]
    about = [data.figures().metrics[view.metric].definition[view.lang], metric.note[view.lang]]
    about.append(t("Source: {sources}", sources=source_names(sources[:4])) if sources else "")
    card(f"{subject} · {formats.period_name(view.column)}", _text(change), below, " ".join(filter(None, about)))


def _of(known: int, codes: Collection[str]) -> str:
    """Return how many of some districts can be compared."""
    return t("{found} of {wanted} districts compare", found=known, wanted=len(codes))


def _compared(codes: Collection[str]) -> None:
    """Draw how many districts can be compared; the legend names the others."""
    view = state.view()
    column = data.figures().column(view.metric, view.column)
    known = sum(code in column for code in codes)
    below = t("the others are hatched") if known < len(codes) else ""
    value = t("{found} of {wanted}", found=known, wanted=len(codes))
    card(
        t("Districts compared"), value, below, t("A district needs a figure in both periods and no break between them.")
    )


def _city() -> None:
    """Draw the change of the city as a whole."""
    change = _change_of(ADCODES)
    below = "" if change.absolute is not None else t("not known")
    card(t("City as a whole"), _text(change), below, t("Change of the city's published figures over the same periods."))


def _rank() -> None:
    """Draw the rank of the selection, or of a tier's only district; else who leads: among those that can be compared."""
    view, found = state.view(), data.figures()
    members, column = data.tier_members(view.tier), found.column(view.metric, view.column)
    ranking = claims.ranking(found, view.metric, view.column)
    rank, of = ranking.ranks, claims.rank_base(ranking, view.lang)
    help_ = t("By size of the change, among the districts that can be compared; equal values share a rank.")
    code = view.sel or (members[0] if len(members) == 1 else "")
    if code:
        card(t("Rank"), str(rank.get(code, "—")), of if code in rank else t("cannot be compared"), help_)
        return
    leaders = ranking.leaders(members)
    below = f"{formats.amount(column[leaders[0]].value, found.metrics[view.metric])} · {of}" if leaders else ""
    card(t("Largest change"), AND[view.lang].join(map(names.district, leaders)) or "—", below, help_)


def _difference(change: Change) -> None:
    """Draw the change in the figure's own unit."""
    view, metric = state.view(), names.entry(state.view().metric)
    value = "—"
    if change.absolute is not None:
        value = formats.signed(formats.amount(abs(change.absolute), metric), change.absolute)
    help_ = t("The later figure less the earlier, in the unit of the figure.")
    card(t("Difference"), value, t("since {period}", period=formats.period_name(view.since)), help_)
