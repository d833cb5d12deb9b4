"""Getting a briefing ready: what the slides say and follow, locking, and the files."""

import pandas as pd
import pytest

from geo.briefing.build import build
from tests.pages.conftest import Opener
from tests.pages.test_briefing import FIGURES, GDP_SLIDE, NEW, OLD, publish
from ui import data

pytestmark = pytest.mark.slow


def table(app) -> pd.DataFrame:
    """Return the table of slides."""
    return app.dataframe[0].value


def test_the_table_tells_every_slide_its_sentence_and_the_data_it_follows(open_page: Opener) -> None:
    app = open_page("prepare.py", lang="en")
    found = table(app)
    story = build(data.data_version)
    assert list(found.columns) == ["Slide", "Text", "Data", "Open"], "without a gap there is no column of gaps"
    assert list(found["Text"]) == [scene.faces["en"].text for scene in story.scenes]
    assert found["Slide"][0] == "1 · The plan: 1+1+9"
    assert set(found["Data"]) == {"latest"}


def test_a_slide_that_is_locked_or_has_a_gap_says_so(open_page: Opener) -> None:
    open_page("prepare.py", lang="en")
    publish(
        FIGURES,
        ("slides.csv", GDP_SLIDE, "metric=gdp&sel=440105&v=1,city"),
    )
    app = open_page("prepare.py", lang="en")
    row = table(app)[table(app)["Slide"].str.contains("GDP by district")].iloc[0]
    assert OLD in row["Text"]
    assert row["Data"].endswith("latest: version 2")
    assert list(table(app)["Data"]).count("latest") == len(table(app)) - 1


def test_a_gap_gets_a_column_of_its_own(open_page: Opener) -> None:
    open_page("prepare.py", lang="zh")
    publish(("indicators.csv", "440106,gdp,2023,6551.26", "440106,gdp,2022,6551.26"))
    found = table(open_page("prepare.py", lang="zh"))
    assert "无数据" in "".join(found["幻灯片"]) + "".join(found.iloc[:, 1])
    assert any("gdp.top.default" in text for text in found.iloc[:, 3])


def test_locking_puts_the_version_into_the_address_and_a_badge_on_slides(open_page: Opener) -> None:
    app = open_page("prepare.py", lang="en")
    app.button(key="lock").click().run()
    assert app.query_params["v"] == "1"
    assert set(table(app)["Data"]) == {"Locked to version 1"}
    assert "lock" not in [button.key for button in app.button]
    publish(FIGURES)
    app.run()
    assert OLD in " ".join(table(app)["Text"])
    app.button(key="show_newest").click().run()
    assert NEW in " ".join(table(app)["Text"])


def test_the_lock_is_the_version_its_button_names(open_page: Opener) -> None:
    app = open_page("prepare.py", lang="en")
    assert app.button(key="lock").label == "Lock to version 1"
    publish(FIGURES)
    app.button(key="lock").click().run()
    assert app.query_params["v"] == "1"


def test_the_story_is_handed_over_as_one_file(open_page: Opener) -> None:
    app = open_page("prepare.py", lang="en")
    app.button(key="make-html").click().run()
    assert not app.exception
    (download,) = app.get("download_button")
    assert download.proto.label.startswith("Download: Offline HTML file (")
    publish(FIGURES)
    app.run()
    assert not app.get("download_button"), "the file holds older figures than the page"


def test_every_slide_has_a_link_of_its_own_where_the_address_is_known(open_page: Opener, monkeypatch) -> None:
    monkeypatch.setenv("DASHBOARD_ADDRESS", "http://10.0.0.5:8501")
    app = open_page("prepare.py", lang="en")
    assert table(app)["Open"][0] == "http://10.0.0.5:8501/briefing?lang=en&slide=plan"
    links = [button.proto.url for button in app.get("link_button")]
    assert links == [
        "http://10.0.0.5:8501/briefing?lang=en",
        "http://10.0.0.5:8501/briefing?lang=en&auto=20",
    ]
    assert not any("Phones cannot open" in caption.value for caption in app.caption)
    monkeypatch.setenv("DASHBOARD_ADDRESS", "http://localhost:8501")
    assert any("Phones cannot open" in caption.value for caption in open_page("prepare.py", lang="en").caption)
