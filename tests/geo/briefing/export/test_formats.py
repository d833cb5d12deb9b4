"""Files to hand over: every kind is made of the deck it is given, in the language asked for, and named for what it shows."""

import csv
import datetime
import io
import json
import zipfile
from dataclasses import replace

import pytest

from geo.briefing.build import of_view
from geo.briefing.export.formats import FORMATS, Maker, file_name, make
from geo.briefing.model import Deck
from geo.view import View
from ui.static_files import PLAYER, PLAYER_STYLES, source

pytestmark = pytest.mark.slow

TODAY = datetime.date(2026, 11, 24)
# What each kind of file begins with.
BEGINNINGS = {
    "pptx": b"PK\x03\x04", "pdf": b"%PDF-", "html": b"<!DOCTYPE html>", "handout.pdf": b"%PDF-", "png": b"\x89PNG\r\n", "svg": b"<svg ",
    "csv": b"\xef\xbb\xbfadcode,", "geojson": b'{"type": "FeatureCollection"',
}  # fmt: skip


@pytest.fixture(scope="module")
def view_deck(story: Deck) -> Deck:
    """Return the shipped data's deck of residents in 2010, version 3."""
    return of_view(lambda number: story.data_version, View("population", "2010", "quantile", 5))


def job(deck: Deck, language: str = "en", tell=lambda _share, _what: None) -> Maker:
    """Return what a file is made from."""
    return Maker(deck, language, source, PLAYER, PLAYER_STYLES, tell)


def test_there_is_a_beginning_to_look_for_in_every_kind():
    assert set(BEGINNINGS) == set(FORMATS)


@pytest.mark.parametrize("kind", FORMATS)
def test_every_kind_is_made_from_a_single_view(kind: str, view_deck: Deck):
    content = make(kind, job(view_deck))
    start = content.removeprefix(b'<?xml version="1.0" encoding="UTF-8"?>\n') if kind == "svg" else content
    assert start.startswith(BEGINNINGS[kind])
    assert len(content) > 1000


@pytest.mark.parametrize(("language", "text"), [("en", "Residents"), ("zh", "常住人口")])
@pytest.mark.parametrize("kind", ["pptx", "html", "svg"])
def test_files_speak_the_language_asked_for(kind: str, language: str, text: str, view_deck: Deck):
    content = make(kind, job(view_deck, language))
    if kind == "pptx":
        content = zipfile.ZipFile(io.BytesIO(content)).read("ppt/slides/slide1.xml")
    found = content.decode("utf-8")
    assert text in found if kind != "html" else f'lang="{language}' in found


def test_csv_and_geojson_hold_the_figures_of_the_view(view_deck: Deck):
    rows = list(csv.DictReader(io.StringIO(make("csv", job(view_deck)).decode("utf-8-sig"))))
    features = json.loads(make("geojson", job(view_deck)))["features"]
    assert {row["metric"] for row in rows} == {"Residents"}
    assert {feature["properties"]["period"] for feature in features} == {"2010"}
    told = {row["adcode"]: float(row["value"]) for row in rows if row["period"] == "2010" and row["value"]}
    for feature in features:
        assert feature["properties"]["value"] == told.get(feature["properties"]["adcode"])


def test_those_that_are_no_story_show_the_first_slide(story: Deck):
    turned = replace(story, scenes=(story.scenes[5], story.scenes[0]))
    assert turned.scenes[0].faces["en"].title in make("svg", job(turned)).decode("utf-8")
    assert [kind for kind, format_ in FORMATS.items() if format_.story] == ["pptx", "pdf", "html"]


@pytest.mark.parametrize("kind", ["pptx", "pdf"])
def test_progress_rises_from_nothing_to_all(kind: str, story: Deck):
    told: list[float] = []
    make(kind, job(replace(story, scenes=story.scenes[:2]), tell=lambda share, _what: told.append(share)))
    assert told == sorted(told)
    assert 0 <= told[0] < 0.5
    assert told[-1] == 1


def test_an_unknown_kind_is_an_error(view_deck: Deck):
    with pytest.raises(KeyError):
        make("docx", job(view_deck))


def test_a_name_says_what_is_shown_in_which_version_and_language(story: Deck, view_deck: Deck):
    close_up = of_view(lambda number: story.data_version, View("gdp", "2023", "quantile", 5), site="pazhou")
    assert file_name("pptx", job(story, "zh"), TODAY) == "guangzhou-1-1-9-briefing-v3-zh.pptx"
    assert file_name("handout.pdf", job(view_deck), TODAY) == "guangzhou-1-1-9-population-2010-v3-en.handout.pdf"
    assert file_name("png", job(close_up), TODAY) == "guangzhou-1-1-9-pazhou-v3-en.png"


def test_data_without_a_version_is_named_by_the_day(view_deck: Deck):
    folder = replace(view_deck, data_version=replace(view_deck.data_version, number=None))
    assert file_name("csv", job(folder), TODAY) == "guangzhou-1-1-9-population-2010-2026-11-24-en.csv"
