"""Headings of an indicator file: what a column holds, and which metric, period, unit or district its heading names."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from geo.periods import is_year
from geo.schema import Atlas
from geo.uploads.bounds import MAX_NAME
from geo.uploads.figures.tables import Meaning
from geo.uploads.model import METRIC_PREFIX, How
from geo.uploads.parse.heading import Heading
from geo.uploads.parse.heading_parts import (
    CALLED,
    OPENING_CLOSING,
    HeadingParts,
    one_below_the_other,
    part_and_rest,
    split_heading,
    split_names,
    unit_in,
)
from geo.uploads.parse.headwords import (
    GROWN,
    GROWTH,
    HARMLESS,
    MARKS,
    NAMES,
    in_two_languages,
    is_change,
    mark_of,
    share_unit,
)
from geo.uploads.parse.others import Others, Unfamiliar
from geo.uploads.parse.periods import is_part_of_year, joined_period
from geo.uploads.parse.places import OTHER_CITIES, Gazetteer, gazetteer
from geo.uploads.parse.words import bracketed, key, plain

__all__ = ["LONGEST_QUALIFIER", "Vocabulary", "vocabulary"]

LONGEST_QUALIFIER = 12  # characters of a text that says what figure another is; longer ones are titles and remarks


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
    qualifiers
        Metric id → words beside its name that leave it what it is.
    """

    def __init__(
        self,
        metrics: Mapping[str, Sequence[str]],
        places: Gazetteer,
        chosen: Mapping[str, str],
        qualifiers: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self.places = places
        self.metrics = {key(name): id_ for id_, names in metrics.items() for name in names if key(name)}
        self._names = {key(name): name for names in metrics.values() for name in names}
        self._ids = frozenset(metrics)
        self._chosen = chosen
        growths = [id_ for id_ in metrics if id_.endswith(GROWN)]
        self.others = Others(metrics, qualifiers or {}, growths, OTHER_CITIES)
        self.unfamiliar = Unfamiliar(*metrics.values(), *(qualifiers or {}).values(), places.names)
        self._qualifiers = {id_: frozenset(map(key, words)) for id_, words in (qualifiers or {}).items()}

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
        said = one_below_the_other(texts, self._says_nothing)
        words = [key(word) for word in said.words if key(word) not in HARMLESS | MARKS.keys()]
        text = " ".join(texts)
        name = key(said.name + said.part)
        blank = Heading(
            text,
            name + "".join(words) or key(text),
            period=said.period,
            unit=said.unit,
            wrong=said.wrong,
            part=said.part,
        )
        return self.chosen(blank) or self._by_field(blank, texts) or self._by_words(blank, said)

    def _says_nothing(self, name: str) -> bool:
        """Whether a row of a heading says no more than that figures stand below: 绝对值; 全市 is a place."""
        return key(name) in HARMLESS and self.places.place(name).kind == "unknown"

    def weigh(self, text: str) -> Meaning:
        """Return what a text says in a header, for :func:`geo.uploads.figures.tables.locate`."""
        heading = self.heading([text])
        if heading.field or heading.metric:
            return Meaning.FIELD
        named = heading.known or heading.growth or heading.likely or heading.part or unit_in(text)
        qualifies = key(text) in HARMLESS or (len(text) <= LONGEST_QUALIFIER and self.others.any_in(text))
        return Meaning.NAMED if named or qualifies else Meaning.UNKNOWN

    def growth_of(self, metric: str) -> str:
        """Return the metric that is the published growth of another, "" if the catalogue has none."""
        return metric + GROWN if metric + GROWN in self._ids else ""

    def near(self, text: str) -> str:
        """Return the name of the metric most like a text, "" if none is."""
        if len(text) > MAX_NAME:
            return ""
        found = difflib.get_close_matches(key(text), list(self.metrics), 1, 0.6)
        return self._names[found[0]] if found else ""

    def metric_in(self, title: str) -> str:
        """Return the only metric a title names, as in 地区生产总值同比增长情况 its growth, "" where it names none or several."""
        rest, found = key(title), set()
        for name in sorted(self.metrics, key=len, reverse=True):
            if len(name) > 1 and name in rest:
                metric = self.metrics[name]
                others = self.others.of_title(title, metric)
                grown = self._grown_in(title, name, metric) if others else ""
                found.add(grown or ("" if others or self._foreign(title, name, metric) else metric))
                rest = rest.replace(name, " ")
        return found.pop() if len(found) == 1 else ""

    def _grown_in(self, title: str, name: str, metric: str) -> str:
        """Return the growth of a metric where a title names that and nothing else: 地区生产总值同比增长情况, not GDP名义增长 or GDP增减."""
        growth = self.growth_of(metric)
        said = re.search(rf"{re.escape(name)}(?:累计)?({GROWTH.pattern})", key(title)) if growth else None
        return growth if said and "增减" not in said[1] and not self.others.of_title(title, growth) else ""

    def _foreign(self, title: str, name: str, metric: str) -> bool:
        """Whether a word in brackets of a title, or before the name of its metric, makes it another figure: 地区生产总值（可比价）, 直播GDP."""
        words = [word for group in bracketed(plain(title), *OPENING_CLOSING) for word in split_heading(group).words]
        return bool(self._qualified(Heading(), metric, words, "pattern").qualifier) or self.unfamiliar.before(
            title, name
        )

    def chosen(self, blank: Heading) -> Heading | None:
        """Return the heading as somebody chose to take it, None where nobody did."""
        target = self._chosen.get(blank.key)
        if not target:
            return None
        if target.startswith(METRIC_PREFIX):
            return replace(blank, metric=target.removeprefix(METRIC_PREFIX), how="chosen")
        return replace(blank, field=target, how="chosen")

    def _by_field(self, blank: Heading, texts: Sequence[str]) -> Heading | None:
        """Return the heading of a column that describes figures; over several rows one of them says so, the others may say more."""
        for text in (blank.text, *reversed(texts)):  # the lower row says it more closely
            word = key(text)
            field = NAMES.get(word, "") or in_two_languages(text)
            if field and (len(texts) == 1 or not (blank.period or field == "value")):
                return Heading(blank.text, blank.key, field=field, how="name" if word == field else "alias")
        return None

    def _by_words(self, blank: Heading, said: HeadingParts) -> Heading:
        """Return the heading with what its words say."""
        if key(blank.text) in self.metrics:  # "Residents" is a unit too, but not where a metric is called so
            metric = self.metrics[key(blank.text)]
            return replace(blank, metric=metric, unit="", how="name" if key(blank.text) == key(metric) else "alias")
        name = key(said.name)
        if NAMES.get(name) == "period" and blank.period:  # 年份 over 2023
            return _dated(blank, replace(said, name=""))
        # 指标 may be a target.
        nothing = name in MARKS or (self._says_nothing(said.name) and not name.endswith("指标"))
        if not name or (nothing and (blank.period or blank.part)):
            return _dated(blank, said)
        if not blank.period and is_part_of_year(said.name):
            return _dated(replace(blank, part=said.name), replace(said, name=""))
        metric, words = self._metric(said)
        if metric:
            return self._qualified(blank, metric, words, "name" if name == key(metric) else "alias")
        return self._of_place(blank, said) or self._of_part(blank, said) or self._by_name(blank, said)

    def _of_place(self, blank: Heading, said: HeadingParts) -> Heading | None:
        """Return the heading of a metric of one place, as in 天河区GDP; None for another."""
        place = self.places.begins(said.name)
        metric, words = self._metric(HeadingParts(said.name.removeprefix(place), said.words)) if place else ("", ())
        return self._qualified(blank, metric, (place, *words), "alias") if metric else None

    def _of_part(self, blank: Heading, said: HeadingParts) -> Heading | None:
        """Return the heading of a metric in a part of the year, as in 11月社零; None for another."""
        part, rest = part_and_rest(said.name)
        metric, words = self._metric(HeadingParts(rest, said.words)) if part else ("", ())
        period = joined_period(blank.period, part, "")[0] if is_year(blank.period) else ""
        if not metric or blank.part or blank.wrong or (blank.period and not period):
            return None
        return self._qualified(replace(blank, period=period, part="" if period else part), metric, words, "alias")

    def _by_name(self, blank: Heading, said: HeadingParts) -> Heading:
        """Return the heading of a field, a district or the growth of a metric."""
        name = key(said.name)
        if name in NAMES:
            return replace(blank, field=NAMES[name], how="alias")  # 数值（万元）
        place = self.places.place(said.name)
        if place.kind not in ("unknown", "none", "part"):
            return replace(blank, place=place, how="pattern")
        in_both = len(said.levels) > 1 and all(re.fullmatch(GROWTH, key(level)) for level in said.levels)
        return self._growth(blank, key(said.levels[0]) if in_both else name, said.words)  # 增速 over Growth Rate

    def _metric(self, said: HeadingParts) -> tuple[str, Sequence[str]]:
        """Return the metric that a heading begins with, "" if none, and the words beside its name."""
        whole = key(said.name + "".join(said.words))
        if whole in self.metrics:
            return self.metrics[whole], ()
        if key(said.name) in self.metrics:
            return self.metrics[key(said.name)], said.words
        if len(said.levels) > 1:
            return self._metric_of_level(said)
        names = split_names(said.name)
        for end in range(len(names) - 1, 0, -1):
            metric = self.metrics.get(key("".join(names[:end])), "")
            if metric:
                return metric, (*names[end:], *said.words)
        bare = CALLED.sub("", said.name, count=1)  # 累计社零
        return self._metric(HeadingParts(bare, said.words)) if bare not in ("", said.name) else ("", ())

    def _metric_of_level(self, said: HeadingParts) -> tuple[str, Sequence[str]]:
        """Return the metric that one row of a heading names, the lowest first, and the words of the others beside its own."""
        for at in reversed(range(len(said.levels))):
            metric, words = self._metric(HeadingParts(said.levels[at]))
            if metric:
                return metric, (*said.levels[:at], *words, *said.levels[at + 1 :], *said.words)
        return "", ()

    def _qualified(self, blank: Heading, metric: str, words: Sequence[str], how: How) -> Heading:
        """Return the heading of a metric with words beside its name; one that is not known makes it another figure."""
        growth = self.growth_of(metric)
        grows = [word for word in words if growth and re.fullmatch(GROWTH, key(word))]
        of, unit = (growth, share_unit(blank.unit)) if grows else (metric, blank.unit)
        others = [word for word in words if word not in grows and not self.leaves(of, word, metric)]
        others += [word for word in grows if is_change(word, blank.unit)]
        places = [self.places.place(word) for word in others]
        if len(places) == 1 and places[0].kind in ("district", "city", "merged") and not blank.place:
            return self._qualified(replace(blank, place=places[0]), metric, [w for w in words if w not in others], how)
        if others:
            return replace(blank, likely=of, qualifier=", ".join(others))
        unit = unit or next(filter(None, map(unit_in, words)), "")
        return replace(blank, metric=of, unit=unit, mark=mark_of(words), how="pattern" if grows else how)

    def leaves(self, metric: str, word: str, named: str = "") -> bool:
        """Whether a word beside the name of a metric, or of the one it is the growth of, leaves it what it is."""
        name = key(word)
        known = name in HARMLESS or name in MARKS or name in self._qualifiers.get(metric, ()) or CALLED.fullmatch(name)
        return not name or bool(known) or self.metrics.get(name) in {metric, named} - {""} or bool(unit_in(word))

    def _growth(self, blank: Heading, name: str, words: Sequence[str]) -> Heading:
        """Return the heading as the growth of a metric, if the catalogue has that growth, given the words beside its name."""
        found = re.search(rf"(?:{GROWTH.pattern})$", name)
        if not found:
            return blank
        grown = self.metrics.get(name[: found.start()], "") if found.start() else ""
        if self.growth_of(grown):
            return self._qualified(blank, grown, (found[0], *words), "pattern")
        signs = [word for word in words if re.fullmatch(GROWTH, key(word))]  # 增长（±%）
        others = [w for w in words if w not in signs and not any(self.leaves(id_, w) for id_ in self.others.growths)]
        change = is_change(found[0], blank.unit) and "%" not in "".join(signs)
        return replace(blank, growth=not found.start(), change=change, qualifier=", ".join(others))


def vocabulary(atlas: Atlas, chosen: Mapping[str, str]) -> Vocabulary:
    """Return the words of an atlas: its metrics and districts."""
    metrics = {id_: (id_, *one.name.values(), *one.aliases) for id_, one in atlas.metrics.items()}
    return Vocabulary(metrics, gazetteer(atlas), chosen, {id_: one.qualifiers for id_, one in atlas.metrics.items()})


def _dated(blank: Heading, said: HeadingParts) -> Heading:
    """Return the heading of a period, or a part of a year, alone; marks may stand beside it, such as 2023年(初步), and no word that is not known."""
    words = [word for word in (said.name, *said.words) if word]
    fine = all(key(word) in HARMLESS | MARKS.keys() for word in words) and (blank.period or blank.wrong or blank.part)
    return replace(blank, how="pattern", mark=mark_of(words)) if fine else blank
