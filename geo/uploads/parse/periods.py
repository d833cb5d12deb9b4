"""Periods as people write them, turned into the form of the catalogue: 2023, 2023H1, 2024Q1-Q3, 2024M05, 2024M01-M05."""

import re
from functools import lru_cache

from geo.periods import UNDATED, is_monthly, is_year, months, name_of
from geo.uploads.bounds import MAX_NAME
from geo.uploads.parse.words import plain

__all__ = [
    "EARLIEST",
    "LATEST",
    "THIS_PERIOD",
    "TO",
    "WHOLE_YEAR",
    "YEAR_BEFORE",
    "is_part_of_year",
    "joined_period",
    "period_of_cell",
    "periods_in",
    "read_period",
    "split_period",
    "up_to",
]

EARLIEST, LATEST = 1900, 2100  # a year outside is a slip of the keyboard
NO_PERIOD = {"undated", "未注明", "未注明日期", "未注明年份", "未标明", "不详", "无日期", "n.d.", "nd"}
# Parts of a year that are all of it.
WHOLE_YEAR = frozenset({"", "全年", "年", "年度", "年报", "年末", "年底", "合计", "year", "annual", "fullyear", "fy"})
# Headings that the month of the title completes: that month alone, or the months up to it.
THIS_MONTH = frozenset(
    {"本月", "当月", "本月数", "当月数", "本月值", "当月值", "本月实绩", "thismonth", "currentmonth"}
)
TO_DATE = frozenset({
    "累计", "累计数", "本月累计", "本月止累计", "本月末累计", "本年累计", "本年止累计", "1-本月", "1-本月累计", "1至本月", "1至本月累计",
    "年初累计", "自年初累计", "ytd",
})  # fmt: skip
# Headings that the period of the title completes, of whatever length: that period, or the same a year before.
THIS_PERIOD = frozenset({"本期", "本期数", "本年", "本年数", "今年", "thisperiod", "currentperiod"})
YEAR_BEFORE = frozenset(
    {
        "上年同期",
        "上年同期数",
        "上年同期值",
        "去年同期",
        "去年同期数",
        "上年",
        "上年数",
        "去年",
        "sameperiodlastyear",
        "lastyear",
    }
)
_COMPLETED = THIS_MONTH | TO_DATE | THIS_PERIOD | YEAR_BEFORE
CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
NUMBERS = {
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
    "十一": 11,
    "十二": 12,
    "两": 2,
}
_ENGLISH = (
    "jan(?:uary)?", "feb(?:ruary)?", "mar(?:ch)?", "apr(?:il)?", "may", "june?", "july?", "aug(?:ust)?", "sept?(?:ember)?",
    "oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?",
)  # fmt: skip
MONTHS = {name[:3]: number for number, name in enumerate(_ENGLISH, 1)}
TO = r"(?:-|–|—|~|至|到|to|\.\.)"
YEAR = r"(?P<year>[12][0-9]{3})"
MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
NAME = rf"(?:{'|'.join(_ENGLISH)})\.?"
SUM = r"(?P<sum>[止末]?累计[数值]?|ytd|cumulative)"  # 2024年5月累计: from January
FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{YEAR}(?:\.0)?(?:年度?|年?全年|年?末|年底|年年末)?(?:累计|合计)?",
        rf"(?:fy|year){YEAR}",
        rf"{YEAR}(?:年|-)?(?P<half>上半年|下半年|h1|h2|1h|2h)(?:累计)?",
        rf"(?P<half>h1|h2|1h|2h|firsthalfof|secondhalfof|firsthalf|secondhalf){YEAR}",
        rf"{YEAR}(?:年|-)?(?:第?(?P<quarter>[一二三四1-4])季度?|q(?P<q>[1-4])){SUM}?",
        rf"(?:q(?P<quarter>[1-4])|(?P<q>[1-4])q)(?:of)?{YEAR}",
        rf"{YEAR}(?:年|-)?前(?P<until>[一二两三四1-4])个?季度?",
        rf"{YEAR}(?:年|-)?q(?P<first>[1-4]){TO}q?(?P<last>[1-4])",
        rf"q(?P<first>[1-4]){TO}q?(?P<last>[1-4])(?:of)?{YEAR}",
        rf"{YEAR}年?第?(?P<first>[一二三四1-4])(?:季度?)?{TO}第?(?P<last>[一二三四1-4])季度?",
        rf"{YEAR}(?:年度?|\.)(?P<start>{MONTH})月?{TO}(?P<end>{MONTH})月份?{SUM}?",
        rf"{YEAR}年?前(?P<upto>{MONTH}|两)个?月{SUM}?",
        rf"{YEAR}年?(?P<month>{MONTH})月份?(?:[末底]|当月|单月|{SUM})?",
        rf"{YEAR}[-/.](?P<month>{MONTH})月份?{SUM}?",
        rf"{YEAR}[-/](?P<month>[01]?[0-9])",
        rf"{YEAR}m(?P<month>[01]?[0-9])(?:{TO}m?(?P<end>[01]?[0-9]))?",
        rf"(?P<start>{NAME}){TO}(?P<end>{NAME}),?{YEAR}{SUM}?",
        rf"{SUM}?(?P<month>{NAME})(?:,|of|-)?{YEAR}",
        rf"{YEAR}(?:年|-)?(?P<month>{NAME})(?:{TO}(?P<end>{NAME}))?",
    )
)
CENSUS = re.compile("第?([五六七])(?:次(?:全国)?人口普查|普)")
CENSUSES = {"五": "2000", "六": "2010", "七": "2020"}
DATE = re.compile(rf"{YEAR}(?:年|-|/|\.)[01]?[0-9](?:月|-|/|\.)[0-3]?[0-9]日?(?:t?[0-9:.]+)?")
_SPACED_TO = rf"\s*{TO}\s*"
SEARCHED = re.compile(
    rf"(?:fy|h[12]|[12]h|q[1-4]|first half of|second half of|\b{NAME}(?:{_SPACED_TO}{NAME})?)?\s*(?<![0-9.]){YEAR}(?![0-9])(?![.,][0-9])"
    rf"(?:\s*(?:年度?)?\s*(?:全年|年?末|底|上半年|下半年|前[一二两三四1-4]个?季度|第?[一二三四1-4](?:{TO}[一二三四1-4])?季度?"
    rf"|前(?:{MONTH}|两)个?月|{MONTH}月?{TO}{MONTH}\s*月份?|{MONTH}月份?(?:[末底](?!累))?|-?h[12]|-?q[1-4](?:{TO}q?[1-4])?|m[01][0-9](?:-m[01][0-9])?)|年度?)?"
    r"(?:[止末]?累计值?)?"
    r"|[二一][〇零○一二三四五六七八九]{3}年"
)
CHINESE_YEAR = re.compile("[二一][〇零○一二三四五六七八九]{3}(?=年)")
GAP = re.compile(r"(?<=[年月度])\s+(?=[0-9前第至~—-])|(?<=[0-9])\s+(?=[年月季])")
PART = re.compile(  # what follows a year that stands for less than the year, or for a document: 前11个月, 1、2月, -03-15, 〕15号
    r"年?度?[前第]?[0-9一二三四五六七八九十]+(?:[、,~至—-]+[0-9一二三四五六七八九十]+)*个?(?:月|季)|年?[上下]半|[-/.][0-9]|[]〕)］]\s*第?[0-9]+\s*号"
)
MORE = re.compile(  # what follows a month that is one of several, or of a day: 5月、6月; 5月15日
    rf"\s*(?:[0-3]?[0-9]|[一二三四五六七八九十]+)\s*[日号]|\s*(?:[、,和及与]|{TO})\s*(?:[12][0-9]{{3}}年)?{MONTH}月"
)


@lru_cache(maxsize=4096)
def read_period(text: str) -> tuple[str, str]:
    """Return the period a text names and the code of what is wrong with it, one of them empty.

    Examples
    --------
    >>> read_period("2023年1—6月"), read_period("2024年1-5月"), read_period("2023年3-5月")
    (('2023H1', ''), ('2024M01-M05', ''), ('', 'period_of_months'))
    """
    if len(text) > MAX_NAME:
        return "", "period_unknown"
    word = _word(text)
    if word in NO_PERIOD:
        return UNDATED, ""
    if re.fullmatch(r"[二一][〇零○一二三四五六七八九]{3}年?.*", word):
        word = word[:4].translate(CHINESE_DIGITS) + word[4:]
    for form in FORMS:
        found = form.fullmatch(word)
        if found and EARLIEST <= int(found["year"]) <= LATEST:
            period = _period(found.groupdict())
            return period, "" if period else "period_of_months"
    return "", "period_is_date" if DATE.fullmatch(word) else "period_unknown"


def period_of_cell(text: str) -> tuple[str, str]:
    """Return what :func:`read_period` does for a cell where periods stand: digits that are a figure elsewhere, 202405 or 2024.05, are a month there.

    2024.5 is none: a spreadsheet makes 2024.1 of October, too.
    """
    digits = re.fullmatch(rf"{YEAR}\.?(?P<month>0[1-9]|1[0-2])", plain(text))
    return read_period(f"{digits['year']}-{digits['month']}" if digits else text)


def up_to(period: str, heading: str) -> str:
    """Return the period of a column headed 本月, 累计, 本期 or 上年同期 under a title that names a period; "" where that lacks a month, and for other headings.

    Examples
    --------
    >>> up_to("2024M11", "本月"), up_to("2024M11", "本月止累计"), up_to("2024Q1-Q3", "累计"), up_to("2024", "累计")
    ('2024M11', '2024M01-M11', '2024Q1-Q3', '')
    >>> up_to("2024M11", "上年同期"), up_to("2024", "本年")
    ('2023M11', '2024')
    """
    covered, word = months(period), _word(heading)
    if covered and word in THIS_PERIOD | YEAR_BEFORE:
        return f"{covered.year - (word in YEAR_BEFORE)}{period[4:]}"
    if covered is None or is_year(period) or not (word in THIS_MONTH or word in TO_DATE):
        return ""
    return name_of(period[:4], covered.last if word in THIS_MONTH else 1, covered.last)


def joined_period(year: str, part: str, heading: str) -> tuple[str, str]:
    """Return the period that a year and a part of it name together, and the code of what is wrong with it, one of them empty.

    Parameters
    ----------
    year, part
        Cells of two columns of one row; a part may name its year itself, and "全年" or nothing stands for all of it.
    heading
        Of the column of parts: it says what a bare number counts.

    Examples
    --------
    >>> joined_period("2025", "二季度", "季度"), joined_period("2025年", "2", "季度"), joined_period("2025", "全年", "报告期别")
    (('2025Q2', ''), ('2025Q2', ''), ('2025', ''))
    >>> joined_period("2025", "2024Q2", "季度")
    ('', 'period_parts_differ')
    """
    whole, wrong = read_period(year) if plain(year) else ("", "")
    word = _word(part)
    if wrong or word in WHOLE_YEAR:
        return whole, wrong
    if word in _COMPLETED:
        period = "" if is_year(whole) and word in THIS_MONTH | TO_DATE else up_to(whole, part)
        return period, "" if period else "period_unknown"
    alone, _ = period_of_cell(part)
    if alone:
        fits = not whole or alone == whole or (is_year(whole) and alone.startswith(whole))
        return (alone, "") if fits else ("", "period_parts_differ")
    if re.fullmatch(rf"[0-9]{{1,2}}(?:\.0|{TO}[0-9]{{1,2}})?", word):
        word = _numbered(word.removesuffix(".0"), heading)
    return read_period(f"{whole}年{word}") if is_year(whole) else ("", "period_parts_differ")


def _numbered(numbers: str, heading: str) -> str:
    """Return the part of the year that a bare number, or two, are under a heading; "?" where that does not say what they count."""
    bare = numbers.lstrip("0")
    for counts, word in (("季|quarter", f"{bare}季度"), ("半年|half", f"h{bare}"), ("月|month", f"{bare}月")):
        if re.search(counts, heading.casefold()):
            return word
    return "?"


def _word(text: str) -> str:
    """Return a text as it is compared: plain, in small letters, without blanks."""
    return re.sub(r"\s", "", plain(text).casefold())


def is_part_of_year(text: str) -> bool:
    """Whether a text names a part of a year and no year: 上半年, Q1, 1-6月, 5月, 全年, 本月止累计.

    Examples
    --------
    >>> is_part_of_year("上半年"), is_part_of_year("2023上半年"), is_part_of_year("7"), is_part_of_year("")
    (True, False, False, False)
    """
    word = _word(text)
    if not word or len(word) > MAX_NAME or word.isdecimal() or read_period(text)[0]:
        return False
    if word in _COMPLETED:
        return True
    return word not in ("year", "合计") and not joined_period("2000", text, "")[1]  # those two head other columns


def periods_in(text: str) -> tuple[str, ...]:
    """Return the distinct periods a title names; a year or month of which it goes on to name a part that is none, or a day, is none."""
    if read_period(text)[0]:
        return (read_period(text)[0],)
    title = CHINESE_YEAR.sub(lambda year: year[0].translate(CHINESE_DIGITS), GAP.sub("", plain(text).casefold()))
    found = ((read_period(match[0])[0], match.end()) for match in SEARCHED.finditer(title))
    return tuple(dict.fromkeys(period for period, end in found if period and not _goes_on(period, title, end)))


def _goes_on(period: str, title: str, end: int) -> bool:
    """Whether a title says behind a period that it is another."""
    if is_year(period):
        return PART.match(title, end) is not None
    return is_monthly(period) and MORE.match(title, end) is not None


def split_period(text: str) -> tuple[str, str, str]:
    """Return a plain heading without the period it names, that period, and the code of what is wrong with it."""
    if read_period(text)[0]:
        return "", *read_period(text)
    if census := CENSUS.search(text):
        return CENSUS.sub("", text, count=1), CENSUSES[census[1]], ""
    for match in SEARCHED.finditer(text.casefold()):
        period, wrong = read_period(match[0])
        if (period or wrong == "period_of_months") and len(text) == len(text.casefold()):
            return (text[: match.start()] + " " + text[match.end() :]).strip(" _-,.;:/年"), period, wrong
    return text, "", ""


def _period(part: dict[str, str | None]) -> str:
    """Return the period of the parts of a text that was understood, "" for months that the catalogue has no name for."""
    year = part["year"] or ""
    if half := part.get("half"):
        return f"{year}H{2 if half[0] in '2下s' or half[-1] == '2' else 1}"
    if quarter := part.get("quarter") or part.get("q") or part.get("first"):
        return name_of(
            year, 1 if part.get("sum") else 3 * _number(quarter) - 2, 3 * _number(part.get("last") or quarter)
        )
    if until := part.get("until"):
        return name_of(year, 1, 3 * _number(until))
    if upto := part.get("upto"):
        return name_of(year, 1, _number(upto))
    if month := part.get("start") or part.get("month"):
        end = part.get("end") or month
        return name_of(year, 1 if part.get("sum") and not part.get("start") else _number(month), _number(end))
    return year


def _number(word: str) -> int:
    """Return the number of a quarter or month, 0 for a word that is none."""
    return int(word) if word.isdecimal() else NUMBERS.get(word) or MONTHS.get(word[:3], 0)
