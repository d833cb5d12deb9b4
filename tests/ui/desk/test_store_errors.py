"""What a visitor reads where the store refused."""

from pathlib import Path

import pytest

from store import DatabaseError, FileChangedError, FullError, InDoubtError, ReplacedError
from ui import i18n
from ui.desk import store_errors


@pytest.mark.parametrize(
    ("lang", "doubt", "refusal"),
    [
        ("en", "The data may or may not have been saved", "Nothing was saved"),
        ("zh", "无法确定是否已保存", "未保存任何内容"),
    ],
)
def test_who_cannot_know_whether_it_was_stored_does_not_read_that_it_was_not(
    monkeypatch: pytest.MonkeyPatch, lang: str, doubt: str, refusal: str
):
    monkeypatch.setattr(store_errors, "t", lambda text, **values: i18n.translate(lang, text, **values))
    assert store_errors.error_text(InDoubtError("gone")).startswith(doubt)
    assert store_errors.error_text(DatabaseError("away")).startswith(refusal)


@pytest.mark.parametrize(("lang", "words"), [("en", "Restart the dashboard"), ("zh", "请重新启动本平台")])
def test_whoever_meets_another_database_reads_what_to_do(monkeypatch: pytest.MonkeyPatch, lang: str, words: str):
    monkeypatch.setattr(store_errors, "t", lambda text, **values: i18n.translate(lang, text, **values))
    assert words in store_errors.error_text(ReplacedError("postgresql://host/name"))


@pytest.mark.parametrize("change", ["missing", "replaced", "damaged", "bared"])
@pytest.mark.parametrize(("lang", "words"), [("en", "Nothing was saved"), ("zh", "未保存任何内容")])
def test_whatever_became_of_the_file_is_said(monkeypatch: pytest.MonkeyPatch, lang: str, words: str, change: str):
    monkeypatch.setattr(store_errors, "t", lambda text, **values: i18n.translate(lang, text, **values))
    text = store_errors.error_text(FileChangedError(Path("/data/x.sqlite3"), change))
    assert words in text
    assert "/data/x.sqlite3" in text


@pytest.mark.parametrize(("lang", "words"), [("en", "the disk of the database is full"), ("zh", "磁盘已满")])
def test_a_full_disk_is_not_called_a_database_that_is_away(monkeypatch: pytest.MonkeyPatch, lang: str, words: str):
    monkeypatch.setattr(store_errors, "t", lambda text, **values: i18n.translate(lang, text, **values))
    assert words in store_errors.error_text(FullError("full"))
