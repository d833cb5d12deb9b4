"""Bytes of a text file to text: which encoding they are in, and where they are not what they should be. Runs in the worker."""

import codecs
import io
import re
from collections import Counter
from contextlib import suppress
from functools import cache

from geo.uploads.bounds import RefusedError, error

__all__ = ["CODECS", "ENCODINGS", "decode", "plausibility"]

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "gb18030", "big5")
_CODECS = {"utf-8-sig": "utf-8", "big5": "cp950"}  # Windows writes Big5 as its code page 950
# All that Python may need of its own here; the worker imports none later.
CODECS = (*ENCODINGS, *_CODECS.values(), "cp1252", "gb2312", "utf-16-le", "utf-16-be")
_BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_SAMPLE = 65_536  # bytes that are enough to tell encodings apart
_TRUNCATED = {"unexpected end of data", "truncated data", "incomplete multibyte sequence"}

# The characters most frequent in Chinese text and in tables of Guangzhou, simplified, then those whose traditional form differs.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里"
    "如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利"
    "比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统"
    "接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认"
    "六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段"
    "研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维"
    "划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严州河珠荔湾秀云黄埔番禺沙城镇街亿户籍零售贸"
    "费投额占季底均注源企销限网络园琶洲鹅潭腾讯阿巴唯司态编"
    "這爲為個國時來們於對會發動過說產種後學經進電裏裡現實兩體機當點從業應開還義間樣與關線內數麼質氣變條沒結問無軍並題黨員總設長頭資邊級圖統較將組見計別論"
    "運農幾區強決幹戰則據處隊給門規熱領東導壓爭濟階術極聯認權證採轉單風帶場車務萬達積議聲報鬥類離華確張馬節話況溫傳許廣記觀織裝衆眾書覆兒須際驗連斷難礦備"
    "辦習響約勞團歷構稱準號維劃選標寫親養層卻專狀廠識適屬圓調滿縣參紅細聽該鐵價嚴灣雲黃鎮億戶貿費額佔銷網絡園鵝騰訊態編臺"
)
_PUNCTUATION = frozenset("，。、；：？！（）《》“”‘’％‰—…·〇　①②③④⑤")
_WORDS = (
    "广州",
    "廣州",
    "合计",
    "合計",
    "全市",
    "亿元",
    "億元",
    "万元",
    "萬元",
    "万人",
    "萬人",
    "指标",
    "指標",
    "单位",
    "單位",
)
_HAN = re.compile("[\u4e00-\u9fff]")
_PRIVATE = re.compile("[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")


def decode(content: bytes, encoding: str = "") -> tuple[str, str]:
    """Return the encoding of a text file, and its text without byte order mark.

    Parameters
    ----------
    encoding
        One of :data:`ENCODINGS`; any other detects it.

    Raises
    ------
    RefusedError
        If the bytes are not text, a character is cut in two at the end, or bytes are invalid: with their row.
    """
    name = encoding if encoding in ENCODINGS else _by_mark(content)
    if name in ("", "utf-8", "utf-8-sig") and b"\0" not in content:
        with suppress(UnicodeDecodeError):
            text = content.decode("utf-8")
            return ("utf-8-sig" if text.startswith("\ufeff") else "utf-8"), text.removeprefix("\ufeff")
    name = name or _by_content(content)
    try:
        text = content.decode(_codec(content, name)).removeprefix("\ufeff")
    except UnicodeDecodeError as problem:
        raise _refusal(content, name, problem) from None
    if "\0" in text:
        raise error("binary")
    return name, text


def _by_mark(content: bytes) -> str:
    """Return the encoding a byte order mark names, "" without one."""
    return next((name for mark, name in _BOMS.items() if content.startswith(mark)), "")


def _by_content(content: bytes) -> str:
    """Return the encoding of a text without byte order mark that is not valid UTF-8.

    Notes
    -----
    GB18030 takes nearly every run of bytes for text, so that decoding proves nothing: the more plausible Chinese wins. UTF-8 stands for a
    file of which only few bytes are wrong.

    Raises
    ------
    RefusedError
        If the bytes are not text at all.
    """
    if b"\0" in content:
        if not _endian(content):
            raise error("binary")
        return "utf-16"
    sample = _foreign_lines(content)
    return max(("utf-8", "gb18030", "big5"), key=lambda name: plausibility(_lenient(sample, name)))


def _refusal(content: bytes, encoding: str, problem: UnicodeDecodeError) -> RefusedError:
    """Return why a file cannot be decoded."""
    row = content[: problem.start].decode(problem.encoding, "replace").count("\n") + 1
    if problem.reason in _TRUNCATED and problem.end >= len(content):
        return error("cut_off", row=row)
    found = content[problem.start : problem.end].hex(" ").upper()
    return error("invalid_bytes", row=row, value=found, byte=problem.start + 1, encoding=encoding)


def plausibility(text: str) -> float:
    """Return how much the characters beyond ASCII look like ordinary Chinese, per character; 0 without any.

    Notes
    -----
    The points are ours: 3 for one of some 750 frequent characters, 1 for the first level of GB 2312 or Big5 and for punctuation, fewer for
    what hardly ever stands in a table, and 4 for each word of the trade.
    """
    counts = Counter(char for char in text if char > "\x7f")
    points = sum(number * _points(char) for char, number in counts.items())
    points += 4 * sum(text.count(word) for word in _WORDS)
    return points / max(counts.total(), 1)


@cache
def _points(char: str) -> int:
    """Return how likely a character is in a Chinese table."""
    if char in _COMMON:
        return 3
    if char in _PUNCTUATION:
        return 1
    if _PRIVATE.match(char):
        return -8
    if not _HAN.match(char):
        return -2
    return 1 if _leads(char, "gb2312", 0xB0, 0xD7) or _leads(char, "big5", 0xA4, 0xC6) else -1


def _leads(char: str, codec: str, low: int, high: int) -> bool:
    """Return whether the first byte of a character lies in a range: how both standards order by frequency."""
    return low <= (char.encode(codec, "ignore") or b"\0")[0] <= high


def _endian(content: bytes) -> str:
    """Return the byte order of UTF-16 without a mark, "" where it is none: commas, digits and line ends have a NUL on one side."""
    sample = content[:_SAMPLE]
    high, low = sample[0::2].count(0), sample[1::2].count(0)
    if len(content) < 4 or min(high, low) * 20 > max(high, low):
        return ""
    order = "be" if high > low else "le"
    return order if plausibility(_lenient(sample, f"utf-16-{order}")) >= 0 else ""


def _codec(content: bytes, encoding: str) -> str:
    """Return Python's name for an encoding of a file."""
    if encoding == "utf-16" and not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return f"utf-16-{_endian(content) or 'le'}"
    return _CODECS.get(encoding, encoding)


def _lenient(sample: bytes, encoding: str) -> str:
    """Return the start of a file decoded, with marks for what is invalid; a character cut at the end is left out."""
    return codecs.getincrementaldecoder(_CODECS.get(encoding, encoding))("replace").decode(sample)


def _foreign_lines(content: bytes) -> bytes:
    """Return the first lines that are not ASCII."""
    lines, size = [], 0
    for line in io.BytesIO(content):
        if not line.isascii():
            lines.append(line)
            size += len(line)
        if size > _SAMPLE:
            break
    return b"".join(lines)[:_SAMPLE]
