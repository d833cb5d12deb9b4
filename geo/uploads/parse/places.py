"""Districts by code or by name in any of their spellings; totals, parts, former districts and other cities told apart."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from geo.schema import CITY, Atlas
from geo.uploads.bounds import MAX_NAME
from geo.uploads.parse.headwords import MARKS
from geo.uploads.parse.words import bracketed, key, plain

__all__ = ["OTHER_CITIES", "Gazetteer", "Place", "gazetteer"]

Kind = Literal["district", "city", "total", "part", "merged", "elsewhere", "unknown", "none"]


@dataclass(frozen=True)
class Place:
    """What the name of a place means here."""

    kind: Kind
    adcode: str = ""  # of a merged district: its successor's
    code: str = ""  # of the finding it gives rise to
    params: tuple[tuple[str, str], ...] = ()  # for its message
    mark: str = ""  # how sure its figures are, as a note behind the name says it: 快报

    @property
    def is_known(self) -> bool:
        """Whether a column of such texts is one of districts; six digits alone, such as postcodes, are not."""
        return self.kind not in ("unknown", "part") and self.code != "code_elsewhere"


# Codes and names that are no longer in use; the years are those of the State Council's decisions.
RENAMED = {
    "440183": "440118", "增城市": "440118", "增城县": "440118", "zengchengcity": "440118", "zengchengshi": "440118",
    "440184": "440117", "从化市": "440117", "从化县": "440117", "conghuacity": "440117", "conghuashi": "440117",
    "番禺市": "440113", "番禺县": "440113", "花都市": "440114", "花县": "440114",
}  # fmt: skip
RENAMED_YEARS = {"440118": "2014", "440117": "2014", "440113": "2000", "440114": "2000"}
MERGED = {
    "440116": ("440112", "2014"), "萝岗": ("440112", "2014"), "luogang": ("440112", "2014"),
    "440102": ("440104", "2005"), "东山": ("440104", "2005"), "dongshan": ("440104", "2005"),
    "440107": ("440103", "2005"), "芳村": ("440103", "2005"), "fangcun": ("440103", "2005"),
}  # fmt: skip
NEW_AREAS = {"南沙新区": "440115", "南沙开发区": "440115", "nanshanewarea": "440115"}
TOTALS = frozenset(
    {
        "全市",
        "合计",
        "总计",
        "全市合计",
        "全市总计",
        "总数",
        "共计",
        "总和",
        "全市总数",
        "各区合计",
        "十一区合计",
        "11区合计",
        "汇总",
    }
    | {"total", "citytotal", "grandtotal", "sum", "wholecity", "overall", "alldistricts", "totalofdistricts"}
)
PARTS = re.compile(r".*(?:小计|城区|其他|其它|市辖区?|市直|市本级|[一二三四五六七八九十两0-9]区|合计|subtotal|others?)")
ELSEWHERE: Mapping[str, str] = {
    "佛山 Foshan": "佛山 禅城 南海 顺德 三水 高明 foshan chancheng nanhai shunde sanshui gaoming",
    "深圳 Shenzhen": "深圳 福田 罗湖 南山 宝安 龙岗 盐田 龙华 坪山 光明 shenzhen futian luohu nanshan baoan longgang",
    "东莞 Dongguan": "东莞 dongguan", "中山 Zhongshan": "中山 zhongshan", "珠海 Zhuhai": "珠海 香洲 斗门 金湾 zhuhai", "惠州 Huizhou": "惠州 惠城 惠阳 huizhou",
    "江门 Jiangmen": "江门 蓬江 江海 新会 jiangmen", "肇庆 Zhaoqing": "肇庆 端州 鼎湖 zhaoqing", "清远 Qingyuan": "清远 清城 清新 qingyuan",
    "广东 Guangdong": "广东 广东省 全省 guangdong", "中国 China": "中国 全国 china", "北京 Beijing": "北京 beijing", "上海 Shanghai": "上海 shanghai",
    "香港 Hong Kong": "香港 hongkong", "澳门 Macao": "澳门 macao macau",
}  # fmt: skip
OUTSIDE = {name: city for city, names in ELSEWHERE.items() for name in names.split()}
OTHER_CITIES = tuple(city.partition(" ")[0] for city in ELSEWHERE if not city.startswith(("广东", "中国")))
_WHOLE_NUMBER = re.compile(r"(?<=[0-9]{6})\.0+$")  # 440118000000.0
_DECIMAL = re.compile(r"[0-9]{1,15}[.,][0-9,]{0,15}[1-9][0-9,]{0,15}")  # 1277.93 is no code, 440103.0 is one
PREFIX = re.compile(r"^\s*(?:其中|#(?![A-Z]+[/!?])|＃|其中包括|of which)\s*[:：]?\s*", re.IGNORECASE)  # #N/A is none
_FOOTNOTE = re.compile(r"(?<=[\u4e00-\u9fffa-z])\s*[0-9]{1,2}\)$", re.IGNORECASE)  # 荔湾区1)
_NUMBERED = re.compile(r"^\(?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[)、.]\s*(?=[\u4e00-\u9fffA-Za-z])")  # 1.荔湾区
JOINT = {"440112": frozenset(("广州开发区", "开发区", "广州经济技术开发区"))}  # one office with the district
WHOLE = re.compile(r"原|含|包括|注|新|全区|\d+$|[a-z]?$|incl")  # notes behind a name that leave it the whole district
# What a title names behind a district, and is only a part of it: 新塘镇, 长隆万博商务区; not 各镇街.
_SMALLER = re.compile(
    r"\s*\(?(?:(?![各全所分])[\u4e00-\u9fff]){0,8}?(?:(?<![城乡])镇(?!街)|(?<!镇)街道|(?<![镇业])街(?!镇)|(?<![城农])乡(?![村镇])|(?<![乡农])村"
    r"|社区|[务发园新片贸术税假能范]区|产业园|科技园|大学城|新城)"
)
_ENGLISH_PART = re.compile(
    r"\b(?:sub-?district|town(?:ship)?|village|cbd|(?:development|business|high-tech) (?:district|zone|area)|free[- ]trade zone|(?:industrial|science) park)\b",
    re.IGNORECASE,
)
CITY_NAMES = {CITY, "广州市", "广州", "guangzhou", "guangzhoucity", "guangzhoumunicipality", "guangzhoushi"}
TAIL = re.compile(r"(?<=.)(?:区|district|qu)$|(?<=..)市辖区$")


class Gazetteer:
    """All names the districts of an atlas go by.

    Parameters
    ----------
    names
        Adcode → names, in any language.
    """

    def __init__(self, names: Mapping[str, tuple[str, ...]]) -> None:
        self._names = names
        self.names = tuple(one for words in names.values() for name in words for one in (name, name.removesuffix("区")))
        self._codes = {stem(key(name)): adcode for adcode, words in names.items() for name in (adcode, *words)}

    def place(self, text: str) -> Place:
        """Return what a text means as the name of a place.

        Examples
        --------
        >>> Gazetteer({"440103": ("荔湾区", "Liwan")}).place("广州市荔灣區").adcode
        '440103'
        >>> Gazetteer({}).place("合计").kind, Gazetteer({}).place("").kind
        ('total', 'none')
        """
        if len(text) > MAX_NAME or _DECIMAL.fullmatch(plain(text)):
            return Place("unknown", "", "district_unknown")
        if not plain(text):
            return Place("none")
        bare = _WHOLE_NUMBER.sub("", PREFIX.sub("", plain(text)))
        bare = _NUMBERED.sub("", bare)
        bare = bare if "(" in bare else _FOOTNOTE.sub("", bare)
        whole = key(bare)
        if whole in CITY_NAMES or whole == CITY + "000000":
            return Place("city", CITY)
        if whole in TOTALS:
            return Place("total")
        found = self._district(whole) or self._with_note(bare) or self._in_two_languages(bare) or self._not_here(whole)
        # As 其中：萝岗区: the row of its successor has the figure already.
        inside = found.kind == "merged" and bare != plain(text)
        return Place("part", "", "part_left_out") if inside else found

    def _in_two_languages(self, text: str) -> Place | None:
        """Return the district of a name such as "荔湾区 Liwan", None where the halves do not agree."""
        chinese, _, english = text.partition(" ")
        found = self._district(key(chinese)) if english and not chinese.isascii() and english.isascii() else None
        return found if found and self._district(key(english)) == found else None

    def _with_note(self, text: str) -> Place | None:
        """Return the district of a name with a note in brackets; one that says what is left out or meant makes it a part of a district."""
        notes, name = list(bracketed(text, "([", ")]")), text
        for note in notes:
            name = name.replace(note, "", 1)
        found = self._district(key(name))
        marks = [MARKS[key(note)] for note in notes if key(note) in MARKS and len(key(note)) > 1]  # (e) is a footnote
        whole = found and all(
            key(note) in MARKS
            or WHOLE.match(key(note))
            or self._district(key(note))
            or key(note) in JOINT.get(found.adcode, ())
            for note in notes
        )
        if found and whole and marks:
            return replace(found, mark=", ".join(marks))
        return found if found is None or whole else Place("part", "", "part_left_out")

    def _district(self, word: str) -> Place | None:
        """Return the district of a key, None where it is neither one of today nor of the past."""
        name = _without_city(word)
        if name in NEW_AREAS and NEW_AREAS[name] in self._names:
            return Place(
                "district", NEW_AREAS[name], "district_new_area", (("name", self.name(NEW_AREAS[name], word)),)
            )
        if name in RENAMED and RENAMED[name] in self._names:
            adcode = RENAMED[name]
            params = (("name", self.name(adcode, word)), ("year", RENAMED_YEARS[adcode]))
            return Place("district", adcode, "district_renamed", params)
        if stem(name) in self._codes:
            return Place("district", self._codes[stem(name)])
        if stem(name) in MERGED and MERGED[stem(name)][0] in self._names:
            adcode, year = MERGED[stem(name)]
            return Place("merged", adcode, "", (("name", self.name(adcode, word)), ("year", year)))
        return None

    def _not_here(self, word: str) -> Place:
        """Return a place that is not a district of the city."""
        name = stem(word)
        city = OUTSIDE.get(name) or OUTSIDE.get(re.sub(r"(?:市|省|city|province)$", "", name)) or OUTSIDE.get(word[:2])
        if city:
            return Place("elsewhere", "", "district_elsewhere", (("city", city),))
        if PARTS.fullmatch(word):
            return Place("part", "", "part_left_out")
        if re.fullmatch(
            r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])[0-9]{4}(?:0{6})?", word
        ) and not word.startswith(CITY[:4]):
            return Place("elsewhere", "", "code_elsewhere")
        return Place("unknown", "", "code_unknown" if word.isdecimal() else "district_unknown")

    def named_in(self, text: str) -> set[str]:
        """Return the adcodes of the districts that a title names in full, such as 荔湾区; none of one about a town or a zone in it.

        Examples
        --------
        >>> places = Gazetteer({"440118": ("增城区", "Zengcheng")})
        >>> places.named_in("增城区2024年主要指标"), places.named_in("增城区新塘镇2024年主要指标")
        ({'440118'}, set())
        """
        said = plain(text)
        named = {code: [name for name in names if name in said] for code, names in self._names.items()}
        in_english = _ENGLISH_PART.search(said) is not None
        return {
            code
            for code, names in named.items()
            if names and not in_english and not any(_goes_on(said.partition(name)[2], code) for name in names)
        }

    def begins(self, text: str) -> str:
        """Return the name in full of the district, or the city, that a text begins with, "" if none.

        Examples
        --------
        >>> places = Gazetteer({"440106": ("天河区", "Tianhe")})
        >>> places.begins("天河区GDP"), places.begins("天河软件园GDP")
        ('天河区', '')
        """
        full = (*(name for names in self._names.values() for name in names), "广州市")
        return next((name for name in full if text.startswith(name) and len(text) > len(name)), "")

    def near(self, text: str) -> str:
        """Return the name of the district most like a text, "" if none is."""
        if len(text) > MAX_NAME:
            return ""
        found = difflib.get_close_matches(stem(_without_city(key(text))), list(self._codes), 1, 0.5)
        return self.name(self._codes[found[0]], text) if found else ""

    def name(self, adcode: str, like: str) -> str:
        """Return the name of a district in the language of a text."""
        names = self._names[adcode]
        return names[0] if not plain(like).isascii() or len(names) == 1 else names[1]


def _goes_on(behind: str, adcode: str) -> bool:
    """Whether the text behind the name of a district goes on with a smaller place than it; a zone that shares its office is none."""
    joint = any(behind.lstrip("(、/和及").startswith(name) for name in JOINT.get(adcode, ()))
    return not joint and _SMALLER.match(behind) is not None


def gazetteer(atlas: Atlas) -> Gazetteer:
    """Return the gazetteer of the districts of an atlas."""
    rows = atlas.districts
    return Gazetteer(
        {code: (zh, en) for code, zh, en in zip(rows["adcode"], rows["name_zh"], rows["name_en"], strict=True)}
    )


def stem(word: str) -> str:
    """Return a key without what says that it is a district, a code without the zeros of its longer form."""
    if re.fullmatch(r"[0-9]{6}(?:0{3}|0{6})", word):
        return word[:6]
    return TAIL.sub("", re.sub(r"^([0-9]{6})0$", r"\1", word))


def _without_city(word: str) -> str:
    """Return a key without the province and the city before or behind it."""
    return re.sub(
        r"^(?:广东省?)?(?:广州市?|guangzhou(?:city|shi)?)(?=.)|(?<=.)(?:广州市?|guangzhou(?:city)?)$", "", word
    )
