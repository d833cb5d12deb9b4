"""How a file is described."""

import pytest

from ui.desk import intake


@pytest.mark.parametrize(("column", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
def test_columns_are_lettered_as_a_spreadsheet_does(column: int, letters: str) -> None:
    assert intake.letter(column) == letters
