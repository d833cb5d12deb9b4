"""The cells that differ: a few hundred on the page, all of them in the file."""

from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest
import streamlit as st

from geo.changes.diff import row_changes
from geo.fields import COLUMNS
from ui.desk.effects import cells


def table(value: str) -> pd.DataFrame:
    """Return a figure of each of three districts."""
    columns = list(COLUMNS["indicators.csv"])
    rows = [(adcode, "gdp", "2023", value, "s", "verified", "") for adcode in ("440103", "440104", "440105")]
    return pd.DataFrame(rows, columns=columns, dtype=str)


@pytest.mark.parametrize(
    ("language", "head", "words"),
    [
        ("en", "Change,Row,Field,Before,After", "First 2 changed cells only, of 3 rows."),
        ("zh", "变化,行,字段,之前,之后", "仅列出前 2 个变化单元格，涉及 3 行。"),
    ],
)
def test_the_page_says_that_it_is_cut_and_the_file_has_all(
    monkeypatch: pytest.MonkeyPatch, speak, language: str, head: str, words: str
) -> None:
    shown, made, said = [], [], []
    monkeypatch.setattr(cells, "_SHOWN", 2)
    monkeypatch.setattr(st, "dataframe", lambda frame, **_: shown.append(frame))
    monkeypatch.setattr(st, "download_button", lambda _, data, **__: made.append(data))
    monkeypatch.setattr(st, "caption", said.append)
    speak(language)
    cells.cells([row_changes(table("1"), table("2"), "indicators")], "one")
    assert len(shown[0]) == 2
    assert said == [words]
    monkeypatch.undo()  # of the language, too: the file is made outside of any session
    with ThreadPoolExecutor(1) as thread:
        lines = thread.submit(made[0]).result().decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 3
    assert lines[0] == head
