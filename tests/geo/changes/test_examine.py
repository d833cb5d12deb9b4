"""One way from a file's bytes to what publishing it would do, for the page and the command line."""

from geo.changes.examine import examine
from geo.data.raw import Raw
from geo.schema import Atlas
from geo.uploads import cleaning
from geo.uploads.model import Choices, Severity
from geo.uploads.read import reading

FILE = "区,2023年地区生产总值（亿元）\n海珠,2800\n"


def test_bytes_become_what_would_change(raw: Raw, before: Atlas) -> None:
    choices = Choices(source_id="ranking-2023")
    found = examine(FILE.encode("gb18030"), "gdp.csv", "indicators", raw, before, choices, "update")
    assert not [finding for finding in found.findings if finding.severity is Severity.ERROR]
    assert [len(table) for table in found.changes] == [1]
    row = found.after.indicators.query("adcode == '440105' and metric == 'gdp' and period == '2023'")
    assert row["value"].tolist() == [2800.0]


def test_what_was_read_and_understood_before_is_not_read_again(raw: Raw, before: Atlas, monkeypatch) -> None:
    choices = Choices(source_id="ranking-2023")
    sheet = reading.read(FILE.encode(), "gdp.csv")
    upload = cleaning.clean(sheet, "gdp.csv", "indicators", before, choices)
    monkeypatch.setattr(reading, "read", None)
    monkeypatch.setattr(cleaning, "clean", None)
    found = examine(b"", "gdp.csv", "indicators", raw, before, choices, "update", sheet=sheet, upload=upload)
    assert [len(table) for table in found.changes] == [1]


def test_findings_name_values_as_the_file_has_them(raw: Raw, before: Atlas) -> None:
    content = FILE.replace("2800", "２８００亿左右").encode()
    found = examine(content, "gdp.csv", "indicators", raw, before, Choices(source_id="ranking-2023"), "update")
    assert found.after is None
    assert "２８００亿左右" in [finding.value for finding in found.findings]
