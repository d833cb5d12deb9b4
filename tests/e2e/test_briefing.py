"""The briefing in a real browser: on the wall, with a presenter's window, and as a file without any server."""

import os
import re
import subprocess
import sys
import tomllib
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from pptx import Presentation

from geo.briefing import build
from geo.briefing.export.webpage import single_page
from geo.data import loading, story
from geo.figures import measures
from geo.figures.data_version import DataVersion
from geo.maps.map_styles import HOME
from tests.e2e.conftest import ROOT, Visits, free_port, running, serving
from tests.e2e.screen import Screen
from tests.e2e.wall import Notes, Wall
from tests.fixtures import DATA
from ui.static_files import PLAYER, PLAYER_STYLES, source

STORY = tomllib.loads((DATA / "slides.toml").read_text(encoding="utf-8"))
IDS = list(STORY)
TIANHE = "440106"


def open_wall(visits: Visits, query: str = "lang=zh", **context: object) -> Wall:
    """Open the show and wait for its first slide."""
    wall = Wall(visits.open(f"/briefing?{query}", **context).page)
    expect(wall.root).to_have_attribute("data-camera", "still")
    return wall


def give_talk(wall: Wall, language: str, *, codes: int) -> None:
    """Go through all slides by keyboard and back, as a clicker does, and try every key a presenter uses; the last has a QR code or none."""
    wall.mark_map()
    seen = []
    for number, id_ in enumerate(IDS):
        if number:
            wall.press(("ArrowRight", "PageDown", "Space")[number % 3])
        wall.expect_slide(id_)
        assert wall.title() == STORY[id_][f"title_{language}"]
        expect(wall.root.locator(".count")).to_have_text(f"{number + 1} / {len(IDS)}")
        wall.expect_nothing_cut()
        seen.append((wall.fills(), wall.places()))
    wall.press("ArrowRight")
    wall.expect_slide(IDS[-1])  # the end is the end
    expect(wall.root.locator(".code svg").filter(visible=True)).to_have_count(codes)
    wall.press("Home")
    wall.expect_slide(IDS[0])
    assert (wall.fills(), wall.places()) == seen[0]
    wall.press("PageUp")
    wall.expect_slide(IDS[0])
    expect(wall.root.locator(".code svg")).to_have_count(0)
    wall.press("End", "ArrowLeft")
    wall.expect_slide(IDS[-2])
    wall.press("6")
    wall.expect_slide("gdp")
    wall.press("1", "1")
    wall.expect_slide(IDS[10])
    wall.expect_map_not_rebuilt()


def test_the_whole_talk_by_keyboard_without_network(visits: Visits) -> None:
    """Once opened, the show needs nothing: all slides, black screen, notes, language, question and back to the exact slide."""
    wall = open_wall(visits, viewport={"width": 1920, "height": 1080})
    wall.page.context.set_offline(True)
    give_talk(wall, "zh", codes=0)  # guests cannot open 127.0.0.1
    wall.press("6")
    wall.expect_slide("gdp")
    before = (wall.fills(), wall.places(), wall.page.url)
    wall.press("b")
    expect(wall.root.locator(".black")).to_be_visible()
    wall.press("b", "n")
    expect(wall.root.locator(".black")).to_be_hidden()
    expect(wall.root.locator(".panel-notes p")).to_contain_text("首次公布数")
    wall.press("n", "l")
    expect(wall.root.locator("h1")).to_have_text(STORY["gdp"]["title_en"])
    wall.press("l")
    wall.ask("天河区人口多少")
    expect(wall.root.locator(".found .chosen")).to_contain_text("常住人口")
    expect(wall.root.locator(".found .chosen")).to_contain_text("224.2 万人")
    expect(wall.root.locator(f"path.district-{TIANHE}")).to_have_class(re.compile(r"\bselected\b"))
    assert wall.fills() != before[0]
    expect(wall.root.locator(".stamp")).to_contain_text("常住人口截至")
    expect(wall.root.locator(".stamp")).not_to_contain_text("地区生产总值")
    wall.press("Escape")
    wall.expect_slide("gdp")
    expect(wall.root.locator(".stamp")).to_contain_text("地区生产总值截至")
    expect(wall.root.locator(".ask")).to_be_hidden()
    assert (wall.fills(), wall.places(), wall.page.url) == before
    wall.expect_on_top()
    assert wall.page.url.endswith("slide=gdp") or "slide=gdp&" in wall.page.url


def test_the_address_alone_opens_the_same_slide(visits: Visits) -> None:
    """Another window with the address of a slide shows the same text and colours in the same language, locked to the same data."""
    first = open_wall(visits, "lang=en&v=1&slide=residents")
    first.expect_slide("residents")
    expect(first.root.locator(".badge")).to_have_text("Locked to version 1")
    second = open_wall(visits, first.page.url.partition("?")[2])
    second.expect_slide("residents")
    assert (second.title(), second.fills()) == (first.title(), first.fills())
    expect(second.root.locator(".badge")).to_have_text("Locked to version 1")
    live = open_wall(visits, "lang=en&slide=residents")
    expect(live.root.locator(".badge")).to_be_hidden()


def publish_story(database: str, path: Path, **titles: str) -> None:
    """Publish the shipped story with another title of the GDP slide, as staff do on the command line."""
    frame = story.to_frame(STORY)
    for language, title in titles.items():
        frame.loc[frame["slide_id"] == "gdp", f"title_{language}"] = title
    frame.to_csv(path, index=False)
    command = ["-m", "store", "publish", str(path), "--kind", "slides", "--yes", "--note", "title", "--author", "test"]
    subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=os.environ | {"DASHBOARD_DATABASE_URL": database}, check=True
    )


def test_what_is_published_during_the_talk_waits_until_it_is_asked_for(
    browser: Browser, visits: Visits, tmp_path: Path
) -> None:
    """The show says that there is newer data and goes on; R takes it over on the same slide; a locked story stays, with a badge."""
    database = f"sqlite:///{tmp_path / 'talk.sqlite3'}"
    with serving(tmp_path / "log.txt", DASHBOARD_DATABASE_URL=database) as url:
        wall = Wall(visits.open("/briefing?lang=en&slide=gdp", url=url).page)
        wall.expect_slide("gdp")
        before = wall.title()
        publish_story(database, tmp_path / "story.csv", en="GDP, as revised", zh="修订后的地区生产总值")
        expect(wall.root.locator(".canvas.newer")).to_be_visible()
        wall.press("ArrowRight", "ArrowLeft")
        wall.expect_slide("gdp")
        assert wall.title() == before
        wall.press("r")
        expect(wall.root.locator("h1")).to_have_text("GDP, as revised")
        wall.expect_slide("gdp")
        expect(wall.root.locator(".badge")).to_be_hidden()
        locked = Wall(visits.open("/briefing?lang=en&slide=gdp&v=1", url=url).page)
        expect(locked.root.locator("h1")).to_have_text(before)
        expect(locked.root.locator(".badge.stale")).to_contain_text("Version 1, published")
        for page in visits.pages:
            page.close()


def test_a_broken_link_opens_with_a_notice(visits: Visits) -> None:
    """A version or slide that is not there is named, and what is shown instead claims to be nothing else; a good link says nothing."""
    wall = open_wall(visits, "lang=en&v=999&slide=gdp")
    wall.expect_slide("gdp")
    expect(wall.root.locator(".toast.shown")).to_contain_text("v=999")
    expect(wall.root.locator(".stamp")).to_contain_text("version 1, published")
    other = open_wall(visits, "lang=en&slide=no-such")
    other.expect_slide(IDS[0])
    expect(other.root.locator(".toast.shown")).to_contain_text("no-such")
    good = open_wall(visits, "lang=en&slide=gdp")
    good.expect_slide("gdp")
    expect(good.root.locator(".toast.shown")).to_have_count(0)


@pytest.mark.parametrize(
    ("size", "kind"),
    [((1366, 768), "r169"), ((1024, 768), "r43"), ((2560, 1080), "r219"), ((3840, 1080), "r329"), ((390, 844), "tall")],
)
def test_the_canvas_fits_any_wall(visits: Visits, size: tuple[int, int], kind: str) -> None:
    """16:9, 4:3, 21:9, 32:9 and a phone: whole canvas, whole texts, no scroll bars, no menu of the dashboard."""
    wall = open_wall(visits, "lang=en&slide=gdp", viewport={"width": size[0], "height": size[1]})
    wall.expect_canvas_inside(kind)
    wall.expect_on_top()
    wall.expect_nothing_cut()


def test_presenter_view_and_wall_keep_step(visits: Visits) -> None:
    """Either window leads; another show on the same server stays where it is."""
    wall, stranger = open_wall(visits, "lang=en"), open_wall(visits, "lang=en")
    wall.press("n")
    address = str(wall.root.locator(".panel-notes a").get_attribute("href"))
    wall.press("n")
    phone = visits.open(
        address.partition("127.0.0.1")[2].partition("/")[2].join(["/", ""]), viewport={"width": 390, "height": 844}
    )
    notes = Notes(phone.page)
    notes.expect_connected()
    notes.expect_slide(IDS[0])
    expect(notes.root).to_contain_text("This briefing follows one article")
    phone.page.locator("[data-notes=next-button]").click()
    wall.expect_slide(IDS[1])
    wall.press("ArrowRight")
    notes.expect_slide(IDS[2])
    phone.page.locator("[data-notes=black-button]").click()
    expect(wall.root.locator(".black")).to_be_visible()
    wall.press("b")
    expect(notes.root).to_have_attribute("data-black", "false")
    wall.ask("Tianhe GDP")
    expect(notes.root).to_contain_text("Tianhe · GDP · 2023 · RMB 655.1 bn")
    wall.page.context.set_offline(True)
    wall.press("Escape", "End")
    wall.expect_slide(IDS[-1])
    notes.expect_slide(IDS[2])  # nothing reaches it
    wall.page.context.set_offline(False)
    notes.expect_slide(IDS[-1])  # the wall leads: it does not jump back to where the phone is
    wall.expect_slide(IDS[-1])
    stranger.expect_slide(IDS[0])
    expect(stranger.root.locator(".black")).to_be_hidden()


def test_show_and_presenter_outlive_their_server(browser: Browser, visits: Visits, tmp_path: Path) -> None:
    """Without the server both windows can still be used, dialog or not; once it is back they find each other again, and after a reload too."""
    port = free_port()
    url, database = f"http://127.0.0.1:{port}", f"sqlite:///{tmp_path / 'show.sqlite3'}"
    command = ["-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    health = f"{url}/_stcore/health"
    with running(command, health, tmp_path / "first.txt", DASHBOARD_DATABASE_URL=database):
        wall = Wall(visits.open("/briefing?lang=en", url=url).page)
        wall.expect_slide(IDS[0])
        wall.press("n")
        address = str(wall.root.locator(".panel-notes a").get_attribute("href"))
        wall.press("n")
        notes = Notes(visits.open(address.removeprefix(url), url=url).page)
        notes.expect_connected()
    for window in (wall, notes):
        expect(window.page.locator("[data-testid=stDialog], [role=dialog]").first).to_be_attached()
    wall.press("/")
    wall.page.keyboard.type("gdp")
    expect(wall.root.locator(".ask input")).to_have_value("gdp")
    wall.press("Escape", "ArrowRight")
    wall.expect_slide(IDS[1])
    wall.expect_on_top()
    notes.page.locator("[data-notes=next-button]").click()
    notes.expect_slide(IDS[1])
    with running(command, health, tmp_path / "second.txt", DASHBOARD_DATABASE_URL=database):
        notes.expect_connected()
        wall.press("ArrowRight")
        notes.expect_slide(IDS[2])
        wall.page.reload()
        wall.expect_slide(IDS[2])
        notes.page.locator("[data-notes=next-button]").click()
        wall.expect_slide(IDS[3])
        for page in visits.pages:
            page.close()


def test_keys_in_odd_moments(visits: Visits) -> None:
    """A black screen does not come back by itself, a held key does not flicker, an input method keeps its keys, a digit waits for nobody."""
    wall = open_wall(visits, f"lang=en&slide={IDS[-1]}")
    wall.press("b", "ArrowRight")
    expect(wall.root.locator(".black")).to_be_hidden()
    wall.press("1", "ArrowLeft")
    wall.expect_slide(IDS[-2])
    wall.press("n", "/")
    expect(wall.root.locator(".panel")).to_be_hidden()
    wall.page.keyboard.type("gdp")
    wall.root.locator(".ask input").dispatch_event("keydown", {"key": "Escape", "isComposing": True, "bubbles": True})
    expect(wall.root.locator(".ask")).to_be_visible()
    wall.press("Enter")
    expect(wall.root.locator(".legend")).to_contain_text("GDP")
    expect(wall.root.locator("h1")).to_contain_text("GDP")
    fills = wall.fills()
    wall.page.set_viewport_size({"width": 1400, "height": 800})
    expect(wall.root.locator("h1")).to_contain_text("GDP")
    assert wall.fills() == fills
    wall.press("Escape")
    wall.expect_slide(IDS[-2])
    wall.page.keyboard.down("t")
    wall.page.keyboard.down("t")  # held: the browser repeats it
    wall.page.keyboard.up("t")
    expect(wall.root).to_have_class(re.compile(r"\bdark\b"))
    wall.expect_slide(IDS[-2])


def test_a_dark_close_up_has_the_dark_tint_on_map_and_legend(visits: Visits) -> None:
    """What is tinted for a light ground is tinted otherwise on a dark one; class colours stay."""
    wall = open_wall(visits, "lang=en&slide=baietan")
    light, dark = (f"rgb({', '.join(str(int(HOME[theme][i : i + 2], 16)) for i in (1, 3, 5))})" for theme in HOME)
    swatch = wall.root.locator(".swatch i")
    assert wall.fills()["440103"] == light
    expect(swatch).to_have_css("background-color", light)
    wall.press("t")
    expect(swatch).to_have_css("background-color", dark)
    assert wall.fills()["440103"] == dark
    wall.press("6")
    wall.expect_slide("gdp")
    classes = wall.fills()
    wall.press("t")
    expect(wall.root).not_to_have_class(re.compile(r"\bdark\b"))
    assert wall.fills() == classes


def test_fingers_lead_too(visits: Visits) -> None:
    """On a phone a tap at the side turns the slide, one in the middle does not, and the button has what keys have."""
    wall = open_wall(visits, "lang=en", has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844})
    wall.page.touchscreen.tap(380, 500)
    wall.expect_slide(IDS[1])
    wall.page.touchscreen.tap(195, 500)
    wall.root.locator(".more").tap()
    wall.expect_slide(IDS[1])
    wall.root.locator(".panel-help").get_by_role("button", name="next slide").tap()
    wall.expect_slide(IDS[2])
    expect(wall.root.locator(".panel-help")).to_be_hidden()
    wall.page.touchscreen.tap(5, 500)
    wall.expect_slide(IDS[1])


def test_a_long_show_collects_no_listeners(visits: Visits) -> None:
    """After more slides the page listens to no more than before."""
    wall = open_wall(visits, "lang=en", reduced_motion="reduce")
    session = wall.page.context.new_cdp_session(wall.page)

    def listeners() -> float:
        wall.press("Home", *["ArrowRight"] * 10)
        wall.expect_slide(IDS[10])
        session.send("HeapProfiler.collectGarbage")
        metrics = session.send("Performance.getMetrics")["metrics"]
        return float(next(metric["value"] for metric in metrics if metric["name"] == "JSEventListeners"))

    session.send("Performance.enable")
    first = listeners()
    assert max(listeners() for _ in range(2)) <= first + 5


def test_auto_play_goes_round(visits: Visits) -> None:
    """With a pace in the address slides follow one another, after the last comes the first, and Escape stops it."""
    wall = open_wall(visits, f"lang=en&auto=3&slide={IDS[-1]}")
    expect(wall.root).to_have_attribute("data-slide", IDS[0])
    expect(wall.root.locator(".progress")).to_have_class(re.compile(r"\bpacing\b"))
    wall.press("Escape")
    expect(wall.root.locator(".progress")).not_to_have_class(re.compile(r"\bpacing\b"))
    expect(wall.page).to_have_url(re.compile("/briefing"))


def saved(screen: Screen, kind: str) -> bytes:
    """Make a file on the page and save it."""
    screen.click(f"make-{kind}")
    with screen.page.expect_download() as download:
        screen.page.locator(".st-key-handover_save button").click()
    return Path(download.value.path()).read_bytes()


def test_the_story_and_a_view_are_handed_over(visits: Visits) -> None:
    """Prepare makes a PowerPoint of the story in the language chosen there; the overview a print of what it shows; neither holds the other."""
    screen = visits.open("/prepare?lang=zh")
    deck = Presentation(BytesIO(saved(screen, "pptx")))
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert titles[: len(IDS)] == [STORY[id_]["title_zh"] for id_ in IDS]
    view = visits.open(f"/?lang=en&metric=population&period=2010&sel={TIANHE}")
    view.wait_for_map()
    view.page.locator(".st-key-handover_box button").first.click()
    drawing = saved(view, "svg").decode()
    assert f"district-{TIANHE}" in drawing
    assert "Residents · 2010" in drawing
    assert "常住人口" not in drawing
    view.expect_no_trouble()


def single_file(folder: Path, language: str) -> Path:
    """Write the shipped story as one file."""
    atlas = loading.load(DATA)
    data_version = DataVersion(atlas, measures.figures(atlas), 1, date(2026, 1, 2).isoformat())
    deck = build.build(lambda _number: data_version, address="http://192.0.2.1/briefing")
    path = folder / "story.html"
    path.write_bytes(single_page(deck, language, source, PLAYER, PLAYER_STYLES))
    return path


QUESTIONS = {  # question: how many answers, and the first of them
    "gdp 2024 tianhe": (1, "Tianhe · GDP · 2024RMB 661.5 bn†"),
    "天河GDP": (1, "Tianhe · GDP · 2023RMB 655.1 bn"),
    "2024年天河区有多少人?": (1, "Tianhe · Residents · 2024No data"),  # no census: never the figure of another year
    "Tianhe District per capita": (1, "Tianhe · GDP per head* · 2023RMB 292.2 thousand*"),
    "全市人口": (1, "Guangzhou · Residents · 202018.68 million"),
    "city gdp 2020": (1, "Guangzhou · GDP · 2020RMB 2,501.9 bn"),
    "琶洲": (1, "Haizhu (home of Pazhou) · Known tenants · 20259 companies"),
    "Tencent": (1, "Haizhu (home of Pazhou) · Known tenants · 20259 companies"),
    "tia": (6, "Tianhe · GDP · 2023RMB 655.1 bn"),
    "how big is Haizhu": (1, "Haizhu (home of Pazhou) · Land area, official · undated90.4 km²"),
    "天河跨境电商": (1, "Tianhe · Cross-border e-commerce trade · 2023No data"),
    "广州哪个区人口最多": (6, "Baiyun · Residents · 20203.74 million"),
    "smallest area": (6, "Yuexiu · Land area, official · undated33.8 km²"),
    "零售": (6, "Guangzhou · Retail sales · 2022RMB 1,029.8 bn"),
    "天河失业率": (0, ""),  # names nothing here
    "GDP Shenzhen": (0, ""),
}


def test_questions_are_answered_in_both_languages_for_the_year_they_name(browser: Browser, tmp_path: Path) -> None:
    """Each question, typed into the single file, lists what it asks for, and a year without any figure has a hatched map."""
    path = single_file(tmp_path, "en")
    with browser.new_context(offline=True, reduced_motion="reduce") as context:
        page, errors = context.new_page(), []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(path.as_uri())
        wall = Wall(page)
        wall.expect_slide(IDS[0])
        wall.press("/")
        answers = {}
        for question in QUESTIONS:
            page.locator(".ask input").fill(question)
            rows = wall.root.locator(".found button").all_text_contents()
            answers[question] = (len(rows), rows[0] if rows else "")
        assert answers == QUESTIONS
        page.locator(".ask input").fill("population 2030")
        wall.press("Enter")
        expect(wall.root.locator("h1")).to_have_text("Guangzhou · Residents · 2030")
        assert set(wall.fills().values()) == {'url("#hatch")'}
        legend = wall.root.locator(".legend")
        expect(legend.locator("strong")).to_have_text("Residents · 2030")
        expect(legend.locator(".swatch")).to_have_text(["No data"])
        page.locator(".ask input").fill("Haizhu GDP per head 2022")
        wall.press("Enter")
        expect(legend.locator("strong")).to_contain_text("GDP per head* · 2022 (")
        expect(legend.locator("small")).to_contain_text("* divided by figures for another year: Residents, ")
        assert errors == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_single_file_gives_the_talk_with_networking_off(browser: Browser, tmp_path: Path, language: str) -> None:
    """From file://, in a browser that is offline, the file shows the whole story, and asks for nothing else."""
    path = single_file(tmp_path, language)
    assert path.stat().st_size <= 2_000_000
    # With reduced motion the camera jumps, and the test is through sooner.
    settings = {"viewport": {"width": 1366, "height": 768}, "reduced_motion": "reduce"}
    with browser.new_context(offline=True, **settings) as context:
        page, asked, errors = context.new_page(), [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(path.as_uri())
        wall = Wall(page)
        wall.expect_slide(IDS[0])
        give_talk(wall, language, codes=1)
        wall.press("f", "b", "b", "t")
        page.reload()
        wall.expect_slide(IDS[10])
        assert [url for url in asked if url.partition("#")[0] != path.as_uri()] == []
        assert errors == []
