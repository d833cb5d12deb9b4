"""What a run makes of secrets, sign-in and connection, and what the closed desk shows."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit as st
from streamlit import runtime
from streamlit.runtime.secrets import Secrets
from streamlit.testing.v1 import AppTest

from store import DatabaseError, StoreError
from store.sign_outs import SignOuts
from tests.ui.auth.test_identity import AUTH
from ui import data
from ui.auth import access, gate
from ui.auth.access import Reason, Role
from ui.auth.identity import sign_in_digest

HERE = ("127.0.0.1", [("Host", "localhost:8501")])
ELSEWHERE = ("10.0.0.7", [("Host", "dashboard.example.org")])
NAMED = {"redirect_uri": AUTH["redirect_uri"], "cookie_secret": AUTH["cookie_secret"], "city": AUTH, "bureau": AUTH}
Situation = Callable[..., None]


@pytest.fixture
def situation(monkeypatch: pytest.MonkeyPatch) -> Situation:
    """Return a function that sets what a run finds."""

    def set_(secrets: dict | None = None, handshake: tuple = ELSEWHERE, **claims: object) -> None:
        monkeypatch.setattr(access, "secrets", lambda: {} if secrets is None else secrets)
        monkeypatch.setattr(access, "handshake", lambda: handshake)
        signed_in = {"is_logged_in": True, "iat": time.time()} | claims if claims else {}
        monkeypatch.setattr(st, "user", SimpleNamespace(to_dict=lambda: signed_in))

    return set_


# ---- the person of a run ----


def test_at_this_machine_one_may_do_all_without_a_provider(situation: Situation) -> None:
    situation(handshake=HERE)
    assert access.person() == access.Person("", Role.ADMINISTRATOR, local=True)
    assert access.may(Role.ADMINISTRATOR)
    assert (access.reason_closed(), access.why_closed()) == (Reason.OPEN, "")


def test_from_elsewhere_one_may_only_look(situation: Situation) -> None:
    situation()
    assert access.may(Role.VIEWER)
    assert not access.may(Role.EDITOR)
    assert access.reason_closed() == Reason.REMOTE
    assert "only on the computer" in access.why_closed()


def test_with_a_provider_the_machine_counts_for_nothing(situation: Situation) -> None:
    situation({"auth": AUTH}, HERE)
    assert not access.may(Role.EDITOR)
    assert access.reason_closed() == Reason.SIGNED_OUT


def test_a_role_taken_from_the_list_is_gone_with_the_next_run(situation: Situation) -> None:
    situation({"auth": AUTH, "roles": {"editors": ["ed@example.org"]}}, email="ed@example.org")
    assert access.may(Role.EDITOR)
    situation({"auth": AUTH, "roles": {"editors": []}}, email="ed@example.org")
    assert not access.may(Role.EDITOR)
    assert access.why_closed().startswith("ed@example.org can view")


def test_what_is_missing_is_named(situation: Situation) -> None:
    situation({"auth": AUTH | {"client_id": ""}}, HERE)
    assert "auth.client_id" in access.why_closed()


def test_an_old_sign_in_says_so(situation: Situation) -> None:
    situation({"auth": AUTH}, email="ed@example.org", iat=0)
    assert access.why_closed().startswith("ed@example.org signed in more than 12 hours ago")


def test_a_sign_in_that_was_ended_gives_nothing_to_whoever_has_its_cookie(situation: Situation) -> None:
    secrets = {"auth": AUTH, "roles": {"editors": ["ed@example.org"]}}
    ended = {"email": "ed@example.org", "iat": time.time() - 60, "nonce": "1"}
    situation(secrets, **ended)
    assert access.may(Role.EDITOR)
    data.versions().sign_outs.add(sign_in_digest(st.user.to_dict()))
    assert access.person() == access.Person("", Role.VIEWER, local=False)
    assert access.reason_closed() == Reason.SIGNED_OUT
    situation(secrets, **ended | {"tokens": {"id": "x"}})
    assert not access.may(Role.EDITOR)
    situation(secrets, **ended | {"nonce": "2"})
    assert access.may(Role.EDITOR), "another sign-in of the same person"


def test_while_the_database_is_away_a_sign_in_gives_nothing(
    situation: Situation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise StoreError("away")

    monkeypatch.setattr(data, "versions", away)
    situation({"auth": AUTH, "roles": {"editors": ["ed@example.org"]}}, email="ed@example.org")
    assert not access.may(Role.EDITOR)
    assert access.reason_closed() == Reason.UNCHECKED
    assert "sign-in of ed@example.org" in access.why_closed()
    situation(handshake=HERE)
    assert access.may(Role.ADMINISTRATOR), "nobody signed in: nothing to ask"


def test_somebody_at_work_stays_at_the_desk_while_the_database_is_away(
    situation: Situation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> bool:
        raise DatabaseError("away")

    secrets = {"auth": AUTH, "roles": {"editors": ["ed@example.org"]}}
    situation(secrets, email="ed@example.org", nonce="at work")
    assert access.may(Role.EDITOR)
    monkeypatch.setattr(SignOuts, "__contains__", away)
    assert access.may(Role.EDITOR)
    situation(secrets, email="ed@example.org", nonce="new")
    assert access.reason_closed() == Reason.UNCHECKED


def test_who_signed_out_is_not_let_in_by_an_outage(situation: Situation, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> bool:
        raise DatabaseError("away")

    secrets = {"auth": AUTH, "roles": {"editors": ["ed@example.org"]}}
    situation(secrets, email="ed@example.org", nonce="leaving")
    assert access.may(Role.EDITOR)
    monkeypatch.setattr(st, "logout", lambda: None)
    access.sign_out()
    monkeypatch.setattr(SignOuts, "__contains__", away)
    assert access.reason_closed() == Reason.SIGNED_OUT


@pytest.mark.parametrize("away", [False, True])
def test_signing_out_records_it_and_goes_on_without_a_database(
    situation: Situation, monkeypatch: pytest.MonkeyPatch, away: bool
) -> None:
    left: list[bool] = []
    monkeypatch.setattr(st, "logout", lambda: left.append(True))
    situation({"auth": AUTH, "roles": {"editors": ["ed@example.org"]}}, email="ed@example.org", nonce=f"of {away}")
    gate.admit("another window", access.current_sign_in())
    with monkeypatch.context() as change:
        if away:
            change.setattr(SignOuts, "add", lambda *_: (_ for _ in ()).throw(StoreError("away")))
        access.sign_out()
    assert left == [True]
    assert "another window" not in gate._admitted, "a window of a copied cookie sends no file, even before its next run"
    assert access.may(Role.EDITOR) is away


def test_what_is_made_on_a_press_is_refused_once_the_sign_in_has_ended(
    situation: Situation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(st, "logout", lambda: None)
    situation({"auth": AUTH, "roles": {"editors": ["ed@example.org"]}}, email="ed@example.org", nonce="pressed")
    demand = access.demand_later(Role.EDITOR)
    demand()
    access.sign_out()
    with pytest.raises(PermissionError, match="editor"):
        demand()


def test_what_is_made_on_a_press_is_refused_once_the_role_is_taken_away(situation: Situation) -> None:
    situation({"auth": AUTH, "roles": {"editors": ["ed@example.org"]}}, email="ed@example.org", nonce="demoted")
    demand = access.demand_later(Role.EDITOR)
    demand()
    situation({"auth": AUTH, "roles": {"editors": []}}, email="somebody.else@example.org")
    with pytest.raises(PermissionError, match="editor"):
        demand()


# ---- where it comes from ----


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that names the secrets files."""

    def set_(*paths: Path) -> None:
        real = st.get_option
        option = lambda name: [str(path) for path in paths] if name == "secrets.files" else real(name)  # noqa: E731
        monkeypatch.setattr("streamlit.config.get_option", option)
        monkeypatch.setattr(st, "get_option", option)
        monkeypatch.setattr(Secrets, "_maybe_install_file_watchers", lambda _: None)  # which tells of nothing in time
        monkeypatch.setattr(st, "secrets", Secrets())

    return set_


def test_no_secrets_file_means_no_provider(files: Callable[..., None], tmp_path: Path) -> None:
    files(tmp_path / "none.toml", tmp_path / "neither.toml")
    assert access.secrets() == {}


def test_secrets_come_from_all_files_there_are(files: Callable[..., None], tmp_path: Path) -> None:
    path = tmp_path / "secrets.toml"
    path.write_text('[auth]\nclient_id = "x"\n[roles]\neditors = ["a", "b"]', encoding="utf-8")
    files(tmp_path / "none.toml", path)
    assert access.secrets() == {"auth": {"client_id": "x"}, "roles": {"editors": ["a", "b"]}}


def test_a_change_counts_at_once_whatever_the_file_went_through(files: Callable[..., None], tmp_path: Path) -> None:
    """The watch of Streamlit ends at a file that is gone or cannot be read, and overlooks an older one."""
    path, kept = tmp_path / "secrets.toml", tmp_path / "kept.toml"
    kept.write_text('[roles]\neditors = ["old"]', encoding="utf-8")
    os.utime(kept, (1, 1))
    files(path)
    assert access.secrets() == {}
    path.write_text('[roles]\neditors = ["ann"]', encoding="utf-8")
    assert access.secrets() == {"roles": {"editors": ["ann"]}}
    path.write_text("[roles", encoding="utf-8")
    assert access.secrets() is None
    path.write_text('[roles]\neditors = ["bob"]', encoding="utf-8")
    assert access.secrets() == {"roles": {"editors": ["bob"]}}
    path.unlink()
    assert access.secrets() == {}
    path.write_text('[roles]\neditors = ["cat"]', encoding="utf-8")
    assert access.secrets() == {"roles": {"editors": ["cat"]}}
    kept.replace(path)
    assert access.secrets() == {"roles": {"editors": ["old"]}}


@pytest.mark.parametrize("content", [b"[auth", b"\xff\xfe\x00", b"auth = 1\nauth = 2"])
def test_a_broken_file_is_not_taken_for_none(files: Callable[..., None], tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "secrets.toml"
    path.write_bytes(content)
    files(path)
    assert access.secrets() is None


def test_a_folder_in_its_place_is_not_taken_for_none(files: Callable[..., None], tmp_path: Path) -> None:
    (tmp_path / "secrets.toml").mkdir()
    files(tmp_path / "secrets.toml")
    assert access.secrets() is None


def test_the_handshake_is_that_of_the_sessions_own_client(monkeypatch: pytest.MonkeyPatch) -> None:
    clients = {"ours": SimpleNamespace(client_context=SimpleNamespace(remote_ip="127.0.0.1", headers=HERE[1]))}
    monkeypatch.setattr(runtime, "exists", lambda: True)
    monkeypatch.setattr(runtime, "get_instance", lambda: SimpleNamespace(get_client=clients.get))
    monkeypatch.setattr(gate, "current_session_id", lambda: "ours")
    assert access.handshake() == HERE
    monkeypatch.setattr(gate, "current_session_id", lambda: "gone")
    assert access.handshake() == (None, ())
    monkeypatch.setattr(runtime, "exists", lambda: False)
    assert access.handshake() == (None, ())


def test_a_role_is_demanded_right_before_something_is_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "person", lambda: access.Person("li@example.org", access.Role.EDITOR, local=False))
    access.demand(access.Role.EDITOR)
    with pytest.raises(PermissionError, match="reviewer"):
        access.demand(access.Role.REVIEWER)


@pytest.mark.parametrize(("word", "role"), [("", "EDITOR"), ("required", "REVIEWER")])
def test_where_two_must_agree_it_takes_a_reviewer_to_restore(
    monkeypatch: pytest.MonkeyPatch, word: str, role: str
) -> None:
    monkeypatch.setenv("DASHBOARD_REVIEW", word)
    assert access.restorer().name == role


# ---- drawing ----


def draw() -> AppTest:
    """Draw the closed page."""

    def script() -> None:
        from ui.auth import access

        access.closed_page()

    app = AppTest.from_function(script).run()
    assert not app.exception, [error.value for error in app.exception]
    return app


def test_the_closed_page_shows_how_sign_in_is_set_up(situation: Situation) -> None:
    situation()
    app = draw()
    assert "only on the computer" in app.info[0].value
    assert "[auth]" in app.code[0].value
    assert [button.label for button in app.button] == []


def test_the_example_left_as_it_is_opens_nothing(situation: Situation) -> None:
    import tomllib

    situation(tomllib.loads(access._EXAMPLE), HERE, email="<name>@<organisation>")
    assert access.reason_closed() == Reason.INCOMPLETE
    for key in ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url"):
        assert f"auth.{key}" in access.why_closed()


def test_who_is_signed_out_is_only_asked_to_sign_in(situation: Situation) -> None:
    situation({"auth": AUTH})
    app = draw()
    assert [button.label for button in app.button] == ["Sign in"]
    assert len(app.code) == 0


def test_each_named_provider_has_its_button(situation: Situation) -> None:
    situation({"auth": NAMED})
    assert [button.label for button in draw().button] == ["Sign in with city", "Sign in with bureau"]


def test_a_name_is_shown_as_it_is(situation: Situation) -> None:
    situation({"auth": AUTH}, preferred_username="<b>*eve*</b>")
    app = draw()
    assert app.caption[0].value == r"Signed in as \<b>\*eve\*\</b> (viewer)"
    assert r"\<b>\*eve\*\</b>" in app.info[0].value
    assert [button.label for button in app.button] == ["Sign out"]


def test_who_signed_in_long_ago_may_sign_in_again(situation: Situation) -> None:
    situation({"auth": AUTH}, email="ed@example.org", iat=0)
    app = draw()
    assert "12 hours" in app.info[0].value
    assert [button.label for button in app.button] == ["Sign out", "Sign in"]


def test_at_this_machine_the_bar_says_so(situation: Situation) -> None:
    situation(handshake=HERE)

    def script() -> None:
        from ui.auth import access

        access.sign_in_bar()

    app = AppTest.from_function(script).run()
    assert app.caption[0].value == "On this computer, not signed in"
    assert len(app.button) == 0
