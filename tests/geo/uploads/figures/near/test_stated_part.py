"""Figures of whole years near a text that names a part of the year."""

import pytest

TABLE = "区,2023年GDP（亿元）,2024年GDP（亿元）\n荔湾区,600.1,610.1"


@pytest.mark.parametrize("title", ["上半年各区GDP", "各区GDP\n1-6月", "GDP by district: H1"])
def test_a_part_without_a_year_is_offered_for_every_year(cleaned, found, title):
    lines = "".join(f"{line},,\n" for line in title.splitlines())
    upload = cleaned(lines + TABLE, source_id="x")
    asked = [(dict(one.params), one.rows) for one in found(upload, "title_says_part")]
    first = len(title.splitlines()) + 2
    assert asked == [({"period": f"{year}H1", "year": year}, (first,)) for year in ("2023", "2024")]
    assert set(upload.table["period"]) == {"2023", "2024"}
    answered = cleaned(lines + TABLE, source_id="x", period="2024H1")
    assert set(answered.table["period"]) == {"2023H1", "2024H1"}
    assert not found(answered, "title_says_part")


@pytest.mark.parametrize("line", ["2024年5月", "数据截至2024年5月31日"])
def test_months_near_a_column_of_years_are_quoted(cleaned, line):
    upload = cleaned(f"各区GDP,,\n{line},,\n{TABLE}", source_id="x")
    assert [one.value for one in upload.findings if one.code in ("text_says_months", "title_says_part")] == [line] * 2


def test_a_part_that_the_table_has_itself_is_no_question(cleaned, found):
    upload = cleaned("2023年上半年和全年GDP,,\n区,2023年上半年,2023年\n荔湾区,600.1,1262.81", source_id="x")
    assert set(upload.table["period"]) == {"2023H1", "2023"}
    assert not found(upload, "title_says_part")


def test_the_end_of_a_year_is_the_year(cleaned, found):
    upload = cleaned("截至2023年12月31日,\n区,2023年人口（万人）\n荔湾区,113.5", source_id="x")
    assert upload.findings == ()
