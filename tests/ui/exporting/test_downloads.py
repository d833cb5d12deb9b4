"""Tables to files that no spreadsheet runs."""

import csv
import io

import pandas as pd
import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from ui.exporting import downloads


def test_a_table_is_saved_with_its_texts_guarded_and_what_is_missing_empty():
    frame = pd.DataFrame({"=head": ["=1", "a"], "n": pd.array([1, None], dtype="Int64"), "x": [-0.5, float("nan")]})
    content = downloads._content(frame).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(content))) == [["'=head", "n", "x"], ["'=1", "1", "-0.5"], ["a", "", ""]]


def test_the_grids_own_download_is_off_wherever_the_dashboard_is_served():
    assert config.get_option("client.disableDataExport") is True


def test_the_button_names_the_file():
    def page() -> None:
        import pandas as pd

        from ui.exporting import downloads

        downloads.table_csv(pd.DataFrame({"a": ["=1"]}), "sources")

    button = AppTest.from_function(page).run().get("download_button")[0].proto
    assert (button.label, button.id.endswith("csv-sources")) == ("Download CSV", True)


@pytest.mark.parametrize(
    ("version", "expected"), [(None, "guangzhou-1-1-9-audit-log-zh.csv"), (3, "guangzhou-1-1-9-audit-log-v3-zh.csv")]
)
def test_the_file_says_of_which_version_it_is_and_in_which_language(
    monkeypatch: pytest.MonkeyPatch, version: int | None, expected: str
) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(downloads.st, "download_button", lambda *_, file_name, **__: drawn.append(file_name))
    monkeypatch.setattr(downloads.state, "language", lambda: "zh")
    downloads.table_csv(pd.DataFrame({"a": ["1"]}), "audit-log", version)
    assert drawn == [expected]
