"""Headings of an indicator file: what a column holds, and which metric, period, unit or district its heading names."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from geo.schema import Atlas
from geo.uploads.bounds import MAX_NAME
from geo.uploads.headwords import NAMES
from geo.uploads.model import METRIC_PREFIX, ColumnUse, How
from geo.uploads.periods import periods_in, split_period
from geo.uploads.places import Gazetteer, Place, gazetteer
from geo.uploads.tables import Meaning
from geo.uploads.units import read_unit
from geo.uploads.words import bracketed, key, plain

__all__ = ["Heading", "Vocabulary", "unit_in", "vocabulary"]

GROWTH = re.compile(
    r"(?:比?上年(?:同期)?|较上年|同比|实际|±%|yoy)?(?:增长率?|增速|增减|增幅|±%|growth(?:rate)?)(?:yoy|%|率)*|同比|±%|yoy"
)
# Headings of an index, a share or the growth of a metric.
OF_ANOTHER = re.compile(r"\|(?:增速|增长|增幅|增减|指数|比重|占比|贡献|构成|同比)|(?:占|人均)\|")
VALUE_WORDS = {"绝对值", "总量", "数值", "数额", "本年", "本期", "value", "amount", "全年"}
UNIT_LABEL = re.compile(r"^(?:计量)?单位\s*[:：]\s*|^units?\s*:\s*(?:in )?|^in (?=\S)", re.IGNORECASE)
_LAST_WORDS = 6  # of a heading, that may be its unit: "100 million yuan at current prices"


@dataclass(frozen=True)
class Heading:
    """What a heading says. A column of figures names a metric, period or district, or is a plain ``value``."""

    text: str = ""  # as the file has it
    key: str = ""  # what a choice is remembered under: plain, without period and unit
    field: str = ""  # the target of a field of indicators.csv, see geo.fields, or IGNORED
    metric: str = ""
    period: str = ""
    unit: str = ""  # as the heading has it
    place: Place | None = None
    growth: bool = False  # of the metric beside it
    wrong: str = ""  # code of what is wrong with the period
    how: How = ""

    @property
    def known(self) -> bool:
        """Whether anything is known of the column."""
        return bool(self.field or self.figures)

    @property
    def figures(self) -> bool:
        """Whether figures stand in the column."""
        return self.field == "value" or bool(
            not self.field and self.how and (self.metric or self.period or self.place or self.wrong)
        )

    def use(self, column: int) -> ColumnUse:
        """Return the use of a column, counted from 1."""
        target = self.field or (METRIC_PREFIX + self.metric if self.metric else "value" if self.figures else "")
        return ColumnUse(column, self.text, self.key, target, self.how)


class Vocabulary:
    """Words that headings of indicator files are made of.

    Parameters
    ----------
    metrics
        Metric id → all its names.
    places
        Names of districts.
    chosen
        Key of a heading → target, where somebody chose it.
    """

    def __init__(self, metrics: Mapping[str, Sequence[str]], places: Gazetteer, chosen: Mapping[str, str]) -> None:
        self.places = places
        self.metrics = {key(name): id_ for id_, names in metrics.items() for name in names if key(name)}
        self._names = {key(name): name for names in metrics.values() for name in names}
        self._ids = frozenset(metrics)
        self._chosen = chosen

    def heading(self, parts: Sequence[str]) -> Heading:
        """Return what a heading says, its parts from top to bottom where it is spread over rows.

        Examples
        --------
        >>> words = Vocabulary({"gdp": ["GDP", "地区生产总值"]}, Gazetteer({}), {})
        >>> heading = words.heading(["2023年地区生产总值（万元）"])
        >>> heading.metric, heading.period, heading.unit, heading.key
        ('gdp', '2023', '万元', '地区生产总值')
        """
        texts = list(dict.fromkeys(part.strip() for part in parts if part.strip()))
        # A cell that stands where names stand: headings so long were refused before.
        if any(len(text) > MAX_NAME for text in texts):
            return Heading(" ".join(texts))
        text = " ".join(texts)
        rests, period, unit, wrong = [], "", "", ""
        for part in texts:
            rest, one_period, one_unit, one_wrong = _split(part)
            period, unit, wrong = one_period or period, one_unit or unit, one_wrong or wrong
            rests.append(rest)
        name = key("".join(rest for rest in rests if len(texts) == 1 or key(rest) not in VALUE_WORDS))
        blank = Heading(text, name or key(text), period=period, unit=unit, wrong=wrong)
        return self._by_choice(blank) or self._by_field(blank, texts) or self._by_words(blank, name)

    def weigh(self, text: str) -> Meaning:
        """Return what a text says in a header, for :func:`geo.uploads.tables.locate`."""
        heading = self.heading([text])
        if heading.field or heading.metric:
            return Meaning.FIELD
        named = heading.known or heading.growth or unit_in(text) or key(text) in VALUE_WORDS
        return Meaning.NAMED if named else Meaning.UNKNOWN

    def growth_of(self, metric: str) -> str:
        """Return the metric that is the published growth of another, "" if the catalogue has none."""
        return f"{metric}_growth" if f"{metric}_growth" in self._ids else ""

    def near(self, text: str) -> str:
        """Return the name of the metric most like a text, "" if none is."""
        if len(text) > MAX_NAME:
            return ""
        found = difflib.get_close_matches(key(text), list(self.metrics), 1, 0.6)
        return self._names[found[0]] if found else ""

    def metric_in(self, title: str) -> str:
        """Return the only metric a title names, "" where it names none or several."""
        rest, found = key(title), set()
        for name in sorted(self.metrics, key=len, reverse=True):
            if len(name) > 1 and name in rest:
                found.add("" if OF_ANOTHER.search(rest.replace(name, "|")) else self.metrics[name])
                rest = rest.replace(name, " ")
        return found.pop() if len(found) == 1 else ""

    def chosen(self, heading: Heading) -> Heading:
        """Return a heading as somebody chose to take it; unchanged where nobody did."""
        return self._by_choice(heading) or heading

    def _by_choice(self, blank: Heading) -> Heading | None:
        """Return the heading as somebody chose to take it, None where nobody did."""
        target = self._chosen.get(blank.key)
        if not target:
            return None
        if target.startswith(METRIC_PREFIX):
            return replace(blank, metric=target.removeprefix(METRIC_PREFIX), how="chosen")
        return replace(blank, field=target, how="chosen")

    def _by_field(self, blank: Heading, texts: Sequence[str]) -> Heading | None:
        """Return the heading of a column that describes figures; over several rows one of them says so, the others may say more."""
        for word in (key(blank.text), *(key(text) for text in reversed(texts))):  # the lower row says it more closely
            field = NAMES.get(word, "")
            if field and (len(texts) == 1 or not (blank.period or field == "value")):
                return Heading(blank.text, blank.key, field=field, how="name" if word == field else "alias")
        return None

    def _by_words(self, blank: Heading, name: str) -> Heading:
        """Return the heading with what its words say."""
        if key(blank.text) in self.metrics:  # "Residents" is a unit too, but not where a metric is called so
            metric = self.metrics[key(blank.text)]
            return replace(blank, metric=metric, unit="", how="name" if key(blank.text) == key(metric) else "alias")
        if not name:
            return replace(blank, how="pattern") if blank.period or blank.wrong else blank
        if name in self.metrics:
            metric = self.metrics[name]
            return replace(blank, metric=metric, how="name" if name == key(metric) else "alias")
        if name in NAMES:
            return replace(blank, field=NAMES[name], how="alias")  # 数值（万元）
        place = self.places.place(blank.key)
        if place.kind not in ("unknown", "none", "part"):
            return replace(blank, place=place, how="pattern")
        return self._growth(blank, name)

    def _growth(self, blank: Heading, name: str) -> Heading:
        """Return the heading as the growth of a metric, if the catalogue has that growth."""
        found = re.search(rf"(?:{GROWTH.pattern})$", name)
        if not found:
            return blank
        grown = self.metrics.get(name[: found.start()], "") if found.start() else ""
        if self.growth_of(grown):
            return replace(blank, metric=self.growth_of(grown), unit=blank.unit or "%", how="pattern")
        return replace(blank, growth=not found.start())


def vocabulary(atlas: Atlas, chosen: Mapping[str, str]) -> Vocabulary:
    """Return the words of an atlas: its metrics and districts."""
    metrics = {id_: (id_, *one.name.values(), *one.aliases) for id_, one in atlas.metrics.items()}
    return Vocabulary(metrics, gazetteer(atlas), chosen)


def unit_in(text: str) -> str:
    """Return the unit a text consists of, perhaps after the word for unit, "" if it is none."""
    bare = UNIT_LABEL.sub("", plain(text)).strip(" ()[]:,.;")
    return bare if bare and not bare.isdecimal() and read_unit(bare) else ""


def _split(text: str) -> tuple[str, str, str, str]:
    """Return a heading without its period and unit, then period, unit, and the code of what is wrong with the period."""
    rest, unit = plain(text), ""
    if found := unit_in(rest):
        return "", "", found, ""
    for group in bracketed(plain(text), "([【<", ")]】>"):
        inside = [unit_in(part) for part in re.split(r"[,;、]", group[1:-1])]
        if any(inside):
            unit = next(filter(None, inside))
            years = periods_in(group[1:-1])[:1]
            rest = rest.replace(group, " " + "".join(years))
    rest, period, wrong = split_period(rest.strip())
    for gap in list(re.finditer(r"[,;:/_ ]++", rest))[-_LAST_WORDS:]:
        if not unit and (unit := unit_in(rest[gap.end() :])):
            rest = rest[: gap.start()]
            break
    return rest, period, unit, wrong
