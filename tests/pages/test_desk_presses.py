"""Presses at the desk that come twice, late, or after a look at another section: nothing entered is lost, and what is said is what happened."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from store import InDoubtError, Publication
from tests.pages.conftest import Desk
from tests.pages.test_data_desk import NANSHA_2024, SOURCE, name_source, sign_and_publish
from ui import data
from ui.auth.identity import Role
from ui.desk import attempts

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
UNDATED = "区,地区生产总值（亿元）\n南沙区,2300\n".encode()


def section(app: AppTest, name: str) -> AppTest:
    """Go to a section of the desk."""
    return app.segmented_control(key="desk_part").set_value(name).run()


def mode(app: AppTest, name: str) -> AppTest:
    """Choose how the file meets what is there."""
    (control,) = [control for control in app.segmented_control if (control.key or "").startswith("mode ")]
    return control.set_value(name).run()


def filled(app: AppTest) -> AppTest:
    """Say all that publication needs but for the press."""
    for field in app.text_input:
        if field.key == "author":  # who has signed in is not asked
            field.set_value("Han Meimei")
    app.text_input(key="note").set_value("Nansha added").run()
    for box in app.checkbox:
        box.check().run()
    return app


def said(app: AppTest) -> tuple[object, ...]:
    """Return everything somebody said of the file on the desk."""
    boxes = [box.value for box in app.checkbox]
    entered = [app.text_input(key=key).value for key in ("author", "note", "said_period")]
    return (*entered, app.selectbox(key="said_source").value, app.segmented_control(key="kind").value, *boxes)


def texts(app: AppTest) -> str:
    """Return what the desk says of what was stored."""
    return " ".join(element.value for group in (app.success, app.warning, app.error) for element in group)


@pytest.mark.parametrize(
    "away", [lambda app: section(app, "history"), lambda app: app.switch_page(str(ROOT / "pages" / "sources.py")).run()]
)
def test_a_look_at_something_else_loses_nothing(desk: Desk, away: Callable[[AppTest], AppTest]) -> None:
    app = name_source(desk(UNDATED))
    app.text_input(key="said_period").set_value("2024").run()
    mode(app, "replace_period")
    before = said(filled(app))
    assert before[:5] == ("Han Meimei", "Nansha added", "2024", SOURCE, "indicators")
    assert True in before[5:]
    away(app)
    assert not app.file_uploader
    if "desk_part" in [control.key for control in app.segmented_control]:
        section(app, "upload")
    else:
        app.switch_page(str(ROOT / "pages" / "data_desk.py")).run()
    assert said(app) == before
    app.button(key="publish").click().run()
    assert data.current() == 2


def test_a_tick_counts_for_the_warnings_it_was_given_to(desk: Desk) -> None:
    app = name_source(desk(UNDATED))
    app.text_input(key="said_period").set_value("2022").run()
    mode(app, "replace_period")
    assert not filled(app).button(key="publish").disabled
    app.text_input(key="said_period").set_value("2024").run()
    assert [box.value for box in app.checkbox] == [False], "fewer figures of another year"
    assert app.button(key="publish").disabled


def test_a_rejected_draft_is_not_called_published(
    desk: Desk, stand: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_REVIEW", "required")
    stand("li@example.org", Role.REVIEWER, local=False)
    app = filled(name_source(desk(NANSHA_2024)))
    app.button(key="publish").click().run()
    data.versions().reject(2, "Han Meimei", "wrong year")
    section(section(app, "history"), "upload")
    assert "Rejected by Han Meimei, not published: version 2" in texts(app)
    assert "wrong year" in texts(app)
    assert "Published" not in texts(app)
    assert "see" not in [button.key for button in app.button], "the map does not have it"


def test_what_a_second_press_kept_from_being_shown_is_shown_and_not_done_again(desk: Desk) -> None:
    app = filled(name_source(desk(NANSHA_2024)))
    app.session_state["desk_attempt"] = attempts._Attempt(error=InDoubtError("frozen at the commit"))
    app.button(key="publish").click().run()
    assert "may or may not have been saved" in texts(app)
    assert "Nothing was saved" not in texts(app)
    assert data.current() == 1, "whether to try again is for whoever has read it"
    app.button(key="publish").click().run()
    assert data.current() == 2


def test_a_publication_is_shown_although_its_own_run_was_ended(desk: Desk) -> None:
    app = filled(name_source(desk(NANSHA_2024)))
    other = sign_and_publish(name_source(desk(NANSHA_2024)))
    assert data.current() == 2
    app.session_state["desk_attempt"] = attempts._Attempt(version=data.versions().version(2))
    app.button(key="publish").click().run()
    assert "Published: version 2" in texts(app)
    assert not app.file_uploader
    assert data.current() == 2
    assert not other.exception


def test_undoing_twice_undoes_once(desk: Desk) -> None:
    app = sign_and_publish(name_source(desk(NANSHA_2024)))
    app.button(key="undo").click().run()
    assert "Version 1 restored: version 3" in texts(app)
    assert "undo" not in [button.key for button in app.button], (
        "on the same spot it would bring back what was withdrawn"
    )
    assert (data.current(), app.error.values) == (3, [])


def test_what_was_stored_is_not_called_the_newest_for_ever(desk: Desk) -> None:
    app = sign_and_publish(name_source(desk(NANSHA_2024)))
    data.versions().restore(1, "Li Lei", "as it was", expected=2)
    app.run()
    assert "Published: version 2" in texts(app)
    assert "Newer data has been published since" in texts(app)


def test_undo_by_somebody_whose_role_is_gone_ends_in_no_error_page(desk: Desk, stand: Callable[..., None]) -> None:
    stand("li@example.org", Role.EDITOR, local=False)
    app = filled(name_source(desk(NANSHA_2024)))
    app.button(key="publish").click().run()
    stand("li@example.org", Role.VIEWER, local=False)
    app.button(key="undo").click().run()
    assert not app.exception
    assert data.current() == 2


def propose(note: str) -> int:
    """Hand a draft in, from elsewhere."""
    before = data.versions().tables(1)["indicators.csv"]
    changed = before.replace(b"440106,gdp,2023,6551.26", f"440106,gdp,2023,{len(note)}".encode())
    return (
        data.versions()
        .submit(Publication({"indicators.csv": changed}, "indicators", "update", "Li Lei", note, "a.csv", b"a"), base=1)
        .id
    )


def test_a_second_press_on_the_same_spot_answers_no_other_draft(
    desk: Desk, stand: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_REVIEW", "required")
    stand("han@example.org", Role.REVIEWER, local=False)
    first, second = propose("one"), propose("second")
    app = section(desk(), "drafts")
    app.button(key=f"reject-{second}").click().run()
    assert f"not published: version {second}" in texts(app)
    assert not [button for button in app.button if (button.key or "").startswith(("reject", "approve", "again"))]
    app.button(key="other_drafts").click().run()
    assert f"reject-{first}" in [button.key for button in app.button]
    assert [data.versions().version(number).state for number in (first, second)] == ["waiting", "rejected"]


def test_what_was_restored_has_no_form_to_restore_it_again(desk: Desk) -> None:
    app = section(sign_and_publish(name_source(desk(NANSHA_2024))), "history")
    app.selectbox(key="history_version").set_value(1).run()
    app.text_input(key="restore_note").set_value("as it was")
    app.button(key="restore-button-1").click().run()
    assert "Version 1 restored: version 3" in texts(app)
    assert "restore-button-1" not in [button.key for button in app.button]
    assert not app.error
    assert [event.action for event in data.versions().events(9)].count("refused") == 0


def test_the_kind_chosen_is_that_of_the_file_also_after_a_look_elsewhere(desk: Desk) -> None:
    app = section(section(name_source(desk(NANSHA_2024)), "history"), "upload")
    app.segmented_control(key="kind").set_value("tenants").run()
    assert "publish" not in [button.key for button in app.button], "district figures are no tenants"
    app.segmented_control(key="kind").set_value("indicators").run()
    assert name_source(app).selectbox(key="said_source").value == SOURCE
    app.button(key="clear").click().run()
    assert "said_source" not in [box.key for box in app.selectbox]


def test_a_doubt_stays_while_it_cannot_be_settled(desk: Desk, database_away: Callable) -> None:
    app = filled(name_source(desk(NANSHA_2024)))
    app.session_state["desk_attempt"] = attempts._Attempt(error=InDoubtError("frozen at the commit"))
    app.run()
    with database_away():
        app.button(key="publish").click().run()
        assert "An earlier attempt to save this file may have succeeded" in texts(app)
    app.button(key="publish").click().run()
    assert data.current() == 2
    assert "earlier attempt" not in texts(app)


def test_a_desk_that_is_closed_for_a_moment_keeps_the_file(desk: Desk, stand: Callable[..., None]) -> None:
    stand("li@example.org", Role.EDITOR, local=False)
    app = name_source(desk(NANSHA_2024))
    stand("li@example.org", Role.VIEWER, local=False)
    assert not app.run().file_uploader
    stand("li@example.org", Role.EDITOR, local=False)
    assert app.run().selectbox(key="said_source").value == SOURCE
