"""Figures of single months and quarters near a text that says each is cumulated from January: 社零累计值 over 10月 | 11月 | 12月."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from geo.periods import is_year, months, name_of
from geo.uploads.bounds import MAX_NAME
from geo.uploads.figures.near.remarks import QUOTED
from geo.uploads.findings import Notes
from geo.uploads.model import Severity
from geo.uploads.parse.others import Others
from geo.uploads.parse.parts import parts_in
from geo.uploads.parse.periods import read_period
from geo.uploads.parse.words import key, plain

__all__ = ["Said", "call_rows", "from_january", "says_which", "word_for"]

_SUM = re.compile(r"(?<!非)(?<!不是)(?<!不)累计|(?<!non-)cumulat(?:ive|ed)|year[ -]to[ -]date|(?<![a-z])ytd(?![a-z])")
_ALONE = re.compile(
    r"(?<![至-])[当本单](?:月|季|期)(?!度?[止末]?累计)|分月|非累计|不累计|(?<![a-z])(?:this|single|current) (?:month|quarter)|single$"
)
_OF_GROWTH = re.compile(rf"(?:{_SUM.pattern})[值数额]?(?:同比|比上年)?(?:增速|增长|增幅|同比|growth)")
_GROWTH = re.compile("增速|增长|增幅|同比|growth")  # 增速为累计数
# All that a cell says where a column says it of each row: 月度累计 | 当月.
_SUMMED = re.compile(
    r"(?:自?年初|[本当全]年|[本当单]月|[月季年]度|1[-至]本月)?[至到]?[止末]?累计[值数额]?|cumulati(?:ve|on)|cumulated|yeartodate|ytd"
)
_SINGLE = re.compile(r"[当本单](?:月|季度?|期)[值数]?|非累计|不累计|(?:single|this|current)(?:month|quarter)|mtd")
_OFTEN = re.compile(r"[月季年]度?[值数]?|全年|(?:month|quarter|year)(?:ly)?|annual")  # how often, not what


@dataclass(frozen=True)
class Said:
    """What stands near a table: titles and the like are believed, notes where they name no months, the name of the file never."""

    titles: Sequence[str]
    notes: Sequence[str]
    file: Sequence[str]
    headings: Sequence[str]  # of all columns

    @cached_property
    def names_single(self) -> bool:
        """Whether anything says that some figures are of a month or quarter alone."""
        return any(_ALONE.search(_bare(text)) for text in (*self.titles, *self.notes, *self.headings))


def from_january(figures: pd.DataFrame, said: Said, others: Others, chosen: str, notes: Notes) -> pd.DataFrame:
    """Return figures, those of a single month or quarter that a text calls cumulated as of all months up to it; each such text is noted, of headings the first.

    Parameters
    ----------
    figures
        With ``metric``, ``heading``, ``cumulated``, the word or text of the row that says so or not, ``period`` and ``row``, counted from 0.
    said, others
        What stands near them, and what tells whether it is about their metric.
    chosen
        Period that somebody chose: where it is one of either kind, it decides for all of the table but figures that their own heading or row calls
        cumulated beside others of that month; where there are none beside them it is a question.
    """
    wholes = {period: whole for period in dict.fromkeys(figures["period"]) if (whole := _whole(period))}
    choice, _ = read_period(chosen) if chosen else ("", "")
    # 11月社零 | 累计社零 under 2024年: the year may be that month's.
    wholes |= {year: whole for one, whole in sorted(wholes.items()) if (year := one[:4]) != whole}
    there = set(zip(figures["metric"], figures["period"], strict=True))
    to, found = figures["period"].copy(), dict[tuple[str, bool], tuple[str, list[int]]]()
    single = figures[figures["period"].isin(list(wholes))]
    groups = list(single.groupby(["metric", "heading", "cumulated", "period"], sort=False))
    beside = Counter((metric, period) for (metric, *_, period), _ in groups)
    for (metric, heading, cell, period), part in groups:
        text, is_sure = _cumulated(metric, heading, cell, said, others)
        is_own = text in (cell, heading)
        has_whole = (metric, wholes[period]) in there and not is_own
        is_open = is_year(period)  # of the months up to a month beside it, perhaps
        if not text or (has_whole and said.names_single) or (choice in wholes and not is_own):
            continue
        if is_open and (not is_own or choice == period):
            continue
        is_sure = choice in wholes.values() or (is_sure and not has_whole and not is_open)
        is_sure = is_sure and (choice not in wholes or beside[metric, period] > 1)
        found.setdefault(("" if is_own else text, is_sure), (text, []))[1].extend(part.index)
        if is_sure:
            to[part.index] = wholes[period]
    for (_, is_sure), (text, index) in found.items():
        _note(figures.loc[index], text, is_sure, wholes, notes)
    return figures.assign(period=to)


def _note(figures: pd.DataFrame, text: str, is_sure: bool, wholes: Mapping[str, str], notes: Notes) -> None:
    """Say that a text calls some figures cumulated, and whether they were taken so."""
    rows, period = sorted({int(row) + 1 for row in figures["row"]}), str(figures["period"].iloc[0])
    code = "cumulated_taken" if is_sure else "cumulated_or_single"
    notes.add(code, Severity.WARNING, rows, (None, ""), plain(text)[:QUOTED], single=period, period=wholes[period])


def _whole(period: str) -> str:
    """Return the months from January to the end of a single month or quarter; "" of other periods, and where it begins in January itself."""
    covered = months(period)
    is_single = covered is not None and covered.first > 1 and covered.length in (1, 3)
    return name_of(period[:4], 1, covered.last) if covered and is_single else ""


def says_which(text: str) -> str:
    """Return a text that says whether figures are cumulated, "" for one that does not."""
    return text if _SUM.search(_bare(text)) or _ALONE.search(_bare(text)) else ""


def word_for(text: str) -> str:
    """Return ``cumulated`` or ``single`` for a cell that says which its row is and nothing else, "" for another.

    Examples
    --------
    >>> word_for("月度累计"), word_for("当月值"), word_for("累计增速")
    ('cumulated', 'single', '')
    """
    word = key(text) if len(text) <= MAX_NAME else ""
    return "cumulated" if _SUMMED.fullmatch(word) else "single" if _SINGLE.fullmatch(word) else ""


def call_rows(texts: Iterable[str]) -> bool:
    """Whether the texts of a column say of rows which are cumulated, and nothing else."""
    said = [text for text in texts if plain(text)]
    return any(map(word_for, said)) and all(word_for(text) or _OFTEN.fullmatch(key(text)) for text in said)


def _cumulated(metric: str, heading: str, cell: str, said: Said, others: Others) -> tuple[str, bool]:
    """Return the text that calls the figures of a column cumulated, "" if none does, and whether that is sure."""
    if _ALONE.search(_bare(cell)):
        return "", False
    own = _ALONE.search(_bare(heading)) is not None
    for text in (cell, heading):
        if _says(text, metric, others):
            return text, not own
    is_open = own or said.names_single
    for texts, is_sure in ((said.titles, True), (said.notes, True), (said.file, False)):
        for text in texts:
            if says := _says(text, metric, others):
                dated = texts is said.notes and bool(parts_in(text))  # 1—2月为累计数 is not about all months
                return text, is_sure and says == "all" and not dated and not is_open
    return "", False


def _says(text: str, metric: str, others: Others) -> str:
    """Return "all" where a text calls a metric cumulated, "some" where it may be about others that it names too, "" where it does not."""
    bare = _bare(text)
    if not _SUM.search(bare):
        return ""
    clauses = [clause for clause in others.clauses(bare) if _SUM.search(clause)]
    if metric not in others.growths:
        clauses = [clause for clause in clauses if not _OF_GROWTH.search(clause)]
    sure = [clause for clause in clauses if metric in others.growths or not _GROWTH.search(clause)]
    if any(others.is_about(_SUM.sub("", clause), metric) for clause in sure):
        return "all"
    return "some" if clauses and others.is_about(_SUM.sub("", bare), metric) else ""


def _bare(text: str) -> str:
    """Return a text in small letters, "" of one that is too long."""
    return plain(text).casefold() if len(text) <= MAX_NAME else ""
