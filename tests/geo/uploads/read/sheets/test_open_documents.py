"""What an ODS, here as LibreOffice Calc saves one, says of its cells beside their values."""

from pathlib import Path

from geo.uploads.read.sheets.workbooks import read

LOOKS = (Path(__file__).parents[2] / "workbooks" / "looks.ods").read_bytes()


def test_hidden_struck_raised_and_wrong_cells_are_known():
    (table,) = read(LOOKS, "ods", "数据", ()).tables
    found = {finding.code: (finding.rows, finding.column) for finding in table.findings}
    assert found == {"hidden_rows": ((3,), None), "hidden_columns": ((), 4), "struck_through": ((3, 4), 2)}
    assert (
        next(finding for finding in table.findings if finding.code == "struck_through").params["words"]
        == "3800, 2700.5"
    )
    assert [row[1:3] for row in table.rows[1:]] == [
        ["1295.65", "#DIV/0!"], ["3895.26", "103.86"], ["", "181.9¹"], ["6500.1", "#N/A"],
    ]  # fmt: skip
