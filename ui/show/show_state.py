"""The state of a show that the wall and the presenter's notes share, and the changes they may ask for."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

__all__ = ["MOST_QUESTIONS", "ChangeError", "Show", "changed", "read_change"]

MOST_QUESTIONS = 50
_QUESTION_LENGTH = 120
_SLIDE = re.compile(r"[a-z][a-z0-9-]{0,39}")


class ChangeError(ValueError):
    """A request for a change that cannot be taken; its text is for whoever sent it."""


@dataclass(frozen=True)
class Show:
    """What is on the wall. Never changed, always replaced: whoever reads one sees no half of a change."""

    slide: str
    lang: str
    started: float  # epoch seconds
    black: bool = False
    playing: bool = False
    seq: int = 0
    questions: tuple[str, ...] = ()


def _is_text(value: object) -> bool:
    """Whether a value is a question as people ask them."""
    return isinstance(value, str) and 0 < len(_plain(value)) <= _QUESTION_LENGTH


def _plain(text: str) -> str:
    """Return a text on one line, without control characters and single surrogates."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


_RULES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "slide": (lambda value: isinstance(value, str) and bool(_SLIDE.fullmatch(value)), "the id of a slide"),
    "black": (lambda value: isinstance(value, bool), "true or false"),
    "playing": (lambda value: isinstance(value, bool), "true or false"),
    "lang": (lambda value: value in ("en", "zh"), '"en" or "zh"'),
    "question": (_is_text, f"a text of 1 to {_QUESTION_LENGTH} characters"),
    "restart": (lambda value: value is True, "true"),
    "open": (lambda value: value is True, "true"),  # the room, where the server has forgotten it
}


def read_change(body: bytes) -> dict[str, Any]:
    """Return the change that a request asks for.

    Raises
    ------
    ChangeError
        For whatever is not a JSON object of known keys with allowed values, and at least one of them.
    """
    try:
        change = json.loads(body)
    except (ValueError, RecursionError):
        raise ChangeError("This is not JSON.") from None
    if not isinstance(change, dict) or not change:
        raise ChangeError(f"Send an object with some of: {', '.join(_RULES)}.")
    for key, value in change.items():
        if key not in _RULES:
            raise ChangeError(f"Unknown key. Known are: {', '.join(_RULES)}.")
        allowed, wanted = _RULES[key]
        if not allowed(value):
            raise ChangeError(f"{key} must be {wanted}.")
    return change


def changed(show: Show, change: dict[str, Any], now: float) -> Show:
    """Return a show after a change; ``now`` in epoch seconds. The oldest questions go; one asked twice in a row is one."""
    plain = {key: value for key, value in change.items() if key not in ("question", "restart")}
    after = replace(show, **plain, started=now if "restart" in change else show.started)
    question = _plain(change.get("question", ""))
    if question and question not in show.questions[-1:]:
        after = replace(after, questions=(*show.questions, question)[-MOST_QUESTIONS:])
    return after
