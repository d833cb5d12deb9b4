"""Checks of decks made by hand: each with one thing wrong."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from geo.briefing.checkup import checks, contrast
from geo.briefing.checkup.messages import WORDS, Result, describe, is_complete
from geo.briefing.model import Deck, Face, Legend, Scene, Swatch
from geo.figures.data_version import DataVersion
from geo.figures.table import Figure, FigureTable
from geo.maps.folium_map import MapStyle, Shape
from geo.maps.themes import THEMES
from geo.view import View

ROOT = Path(__file__).resolve().parents[4]
TODAY = date(2026, 11, 24)
BLUES = ("#e3eef9", "#7eb2dc", "#0b3a70")
SOURCES = pd.DataFrame(
    [
        ("new", "Bureau", "局", "Yearbook", "年鉴", "2024-05-01", "official"),
        ("old", "Census office", "普查办", "Census", "普查", "2011", "official"),
        ("undated", "Somebody", "某", "Page", "页", "", "copy"),
    ],
    columns=["source_id", "publisher_en", "publisher_zh", "document_en", "document_zh", "date", "host"],
).set_index("source_id")
GDP = SimpleNamespace(name={"en": "GDP", "zh": "地区生产总值"})


def figure_table(**columns: str) -> FigureTable:
    """Return figures of two districts in 2023, from one source each; further periods by name, as in ``y2024="new"``."""
    periods = {"2023": ("new", "new")} | {name[1:]: (source,) for name, source in columns.items()}
    return FigureTable(
        {"gdp": GDP},
        {
            ("gdp", period): {
                code: Figure(1.0, (source,), "verified")
                for code, source in zip(("440103", "440104"), ids, strict=False)
            }
            for period, ids in periods.items()
        },
    )


def face(**changes: object) -> Face:
    """Return a slide with nothing wrong."""
    swatches = (*(Swatch(colour, str(i)) for i, colour in enumerate(BLUES)), Swatch("", "No data"))
    map_style = MapStyle({"440103": Shape(BLUES[0]), "440104": Shape(BLUES[2])})
    whole = Face("Title", "Text.", "Notes.", map_style, Legend("GDP", "bn", swatches, ""), None, (), "", (), "Data")
    return replace(whole, **changes)


def scene(number: int = 1, *, zh: Face | None = None, en: Face | None = None, **changes: object) -> Scene:
    """Return a slide in both languages."""
    view = View("gdp", "2023", "quantile", 3)
    whole = Scene(f"s{number}", view, (113.0, 22.5, 114.0, 23.9), {"en": en or face(), "zh": zh or face()})
    return replace(whole, **changes)


def deck(*scenes: Scene, figures: FigureTable | None = None, day: str = "2026-11-01", **changes: object) -> Deck:
    """Return a deck with nothing wrong but what is given."""
    data_version = DataVersion(SimpleNamespace(sources=SOURCES), figures or figure_table(), 3, day)
    whole = Deck(
        scenes or (scene(),), data_version, {}, address="http://briefing.example/briefing", approval="粤S(2026)1号"
    )
    return replace(whole, **changes)


def found(code: str, subject: Deck, fonts: str | None = "Noto Sans CJK SC") -> Result:
    """Return what one check finds."""
    return {result.code: result for result in checks.examine(subject, TODAY, fonts=fonts)}[code]


def test_nothing_is_wrong_with_a_good_deck() -> None:
    results = checks.examine(deck(), TODAY, fonts="Noto Sans CJK SC")
    assert {result.code: result.status for result in results if result.status != "good"} == {
        "no_data": "not tested",
        "muted": "not tested",
    }
    assert checks.verdict(results) == "good"
    assert all(result.slides == () for result in results)


def test_results_come_in_the_order_of_the_table_each_once() -> None:
    codes = [result.code for result in checks.examine(deck(), TODAY, fonts=None)]
    assert codes == [code for code in WORDS if code in codes]
    assert len(codes) == len(set(codes)) == 18


def test_classes_too_much_alike_are_found_by_slide_and_by_kind_of_seeing() -> None:
    red_green = Legend("GDP", "bn", (Swatch("#c8553d", "1"), Swatch("#6f8f3f", "2"), Swatch("", "No data")), "")
    subject = deck(scene(1), scene(2, en=face(legend=red_green)))
    assert found("classes_normal", subject).status == "good"
    grey = found("classes_greyscale", subject)
    expected = contrast.apart("#c8553d", "#6f8f3f", "greyscale")
    assert grey.params["difference"] == 4.5
    assert checks.POOR < expected < checks.SAFE
    assert (grey.status, grey.slides) == ("warning", (2,))


@pytest.mark.parametrize(("second", "status"), [("#d8d8d8", "good"), ("#eeeeee", "warning"), ("#f9f9f9", "bad")])
def test_differences_are_graded(second: str, status: str) -> None:
    near = Legend("GDP", "bn", (Swatch("#ffffff", "1"), Swatch(second, "2")), "")
    assert found("classes_normal", deck(scene(en=face(legend=near)))).status == status


def test_without_classes_there_is_nothing_to_tell_apart() -> None:
    plain = face(legend=None)
    results = checks.examine(deck(scene(en=plain, zh=plain)), TODAY, fonts="x")
    assert {result.status for result in results if result.code.startswith("classes_")} == {"not tested"}


def test_hatching_is_looked_at_where_a_district_has_no_figure() -> None:
    hatched = face(map_style=MapStyle({"440103": Shape()}))
    result = found("no_data", deck(scene(1), scene(2, zh=hatched)))
    assert (result.status, result.slides) == ("good", (2,))


def test_hatching_whose_lines_cannot_be_seen_is_bad(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "HATCHING", {"light": ("#aab1b8", "#aab2b8")})
    assert found("no_data", deck(scene(en=face(map_style=MapStyle({"440103": Shape()}))))).status == "bad"


def test_grey_districts_look_like_the_lightest_blue_in_a_grey_print() -> None:
    muted = face(map_style=MapStyle({"440103": Shape(BLUES[0]), "440104": Shape(muted=True)}))
    result = found("muted", deck(scene(1), scene(2, en=muted)))
    assert (result.status, result.slides) == ("warning", (2,))
    assert result.params["seeing"]["en"] == "Class colours, greyscale print"
    assert found("no_data", deck(scene(en=muted))).status == "not tested"  # muted is not hatched


def test_ink_that_cannot_be_read_is_bad(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "TEXTS", (("#000000", "#ffffff"), ("#bbbbbb", "#ffffff")))
    result = found("text_contrast", deck())
    assert (result.status, result.params["text"]) == ("bad", "#bbbbbb")


def test_the_colours_are_those_of_the_themes() -> None:
    assert checks.HATCHING["dark"] == (THEMES["dark"].hatch, THEMES["dark"].land)
    assert {"light": THEMES["light"].muted, "dark": THEMES["dark"].muted} == checks.MUTED
    for theme in THEMES.values():
        assert {(theme.ink, theme.ground), (theme.faint, theme.land), (theme.accent, theme.ground)} <= {*checks.TEXTS}
    assert len(checks.TEXTS) == 6


def test_gaps_are_named_once_with_their_slides() -> None:
    gapped = face(gaps=("gdp.city.2030",))
    result = found("gaps", deck(scene(1), scene(2, en=gapped, zh=gapped)))
    assert (result.status, result.slides, result.params["gaps"]) == ("bad", (2,), "{gdp.city.2030}")
    assert describe(result, "en").found == "No data for: {gdp.city.2030}."


@pytest.mark.parametrize(("language", "text", "status"), [
    ("zh", "字" * 110, "good"), ("zh", "字 " * 111, "warning"), ("en", "a " * 55, "good"), ("en", "a " * 56, "warning"),
])  # fmt: skip
def test_texts_have_the_room_that_uploaded_ones_have(language: str, text: str, status: str) -> None:
    assert found("lengths", deck(scene(**{language: face(text=text)}))).status == status


def test_a_long_title_is_named() -> None:
    result = found("lengths", deck(scene(1), scene(2, zh=face(title="长" * 25))))
    assert (result.status, result.slides) == ("warning", (2,))
    assert "长" * 25 in result.params["texts"]


def test_notes_are_wanted_in_both_languages() -> None:
    result = found("notes", deck(scene(1), scene(2, zh=face(notes=" ")), scene(3)))
    assert (result.status, result.slides, result.params) == ("warning", (2,), {"count": 1, "all": 3})


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2026-08-24", "good"),
        ("2026-08-23", "warning"),
        ("2025-10-20", "warning"),
        ("2025-10-19", "bad"),
        ("", "not tested"),
    ],
)
def test_data_age_by_days_since_publication(day: str, status: str) -> None:
    assert found("data_age", deck(day=day)).status == status


def test_the_oldest_source_of_a_shown_figure_is_named() -> None:
    figures = figure_table(y2010="old")
    old = scene(2, view=View("gdp", "2010", "quantile", 3))
    result = found("sources_age", deck(scene(1), old, figures=figures))
    assert (result.status, result.slides) == ("warning", (2,))
    assert result.params["source"]["zh"].startswith("普查办")
    assert found("sources_age", deck(scene(1), figures=figures)).status == "good"


def test_sources_without_a_date_and_slides_without_figures_say_nothing_of_age() -> None:
    undated = scene(view=View("gdp", "2010", "quantile", 3))
    assert found("sources_age", deck(undated, figures=figure_table(y2010="undated"))).status == "not tested"
    assert found("sources_age", deck(scene(map_kind="site"))).status == "not tested"


def test_a_newer_period_of_a_single_district_is_named_with_its_coverage() -> None:
    result = found("periods", deck(scene(1), scene(2), figures=figure_table(y2024="new")))
    assert (result.status, result.slides) == ("warning", (1, 2))
    assert result.params["newer"]["en"] == "GDP: 2024 is available (1 of 11 districts), but 2023 is shown"


@pytest.mark.parametrize("later", ["yundated", "y2022"])
def test_undated_and_older_figures_are_not_newer(later: str) -> None:
    assert found("periods", deck(figures=figure_table(**{later: "new"}))).status == "good"


def test_a_figure_of_the_city_alone_does_not_make_older_ones_of_districts_newer() -> None:
    columns = {
        ("gdp", "2023"): {"440103": Figure(1.0, ("new",), "verified")},
        ("gdp", "2025"): {"440100": Figure(9.0, ("new",), "verified")},
    }
    city = scene(view=View("gdp", "2025", "quantile", 3))
    assert found("periods", deck(city, figures=FigureTable({"gdp": GDP}, columns))).status == "good"


def test_slides_of_another_version_are_not_judged_by_this_ones_figures() -> None:
    other = scene(2, locked=2, stale=True)
    assert found("periods", deck(scene(1, map_kind="plan"), other, figures=figure_table(y2024="new"))).status == "good"


def test_slides_locked_to_an_older_version_are_listed() -> None:
    result = found("locked", deck(scene(1, locked=3), scene(2, locked=2, stale=True)))
    assert (result.status, result.slides, result.params["count"]) == ("warning", (2,), 1)


def test_pdf_without_a_chinese_font_is_bad() -> None:
    assert found("pdf_font", deck(), fonts=None).status == "bad"


def test_a_missing_approval_number_is_a_warning() -> None:
    assert found("approval", deck(approval="")).status == "warning"
    assert describe(found("approval", deck()), "zh").found == "粤S(2026)1号"


def test_verdict_is_the_worst_result_that_was_tested() -> None:
    kinds = [Result("gaps", status) for status in ("good", "not tested", "warning", "bad")]
    assert [checks.verdict(kinds[:n]) for n in range(5)] == ["not tested", "good", "good", "warning", "bad"]


def test_a_remedy_is_told_only_where_one_is_needed() -> None:
    assert describe(Result("notes", "warning", {"count": 2, "all": 9}), "en").remedy
    assert not describe(Result("notes", "good"), "en").remedy
    assert not describe(Result("server", "not tested"), "en").remedy


def test_numbers_are_written_with_grouping_and_at_most_one_decimal() -> None:
    assert "1,234 ms" in describe(Result("server", "warning", {"milliseconds": 1234}), "en").found
    assert "1,234" in describe(Result("server", "warning", {"milliseconds": 1234}), "zh").found
    assert "contrast 3.5:1" in describe(Result("text_contrast", "good", {"ratio": 3.46}), "en").found


@pytest.mark.parametrize("code", WORDS)
def test_every_check_has_a_text_for_good_and_for_wrong_and_a_remedy(code: str) -> None:
    words = WORDS[code]
    assert words.tested
    assert words.good
    assert words.remedy
    assert words.warning or words.bad


def test_a_result_without_what_its_text_needs_is_not_complete() -> None:
    assert is_complete(Result("server", "good", {"milliseconds": 3}))
    assert not is_complete(Result("server", "good", {"seconds": 3}))
    assert is_complete(Result("server", "bad"))


def test_everything_found_is_complete_in_words() -> None:
    for subject in (deck(), deck(scene(en=face(gaps=("a",), notes="")), day="", address="", approval="")):
        assert all(is_complete(result) for result in checks.examine(subject, TODAY, fonts=None))


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("https://dashboard.gz.example/briefing", "good"),
        ("http://10.0.3.7:8501/briefing", "good"),
        ("http://127.0.0.1:8501/briefing", "warning"),
        ("http://127.9.9.9/", "warning"),
        ("http://[::1]:8501/", "warning"),
        ("http://localhost:8501/", "warning"),
        ("http://0.0.0.0:8501/", "warning"),
        ("file:///story.html", "warning"),
        ("http://[bad/", "warning"),
        ("", "not tested"),
    ],
)
def test_guests_cannot_reach_loopback(address: str, status: str) -> None:
    assert found("address", deck(address=address)).status == status
    aside = found("address", deck(address="", unreachable=address))
    assert (aside.status, aside.params.get("address", "")) == (status, address), "set aside, it is still told of"
