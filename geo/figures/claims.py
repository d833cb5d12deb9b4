"""What may be said of figures with gaps. Cards, tooltips, lists, slides, sentences and files all ask here, so that none claims more than another.

- "Guangzhou" is the published figure, or all eleven districts together (:func:`geo.figures.measures.city_total`); any other sum goes by how many it is of.
- Ranks have one base, whatever tier is shown: all of the eleven districts that have a figure.
- A largest or a rank among districts of which some are unknown says "of the N known".
- A rate that divides by figures of another year carries an asterisk and says which year.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from geo import wording
from geo.figures import measures
from geo.figures.table import FigureTable
from geo.schema import ADCODES, UNDATED
from geo.translation import translate

__all__ = [
    "Ranking",
    "amount",
    "districts",
    "figures_to",
    "footnote",
    "in_sentence",
    "largest",
    "metric_name",
    "missing",
    "other_year",
    "rank_base",
    "rank_note",
    "rank_words",
    "ranking",
    "shown",
    "title",
    "without_figure",
]


@dataclass(frozen=True)
class Ranking:
    """Ranks of the eleven districts by size, as far as their figures are known."""

    ranks: Mapping[str, int]  # by adcode, 1 for the largest; without those that have no figure

    @property
    def known(self) -> int:
        """How many districts have a figure."""
        return len(self.ranks)

    @property
    def complete(self) -> bool:
        """Whether all eleven have one: only then is a largest or a rank certain."""
        return self.known == len(ADCODES)

    def leaders(self, members: Collection[str] = ADCODES) -> tuple[str, ...]:
        """Return which of some districts have the largest value; several where they share it, none where nothing is known."""
        first = min((self.ranks[code] for code in members if code in self.ranks), default=0)
        return tuple(code for code in ADCODES if code in members and self.ranks.get(code) == first)


def ranking(book: FigureTable, metric_id: str, period: str) -> Ranking:
    """Return the ranks of a metric in a period."""
    return Ranking(measures.ranks(book, metric_id, period))


def districts(found: int, wanted: int, language: str) -> str:
    """Return what a sum over districts is called: "9 districts", "8 of 11 districts"."""
    if found == wanted:
        return translate(language, "{count} districts", count=wanted)
    return translate(language, "{found} of {wanted} districts", found=found, wanted=wanted)


def rank_words(found: Ranking, code: str, language: str) -> str:
    """Return a district's rank: "Rank 3 of 11", "Rank 3 of the 8 known"; "" without a figure."""
    if code not in found.ranks:
        return ""
    return translate(language, "Rank {rank} {base}", rank=found.ranks[code], base=rank_base(found, language))


def rank_base(found: Ranking, language: str) -> str:
    """Return what a rank is of: "of 11", "of the 8 known"."""
    if found.complete:
        return translate(language, "of {count}", count=found.known)
    return translate(language, "of the {count} known", count=found.known)


def rank_note(found: Ranking, language: str) -> str:
    """Return what the ranks of a list are of, as a sentence."""
    if found.complete:
        return translate(language, "Ranks are among all {count} districts.", count=found.known)
    return translate(
        language,
        "Ranked among the {found} of {wanted} districts that have a figure.",
        found=found.known,
        wanted=len(ADCODES),
    )


def largest(found: int, wanted: int, language: str) -> str:
    """Return what the largest of some districts may be called, ``found`` of ``wanted`` having a figure; without any nobody is called so."""
    if found == 1 < wanted:
        return translate(language, "Only one of {count} known", count=wanted)
    if 0 < found < wanted:
        return translate(language, "Largest of the {count} known", count=found)
    if 0 < found == wanted < len(ADCODES):
        return translate(language, "Largest of the {count} districts", count=wanted)
    return translate(language, "Largest")


def missing(book: FigureTable, metric_id: str, period: str, adcodes: Collection[str]) -> tuple[str, ...]:
    """Return the districts that a total leaves out for want of a figure, in the order given."""
    found = measures.with_figures(book, book.metrics[metric_id], period, adcodes)
    return tuple(code for code in adcodes if code not in found)


def figures_to(book: FigureTable, language: str) -> str:
    """Return up to which year figures go: the newest that most districts have a figure of in any metric, then a newer one that only some have.

    Returns
    -------
    "2024", "2024 (some 2025)", the newest year there is where none is that well covered; "" without any.
    """
    dated = [(book.coverage(id_, period), period[:4]) for id_ in book.metrics for period in book.periods(id_)]
    dated = [(found, year) for found, year in dated if year.isdecimal()]
    newest = max((year for _, year in dated), default="")
    wide = max((year for found, year in dated if 2 * found > len(ADCODES)), default=newest)
    year = wide and wording.period(wide, language)
    return year if wide == newest else translate(language, "{year} (some {newer})", year=year, newer=newest)


def other_year(book: FigureTable, metric_id: str, period: str) -> str:
    """Return the other period whose figures a rate of a period divides by; "" where it divides by its own, or is not a rate."""
    metric = book.metrics[metric_id]
    used = measures.denominator_period(book, metric, period) if metric.kind == "rate" else None
    return used if used and used not in (period, UNDATED) else ""


def footnote(book: FigureTable, metric_id: str, period: str, language: str) -> str:
    """Return what the asterisk of :func:`amount` and :func:`metric_name` means, "" where they have none."""
    used = _used(book, metric_id, period, language)
    return translate(language, "* divided by figures of another year: {used}", used=used) if used else ""


def _used(book: FigureTable, metric_id: str, period: str, language: str) -> str:
    """Return the figures of another year that a rate divides by: "Residents, 2020"."""
    other = other_year(book, metric_id, period)
    if not other:
        return ""
    name = book.metrics[book.metrics[metric_id].denominator].name[language]
    return name + translate(language, ", ") + wording.period_label(other, language)


def metric_name(book: FigureTable, metric_id: str, period: str, language: str) -> str:
    """Return a metric's name, with an asterisk where :func:`footnote` has something to say."""
    return book.metrics[metric_id].name[language] + _star(book, metric_id, period)


def title(book: FigureTable, metric_id: str, period: str, language: str) -> str:
    """Return a metric with its period: "GDP per head* · 2023"."""
    return f"{metric_name(book, metric_id, period, language)} · {wording.period_label(period, language)}"


def amount(book: FigureTable, metric_id: str, period: str, value: float, language: str) -> str:
    """Return a value as the catalogue shows it, with an asterisk where :func:`footnote` has something to say."""
    return wording.amount(value, book.metrics[metric_id], language) + _star(book, metric_id, period)


def in_sentence(book: FigureTable, metric_id: str, period: str, value: float, language: str) -> str:
    """Return a value as the catalogue shows it, followed by the figures of another year that it divides by, where it does."""
    text, used = wording.amount(value, book.metrics[metric_id], language), _used(book, metric_id, period, language)
    return translate(language, "{name} ({detail})", name=text, detail=used) if used else text


def without_figure(book: FigureTable, metric_id: str, language: str) -> str:
    """Return what stands in place of a figure: "No data", or where two figures are needed, "Not comparable"."""
    pair = book.metrics[metric_id].kind == "change"
    return translate(language, "Not comparable") if pair else translate(language, "No data")


def shown(book: FigureTable, metric_id: str, period: str, value: float, language: str) -> str:
    """Return a value as :func:`amount` does, without its unit."""
    return wording.shown(value, book.metrics[metric_id], language) + _star(book, metric_id, period)


def _star(book: FigureTable, metric_id: str, period: str) -> str:
    """Return the asterisk of a rate that divides by figures of another year."""
    return "*" if other_year(book, metric_id, period) else ""
