"""The second sheet of the story's template: names of figures, views and cameras, in both languages, with what they stand for today."""

import itertools
from collections.abc import Iterator

from geo.fields import SLIDE_TABLE, TABLES
from geo.figures.measures import figures
from geo.figures.sentences import render
from geo.figures.table import FigureTable
from geo.schema import Atlas

__all__ = ["explanations"]

Line = tuple[tuple[str, str, str], bool]  # what is written, Chinese, English; whether it heads those below
# Asked of the first metric that can answer in its default period, of the first district and of the city.
NAMES = (
    ("{{{metric}.city.{period}}}", "全市数值", "value of the city"),
    ("{{{metric}.{place}.{period}}}", "某区数值", "value of a district"),
    ("{{{metric}.share.{place}.{period}}}", "占全市比重", "share in the city"),
    ("{{{metric}.rank.{place}.{period}}}", "在各区中的位次", "rank among the districts"),
    (
        "{{{metric}.change.city.{period}}}",
        "较可比区最多的更早时期增减",
        "change since the earlier period with which the most districts can be compared",
    ),
    ("{{{metric}.since.city.{period}}}", "增减所比较的时期", "period the change is counted from"),
    ("{{{metric}.top.{period}}}", "数值最大的区", "district with the largest value"),
    ("{{{metric}.top_value.{period}}}", "最大的数值", "that value"),
    ("{{{metric}.coverage.{period}}}", "有数据的区数", "number of districts with a figure"),
    ("{{{metric}.found.{period}}}", "有数据的区数，写成词语", "the same in words"),
    ("{{{metric}.period.{period}}}", "时期的文字", "the period in words"),
)
PERIODS = (
    ("2023, 2024H1, 2024Q1-Q3", "时期：年、半年、季度", "a period: year, half, quarters"),
    ("default", "覆盖区数最多的最新时期", "the newest of the periods that cover the most districts"),
    ("latest", "有任何数据的最新时期", "the newest period with any figure"),
)
VIEW = (
    ("metric=gdp", "指标", "figure on the map"),
    ("period=2023", "时期；不写时自动取覆盖区数最多的最新时期", "period; without it the newest of those that cover the most districts"),
    ("since=2020", "显示自此时期以来的变化，代替数据本身", "the change from this period is shown instead of the figures"),
    ("tier=headquarters", "层级：all、headquarters、second、district", "tier: all, headquarters, second, district"),
    ("sel=440105", "选中的区", "selected district"),
    ("scheme=quantile&k=5", "分级方法与级数", "classification and number of classes"),
    ("palette=blues", "配色", "colours"),
    ("v=3", "锁定到第 3 版数据；不写时随最新数据更新", "locked to version 3 of the data; without it the newest"),
    ("metric=gdp&period=2023&sel=440105", "用 & 连接；可从网址中“?”之后复制", "joined by &; can be copied from behind the “?” of an address"),
)  # fmt: skip
CHOICES = tuple(
    (code, f"{field.label['zh']}：{word.name['zh']}", f"{field.name}: {word.name['en']}")
    for field in (TABLES[SLIDE_TABLE]["picture"], TABLES[SLIDE_TABLE]["chart"])
    for code, word in field.values.items()
)


def explanations(atlas: Atlas) -> Iterator[Line]:
    """Yield the lines of the sheet: what can be written, and what it means in Chinese and in English."""
    book = figures(atlas)
    yield ("写法 How to write it", "中文说明", "English"), True
    yield (
        (
            "正文、标题和讲稿中的数字 Figures in sentences",
            "写在花括号中，显示时自动计算",
            "in braces; computed when shown",
        ),
        True,
    )
    yield from _computed(atlas, book)
    yield ("时期的写法 Periods", "写在数据名称的最后", "at the end of a name"), True
    yield from ((line, False) for line in PERIODS)
    yield ("指标 Metrics", "写在数据名称的最前", "at the beginning of a name"), True
    yield from (((id_, one.name["zh"], one.name["en"]), False) for id_, one in atlas.metrics.items())
    yield from _recorded(atlas, book)
    yield ("视图 Views", "“视图”一列", "column “view”"), True
    yield from ((line, False) for line in VIEW)
    yield from _cameras(atlas)
    yield ("图与图表 Pictures and charts", "“图”“图表”两列", "columns “picture” and “chart”"), True
    yield from ((line, False) for line in CHOICES)


def _computed(atlas: Atlas, book: FigureTable) -> Iterator[Line]:
    """Yield names of figures that are computed, each with an example of the first metric that has one."""
    place = atlas.districts["adcode"].iloc[0]
    for pattern, chinese, english in NAMES:
        names = (pattern.format(metric=id_, period=book.default_period(id_), place=place) for id_ in book.metrics)
        yield from itertools.islice(
            itertools.chain.from_iterable(_example(name, chinese, english, atlas, book) for name in names), 1
        )
    for tier, chinese, english in (
        ("all", "集聚区总数", "number of clusters"),
        ("district", "各区集聚区数", "number of district clusters"),
    ):
        yield from _example(f"{{clusters.{tier}}}", chinese, english, atlas, book)


def _example(name: str, chinese: str, english: str, atlas: Atlas, book: FigureTable) -> Iterator[Line]:
    """Yield a name with what it means and what it stands for today, if the data have it."""
    zh, en = (render(name, atlas, book, language) for language in ("zh", "en"))
    if not zh.gaps:
        yield (name, f"{chinese}：{zh.text}", f"{english}: {en.text}"), False


def _recorded(atlas: Atlas, book: FigureTable) -> Iterator[Line]:
    """Yield names of what sources state: figures, dates of events, dates of documents."""
    yield ("来源所述的数据 Stated figures", "加 .period 为所属时期", "with .period the period it is stated for"), True
    for row in atlas.statements.itertuples():
        yield from _example(f"{{statement.{row.statement_id}}}", str(row.text_zh), str(row.text_en), atlas, book)
    yield ("企业动态的日期 Dates of companies", "企业、集聚区、状态", "company, cluster, status"), True
    for row in atlas.tenants[atlas.tenants["date"] != ""].itertuples():
        name = f"{{tenant.{row.company_id}.{row.cluster_id}.{row.status}}}"
        yield from _example(name, str(row.company_zh), str(row.company_en), atlas, book)
    yield ("来源的日期 Dates of sources", "文件或网页的日期", "date of a document or page"), True
    for row in atlas.sources[atlas.sources["date"] != ""].itertuples():
        yield from _example(f"{{source.{row.Index}}}", str(row.document_zh), str(row.document_en), atlas, book)


def _cameras(atlas: Atlas) -> Iterator[Line]:
    """Yield what the map can look at."""
    yield ("镜头 Cameras", "“镜头”一列：地图范围", "column “camera”: what the map looks at"), True
    yield ("city", "全市", "the whole city"), False
    yield from (((row.cluster_id, row.name_zh, row.name_en), False) for row in atlas.zones.itertuples())
    yield from (((row.adcode, row.name_zh, row.name_en), False) for row in atlas.districts.itertuples())
    yield ("113.2,22.9,113.5,23.2", "西、南、东、北边界的经纬度", "west, south, east, north in degrees"), False
