"""The desk where there are more versions, drafts and lines of the audit log than stand on a page: none is lost, the counts are right."""

from collections.abc import Callable
from itertools import count

import pytest

from store import Publication
from tests.pages.conftest import Desk
from tests.pages.test_versions import TIANHE_2023, publication
from ui import data
from ui.desk import drafts, history

pytestmark = pytest.mark.slow


@pytest.fixture
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two of anything on a page."""
    for module in (drafts, history):
        monkeypatch.setattr(module, "_SHOWN", 2)


@pytest.fixture
def another(desk: Desk) -> Callable[[], Publication]:
    """Return a maker of publications that all differ."""
    values = count(7000)

    def make() -> Publication:
        text = data.versions().tables(1)["indicators.csv"].decode()
        changed = text.replace(TIANHE_2023, f"440106,gdp,2023,{next(values)}")
        return publication({"indicators.csv": changed.encode()}, "nightly")

    return make


def numbers(app) -> list[str]:
    """Return the first column of the history."""
    return [text.split()[0] for text in app.dataframe[0].value.iloc[:, 0]]


@pytest.mark.usefixtures("short_pages")
def test_versions_of_other_pages_are_listed_opened_and_restored(desk: Desk, another: Callable[[], Publication]) -> None:
    for expected in (1, 2):
        data.versions().publish(another(), expected=expected)
    for _ in range(3):
        data.versions().submit(another(), base=3)
    app = desk()
    app.segmented_control(key="desk_part").set_value("history").run()
    assert numbers(app) == ["6", "5"]
    page = app.selectbox(key="history_page")
    assert page.options == ["1 to 2 of 6", "3 to 4 of 6", "5 to 6 of 6"]
    page.set_value(4).run()
    assert numbers(app) == ["2", "1"]
    app.selectbox(key="history_version").set_value(1).run()
    assert app.button(key="restore-button-1")
    assert not app.exception


@pytest.mark.usefixtures("short_pages")
def test_every_draft_is_counted_and_the_oldest_can_be_approved(desk: Desk, another: Callable[[], Publication]) -> None:
    oldest, *_ = [data.versions().submit(another(), base=1).id for _ in range(3)]
    app = desk()
    control = app.segmented_control(key="desk_part")
    assert "Drafts (3)" in control.options
    control.set_value("drafts").run()
    assert not [button for button in app.button if button.key == f"approve-{oldest}"]
    app.selectbox(key="drafts_page").set_value(2).run()
    app.text_input(key="author").set_value("Han Meimei").run()
    app.button(key=f"approve-{oldest}").click().run()
    assert (data.current(), data.versions().version(oldest).reviewer) == (oldest, "Han Meimei")


@pytest.mark.usefixtures("short_pages")
def test_the_audit_log_goes_back_to_its_first_line(desk: Desk, another: Callable[[], Publication]) -> None:
    for expected in (1, 2, 3):
        data.versions().publish(another(), expected=expected)
    app = desk()
    app.segmented_control(key="desk_part").set_value("audit").run()
    assert list(app.dataframe[0].value["Version"]) == ["4", "3"]
    app.selectbox(key="audit_page").set_value(2).run()
    assert list(app.dataframe[0].value["Version"]) == ["2", "1"]
