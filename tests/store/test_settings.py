"""What the environment says."""

import pytest

from store import InputError, settings


@pytest.mark.parametrize(
    ("word", "required"), [(None, False), ("", False), ("off", False), ("required", True), (" Required ", True)]
)
def test_review_is_off_unless_required(monkeypatch: pytest.MonkeyPatch, word: str | None, required: bool):
    monkeypatch.delenv("DASHBOARD_REVIEW", raising=False)
    if word is not None:
        monkeypatch.setenv("DASHBOARD_REVIEW", word)
    assert settings.review_required() is required


@pytest.mark.parametrize("word", ["yes", "require"])
def test_a_slip_does_not_switch_the_review_off(monkeypatch: pytest.MonkeyPatch, word: str):
    monkeypatch.setenv("DASHBOARD_REVIEW", word)
    with pytest.raises(InputError, match=word):
        settings.review_required()
