"""A deck as the JSON value that the browser plays: pure, whole, and its QR code leads where it says."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest
import segno

from geo.briefing.export.payload import payload, qr
from geo.briefing.model import Deck, Scene
from geo.briefing.small_print import slide_texts, stamp_line
from geo.schema import ADCODES, CITY, LANGUAGES


@pytest.fixture(scope="module")
def played(story: Deck) -> dict[str, Any]:
    """Return the shipped story as the browser reads it."""
    return json.loads(json.dumps(payload(story), allow_nan=False))


def test_a_payload_is_plain_json(story: Deck, played: dict[str, Any]):
    assert json.loads(json.dumps(payload(story))) == played
    assert list(played) == [
        "titles", "slides", "answers", "map_styles", "legends", "stamps", "search", "city", "words", "address", "qr", "caption", "approval", "tints",
        "version", "locked",
    ]  # fmt: skip
    assert (played["version"], played["approval"], played["address"]) == (3, "", "http://10.0.0.1:8501/briefing")


def test_every_text_of_every_slide_is_in_both_languages(story: Deck, played: dict[str, Any]):
    assert [slide["id"] for slide in played["slides"]] == [scene.id for scene in story.scenes]
    for scene, slide in zip(story.scenes, played["slides"], strict=True):
        for language in LANGUAGES:
            face, sent = scene.faces[language], slide["faces"][language]
            stamp = stamp_line(face, language, slide_texts(face))
            plain = (face.title, face.text, face.notes, list(face.sources), stamp, face.badge)
            assert plain == tuple(sent[name] for name in ("title", "text", "notes", "sources", "stamp", "badge"))
            assert bool(face.chart) == bool(sent["chart"])
            assert sent["map_style"].get("head", "") == face.map_style.head


def test_charts_and_legends_keep_every_value_in_order(scene, story: Deck):
    made: Scene = scene(stamp="Data: version 3")
    sent = json.loads(json.dumps(payload(replace(story, scenes=(made,)))))["slides"][0]
    face = sent["faces"]["en"]
    assert face["chart"] == {
        "kind": "ranking",
        "title": "Ranking",
        "unit": "u",
        "bars": [["Liwan", 9.5, "9.5", "#0b3a70", ADCODES[0]], ["Yuexiu", None, "No data", "", ADCODES[1]]],
    }
    assert face["legend"] == {
        "title": "People", "unit": "u", "swatches": [["#0b3a70", "1 – 9"], ["", "No data"]], "note": "Legend's note.",
    }  # fmt: skip
    assert (face["badge"], face["sources"]) == ("Locked to 2", ["Bureau: Yearbook", "Office: Census"])
    assert sent["stale"] is False


def test_a_slide_without_chart_and_legend_has_none(scene, story: Deck):
    (sent,) = payload(replace(story, scenes=(replace(scene(chart=None, legend=None), stale=True),)))["slides"]
    assert (sent["faces"]["en"]["chart"], sent["faces"]["en"]["legend"], sent["stale"]) == (None, None, True)


def test_corners_are_south_west_then_north_east_with_latitude_first(scene, story: Deck):
    sent = payload(replace(story, scenes=(scene(),)))
    assert sent["slides"][0]["camera"] == [[23.0475, 114.0], [23.0845, 114.117]]
    (south, west), (north, east) = sent["city"]
    assert 22 < south < 23 < north < 24.5
    assert 112 < west < 113.5 < east < 115


def test_answers_name_a_style_that_is_there(played: dict[str, Any]):
    assert len(played["answers"]) > 50
    for adcode, key, words, value in played["answers"]:
        assert (value is None) == ("No data" in words["en"])
        assert adcode in (CITY, *ADCODES)
        assert key in played["map_styles"]
        assert set(words) == set(LANGUAGES)
        assert all(isinstance(line, str) and line for lines in words.values() for line in lines)


def test_places_and_metrics_are_found_by_their_names_and_other_headings(story: Deck, played: dict[str, Any]):
    places, metrics = played["search"]["places"], played["search"]["metrics"]
    assert set(places) == {CITY, *ADCODES}
    assert places["440106"] == ["Tianhe", "天河", "Tianhe District", "天河区"]
    assert set(metrics) == set(story.data_version.figure_table.metrics)
    assert {"gdp", "GDP", "地区生产总值", "国内生产总值"} <= set(metrics["gdp"]["words"])
    assert "retail sales" in metrics["retail_sales"]["words"]


def test_the_words_of_the_show_are_there_in_both_languages(played: dict[str, Any]):
    english, chinese = played["words"]["en"], played["words"]["zh"]
    assert english.keys() == chinese.keys()
    same = {key for key in english if english[key] == chinese[key]}
    assert same <= {"slideOf"}, "all but numbers are translated"
    for key in english:
        assert sorted(re.findall(r"\{\w+\}", english[key])) == sorted(re.findall(r"\{\w+\}", chinese[key]))


# ---- QR code


def modules(code: dict[str, Any]) -> list[list[int]]:
    """Return the dark modules that a path draws, row by row."""
    grid = [[0] * code["size"] for _ in range(code["size"])]
    steps = re.findall(r"M(\d+) (\d+)h1v1h-1z", code["path"])
    assert "".join(f"M{x} {y}h1v1h-1z" for x, y in steps) == code["path"]
    for x, y in steps:
        grid[int(y)][int(x)] = 1
    return grid


@pytest.mark.parametrize(
    "address",
    [
        "http://10.0.0.1:8501/briefing",
        "https://dashboard.example.gov.cn/briefing?v=12&lang=zh&slide=belt-road",
        "http://a/",
    ],
)
def test_a_qr_code_draws_the_code_of_its_address_in_a_quiet_zone(address: str):
    grid = modules(qr(address))
    expected = [list(row) for row in segno.make_qr(address, error="m").matrix]
    assert [row[4:-4] for row in grid[4:-4]] == expected
    border = [*grid[:4], *grid[-4:], *(row[:4] + row[-4:] for row in grid)]
    assert not any(map(any, border))


def test_a_short_address_makes_no_micro_code_which_few_phones_read():
    assert qr("http://a/")["size"] == 21 + 8


def test_two_addresses_have_two_codes():
    assert qr("http://10.0.0.1/briefing") != qr("http://10.0.0.2/briefing")


def test_without_an_address_there_is_no_code(story: Deck):
    sent = payload(replace(story, address=""))
    assert (sent["address"], sent["caption"], sent["qr"]) == ("", "", None)


@pytest.mark.parametrize(
    ("address", "caption"),
    [
        ("http://10.0.0.1/briefing?lang=zh", "http://10.0.0.1/briefing"),
        ("http://10.0.0.1/briefing?v=12&lang=zh", "http://10.0.0.1/briefing?v=12"),
    ],
)
def test_under_the_code_stands_the_address_with_the_version_where_it_names_one(address, caption, story: Deck):
    assert payload(replace(story, address=address))["caption"] == caption
