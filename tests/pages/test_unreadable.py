"""A published version that this release cannot read: pages show the newest it can, the desk says so and refuses in words."""

import shutil
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from store.reading import opening
from store.reading.loading import shipped_tables
from tests.fixtures import DATA
from tests.pages.conftest import Opener
from tests.pages.test_versions import CHANGED, TIANHE_2023, kpi, publication
from tests.store.releases.make import RELEASES, SQLITE, release
from ui import data
from ui.auth import access
from ui.auth.identity import Person, Reason, Role, Standing

pytestmark = pytest.mark.slow

MANY = "440106,gdp,2023,many"
NANSHA_2024 = "区,2024年地区生产总值（万元）\n南沙区,23000000\n".encode("gb18030")


@pytest.fixture(autouse=True)
def _at_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who may do everything."""
    monkeypatch.setattr(access, "standing", lambda: Standing(Person("", Role.ADMINISTRATOR, True), Reason.OPEN))


def figures(new: str) -> dict[str, bytes]:
    """Return the shipped figures with another GDP of Tianhe in 2023."""
    table = shipped_tables(DATA)["indicators.csv"].decode()
    assert TIANHE_2023 in table
    return {"indicators.csv": table.replace(TIANHE_2023, new).encode()}


def publish(new: str, note: str = "a note") -> int:
    """Publish that upon what is published."""
    return data.versions().publish(publication(figures(new), note), expected=data.published()).id


@pytest.fixture
def unreadable() -> int:
    """The number of a published version that cannot be read, the third."""
    publish(CHANGED)
    return publish(MANY, "unreadable")


@pytest.fixture
def desk(open_page: Opener) -> Callable[..., AppTest]:
    """Return a function that opens a part of the desk."""

    def open_(part: str, lang: str = "en") -> AppTest:
        app = open_page("data_desk.py", lang=lang)
        app.segmented_control(key="desk_part").set_value(part).run()
        assert not app.exception, app.exception
        return app

    return open_


def errors(app: AppTest) -> str:
    """Return all that is said in errors."""
    return " ".join(element.value for element in app.error)


def test_pages_show_the_newest_version_that_can_be_read_and_the_pointer_stays(unreadable: int, open_page: Opener):
    app = open_page(metric="gdp", period="2023", sel="440106", lang="en")
    assert kpi(app) == "RMB 700.0 bn"
    assert "version 2, published" in app.caption[-1].value
    assert (data.published(), data.current()) == (unreadable, 2)
    assert not app.error, "guests have the data that is shown, with its version; the notice is for staff"


def test_an_open_page_stays_when_a_version_it_cannot_read_is_published(open_page: Opener):
    publish(CHANGED)
    app = open_page(metric="gdp", period="2023", sel="440106", lang="en")
    publish(MANY)
    app.run()
    assert not app.exception
    assert kpi(app) == "RMB 700.0 bn"
    assert not app.toast
    publish(CHANGED.replace("7000", "8000"))
    app.run()
    assert kpi(app) == "RMB 800.0 bn"


def test_a_link_to_it_opens_with_the_usual_notice(unreadable: int, open_page: Opener):
    app = open_page(metric="gdp", period="2023", sel="440106", lang="en", v=str(unreadable))
    assert "v=3" in app.warning[0].value
    assert kpi(app) == "RMB 700.0 bn"


@pytest.mark.parametrize(("lang", "words"), [("en", "Version 3 is published, but"), ("zh", "已发布的是第 3 版")])
def test_the_desk_says_so_with_the_reason_and_takes_no_file(unreadable: int, desk, lang: str, words: str):
    app = desk("upload", lang)
    assert words in errors(app)
    assert "found 'many'" in app.code[0].value
    assert not app.file_uploader


def test_the_reason_is_known_although_the_database_is_not_asked_again(unreadable: int, monkeypatch: pytest.MonkeyPatch):
    assert data.current() == 2
    monkeypatch.setattr(opening, "condition", None)
    assert "found 'many'" in data.condition(unreadable).reason


def test_the_desk_says_nothing_where_all_is_well(desk):
    publish(CHANGED)
    app = desk("upload")
    assert not app.error
    assert app.file_uploader


def test_the_history_says_why_and_offers_to_restore_only_what_can_be_read(unreadable: int, desk):
    app = desk("history")
    table = next(frame.value for frame in app.dataframe if "Status" in frame.value.columns)
    assert table["Status"].tolist() == ["published, unreadable", "published", "published"]
    assert table["Version"].tolist() == ["3", "2 ●", "1"]
    assert "cannot be opened, restored or approved" in errors(app)
    assert "found 'many'" in app.code[-1].value
    assert any("cannot be compared" in caption.value for caption in app.caption)
    assert not any((button.key or "").startswith("restore-button") for button in app.button)


def test_another_version_is_restored_over_it_and_the_desk_works_again(unreadable: int, desk):
    app = desk("history")
    app.selectbox(key="history_version").set_value(2).run()
    assert "cannot be opened" not in errors(app)
    app.text_input(key="author").set_value("Han Meimei")
    app.text_input(key="restore_note").set_value("back to what can be read")
    app.button(key="restore-button-2").click().run()
    assert not app.exception, app.exception
    assert (data.published(), data.current()) == (4, 4)
    assert data.versions().version(4).restored_from == 2
    app.segmented_control(key="desk_part").set_value("upload").run()
    app.button(key="next_file").click().run()
    assert not app.error
    assert app.file_uploader


def test_taking_back_what_followed_an_unreadable_version_is_refused(unreadable: int, open_page: Opener):
    good = publish(CHANGED)
    app = open_page("data_desk.py", lang="en")
    app.session_state["desk_done"] = good
    app.run()
    app.button(key="undo").click().run()
    assert not app.exception
    assert ["Version 3 cannot be read" in element.value for element in app.error] == [True]
    assert data.published() == good


def test_a_draft_that_cannot_be_read_is_not_approved(desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DASHBOARD_REVIEW", "required")
    person = Person("wang@example.org", Role.REVIEWER, local=False)
    monkeypatch.setattr(access, "standing", lambda: Standing(person, Reason.OPEN))
    draft = data.versions().submit(publication(figures(MANY), "a draft"), base=1).id
    app = desk("drafts")
    assert "cannot be opened, restored or approved" in errors(app)
    app.button(key=f"approve-{draft}").click().run()
    assert not app.exception
    assert f"Version {draft} cannot be read" in errors(app).replace("\\", "")
    assert (data.published(), data.versions().version(draft).state) == (1, "waiting")


def test_what_is_left_out_is_said_in_the_history(desk):
    publish("440106,gold,2023,1")
    app = desk("history")
    said = [element.value.replace("\\", "") for element in app.warning]
    assert said == ["Not shown because this release no longer supports it: indicators.csv: metric gold (1)"]


def test_a_database_of_this_release_is_shown(open_page: Opener, tmp_path, monkeypatch: pytest.MonkeyPatch):
    copy = shutil.copy(RELEASES / release() / SQLITE, tmp_path / "written.sqlite3")
    monkeypatch.setenv("DASHBOARD_DATABASE_URL", f"sqlite:///{copy}")
    app = open_page(metric="gdp", period="2023", sel="440106", lang="en")
    assert kpi(app) == "RMB 700.0 bn"
    assert "version 7, published" in app.caption[-1].value
