"""The story as one file: nothing in it is fetched, and no text of the data becomes a part of the page."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from geo.briefing.export.payload import payload
from geo.briefing.export.webpage import single_page
from geo.briefing.model import Deck
from geo.figures.data_version import DataVersion
from geo.maps import house
from tests.fixtures.house import EVIL, write
from ui.static_files import PLAYER, PLAYER_STYLES, source

HARM = "</script><script>alert(1)</script><!--<script>\u2028\u2029'\"`${1} DECK LANGUAGE \\ </style> &lt;"


class Page(HTMLParser):
    """Elements of a page with their text."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(content.decode("utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag != "meta":
            self._open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts[self._open[-1]][-1] += data

    @property
    def tags(self) -> list[str]:
        """The elements by name."""
        return [tag for tag, _ in self.elements]

    @property
    def deck(self) -> object:
        """What the player is given."""
        start = self.texts["script"][-1]
        return json.loads(start.split("window.briefing.open(", 1)[1].rsplit(", { lang,", 1)[0])


def page_of(deck: Deck, language: str = "en") -> bytes:
    return single_page(deck, language, source, PLAYER, PLAYER_STYLES)


@pytest.fixture(scope="module")
def content(story: Deck) -> bytes:
    """Return the shipped story as a page."""
    return page_of(story)


@pytest.fixture
def harmful(story: Deck) -> Deck:
    """Return the shipped story with harmful texts wherever a file can put any."""
    scenes = []
    for scene in story.scenes:
        faces = {
            language: replace(face, title=HARM, text=HARM, notes=HARM, sources=(HARM,), badge=HARM, stamp=HARM)
            for language, face in scene.faces.items()
        }
        scenes.append(replace(scene, faces=faces))
    atlas = story.data_version.atlas
    named = replace(atlas, districts=atlas.districts.assign(name_en=HARM, name_zh=HARM))
    data_version = DataVersion(named, story.data_version.figure_table, 3)
    return replace(
        story, scenes=tuple(scenes), data_version=data_version, titles={"en": HARM, "zh": HARM}, approval=HARM
    )


def test_the_page_is_one_file_of_scripts_and_styles_in_loading_order(content: bytes):
    page = Page(content)
    head = ["html", "head", "meta", "meta", "meta", "title"]
    assert page.tags == [*head, *["style"] * len(PLAYER_STYLES), "body", *["script"] * (len(PLAYER) + 3)]
    scripts = page.texts["script"]
    assert "Leaflet" in scripts[0]
    assert "window.clusterMapData=" in scripts[1]
    assert [text.strip() for text in scripts[2:-1]] == [source(name).strip() for name in PLAYER]
    assert [text.strip() for text in page.texts["style"]] == [source(name).strip() for name in PLAYER_STYLES]


def test_the_page_holds_the_whole_deck(content: bytes, story: Deck):
    assert Page(content).deck == json.loads(json.dumps(payload(story)))


def test_the_browser_is_told_to_fetch_nothing_before_anything_is_run(content: bytes):
    page = Page(content)
    policy = page.elements[3]
    assert policy[0] == "meta"
    assert policy[1]["http-equiv"] == "Content-Security-Policy"
    rules = dict(rule.strip().split(" ", 1) for rule in policy[1]["content"].split(";"))
    assert rules == {
        "default-src": "'none'",
        "script-src": "'unsafe-inline'",
        "style-src": "'unsafe-inline'",
        "img-src": "data:",
    }


def test_the_page_names_nothing_to_be_fetched_from_another_host(content: bytes):
    page = Page(content)
    assert not [attributes for _, attributes in page.elements if {"src", "href", "srcset", "data"} & attributes.keys()]
    styles = "".join(page.texts["style"])
    assert "@import" not in styles
    assert not re.search(r"url\(\s*['\"]?(https?:)?//", styles)


def test_the_page_is_small_enough_for_a_mail(content: bytes):
    assert 300_000 < len(content) <= 2_000_000


@pytest.mark.parametrize(("language", "tag"), [("en", "en"), ("zh", "zh-CN")])
def test_the_page_opens_in_the_language_asked_for(language: str, tag: str, story: Deck):
    page = Page(page_of(story, language))
    assert page.elements[0] == ("html", {"lang": tag})
    assert page.texts["title"] == [story.titles[language]]
    assert f': "{language}";' in page.texts["script"][-1]


def test_harmful_texts_stay_texts(harmful: Deck):
    content = page_of(harmful)
    page = Page(content)
    assert page.tags.count("script") == len(PLAYER) + 3
    assert page.tags.count("style") == len(PLAYER_STYLES)
    assert "<!--" not in content.decode("utf-8"), "a comment's start would hide the end of a script"
    assert not {"\u2028", "\u2029"} & set("".join(page.texts["script"])), "older browsers end a line there"
    assert page.texts["title"] == [HARM]
    assert page.deck == json.loads(json.dumps(payload(harmful)))
    assert page.deck["slides"][0]["faces"]["zh"]["title"] == HARM


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("map.js", "x = '</SCRIPT >'"),
        ("leaflet.js", "// <!-- <script"),
        ("show.css", "a::after { content: '</Style>' }"),
    ],
)
def test_a_browser_file_that_would_end_its_element_is_refused(name: str, text: str, story: Deck):
    read = {name: text}
    with pytest.raises(ValueError, match="a browser file holds"):
        single_page(story, "en", lambda asked: read.get(asked, ""), PLAYER, PLAYER_STYLES)


def test_a_page_does_not_hold_layers_of_the_office_that_may_not_be_in_files(story: Deck, tmp_path: Path) -> None:
    atlas = replace(story.data_version.atlas, house=house.open_folder(write(tmp_path)))
    content = page_of(replace(story, data_version=replace(story.data_version, atlas=atlas))).decode()
    assert "Parks Office" in content
    assert "Metro Office" not in content
    assert EVIL not in content, "it would end the script"
