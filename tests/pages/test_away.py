"""Pages while the database is away: the last version with a notice, and everything as before once it is back."""

import pytest

from store import DatabaseError
from store.reading.loading import parsed, table_bytes
from tests.pages.conftest import Opener
from tests.pages.test_versions import TIANHE_2023, kpi, publication, publish
from ui import data
from ui.menu import PAGES

pytestmark = pytest.mark.slow

NOTICES = {"en": "The database is temporarily unreachable", "zh": "数据库暂时无法连接"}


def notices(app, lang: str) -> list[str]:
    """Return the notices about the database."""
    return [warning.value for warning in app.warning if NOTICES[lang] in warning.value]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("spec", PAGES, ids=lambda spec: spec.file)
def test_every_page_goes_on_with_the_last_version_and_says_so(
    open_page: Opener, database_away, spec, lang: str
) -> None:
    app = open_page(spec.file, lang=lang)
    assert not notices(app, lang)
    with database_away():
        app.run()
        assert not app.exception, app.exception
        assert len(notices(app, lang)) == (not spec.bare)
    app.run()
    assert not notices(app, lang)


def test_a_new_visitor_sees_the_last_version(open_page: Opener, database_away) -> None:
    publish()
    open_page()
    with database_away():
        app = open_page(metric="gdp", period="2023", sel="440106", lang="en")
        assert kpi(app) == "RMB 700.0 bn"
        assert any("version 2, published" in caption.value for caption in app.caption)


def test_eight_other_versions_do_not_push_out_the_one_everybody_sees(open_page: Opener, database_away) -> None:
    text = data.versions().tables(1)["indicators.csv"].decode()
    for number in range(1, 9):
        revised = text.replace(TIANHE_2023, f"{TIANHE_2023.rpartition(',')[0]},{8000 - 100 * number}")
        data.versions().publish(publication({"indicators.csv": revised.encode()}, "revised"), expected=number)
    open_page(lang="en")
    for number in range(1, 9):
        assert data.of_version(number) is not None
    data.known()._answers.pop(("version", 9))  # as a thousand other questions would
    with database_away():
        app = open_page(metric="gdp", period="2023", sel="440106", lang="en")
        assert kpi(app) == "RMB 720.0 bn"
        assert any("version 9, published" in caption.value for caption in app.caption)
        assert notices(app, "en")


def test_a_version_that_is_not_in_memory_is_left_out_until_the_database_is_back(
    open_page: Opener, database_away
) -> None:
    publish()
    open_page()
    data.raw.clear(1)
    for waits in (True, False):
        data._loaded.clear(1, waits)
    with database_away():
        app = open_page(metric="gdp", period="2023", sel="440106", lang="en", v="1")
        assert kpi(app) == "RMB 700.0 bn"
        assert any("v=1" in warning.value for warning in app.warning)
    app = open_page(metric="gdp", period="2023", sel="440106", lang="en", v="1")
    assert kpi(app) == "RMB 655.1 bn"


def test_a_page_locked_to_a_version_that_left_memory_goes_back_to_the_newest(open_page: Opener, database_away) -> None:
    publish()
    app = open_page(metric="gdp", period="2023", sel="440106", lang="en", v="1")
    assert kpi(app) == "RMB 655.1 bn"
    data.raw.clear(1)
    for waits in (True, False):
        data._loaded.clear(1, waits)
    with database_away():
        app.run()
        assert not app.exception, app.exception
        assert kpi(app) == "RMB 700.0 bn"


def test_what_was_published_at_the_last_moment_is_not_shown_half_loaded(
    open_page: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_page()
    publish()

    def gone(_: int) -> dict[str, bytes]:
        raise DatabaseError("away right after the number was read")

    monkeypatch.setattr(data.versions(), "tables", gone)
    app = open_page(metric="gdp", period="2023", sel="440106", lang="en")
    assert kpi(app) == "RMB 655.1 bn"


def test_a_story_is_whole_again_once_the_database_is_back(open_page: Opener, database_away) -> None:
    publish()
    slides = parsed({"slides.csv": data.versions().tables(2)["slides.csv"]})["slides.csv"]
    slides.loc[1, "view"] += "&v=1"
    tables = {"slides.csv": table_bytes(slides)}
    data.versions().publish(publication(tables, "one slide is locked"), expected=2)
    open_page()
    data._deck.clear()
    data.raw.clear(1)
    for waits in (True, False):
        data._loaded.clear(1, waits)
    with database_away():
        assert not open_page("briefing.py", lang="en").exception
    open_page("briefing.py", lang="en")
    stamps = [scene.faces["en"].stamp for scene in data._deck(3).scenes]
    assert any("version 1" in stamp for stamp in stamps), stamps
