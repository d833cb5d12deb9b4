"""The second sheet of the story's template: names of figures, views and cameras, in both languages, with what they stand for today."""

import itertools
from collections.abc import Iterator

from geo.fields import SLIDE_TABLE, TABLES
from geo.figures.measures import figures
from geo.figures.sentences import render
from geo.figures.table import FigureTable
from geo.schema import Atlas
from geo.translation import mark, translate

__all__ = ["explanations"]

Line = tuple[tuple[str, str, str], bool]  # what is written, Chinese, English; whether it heads those below
# Asked of the first metric that can answer in its default period, of the first district and of the city.
NAMES = (
    ("{{{metric}.city.{period}}}", mark("value of the city")),
    ("{{{metric}.{place}.{period}}}", mark("value of a district")),
    ("{{{metric}.share.{place}.{period}}}", mark("share in the city")),
    ("{{{metric}.rank.{place}.{period}}}", mark("rank among the districts")),
    (
        "{{{metric}.change.city.{period}}}",
        mark("change since the earlier period with which the most districts can be compared"),
    ),
    ("{{{metric}.since.city.{period}}}", mark("period the change is counted from")),
    ("{{{metric}.top.{period}}}", mark("district with the largest value")),
    ("{{{metric}.top_value.{period}}}", mark("that value")),
    ("{{{metric}.coverage.{period}}}", mark("number of districts with a figure")),
    ("{{{metric}.found.{period}}}", mark("the same in words")),
    ("{{{metric}.period.{period}}}", mark("the period in words")),
)
PERIODS = (
    ("2023, 2024H1, 2024Q1-Q3, 2024M05", mark("a period: year, half, quarters, month")),
    ("default", mark("the newest of the periods that cover the most districts")),
    ("latest", mark("the newest period with any figure")),
)
VIEW = (
    ("metric=gdp", mark("figure on the map")),
    ("period=2023", mark("period; without it the newest of those that cover the most districts")),
    ("since=2020", mark("the change from this period is shown instead of the figures")),
    ("tier=headquarters", mark("tier: all, headquarters, second, district")),
    ("sel=440105", mark("selected district")),
    ("scheme=quantile&k=5", mark("classification and number of classes")),
    ("palette=blues", mark("colours")),
    ("v=3", mark("locked to version 3 of the data; without it the newest")),
    ("metric=gdp&period=2023&sel=440105", mark("joined by &; can be copied from behind the “?” of an address")),
)
CHOICES = tuple(
    (code, f"{field.label['zh']}：{word.name['zh']}", f"{field.name}: {word.name['en']}")
    for field in (TABLES[SLIDE_TABLE]["map_kind"], TABLES[SLIDE_TABLE]["chart"])
    for code, word in field.values.items()
)


def explanations(atlas: Atlas) -> Iterator[Line]:
    """Yield the lines of the sheet: what can be written, and what it means in Chinese and in English."""
    figure_table = figures(atlas)
    yield (_in_both(mark("How to write it")), "中文说明", "English"), True
    yield _head(mark("Figures in sentences"), mark("in braces; computed when shown"))
    yield from _computed(atlas, figure_table)
    yield _head(mark("Periods"), mark("at the end of a name"))
    yield from (((name, *_words(text)), False) for name, text in PERIODS)
    yield _head(mark("Metrics"), mark("at the beginning of a name"))
    yield from (((id_, one.name["zh"], one.name["en"]), False) for id_, one in atlas.metrics.items())
    yield from _recorded(atlas, figure_table)
    yield _head(mark("Views"), mark("column “view”"))
    yield from (((part, *_words(text)), False) for part, text in VIEW)
    yield from _cameras(atlas)
    yield _head(mark("Maps and charts"), mark("columns “map_kind” and “chart”"))
    yield from ((line, False) for line in CHOICES)


def _computed(atlas: Atlas, figure_table: FigureTable) -> Iterator[Line]:
    """Yield names of figures that are computed, each with an example of the first metric that has one."""
    place = atlas.districts["adcode"].iloc[0]
    for pattern, text in NAMES:
        names = (
            pattern.format(metric=id_, period=figure_table.default_period(id_), place=place)
            for id_ in figure_table.metrics
        )
        yield from itertools.islice(
            itertools.chain.from_iterable(_example(name, *_words(text), atlas, figure_table) for name in names), 1
        )
    for tier, text in (("all", mark("number of clusters")), ("district", mark("number of district clusters"))):
        yield from _example(f"{{clusters.{tier}}}", *_words(text), atlas, figure_table)


def _words(text: str) -> tuple[str, str]:
    """Return a text in Chinese and in English."""
    return translate("zh", text), text


def _in_both(text: str) -> str:
    """Return a text in Chinese and in English, for one cell."""
    return " ".join(_words(text))


def _head(title: str, text: str) -> Line:
    """Return a line that heads those below."""
    return (_in_both(title), *_words(text)), True


def _example(name: str, chinese: str, english: str, atlas: Atlas, figure_table: FigureTable) -> Iterator[Line]:
    """Yield a name with what it means and what it stands for today, if the data have it."""
    zh, en = (render(name, atlas, figure_table, language) for language in ("zh", "en"))
    if not zh.gaps:
        yield (name, f"{chinese}：{zh.text}", f"{english}: {en.text}"), False


def _recorded(atlas: Atlas, figure_table: FigureTable) -> Iterator[Line]:
    """Yield names of what sources state: figures, dates of events, dates of documents."""
    yield _head(mark("Stated figures"), mark("with .period the period it is stated for"))
    for row in atlas.statements.itertuples():
        yield from _example(
            f"{{statement.{row.statement_id}}}", str(row.text_zh), str(row.text_en), atlas, figure_table
        )
    yield _head(mark("Dates of companies"), mark("company, cluster, status"))
    for row in atlas.tenants[atlas.tenants["date"] != ""].itertuples():
        name = f"{{tenant.{row.company_id}.{row.cluster_id}.{row.status}}}"
        yield from _example(name, str(row.company_zh), str(row.company_en), atlas, figure_table)
    yield _head(mark("Dates of sources"), mark("date of a document or page"))
    for row in atlas.sources[atlas.sources["date"] != ""].itertuples():
        yield from _example(f"{{source.{row.Index}}}", str(row.document_zh), str(row.document_en), atlas, figure_table)


def _cameras(atlas: Atlas) -> Iterator[Line]:
    """Yield what the map can look at."""
    yield _head(mark("Cameras"), mark("column “camera”: what the map looks at"))
    yield (("city", *_words(mark("the whole city"))), False)
    yield from (((row.cluster_id, row.name_zh, row.name_en), False) for row in atlas.zones.itertuples())
    yield from (((row.adcode, row.name_zh, row.name_en), False) for row in atlas.districts.itertuples())
    yield (("113.2,22.9,113.5,23.2", *_words(mark("west, south, east, north in degrees"))), False)
