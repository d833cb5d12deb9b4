"""What may be said of figures with gaps. Cards, tooltips, lists, slides, sentences and files all ask here, so that none claims more than another.

- "Guangzhou" is the published figure, or all eleven districts together (:func:`geo.figures.measures.city_total`); any other sum goes by how many it is of.
- Ranks have one base, whatever tier is shown: all of the eleven districts that have a figure.
- A largest or a rank among districts of which some are unknown says "of the N known", of changes "of the N compared"; one alone has no rank.
- The district with the largest value is called by the kind of figure: the largest, the highest rate, the highest change or, where all fall, the smallest fall.
- A rate that divides by figures of another year carries an asterisk and says which year; a figure of a secondary source carries a dagger.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from geo import wording
from geo.figures import measures
from geo.figures.table import FigureTable
from geo.periods import is_monthly, months, name_of, order
from geo.schema import ADCODES, CITY, PAIR, UNDATED
from geo.translation import mark, translate

__all__ = [
    "SECONDARY_MARK",
    "Ranking",
    "amount",
    "districts",
    "figures_to",
    "footnote",
    "format_value",
    "largest",
    "metric_name",
    "missing",
    "other_year",
    "rank_base",
    "rank_note",
    "rank_words",
    "ranking",
    "secondary_mark",
    "secondary_mark_note",
    "secondary_note",
    "secondary_words",
    "title",
    "without_figure",
]

SECONDARY_MARK = "†"
# What the district with the largest value is called, by language: a word for each kind of figure, in Chinese also for what is counted or measured.
_FIRST: Mapping[str, Mapping[str, str]] = {
    "en": {"count": "Largest", "rate": "Highest", "rise": "Highest change", "fall": "Smallest fall"},
    "zh": {"count": "最高", "rate": "最高", "rise": "升幅最大", "fall": "降幅最小", "km²": "最大", "人": "最多", "家": "最多"},
}  # fmt: skip

# By whether they are changes; of notes also by whether a single district is left.
_ONLY_ONE = {False: mark("Data for only 1 of {count}"), True: mark("Only 1 of {count} comparable")}
_ALONE = {False: mark("only district with data"), True: mark("only comparable district")}
_OF_SOME = {False: mark("{first} of {count} with data"), True: mark("{first} of {count} compared")}
_APART = mark("Ranked among {found} of {wanted} districts; the figures of the others are not ranked.")
_RANK_NOTES = {
    (False, False): mark("Ranked among the {found} of {wanted} districts with data."),
    (True, False): mark("Ranked among the {found} of {wanted} districts that can be compared."),
    (False, True): mark("Only 1 of {wanted} districts has data: no ranking."),
    (True, True): mark("Only 1 of {wanted} districts can be compared: no ranking."),
}


@dataclass(frozen=True)
class Ranking:
    """Ranks of the eleven districts by size, as far as their figures are known."""

    ranks: Mapping[str, int]  # by adcode, 1 for the largest; without those that have no figure
    compared: bool = False  # whether they are of changes, which need two figures that compare
    apart: frozenset[str] = frozenset()  # those with a figure that is not ranked

    @property
    def known(self) -> int:
        """How many districts have a figure."""
        return len(self.ranks)

    @property
    def complete(self) -> bool:
        """Whether all eleven have one: only then is a largest or a rank certain."""
        return self.known == len(ADCODES)

    def place(self, code: str) -> int | None:
        """Return a district's rank; None without a figure, and where it is the only one that has one."""
        return self.ranks.get(code) if self.known > 1 else None

    def order(self, code: str) -> tuple[int, str]:
        """Return what sorts districts by rank, those whose figures are not ranked after them, those without a figure last."""
        return self.ranks.get(code, len(ADCODES) + (code not in self.apart) + 1), code

    def leaders(self, members: Collection[str] = ADCODES) -> tuple[str, ...]:
        """Return which of some districts have the largest value; several where they share it, none where nothing is known."""
        first = min((self.ranks[code] for code in members if code in self.ranks), default=0)
        return tuple(code for code in ADCODES if code in members and self.ranks.get(code) == first)


def ranking(figure_table: FigureTable, metric_id: str, period: str) -> Ranking:
    """Return the ranks of a metric in a period.

    Examples
    --------
    >>> ranking(figure_table, "gdp", "2023").ranks["440106"]
    1
    """
    metric = figure_table.metrics[metric_id]
    apart = metric.unranked(period) & figure_table.column(metric_id, period).keys()
    return Ranking(measures.ranks(figure_table, metric_id, period), metric.kind == "change", frozenset(apart))


def districts(found: int, wanted: int, language: str) -> str:
    """Return what a sum over districts is called: "9 districts", "8 of 11 districts"."""
    if found == wanted:
        return translate(language, "{count} districts", count=wanted)
    return translate(language, "{found} of {wanted} districts", found=found, wanted=wanted)


def rank_words(found: Ranking, code: str, language: str) -> str:
    """Return a district's rank: "Rank 3 of 11", "Rank 3 of the 8 known", "Only figure known"; "" without a figure."""
    if code not in found.ranks:
        return translate(language, "Not ranked") if code in found.apart else ""
    base = rank_base(found, language)
    if found.known == 1:
        return base[:1].upper() + base[1:]
    return translate(language, "Rank {rank} {base}", rank=found.ranks[code], base=base)


def rank_base(found: Ranking, language: str) -> str:
    """Return what a rank is of: "of 11", "of the 8 known"; that one district alone has a figure; "" where none has."""
    if found.known < 2:
        return translate(language, _ALONE[found.compared]) if found.known else ""
    if found.complete:
        return translate(language, "of {count}", count=found.known)
    if found.apart:
        return translate(language, "of {count} ranked", count=found.known)
    if found.compared:
        return translate(language, "of {count} compared", count=found.known)
    return translate(language, "of {count} with data", count=found.known)


def rank_note(found: Ranking, language: str) -> str:
    """Return what the ranks of a list are of, as a sentence; "" where nothing is known."""
    if found.complete:
        return translate(language, "Ranked among all {count} districts.", count=found.known)
    if found.apart and found.known > 1:
        return translate(language, _APART, found=found.known, wanted=len(ADCODES))
    text = _RANK_NOTES[found.compared, found.known == 1]
    return translate(language, text, found=found.known, wanted=len(ADCODES)) if found.known else ""


def largest(figure_table: FigureTable, metric_id: str, period: str, members: Collection[str], language: str) -> str:
    """Return what the district with the largest value of some may be called, as far as their figures are known; without any nobody is called so."""
    found, column = ranking(figure_table, metric_id, period), figure_table.column(metric_id, period)
    known = sum(code in found.ranks for code in members)
    leaders = found.leaders(members)
    first = _first(figure_table, metric_id, column[leaders[0]].value if leaders else 0, language)
    if known == 1 < len(members):
        return translate(language, _ONLY_ONE[found.compared], count=len(members))
    if 0 < known < len(members):
        of_some = mark("{first} of {count} ranked") if found.apart else _OF_SOME[found.compared]
        return translate(language, of_some, first=first, count=known)
    if 0 < known == len(members) < len(ADCODES):
        return translate(language, "{first} of {count} districts", first=first, count=known)
    return first


def _first(figure_table: FigureTable, metric_id: str, value: float, language: str) -> str:
    """Return the superlative of a largest value."""
    metric, words = figure_table.metrics[metric_id], _FIRST[language]
    if metric.kind == "change":
        return words["fall" if value < 0 else "rise"]
    return words.get(metric.unit, words["count"]) if metric.kind == "count" else words["rate"]


def missing(figure_table: FigureTable, metric_id: str, period: str, adcodes: Collection[str]) -> tuple[str, ...]:
    """Return the districts that a total leaves out for want of a figure, in the order given."""
    found = measures.contributing_districts(figure_table, figure_table.metrics[metric_id], period, adcodes)
    return tuple(code for code in adcodes if code not in found)


def figures_to(figure_table: FigureTable, language: str) -> str:
    """Return up to which year, or month of it, figures go: the newest that most districts have a figure of in any metric, then a newer one that only some have.

    Where no year is that well covered it is the one that most districts have a figure of; of several the newest with a figure of the city.

    Returns
    -------
    "2024", "2024 (some 2025)"; "" without any.
    """
    dated = [
        (figure_table.coverage(id_, period), CITY in figure_table.column(id_, period), _dated(period))
        for id_ in figure_table.metrics
        for period in figure_table.periods(id_)
    ]
    dated = [one for one in dated if one[-1]]
    newest = max((end for *_, end in dated), key=order, default="")
    *_, best = max(dated, key=lambda one: (*one[:2], order(one[-1])), default=(0, False, ""))
    wide = max((end for found, _, end in dated if 2 * found > len(ADCODES)), key=order, default=best)
    end = wide and wording.period(wide, language)
    if wide == newest:
        return end
    return translate(language, "{year} (some {newer})", year=end, newer=wording.period(newest, language))


def _dated(period: str) -> str:
    """Return the year that figures of a period go up to, of months the last one; "" without a date."""
    found = months(period)
    if found is None:
        return ""
    return name_of(period[:4], found.last, found.last) if is_monthly(period) else period[:4]


def other_year(figure_table: FigureTable, metric_id: str, period: str) -> str:
    """Return the other period whose figures a rate of a period divides by; "" where it divides by its own, or is not a rate."""
    metric = figure_table.metrics[metric_id]
    used = measures.denominator_period(figure_table, metric, period) if metric.kind == "rate" else None
    return used if used and used not in (period, UNDATED) else ""


def footnote(figure_table: FigureTable, metric_id: str, period: str, language: str) -> str:
    """Return in a sentence what the asterisk of :func:`amount` and :func:`metric_name` means, "" where they have none."""
    used = _used(figure_table, metric_id, period, language)
    return translate(language, "* divided by figures for another year: {used}.", used=used) if used else ""


def _used(figure_table: FigureTable, metric_id: str, period: str, language: str) -> str:
    """Return the figures of another year that a rate divides by: "Residents, 2020"."""
    other = other_year(figure_table, metric_id, period)
    if not other:
        return ""
    name = figure_table.metrics[figure_table.metrics[metric_id].denominator].name[language]
    return name + translate(language, ", ") + wording.period_label(other, language)


def metric_name(figure_table: FigureTable, metric_id: str, period: str, language: str) -> str:
    """Return a metric's name, with an asterisk where :func:`footnote` has something to say."""
    return figure_table.metrics[metric_id].name[language] + _star(figure_table, metric_id, period)


def title(figure_table: FigureTable, metric_id: str, period: str, language: str) -> str:
    """Return a metric with its period: "GDP per head* · 2023"."""
    return f"{metric_name(figure_table, metric_id, period, language)} · {wording.period_label(period, language)}"


def amount(figure_table: FigureTable, metric_id: str, period: str, value: float, language: str) -> str:
    """Return a value as the catalogue shows it, with an asterisk where :func:`footnote` has something to say."""
    return wording.amount(value, figure_table.metrics[metric_id], language) + _star(figure_table, metric_id, period)


def without_figure(figure_table: FigureTable, metric_id: str, language: str) -> str:
    """Return what stands in place of a figure: "No data", or where two figures are needed, "Not comparable"."""
    pair = figure_table.metrics[metric_id].kind == "change"
    return translate(language, "Not comparable") if pair else translate(language, "No data")


def format_value(figure_table: FigureTable, metric_id: str, period: str, value: float, language: str) -> str:
    """Return a value as :func:`amount` does, without its unit."""
    return wording.format_value(value, figure_table.metrics[metric_id], language) + _star(
        figure_table, metric_id, period
    )


def _star(figure_table: FigureTable, metric_id: str, period: str) -> str:
    """Return the asterisk of a rate that divides by figures of another year."""
    return "*" if other_year(figure_table, metric_id, period) else ""


def secondary_mark(figure_table: FigureTable, metric_id: str, period: str, codes: Collection[str]) -> str:
    """Return the dagger of what rests on a figure of a secondary source, wholly or in part; "" where nothing of it does.

    Of a pair of periods it rests on the figures of both.
    """
    columns = [figure_table.column(metric_id, end) for end in {period, *period.split(PAIR)}]
    found = any(code in column and column[code].quality == "secondary" for column in columns for code in codes)
    return SECONDARY_MARK if found else ""


def secondary_mark_note(text: str, language: str) -> str:
    """Return what the dagger of :func:`secondary_mark` means, "" where a text has none."""
    if SECONDARY_MARK not in text:
        return ""
    return secondary_note(language)


def secondary_note(language: str) -> str:
    """Return what the dagger means."""
    return translate(language, "{sign} wholly or partly from a secondary source.", sign=SECONDARY_MARK)


def secondary_words(language: str) -> str:
    """Return what the dagger means where there is little room."""
    return translate(language, "{sign} secondary source", sign=SECONDARY_MARK)
