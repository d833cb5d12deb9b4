"""What a page shows by fields, classes and number formats."""

import pytest

from geo.uploads.read.sheets.web_tables import read


def cell(inside, style=""):
    rows, marks = read(f"<style>{style}</style><table><tr><td>a</td>{inside}</tr></table>")
    return rows[0][1], marks.covered


@pytest.mark.parametrize(
    ("inside", "right"),
    [
        ("<td><input value=' 5.1 '></td>", "5.1"),
        ("<td><input type='NUMBER' value=5></td>", "5"),
        ("<td><input></td>", ""),
        ("<td>5<input type=hidden value=7><input type=submit value=x><input type=checkbox value=8></td>", "5"),
        ("<td><select><option>1<option selected>2</select></td>", "2"),
        ("<td><select><option>1<option>2</select></td>", "1"),
        ("<td><select></select></td>", ""),
        ("<td><textarea>a</textarea>b</td>", "ab"),
        ("<td style='mso-number-format:\"0\\.0%\"'>0.051</td>", "5.1%"),
        ("<td style='mso-number-format:\"0\\.0%\"'>5.1%</td>", "5.1%"),
        ("<td style='mso-number-format:\"\\@\"'>0.051</td>", "0.051"),
        ("<td style='mso-number-format:Percent'>0.051</td>", "5.1%"),
        ("<td style='mso-number-format:Standard'>0.051</td>", "0.051"),
        ("<td style='mso-number-format:\"0\\0022万\\0022\"'>7</td>", "7万"),
        ("<td x:num='1295.654'>1,296</td>", "1295.654"),
        ("<td x:num='-2.41'>(2.4)</td>", "-2.41"),
        ("<td x:num='0.0241'>2.4%</td>", "2.41%"),
        ("<td x:num='45597'>2024年11月</td>", "2024年11月"),
        ("<td x:num='99'>3.5</td>", "3.5"),
        ("<td x:num>3.5</td>", "3.5"),
    ],
)
def test_a_cell_is_read_as_it_is_shown(inside, right):
    assert cell(inside)[0] == right


@pytest.mark.parametrize(
    ("style", "right", "covered"),
    [
        (".x{display:none}", "5", {1: {0: "9"}}),
        ("<!-- span.y, .x { color:red; DISPLAY : none } -->", "5", {1: {0: "9"}}),
        (".x{color:red}", "95", {}),
        ("@media print{.x{display:none}}", "95", {}),
        ("/* .x{display:none} */ .y{display:none}", "95", {}),
    ],
)
def test_a_class_that_hides_is_known(style, right, covered):
    assert cell("<td><span class='a x'>9</span>5</td>", style) == (right, covered)


def test_fields_outside_of_cells_stay_unread():
    assert read("<input value=1><select><option>2</select><table><tr><td>a</td></tr></table>")[0] == [["a"]]
