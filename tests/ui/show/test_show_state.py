"""What the wall and the notes may tell each other, and what a show is afterwards."""

import json
from dataclasses import replace

import pytest

from ui.show.show_state import MOST_QUESTIONS, ChangeError, Show, changed, read_change

SHOW = Show("plan", "en", 1000.0)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"slide": "gdp"}, replace(SHOW, slide="gdp")),
        ({"slide": "a" + "-" * 39}, replace(SHOW, slide="a" + "-" * 39)),
        ({"black": True, "lang": "zh"}, replace(SHOW, black=True, lang="zh")),
        ({"playing": True}, replace(SHOW, playing=True)),
        ({"restart": True}, replace(SHOW, started=2000.0)),
        ({"question": " GDP of\n天河？ "}, replace(SHOW, questions=("GDP of 天河？",))),
        ({"question": "a\u202eb\ud800\x00"}, replace(SHOW, questions=("a b",))),
        ({"question": "x" * 120}, replace(SHOW, questions=("x" * 120,))),
        ({"slide": "plan", "black": False}, SHOW),
    ],
)
def test_a_change_is_read_and_made(change: dict, expected: Show) -> None:
    assert changed(SHOW, read_change(json.dumps(change).encode()), 2000.0) == expected


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "This is not JSON."),
        (b"\xff", "This is not JSON."),
        (b"[" * 2000, "This is not JSON."),
        (b"[]", "Send an object with some of: slide, black, playing, lang, question, restart, open."),
        (b"{}", "Send an object with some of: slide, black, playing, lang, question, restart, open."),
        (b'{"seq": 7}', "Unknown key. Known are: slide, black, playing, lang, question, restart, open."),
        (b'{"slide": "GDP"}', "slide must be the id of a slide."),
        (b'{"slide": "gdp\\n"}', "slide must be the id of a slide."),
        (b'{"slide": "' + b"a" * 41 + b'"}', "slide must be the id of a slide."),
        (b'{"slide": 1}', "slide must be the id of a slide."),
        (b'{"black": 1}', "black must be true or false."),
        (b'{"playing": null}', "playing must be true or false."),
        (b'{"lang": "fr"}', 'lang must be "en" or "zh".'),
        (b'{"lang": ["en"]}', 'lang must be "en" or "zh".'),
        (b'{"question": " \\u0000 "}', "question must be a text of 1 to 120 characters."),
        (b'{"question": "' + b"x" * 121 + b'"}', "question must be a text of 1 to 120 characters."),
        (b'{"restart": false}', "restart must be true."),
        (b'{"slide": "gdp", "black": "no"}', "black must be true or false."),
    ],
)
def test_anything_else_is_refused_with_a_reason(body: bytes, message: str) -> None:
    with pytest.raises(ChangeError) as refusal:
        read_change(body)
    assert str(refusal.value) == message


def test_the_newest_questions_are_kept_and_a_repeated_one_counts_once() -> None:
    show = SHOW
    for number in range(MOST_QUESTIONS + 2):
        for _ in range(2):
            show = changed(show, {"question": f"question {number}"}, 0)
    assert show.questions == tuple(f"question {number}" for number in range(2, 52))
