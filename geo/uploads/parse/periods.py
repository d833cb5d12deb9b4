"""Periods as people write them, turned into the form of the catalogue: 2023, 2023H1, 2024Q1-Q3."""

import re
from functools import lru_cache

from geo.schema import PERIOD, UNDATED
from geo.uploads.bounds import MAX_NAME
from geo.uploads.parse.words import plain

__all__ = ["EARLIEST", "LATEST", "is_part_of_year", "joined_period", "periods_in", "read_period", "split_period"]

EARLIEST, LATEST = 1900, 2100  # a year outside is a slip of the keyboard
NO_PERIOD = {"undated", "未注明", "未注明日期", "未注明年份", "未标明", "不详", "无日期", "n.d.", "nd"}
# Parts of a year that are all of it.
WHOLE_YEAR = frozenset({"", "全年", "年", "年度", "年报", "年末", "年底", "合计", "year", "annual", "fullyear", "fy"})
CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "两": 2} | {str(number): number for number in range(1, 5)}
MONTHS = {
    name: n
    for n, name in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)
}
TO = r"(?:-|–|—|~|至|到|to|\.\.)"
YEAR = r"(?P<year>[12][0-9]{3})"
FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{YEAR}(?:\.0)?(?:年度?|年?全年|年?末|年底|年年末)?(?:累计|合计)?",
        rf"(?:fy|year){YEAR}",
        rf"{YEAR}(?:年|-)?(?P<half>上半年|下半年|h1|h2|1h|2h)(?:累计)?",
        rf"(?P<half>h1|h2|1h|2h|firsthalfof|secondhalfof|firsthalf|secondhalf){YEAR}",
        rf"{YEAR}(?:年|-)?(?:第?(?P<quarter>[一二三四1-4])季度?|q(?P<q>[1-4]))(?:累计)?",
        rf"(?:q(?P<quarter>[1-4])|(?P<q>[1-4])q)(?:of)?{YEAR}",
        rf"{YEAR}(?:年|-)?前(?P<until>[一二两三四1-4])个?季度?",
        rf"{YEAR}(?:年|-)?q(?P<first>[1-4]){TO}q?(?P<last>[1-4])",
        rf"q(?P<first>[1-4]){TO}q?(?P<last>[1-4])(?:of)?{YEAR}",
        rf"{YEAR}年?第?(?P<first>[一二三四1-4])(?:季度?)?{TO}第?(?P<last>[一二三四1-4])季度?",
    )
)
MONTH_RANGE = re.compile(rf"{YEAR}(?:年|\.)(?P<start>[01]?[0-9])月?{TO}(?P<end>[01]?[0-9])月?份?(?:累计)?")
MONTH_NAMES = re.compile(rf"(?P<start>[a-z]{{3}})[a-z]{{0,6}}\.?{TO}(?P<end>[a-z]{{3}})[a-z]{{0,6}}\.?,?{YEAR}")
ONE_MONTH = re.compile(rf"{YEAR}(?:年|-|/|\.)[01]?[0-9]月?份?")
DATE = re.compile(rf"{YEAR}(?:年|-|/|\.)[01]?[0-9](?:月|-|/|\.)[0-3]?[0-9]日?(?:t?[0-9:.]+)?")
SEARCHED = re.compile(
    rf"(?:fy|h[12]|[12]h|q[1-4]|first half of|second half of|[a-z]{{3,9}}-[a-z]{{3,9}})?\s*(?<![0-9.]){YEAR}(?![0-9])(?![.,][0-9])"
    rf"(?:\s*年?\s*(?:全年|年?末|底|上半年|下半年|前[一二两三四1-4]个?季度|第?[一二三四1-4](?:{TO}[一二三四1-4])?季度?"
    rf"|[01]?[0-9]{TO}[01]?[0-9]\s*月份?|[01]?[0-9]月份?|-?h[12]|-?q[1-4](?:{TO}q?[1-4])?)|年度?)?(?:累计)?"
    r"|[二一][〇零○一二三四五六七八九]{3}年"
)
GAP = re.compile(r"(?<=[年月度])\s+(?=[0-9前第至~—-])|(?<=[0-9])\s+(?=[年月季])")
PART = re.compile(  # what follows a year that stands for less than the year, or for a document: 前11个月, 1、2月, -03-15, 〕15号
    r"年?度?[前第]?[0-9一二三四五六七八九十]+(?:[、,~至—-]+[0-9一二三四五六七八九十]+)*个?(?:月|季)|年?[上下]半|[-/.][0-9]|[]〕)］]\s*第?[0-9]+\s*号"
)


@lru_cache(maxsize=4096)
def read_period(text: str) -> tuple[str, str]:
    """Return the period a text names and the code of what is wrong with it, one of them empty.

    Examples
    --------
    >>> read_period("2023年1—6月"), read_period("2024年前三季度"), read_period("2023年1-5月")
    (('2023H1', ''), ('2024Q1-Q3', ''), ('', 'period_of_months'))
    """
    if len(text) > MAX_NAME:
        return "", "period_unknown"
    word = re.sub(r"\s", "", plain(text).casefold())
    if word in NO_PERIOD:
        return UNDATED, ""
    if re.fullmatch(r"[二一][〇零○一二三四五六七八九]{3}年?.*", word):
        word = word[:4].translate(CHINESE_DIGITS) + word[4:]
    for form in (*FORMS, MONTH_RANGE, MONTH_NAMES):
        found = form.fullmatch(word)
        if found and EARLIEST <= int(found["year"]) <= LATEST:
            return _checked(_period(found.groupdict()))
    if ONE_MONTH.fullmatch(word):
        return "", "period_of_months"
    return "", "period_is_date" if DATE.fullmatch(word) else "period_unknown"


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
    word = re.sub(r"\s", "", plain(part).casefold())
    if wrong or word in WHOLE_YEAR:
        return whole, wrong
    alone, _ = read_period(part)
    if alone:
        fits = not whole or alone == whole or (len(whole) == 4 and alone.startswith(whole))
        return (alone, "") if fits else ("", "period_parts_differ")
    if re.fullmatch("[0-9]{1,2}(?:\\.0)?", word):
        word = word.removesuffix(".0") + ("季度" if re.search("季|quarter", heading.casefold()) else "月")
    joined, wrong = read_period(f"{whole}年{word}") if len(whole) == 4 else ("", "period_parts_differ")
    return joined, wrong


def is_part_of_year(text: str) -> bool:
    """Whether a text names a part of a year and no year: 上半年, Q1, 1-6月, 全年.

    Examples
    --------
    >>> is_part_of_year("上半年"), is_part_of_year("2023上半年"), is_part_of_year("7"), is_part_of_year("")
    (True, False, False, False)
    """
    word = re.sub(r"\s", "", plain(text).casefold())
    if not word or len(word) > MAX_NAME or word.isdecimal() or read_period(text)[0]:
        return False
    return word not in ("year", "合计") and not joined_period("2000", text, "")[1]  # those two head other columns


def periods_in(text: str) -> tuple[str, ...]:
    """Return the distinct periods a title names; a year of which it goes on to name a part that is none, or a day, is none."""
    title = GAP.sub("", plain(text).casefold())
    found = ((read_period(match[0])[0], match.end()) for match in SEARCHED.finditer(title))
    return tuple(
        dict.fromkeys(period for period, end in found if period and not (len(period) == 4 and PART.match(title, end)))
    )


def split_period(text: str) -> tuple[str, str, str]:
    """Return a plain heading without the period it names, that period, and the code of what is wrong with it."""
    if read_period(text)[0]:
        return "", *read_period(text)
    for match in SEARCHED.finditer(text.casefold()):
        period, wrong = read_period(match[0])
        if (period or wrong == "period_of_months") and len(text) == len(text.casefold()):
            return (text[: match.start()] + " " + text[match.end() :]).strip(" _-,.;:/年"), period, wrong
    return text, "", ""


def _checked(period: str) -> tuple[str, str]:
    """Return a period with no code, or the code where the catalogue has no such period."""
    return (period, "") if PERIOD.fullmatch(period) else ("", "period_of_months")


def _period(part: dict[str, str | None]) -> str:
    """Return the period of the parts of a text that was understood, "" for months that are not quarters."""
    year = part["year"] or ""
    if half := part.get("half"):
        return f"{year}H{2 if half[0] in '2下s' or half[-1] == '2' else 1}"
    if quarter := part.get("quarter") or part.get("q"):
        return f"{year}Q{QUARTERS[quarter]}"
    if until := part.get("until"):
        return _quarters(year, 1, QUARTERS[until])
    if (first := part.get("first")) and (last := part.get("last")):
        return _quarters(year, QUARTERS[first], QUARTERS[last])
    if (start := part.get("start")) and (end := part.get("end")):
        return _months(year, _month(start), _month(end))
    return year


def _month(word: str) -> int:
    """Return the number of a month, 0 for a word that is none."""
    return int(word) if word.isdecimal() else MONTHS.get(word, 0)


def _months(year: str, first: int, last: int) -> str:
    """Return the period of whole quarters between two months, "" where they are none."""
    return _quarters(year, first // 3 + 1, last // 3) if first % 3 == 1 and last % 3 == 0 else ""


def _quarters(year: str, first: int, last: int) -> str:
    """Return the shortest name of a run of quarters, "" where it runs backwards or beyond the year."""
    names = {(1, 4): year, (1, 2): f"{year}H1", (3, 4): f"{year}H2"}
    if not 1 <= first <= last <= 4:
        return ""
    return names.get((first, last)) or f"{year}Q{first}" + (f"-Q{last}" if last > first else "")
