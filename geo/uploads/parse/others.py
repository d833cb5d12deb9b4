"""Words in a text near a table that make its figures others than the metric its columns name, 户籍, 目标, 限额以上, and those that nothing here knows."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from geo.fields import HARMLESS_WORDS, MARKS, OTHER_WORDS, SHARE_WORDS, TITLE_WORDS
from geo.uploads.bounds import MAX_NAME
from geo.uploads.parse.headwords import GROWN, GROWTH, NAMES
from geo.uploads.parse.periods import SEARCHED
from geo.uploads.parse.units import BASES, POWERS, SIZED
from geo.uploads.parse.words import plain

__all__ = ["Others", "Unfamiliar"]

_CLAUSES = re.compile(r"[、,，;；。和及与]|(?<![a-z])and(?![a-z])")
_BETWEEN = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
# Offices and plans whose names hold such a word; a city that is not this one.
_OFFICES = re.compile(
    r"农业农村|工业和信息化|工业园区?|工业区|工业强[市区]|新型工业化|就业(?:局|中心|服务)|发展计划|计划委员会|网络(?:直报|版)|登记(?:注册|中心|局)"
    r"|(?:公共|财政|基金)预算(?:收入|支出)?|预算[内外]?(?:收入|支出)|(?:public |fiscal )?budget(?:ary)? (?:revenue|expenditure)"
)
# A clause of a title that says no more than that the growth stands beside: 及其增长速度.
_OF_GROWTH = re.compile(
    r"\s*其?(?:[比较]上年(?:同期)?|同比)?(?:增长|增速|增幅)(?:速度|率)?(?:情况|表)?\s*(?:\([^()]*\)?)?\s*"
)
_CITY = re.compile(r"[\u4e00-\u9fff]{2}(?<!广州)(?<!全)(?<!本)(?<!我)(?<!各)市(?=各区|各县|分区|辖区|\s*20)")
# The number of a paper, its year left out, or of a table, an item of a list, the office that wrote it, the person who did: they name no figures.
_PAPER = re.compile(
    r"[\u4e00-\u9fff]{0,6}[〔\[]\s*[〕\]]\s*第?\s*[0-9]+\s*号|[\u4e00-\u9fff]{0,12}?(?:统计|商务|发展和?改革|财政|工业和信息化)[局委]|海关(?![\u4e00-\u9fff]*口径)"
    r"|(?<![a-z])[a-z]?[0-9]+(?:[-.][0-9]+)*(?![a-z])|第[一二三四五六七八九十]+[次期批页张部分季]+|^\(?[一二三四五六七八九十]+[)、.]|[表件录][一二三四五六七八九十]+"
)
_PART = re.compile("[前第]?[一二三四1-4]个?季度|[上下]半年")
_JOINING = "第的与和及以之等分按在对各其为是由至到年月季日号期区市县表共个均"
_LEFT = re.compile(r"[\u4e00-\u9fff]+|[a-z]{3,}")
_PRICES = ("可比价", "不变价", "固定价", "constant prices")
_GROWTH = frozenset(("增速", "增长", "增长率", "增幅", "增减", "增减幅", "同比", "growth", "growth rate"))
_SHARE = frozenset(("占比", "占全市", "比重", "份额", "构成", "share", "shares", "proportion"))
_RANK = frozenset(("排名", "位次", "名次", "排序", "rank", "ranks", "ranking", "rankings"))


class Others:
    """Finds the words that make figures others.

    Parameters
    ----------
    names
        Metric id → its names.
    qualifiers
        Metric id → the words beside them that leave it what it is.
    growths
        Ids of metrics that are a growth.
    cities
        Names of other cities.
    """

    def __init__(
        self,
        names: Mapping[str, Iterable[str]],
        qualifiers: Mapping[str, Iterable[str]],
        growths: Iterable[str],
        cities: Iterable[str] = (),
    ) -> None:
        self._names = {id_: tuple(filter(None, map(_bare, words))) for id_, words in names.items()}
        self._own = {id_: _any_of((*words, *map(_bare, qualifiers.get(id_, ())))) for id_, words in self._names.items()}
        self.growths = frozenset(growths)
        self._shares = frozenset(map(_bare, SHARE_WORDS))
        listed = (*OTHER_WORDS, *SHARE_WORDS, *(f"{city}市" for city in cities))
        self._word = _any_of(listed)
        self._rivals = {id_: self._others_than(id_) for id_ in self._names}
        self._own_or_word = {
            id_: _any_of((*words, *qualifiers.get(id_, ()), *listed)) for id_, words in self._names.items()
        }

    def _others_than(self, metric: str) -> list[re.Pattern[str]]:
        """Return what finds the names of each other metric, those apart that hold one of the metric's own."""
        own = self._names[metric]
        names = (
            [name for name in names if not any(one in name for one in own)]
            for id_, names in self._names.items()
            if id_ != metric
        )
        return [_any_of(tuple(those)) for those in names if any(map(_bare, those))]

    def within(self, text: str, metric: str, said: str = "", *, is_share: bool = True) -> tuple[str, ...]:
        """Return the words of a text that make a metric another figure; what is said of other metrics only does not.

        Parameters
        ----------
        said
            What the table itself says, in small letters: a title that names what its columns are makes none of them another.
        is_share
            Whether the figures may be shares; in a unit such as 亿元 they are none.

        Examples
        --------
        >>> others = Others({"population": ("常住人口", "人口"), "gdp": ("GDP",)}, {}, ())
        >>> others.within("2023年末户籍人口", "population"), others.within("2023年末户籍人口", "gdp")
        (('户籍',), ())
        """
        if metric not in self._names:
            return ()
        found = [word for clause in _CLAUSES.split(_bare(text)) for word in self._of_clause(clause, metric)]
        listed = set(found)
        for kind in (_GROWTH, _SHARE, _RANK):
            if any(word in said for word in kind):
                listed -= kind
        return tuple(
            dict.fromkeys(
                word for word in found if word in listed and word not in said and (is_share or word not in self._shares)
            )
        )

    def of_title(self, title: str, metric: str) -> tuple[str, ...]:
        """Return the words of a title that make a metric another figure; in GDP及其增长速度 the growth stands beside it.

        Examples
        --------
        >>> others = Others({"gdp": ("GDP",)}, {}, ())
        >>> others.of_title("各区GDP及其增长速度", "gdp"), others.of_title("各区GDP增长速度", "gdp")
        ((), ('增长',))
        """
        of_another = [clause for clause in _CLAUSES.split(_bare(title)) if not _OF_GROWTH.fullmatch(clause)]
        growing = any(not _GROWTH.isdisjoint(self._word.findall(clause)) for clause in of_another)
        return self.within(title, metric, "" if growing else " ".join(_GROWTH))

    @staticmethod
    def clauses(text: str) -> list[str]:
        """Return the clauses of a text: GDP及增速 has two."""
        return _CLAUSES.split(text)

    def is_about(self, text: str, metric: str) -> bool:
        """Whether a text is about a metric, or what it is the growth of: it names that, or no metric at all."""
        text = _bare(text)
        named = {id_ for id_, names in self._names.items() if _any_of(names).search(text)}
        return not named or metric in named or (metric in self.growths and metric.removesuffix(GROWN) in named)

    def shares_of(self, words: Iterable[str], metric: str) -> list[str]:
        """Return those words that make figures of a metric shares or growths."""
        own = _GROWTH if metric in self.growths else frozenset[str]()
        return [word for word in words if word in self._shares - own]

    def any_in(self, text: str) -> bool:
        """Whether a text holds a word that makes some metric another figure."""
        return self._word.search(_bare(text)) is not None

    def _of_clause(self, clause: str, metric: str) -> Sequence[str]:
        """Return the words of one clause; none of one about other metrics only."""
        own = self._names[metric]
        is_own = self._own[metric].fullmatch
        # 流动人口 is a word of the list, though 人口 is a name: the one that begins first counts, and the longest of those.
        rest = self._own_or_word[metric].sub(lambda match: " " if is_own(match[0]) else match[0], clause)
        for rival in self._rivals[metric]:
            if rival.search(rest):
                if not any(name in clause for name in own):
                    return ()
                rest = rival.sub(" ", rest)
        found = [match[0] for match in self._word.finditer(rest)] + _CITY.findall(rest)
        growing = not _GROWTH.isdisjoint(found)
        is_growth = metric in self.growths
        return [
            word for word in found if not ((is_growth and word in _GROWTH) or (growing and word.startswith(_PRICES)))
        ]


class Unfamiliar:
    """Finds the words of a text that are neither known nor harmless.

    Parameters
    ----------
    names
        What is known beside the words of ``fields.toml``: names of metrics and places, and what may stand beside them.
    """

    def __init__(self, *names: Iterable[str]) -> None:
        listed = (*HARMLESS_WORDS, *MARKS, *OTHER_WORDS, *SHARE_WORDS, *TITLE_WORDS, *NAMES)
        units = (*SIZED, *POWERS, *(word for _, words in BASES.values() for word in words.split()))
        self._known = _any_of((*listed, *units, *(name for some in names for name in some)))

    def within(self, text: str) -> tuple[str, ...]:
        """Return the words of a text that are not known, without those that only join others.

        Examples
        --------
        >>> Unfamiliar(["GDP", "天河区"]).within("2024年天河区直播GDP统计表（单位：亿元）")
        ('直播',)
        """
        rest = _bare(text)
        for known in (SEARCHED, _PART, _PAPER, self._known, GROWTH):
            rest = known.sub(" ", rest)
        found = (word.strip(_JOINING) for word in _LEFT.findall(rest))
        return tuple(dict.fromkeys(filter(None, found)))

    def before(self, text: str, name: str) -> bool:
        """Whether a word that is not known stands right before a name in a text: 直播GDP, not 直播与GDP or 直播 GDP.

        Examples
        --------
        >>> words = Unfamiliar(["GDP", "天河区"])
        >>> words.before("2024年天河区直播GDP", "gdp"), words.before("2024年天河区GDP", "gdp")
        (True, False)
        """
        front, found, _ = _bare(text).partition(name)
        last = re.split("[^\u4e00-\u9fff]", front)[-1] if found else ""
        return (
            bool(last)
            and last[-1] not in _JOINING
            and bool(self.within(front))
            and last.endswith(self.within(front)[-1])
        )


def _bare(text: str) -> str:
    """Return a text in small letters without spaces between Chinese characters and without names of offices; "" of one that is too long."""
    return _OFFICES.sub(" ", _BETWEEN.sub("", plain(text).casefold())) if len(text) <= MAX_NAME else ""


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds the longest of some words; one in Latin letters stands by itself."""
    longest_first = sorted({_bare(word) for word in words}, key=len, reverse=True)
    return re.compile(
        "|".join(
            rf"(?<![a-z]){re.escape(word)}(?![a-z])" if word.isascii() else re.escape(word)
            for word in longest_first
            if word
        )
    )
