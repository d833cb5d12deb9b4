"""Figures, periods, dates and sources in words, in a language that is given."""

import datetime
import functools
import math
import re
from collections.abc import Iterable, Mapping

from babel.dates import format_date
from babel.numbers import format_decimal

from geo.fields import LANGUAGES, TABLES, word_name
from geo.periods import months
from geo.schema import PAIR, UNDATED, Atlas, DisplayFormat, Metric
from geo.translation import mark, translate

__all__ = [
    "QUALIFIERS",
    "amount",
    "date",
    "format_stated",
    "format_value",
    "halves",
    "host_name",
    "listing",
    "number",
    "percent",
    "period",
    "period_label",
    "quality_name",
    "range_text",
    "signed",
    "source_name",
    "source_names",
    "together",
    "unit_name",
]

LOCALES = {"en": "en", "zh": "zh_Hans_CN"}
# Units of stated figures as English writes them: pattern, factor, decimals.
STATED_EN = {
    "亿元": ("RMB {} bn", 0.1, 2),
    "万亿元": ("RMB {} trillion", 1, 0),
    "%": ("{}%", 1, 2),
    "km²": ("{} km²", 1, 1),
    "家": ("{}", 1, 0),
    "个": ("{}", 1, 0),
}
STATED_ZH = {"km²": "平方公里"}  # Chinese keeps all other units of the source
QUALIFIERS: Mapping[str, Mapping[str, str]] = {
    language: {
        code: f"{word.name[language]} ".lstrip() for code, word in TABLES["statements.csv"]["qualifier"].values.items()
    }
    for language in LANGUAGES
}
_PERIODS = {  # inside a sentence
    "year": mark("{year}"), "H1": mark("the first half of {year}"), "H2": mark("the second half of {year}"),
    "Q": mark("Q{first} of {year}"), "Q-Q": mark("Q{first} to Q{last} of {year}"), UNDATED: mark("an undated year"),
    "M": mark("{last} {year}"), "M-M": mark("{first} to {last} {year}"),
}  # fmt: skip
_LABELS = {  # a year is its own
    "H1": mark("first half of {year}"), "H2": mark("second half of {year}"),
    "Q": _PERIODS["Q"], "Q-Q": _PERIODS["Q-Q"], "M": _PERIODS["M"], "M-M": mark("{first}–{last} {year}"), UNDATED: mark("undated"),
}  # fmt: skip
_HAN = re.compile("[\u4e00-\u9fff]")
SEPARATORS = {"en": ", ", "zh": "、"}  # between the entries of a list
DATES = {"en": ("d MMMM y", "MMMM y", "y"), "zh": ("y 年 M 月 d 日", "y 年 M 月", "y 年")}


# Units of the catalogue as English names them, in words that the data desk reads back.
UNITS_EN = {
    "亿元": "RMB 100 million", "元": "RMB", "人": "people", "人/km²": "people/km²", "家": "companies", "百分点": "percentage points",
    "km²": "km²", "%": "%",
}  # fmt: skip


def quality_name(code: str, language: str) -> str:
    """Return how sure a figure is, in words that the data desk reads back; a word that is none stays as it is."""
    return word_name("indicators.csv", "quality", code, language)


def host_name(code: str, language: str) -> str:
    """Return what kind of host an address is on."""
    return word_name("sources.csv", "host", code, language)


def unit_name(unit: str, language: str) -> str:
    """Return the name of a unit of the catalogue; one that has no English name keeps its own."""
    return unit if language == "zh" else UNITS_EN.get(unit, unit)


@functools.lru_cache(maxsize=4096)
def number(value: float, decimals: int, language: str) -> str:
    """Return a number with grouping and fixed decimals; kept, because the same few dozen are written again and again."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(value, format=pattern, locale=LOCALES[language])


def amount(value: float, metric: Metric, language: str) -> str:
    """Return a value of a metric, in its catalogue unit, as the catalogue shows it: scaled and with its unit.

    Examples
    --------
    >>> amount(6551.26, atlas.metrics["gdp"], "en"), amount(6551.26, atlas.metrics["gdp"], "zh")
    ('RMB 655.1 bn', '6,551.3 亿元')
    """
    show = metric.show[language]
    return _with_sign((show.pattern or "{} " + show.unit).format(_digits(value, show, language)), value, show)


def format_value(value: float, metric: Metric, language: str) -> str:
    """Return a value of a metric scaled to the shown unit, without the unit."""
    show = metric.show[language]
    return _with_sign(_digits(value, show, language), value, show)


def _digits(value: float, show: DisplayFormat, language: str) -> str:
    """Return a scaled number; without its sign where that stands in front of the unit too."""
    return number((abs(value) if show.signed else value) * show.scale, show.decimals, language)


def _with_sign(text: str, value: float, show: DisplayFormat) -> str:
    """Return a text with the sign of its value where a plus is written too; what is written as zero has none."""
    return signed(text, round(value * show.scale, show.decimals)) if show.signed else text


def range_text(low: float, high: float, metric: Metric, language: str) -> str:
    """Return the limits of a class in the shown unit, without the unit."""
    first, last = (format_value(value, metric, language) for value in (low, high))
    return first if first == last else f"{first} – {last}"


def percent(value: float, language: str, decimals: int = 1) -> str:
    """Return a share or growth, 1 being 100 %."""
    return number(value * 100, decimals, language) + "%"


def signed(text: str, value: float) -> str:
    """Return the text of an absolute value with a sign: a true minus, or a plus."""
    return ("+" if value > 0 else "\u2212" if value < 0 else "") + text


def format_stated(value: float, unit: str, language: str, head: str = "") -> str:
    """Return a figure as a source states it, with its unit, behind a ``head`` such as "more than "; "" where it states none (NaN)."""
    if math.isnan(value):
        return ""
    if language == "zh":
        return (
            head
            + format_decimal(value, locale=LOCALES["zh"])
            + ("" if unit == "%" else " ")
            + STATED_ZH.get(unit, unit)
        )
    pattern, factor, decimals = STATED_EN.get(unit, ("{} " + unit, 1, 2))
    return head + pattern.format(format_decimal(round(value * factor, decimals), locale=LOCALES["en"]))


def period(code: str, language: str) -> str:
    """Return a period inside a sentence: 2023, the first half of 2024, Q1 to Q3 of 2024, January to May 2024; both of a pair: 2020 → 2023."""
    return _period_in(code, language, _PERIODS, "MMMM")


def period_label(code: str, language: str) -> str:
    """Return a period as a label: 2023, first half of 2024, Jan–May 2024, "undated"; both of a pair: 2020 → 2023."""
    return _period_in(code, language, _LABELS, "MMM")


def _period_in(code: str, language: str, texts: Mapping[str, str], month: str) -> str:
    """Return a period in one of the two ways; ``month`` is how English writes the name of one, which Chinese numbers."""
    if PAIR in code:
        return " → ".join(_period_in(part, language, texts, month) for part in code.split(PAIR))
    found = months(code)
    if not found:
        return translate(language, texts[UNDATED])
    shape = code[4:] if "H" in code else re.sub(r"\d", "", code[4:]) or "year"
    ends: list[object] = [found.first, found.last]
    if shape[0] == "Q":
        ends = [(number + 2) // 3 for number in (found.first, found.last)]
    elif shape[0] == "M" and language == "en":
        ends = [format_date(datetime.date(found.year, n, 1), month, locale="en") for n in (found.first, found.last)]
    return code if shape not in texts else translate(language, texts[shape], year=code[:4], first=ends[0], last=ends[1])


def source_name(source: object, language: str) -> str:
    """Return publisher, document and date of a row of ``sources.csv``."""
    row: dict[str, str] = {
        name: str(getattr(source, name)) for name in (f"publisher_{language}", f"document_{language}", "date", "host")
    }
    publisher, document = row[f"publisher_{language}"], row[f"document_{language}"]
    name = translate(language, "{publisher}: {document}", publisher=publisher, document=document)
    copy = translate(language, " (as reposted)") if row["host"] == "copy" else ""
    return name + (translate(language, ", ") + row["date"] if row["date"] else "") + copy


def source_names(source_ids: Iterable[str], atlas: Atlas, language: str) -> tuple[str, ...]:
    """Return sources for reading, each once, in order."""
    rows = atlas.sources
    return tuple(source_name(rows.loc[id_], language) for id_ in dict.fromkeys(source_ids) if id_ in rows.index)


def halves(note: str) -> dict[str, str]:
    """Return a note that says the same in both languages, "rounded / 取整", by language; any other is the same in each.

    Examples
    --------
    >>> halves("rounded / 取整"), halves("1 / 2")
    ({'en': 'rounded', 'zh': '取整'}, {'en': '1 / 2', 'zh': '1 / 2'})
    """
    if note.count(" / ") > 1 and "; " in note:  # of both ends of a change
        parts = [halves(part) for part in note.split("; ")]
        return {language: "; ".join(part[language] for part in parts) for language in LANGUAGES}
    english, _, chinese = note.partition(" / ")
    if _HAN.search(chinese) and not _HAN.search(english):
        return {"en": english, "zh": chinese}
    return {"en": note, "zh": note}


def listing(entries: Iterable[str], language: str) -> str:
    """Return the entries of a list one after another: "Huadu, Nansha"; Chinese sets 、 between them."""
    return SEPARATORS[language].join(entries)


def together(names: Iterable[str], language: str) -> str:
    """Return names as a sentence says them together: "Huadu and Nansha"; Chinese sets 、 between them."""
    return translate(language, " and ").join(names)


def date(text: str, language: str) -> str:
    """Return a date of a data file, to the day, month or year: 14 April 2019, April 2019, 2019."""
    parts = [int(part) for part in text.split("-")]
    pattern = DATES[language][3 - len(parts)]
    return format_date(datetime.date(*(*parts, 1, 1)[:3]), format=pattern, locale=LOCALES[language])
