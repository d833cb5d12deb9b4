"""What was last known of the database."""

from unittest.mock import Mock

import pytest

from store import DatabaseError
from ui import answer_cache as module
from ui.answer_cache import AnswerCache, Pinned


def away() -> str:
    raise DatabaseError("away")


def test_the_last_answer_stands_while_the_database_is_away() -> None:
    known = AnswerCache(Mock())
    assert known.ask("a", lambda: "first") == "first"
    assert known.ask("a", lambda: "second") == "second"
    assert known.ask("a", away) == "second"
    assert known.last("a") == "second"
    assert known.last("b") is None


def test_what_was_never_asked_is_not_made_up() -> None:
    with pytest.raises(DatabaseError):
        AnswerCache(Mock()).ask("a", away)


def test_the_oldest_answers_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST", 2)
    known = AnswerCache(Mock())
    for question in "abac":
        known.ask(question, lambda question=question: question)
    assert [known.last(question) for question in "abc"] == ["a", None, "c"]


def test_the_version_everybody_sees_is_kept_whatever_else_is_asked() -> None:
    known, version = AnswerCache(Mock(version=Mock(side_effect=DatabaseError("away")))), Mock(id=7)
    assert known.pinned(7) is None
    known.keep(Pinned(version, (Mock(), Mock())))
    assert known.version(7) is version
    assert known.pinned(6) is None
    with pytest.raises(DatabaseError, match="away"):
        known.version(6)
    known.keep(Pinned(Mock(id=8), (Mock(), Mock())))
    assert known.pinned(7) is None
