"""One figure a key: former districts and duplicates."""

import pytest

HEAD = "区,年份,GDP（亿元）,GDP增速（%）\n"


def test_a_former_district_is_added_to_its_successor_of_the_same_period(cleaned, figures, found):
    upload = cleaned("区,年份,GDP（亿元）\n黄埔区,2010,0.1\n萝岗区,2010,0.2\n黄埔区,2011,5")
    assert figures(upload) == {("440112", "gdp", "2010"): 0.3, ("440112", "gdp", "2011"): 5}
    finding = found(upload, "former_added")[0]
    assert (finding.severity, finding.rows, finding.value, finding.params["successor"]) == (
        "warning",
        (3, 2),
        "萝岗区",
        "440112",
    )
    assert upload.table["row"].tolist() == [2, 4]


def test_a_former_district_as_a_column_is_added_too(cleaned, figures):
    upload = cleaned("指标,越秀区,东山区\nGDP（亿元）,1,2", period="2004")
    assert figures(upload) == {("440104", "gdp", "2004"): 3}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("区,GDP（亿元）\n芳村区,5", "former_alone"),
        ("区,GDP增速（%）\n荔湾区,5\n芳村区,6", "former_rate"),
    ],
)
def test_a_former_district_that_cannot_be_added_is_refused(cleaned, found, text, code):
    upload = cleaned(text, period="2004")
    assert found(upload, code)[0].severity == "error"
    assert "芳村区" not in upload.table["adcode"].tolist()


def test_former_names_are_those_of_today(cleaned, figures, found):
    upload = cleaned("区,GDP（亿元）\n从化市,1\n增城市,2\n南沙新区,3", period="2013")
    assert list(figures(upload)) == [("440117", "gdp", "2013"), ("440118", "gdp", "2013"), ("440115", "gdp", "2013")]
    assert [(f.code, f.severity) for f in upload.findings] == [("district_renamed", "note")] * 2 + [
        ("district_new_area", "note")
    ]


def test_a_figure_given_twice_is_a_note_if_equal_and_an_error_if_not(cleaned, found):
    upload = cleaned("区,GDP（亿元）\n荔湾区,1\n越秀区,2\nLiwan,1.0\n440104,3", period="2023")
    same, differs = found(upload, "duplicate_same")[0], found(upload, "duplicate_differs")[0]
    assert (same.severity, same.rows, same.params["district"]) == ("note", (2, 4), "440103")
    assert (differs.severity, differs.rows, differs.params["district"]) == ("error", (3, 5), "440104")
    assert upload.table["value"].tolist() == [1, 2]


def test_many_duplicates_are_listed_in_part_and_counted_in_full(cleaned, found):
    rows = "".join(f"荔湾区,{year},1\n" for year in range(1900, 2050)) * 2
    upload = cleaned("区,年份,GDP（亿元）\n" + rows)
    assert len(found(upload, "duplicate_same")) == 100
    rest = found(upload, "more_duplicates")[0]
    assert (rest.params["count"], len(rest.rows), rest.severity) == (50, 100, "note")
