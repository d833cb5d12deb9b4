"""The presenter's script and its words fit together."""

import re
from pathlib import Path

from geo.translation import translate
from ui.show.notes_words import NOTES_WORDS

ASSETS = Path(__file__).resolve().parents[3] / "ui" / "static"
SCRIPT = "".join((ASSETS / name).read_text(encoding="utf-8") for name in ("room.js", "notes.js"))


def test_every_word_the_script_asks_for_is_there() -> None:
    asked = set(re.findall(r'\bword\("(\w+)"', SCRIPT)) | set(re.findall(r'\bonStatus\("(\w+)"', SCRIPT))
    table = re.search(r"const texts = \{(.*?)\};", SCRIPT, re.DOTALL)
    assert table is not None
    asked |= set(re.findall(r': "(\w+)"', table[1]))
    assert asked == set(NOTES_WORDS)


def test_places_to_fill_are_the_same_in_both_languages() -> None:
    for text in NOTES_WORDS.values():
        assert re.findall(r"\{\w+\}", text) == re.findall(r"\{\w+\}", translate("zh", text))


def test_the_script_writes_no_html() -> None:
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write", SCRIPT)
