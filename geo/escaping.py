"""Text at the edge: what comes from data, files, addresses or people stays text, whatever it is written into.

One function for each thing that text is written into. HTML and SVG are escaped with ``html.escape`` and
:func:`geo.maps.text_metrics.xml_text`, which know one syntax each; what is here had more than one way to be read.
"""

import json
import re
import unicodedata
from urllib.parse import quote

__all__ = [
    "escape_markdown",
    "guard_cell",
    "markdown_link",
    "script_json",
    "unguard_cell",
    "web_address",
]

# ---- Markdown, as Streamlit reads it ----

_SPACES = re.compile(r"[ \t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
# Signs nobody sees; some turn the direction of what follows.
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
# Halves of a character beyond the first plane, which no message to the browser can hold.
_HALVES = re.compile(r"[\ud800-\udfff]")
_EMPTY = ":color[]"  # an element without content or looks: text before and after it are two texts to Streamlit
_ARROWS = "-<>=~"  # signs that Streamlit replaces where they stand together
_SIGNS = re.compile(
    r"^\s|\s$"  # lost at either end, or keep a text from being bold
    r"|^(?:[-+]|#{1,6}|[0-9]{1,9}[.)])(?= |$)|^>"  # begin a block
    r"|[\\`*_{}\[\]<|~$&]"  # mean something anywhere
    rf"|:(?! )|@|(?<=[Ww])\.|[{_ARROWS}](?=[{_ARROWS}])"  # mean something with what follows
)
_PICTURES = frozenset("‼⁉〰〽ℹ↔⤴⤵◻◼◽◾")  # emoji whose category is not that of symbols
_MADE_PICTURES = ("\ufe0f", "\u20e3")  # what turns the character before it into an emoji


def escape_markdown(text: str) -> str:
    r"""Return text that Streamlit's Markdown shows as it is, in one line.

    Nothing in it formats, begins a block, or becomes a link, HTML, an icon, an emoji, a formula or another sign. Control characters and
    those that turn the direction of writing are left out; runs of white space become one blank, as the browser shows them. Signs that
    mean nothing where they stand are left alone: screen readers and hovering show the source of some labels.

    Notes
    -----
    Streamlit reads Markdown in three steps, and a backslash helps in the second only. First it replaces ``:material/`` in the source,
    escaped or not: so a colon is written as ``&#58;``. Then the source is parsed: what has a meaning there gets a backslash. Last it
    looks through the texts that came of this, backslashes gone, for addresses (``www.``, ``http://``, mail), short codes such as
    ``:material_home:``, ``:streamlit:`` and ``:smile:``, and arrows such as ``->``: so these are cut in two by an empty element.

    Examples
    --------
    >>> escape_markdown("GDP, *2023*: 5.0 %")
    'GDP, \\*2023\\*: 5.0 %'
    >>> escape_markdown("a@b.cn")
    'a:color[]@b.cn'
    """
    plain = _HALVES.sub("\ufffd", _UNSEEN.sub("", text))
    escaped = _SIGNS.sub(_sign, _SPACES.sub(" ", plain))
    return _EMPTY + escaped if _begins_with_picture(plain.lstrip()) else escaped


def _begins_with_picture(text: str) -> bool:
    """Return whether a text begins with an emoji, which some elements take off it and show as their icon."""
    first = text[:1]
    symbol = not first.isascii() and (first in _PICTURES or unicodedata.category(first) in ("So", "Sk", "Cn"))
    return symbol or text[1:2] in _MADE_PICTURES


def _sign(found: re.Match[str]) -> str:
    """Return signs as ones without a meaning, cut off from their neighbour where they have one together."""
    signs = found[0]
    if signs.isspace():
        return f"&#{ord(signs)};"
    if signs == ":":
        return "&#58;" + _EMPTY
    if signs == "@" or (signs == "." and found.start()):
        return _EMPTY + signs
    cut = signs in _ARROWS and found.string[found.end() : found.end() + 1] in tuple(_ARROWS)
    return f"{signs[:-1]}\\{signs[-1]}" + (_EMPTY if cut else "")


def markdown_link(text: str, address: str) -> str:
    """Return a text as Markdown that leads to a web address; the text alone where the address is not a plain one."""
    target = web_address(address)
    return f"[{escape_markdown(text)}]({target.replace('&', '&amp;')})" if target else escape_markdown(text)


# ---- addresses ----

_ADDRESS = re.compile(r"(https?://)([a-z0-9.-]{4,253})(:[0-9]{1,5})?((?:[/?#].*)?)", re.IGNORECASE | re.DOTALL)
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE)
_NOT_IN_ADDRESS = re.compile(  # what RFC 3986 and 3987 leave out: blanks, quotation marks, brackets but round ones, what is not seen
    r"""[\x00-\x20"<>\\^`{|}\[\]\x7f-\xa0\u200b-\u200f\u2028-\u202f\u205f-\u206f\u3000\ud800-\uf8ff\ufeff\ufff0-\uffff]"""
)
_ENCODED = re.compile(r"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9/?#%=&+;._~-]")
_LONGEST_ADDRESS = 2_000  # characters; browsers and proxies refuse longer ones


def web_address(address: str) -> str:
    """Return a web address with everything percent-encoded that has no part in its grammar, "" where it is not a plain one.

    Notes
    -----
    Plain is http or https, a host in ASCII, perhaps a port, then path, query and fragment; no name or password. Letters of any script may
    stand in these, as browsers show them.

    Examples
    --------
    >>> web_address("https://www.gz.gov.cn/a_(b)?c=荔&d=%20")
    'https://www.gz.gov.cn/a_%28b%29?c=%E8%8D%94&d=%20'
    >>> web_address("javascript:alert(1)"), web_address("https://a.cn/![](http://b.cn)")
    ('', '')
    """
    found = _ADDRESS.fullmatch(address) if len(address) <= _LONGEST_ADDRESS else None
    if found is None or _NOT_IN_ADDRESS.search(found[4]):
        return ""
    labels = found[2].split(".")
    if len(labels) < 2 or not all(map(_LABEL.fullmatch, labels)):
        return ""
    rest = _ENCODED.sub(lambda sign: quote(sign[0], safe=""), found[4])
    return found[1].lower() + found[2].lower() + (found[3] or "") + rest


# ---- spreadsheets ----

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")  # the wide ones are signs to Excel where Chinese or Japanese is typed


def guard_cell(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: what begins like one gets an apostrophe in front, see :func:`unguard_cell`."""
    return "'" + text if _FORMULA.match(text) else text


def unguard_cell(text: str) -> str:
    """Return a text as it was before :func:`guard_cell`.

    Examples
    --------
    >>> [unguard_cell(guard_cell(text)) for text in ("=1", "'=1", "'quoted'", "-")]
    ['=1', "'=1", "'quoted'", '-']
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


# ---- scripts ----

_IN_SCRIPTS = re.compile("[<>&\u2028\u2029]|{(?=[{%#])")


def script_json(value: object) -> str:
    """Return JSON that is safe inside a script element, and in what folium takes for a template on the way there.

    Notes
    -----
    There is no ``<``, ``>``, ``&``, nor a line separator JavaScript ends a line at. There is no ``{{``, ``{%`` or ``{#`` either: branca compiles the
    script of a map as a Jinja template, and Jinja computes constant expressions such as ``{{9**9**9}}`` as it compiles. In JSON these pairs
    occur in strings only, where the first character may be written as an escape.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _IN_SCRIPTS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
