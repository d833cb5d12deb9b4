"""What a page shows beside the text of its cells: fields filled in, looks by class, number formats of Excel. Runs in the worker."""

import re

from lxml import etree

from geo.uploads.read.sheets.number_formats import read_format, seen_in, shown

__all__ = ["HIDDEN", "LINE_THROUGH", "NO_ROOM", "RAISED", "as_excel_shows", "settle"]

HIDDEN = re.compile(r"visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)  # keeps its place
NO_ROOM = re.compile(r"display\s*:\s*none", re.IGNORECASE)
LINE_THROUGH = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
RAISED = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_FORMAT = re.compile(r"""mso-number-format\s*:\s*(?:"([^"]*)"|'([^']*)'|(\w+))""", re.IGNORECASE)
_LOOKS = (HIDDEN, NO_ROOM, LINE_THROUGH, RAISED, _FORMAT)
_NAMED = {"percent": "0.00%"}  # the only one of Excel's names for formats that shows another number
_ASIDE = re.compile(r"<!--|-->|/\*.*?\*/|@media\s+print\s*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.DOTALL | re.IGNORECASE)
_RULE, _CLASS = re.compile(r"([^{}]+)\{([^{}]*)\}"), re.compile(r"\w*\.([\w-]+)")
_ESCAPE = re.compile(r"\\(?:([0-9a-f]{4})|(.))", re.IGNORECASE)
_TYPED = {"", "text", "number", "tel", "search"}
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:e[-+]?[0-9]{1,3})?", re.IGNORECASE)


def settle(root: etree._Element) -> None:
    """Put what the page shows by other means where it is read: the words in fields of cells, and the looks of classes, into the cells."""
    for field in [*root.iter("input", "select", "textarea")]:
        if next(field.iterancestors("td", "th"), None) is not None:
            _fill(field)
    looks: dict[str, str] = {}
    for sheet in root.iter("style"):
        for selectors, rules in _RULE.findall(_ASIDE.sub("", sheet.text or "")):
            if any(look.search(rules) for look in _LOOKS):
                names = filter(None, map(_CLASS.fullmatch, map(str.strip, selectors.split(","))))
                looks.update({name[1]: f"{looks.get(name[1], '')}{rules};" for name in names})
    for element in root.iter(etree.Element) if looks else ():
        if said := "".join(looks.get(name, "") for name in element.get("class", "").split()):
            element.set("style", said + element.get("style", ""))


def _fill(field: etree._Element) -> None:
    """Make a text of a field: what is typed or chosen in it."""
    words = field.text or ""
    if field.tag == "input":
        if field.get("type", "").lower() not in _TYPED:
            return
        words = field.get("value", "")
    elif field.tag == "select":
        options = [*field.iter("option")]
        chosen = [option for option in options if option.get("selected") is not None] or options[:1]
        words = ", ".join(option.text or "" for option in chosen)
    for child in field:
        field.remove(child)
    field.tag, field.text = "span", words


def as_excel_shows(cell: etree._Element, text: str) -> str:
    """Return the text of a cell with all digits of the number that Excel keeps for it, or as the number format has it.

    Parameters
    ----------
    text
        As a browser shows it.
    """
    kept, said = cell.get("x:num", ""), _FORMAT.search(cell.get("style", ""))
    if _NUMBER.fullmatch(kept):
        sections = seen_in(text, float(kept))
        return text if sections is None else shown(float(kept), sections)
    if not said or not _NUMBER.fullmatch(text):
        return text
    code = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)) if escape[1] else escape[2], said[1] or said[2] or "")
    sections = read_format(code or _NAMED.get((said[3] or "").lower(), ""))
    return shown(float(text), sections) if sections else text
