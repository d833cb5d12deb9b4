"""Tables for paper: whole, and nothing in them but text."""

import pandas as pd
import pytest
import streamlit as st

from ui.exporting import printing


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is drawn as HTML."""
    bodies: list[str] = []
    monkeypatch.setattr(st, "html", bodies.append)
    return bodies


def test_every_row_is_there_and_the_screen_does_not_show_them(drawn: list[str]) -> None:
    printing.table(pd.DataFrame({"Name": [f"row {n}" for n in range(200)]}))
    assert drawn[0].startswith("<table class=paper-only hidden>")
    assert drawn[0].count("<tr>") == 201
    assert "row 199" in drawn[0]


def test_texts_of_files_stay_text(drawn: list[str]) -> None:
    printing.table(pd.DataFrame({"<b>": ["<script>alert(1)</script>"]}))
    assert "<th scope=col>&lt;b&gt;</th>" in drawn[0]
    assert "&lt;script&gt;" in drawn[0]
    assert "<script" not in drawn[0]


def test_numbers_are_grouped_and_gaps_empty(drawn: list[str]) -> None:
    frame = pd.DataFrame(
        {"Value": [1234.5, None], "Rank": pd.array([1, None], dtype="Int64"), "Source": ["a" * 13, None]}
    )
    printing.table(frame)
    assert "<td class=number>1,234.5</td><td class=number>1</td><td>aaaaaaaaaaaaa</td>" in drawn[0]
    assert "<tr><td></td><td></td><td></td></tr>" in drawn[0]


def test_dates_and_periods_are_not_broken_into_lines(drawn: list[str]) -> None:
    printing.table(pd.DataFrame({"Date": ["2019-04-14"]}))
    assert "<td class=short>2019-04-14</td>" in drawn[0]
