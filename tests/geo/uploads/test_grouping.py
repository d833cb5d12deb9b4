"""Many findings of one cause are read as one."""

from geo.uploads.grouping import FEW, grouped
from geo.uploads.messages import describe
from geo.uploads.model import Finding, Severity


def wrong_number(row: int, column: int = 4, value: str = "") -> Finding:
    return Finding("not_a_number", Severity.ERROR, (row,), column, "数值", value or f"约{row}")


def added(period: str, metric: str = "gdp", column: int = 2) -> Finding:
    params = {"former": "萝岗区", "successor": "440112", "metric": metric, "period": period}
    return Finding("former_added", Severity.WARNING, (9, 10), column, f"{period}年", "萝岗区", params)


def test_twenty_values_that_are_no_numbers_are_one_finding_with_all_their_rows():
    (one,) = grouped([wrong_number(row) for row in range(2, 22)])
    assert (one.count, one.rows, one.column, one.heading) == (20, tuple(range(2, 22)), 4, "数值")
    assert one.value.split("; ") == [f"约{row}" for row in range(2, 22)]
    assert describe(one) == describe(wrong_number(2))


def test_the_same_value_is_named_once():
    (one,) = grouped([wrong_number(row, value="约") for row in (5, 2, 9, 7)])
    assert (one.value, one.rows, one.count) == ("约", (2, 5, 7, 9), 4)


def test_few_stay_apart_so_that_each_value_stands_beside_its_row():
    findings = [wrong_number(row) for row in range(FEW)]
    assert grouped(findings) == findings
    assert grouped([]) == []


def test_a_message_names_all_in_which_its_findings_differ():
    (one,) = grouped([added(str(year), column=year - 2008) for year in range(2010, 2014)])
    assert "(gdp, 2010, 2011, 2012, 2013)" in describe(one).wrong
    assert (one.rows, one.value, one.count) == ((9, 10), "萝岗区", 4)
    assert (one.column, one.heading) == (None, "B 2010年; C 2011年; D 2012年; E 2013年")


def test_columns_are_put_together_only_where_their_rows_are_the_same():
    blank = [
        Finding("field_blank", Severity.ERROR, (row,), row, f"h{row}", params={"field": f"f{row}"}) for row in range(9)
    ]
    assert grouped(blank) == blank
    (one,) = grouped([wrong_number(row, column, f"x{row}") for row in range(2, 8) for column in range(3, 8)])
    assert (one.count, one.rows, one.heading) == (30, tuple(range(2, 8)), "C 数值; D 数值; E 数值; F 数值; G 数值")


def test_two_names_that_differ_together_are_not_mixed_up():
    findings = [
        added(period, metric)
        for metric, first in (("gdp", 2010), ("population", 2015))
        for period in map(str, range(first, first + 4))
    ]
    gdp, population = grouped(findings)
    assert "(gdp, 2010, 2011, 2012, 2013)" in describe(gdp).wrong
    assert "(population, 2015, 2016, 2017, 2018)" in describe(population).wrong


def test_sums_that_do_not_match_stay_apart_each_with_its_own_numbers():
    sums = [
        Finding("total_mismatch", Severity.ERROR, (13,), 2, "", "", {
            "sum": f"{n}0", "unit": "亿元", "total": f"{n}1", "metric": "gdp", "period": f"20{n}", "difference": "-1",
        })
        for n in range(10, 30)
    ]  # fmt: skip
    assert grouped(sums) == sums


def test_other_findings_keep_their_order_and_severities_are_not_mixed():
    note = Finding("no_change", Severity.NOTE)
    few = [wrong_number(1, column=2), note]
    many = [Finding("unknown_column", Severity.WARNING, (1,), column, value=f"列{column}") for column in range(1, 6)]
    errors = [Finding("unknown_column", Severity.ERROR, (1,), 9, value="列9")]
    found = grouped([few[0], *many[:3], few[1], *many[3:], *errors])
    assert [(one.code, one.severity, one.count) for one in found] == [
        ("not_a_number", "error", 1), ("unknown_column", "warning", 5), ("no_change", "note", 1), ("unknown_column", "error", 1),
    ]  # fmt: skip


def test_no_row_and_no_value_is_lost_whatever_is_put_together():
    findings = [wrong_number(row, column) for row in range(2, 40) for column in (3, 4)] + [added("2010")]
    found = grouped(findings)
    assert {row for one in found for row in one.rows} == {row for one in findings for row in one.rows}
    assert sum(one.count for one in found) == len(findings)
    assert {value for one in found for value in one.value.split("; ")} == {one.value for one in findings}
