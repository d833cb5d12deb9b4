"""How cells show their numbers and dates, as a number format or the words of a cell say."""

import datetime

import pytest

from geo.uploads.read.sheets.number_formats import is_divided, read_format, seen_in, shown

MONTH = datetime.datetime(2024, 11, 1)


@pytest.mark.parametrize(
    ("code", "value", "right"),
    [
        ('0.00"万元"', 12956500.0, "12956500万元"),
        ('#,##0.00" 亿元"', 1295.65, "1295.65亿元"),
        ('General"亿元"', 1295.65, "1295.65亿元"),
        ('G/通用格式"亿元"', 1295.65, "1295.65亿元"),
        ("0.0亿元", 1295.65, "1295.65亿元"),
        ('[$¥-804]#,##0.00', 5.0, "¥5"),
        ("[$$-409]#,##0.00", 5.0, "$5"),
        (r"0.0\%", 2.4, "2.4%"),
        ("0.0%", 0.024, "2.4%"),
        ("0.0%;[Red]-0.0%", -0.024, "-2.4%"),
        ('"约"0.0', 5.0, "约5"),
        ("#,##0,", 1238305.0, "1238.305"),
        ("0.00,,", 1238305.0, "1.238305"),
        ("0,.0", 1238305.0, "1238.305"),
        ("0!.0000", 12956.0, "1.2956"),
        (r"0\.0,", 129565000000.0, "12956500"),
        ('0"."0,"万元"', 127793000000.0, "12779300万元"),
        ('0.00,,\n%', 1238305.0, "123.8305"),
        ('[>=100000000]0"."00,,"亿";[>=10000]0"."0,"万";0', 123830500.0, "1.238305亿"),
        ('[>=100000000]0"."00,,"亿";[>=10000]0"."0,"万";0', 12383.0, "1.2383万"),
        ('[>=100000000]0"."00,,"亿";[>=10000]0"."0,"万";0', 12.0, "12"),
        ('yyyy"年"m"月"', MONTH, "2024年11月"),
        ('[DBNum1][$-804]yyyy"年"m"月";@', MONTH, "2024年11月"),
        ("mmm-yy", MONTH, "2024年11月"),
        ('yyyy"年"', MONTH, "2024年"),
        ('m"月"', MONTH, "11月"),
    ],
)  # fmt: skip
def test_a_value_is_read_as_its_cell_shows_it(code, value, right):
    assert shown(value, read_format(code)) == right


@pytest.mark.parametrize(
    "code",
    ["General", "", "0", "#,##0.00", "@", "0.00_);(0.00)", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "[Red]0.0", "# ?/?",
     "0.00E+00", "000-0000", "[h]:mm", "yyyy-mm-dd", 'm"月"d"日"', "yyyy/m/d h:mm", ";;;", '0.0;-0.0;"无"', "[Blue]#,##0 ;[<0]0"],
)  # fmt: skip
def test_other_formats_leave_values_as_they_are(code):
    assert [shown(value, read_format(code)) for value in (-1234.5, True, "x")] == [
        "-1234.5",
        "TRUE",
        "x",
    ]


def test_what_is_shown_as_another_number_is_known():
    codes = ("#,##0,", "0%", '0"万"', '[>=10000]0!.0,"万";0')
    assert [is_divided(20000.0, read_format(code)) for code in codes] == [True, False, False, True]
    assert not is_divided(0.0, read_format("#,##0,")) and not is_divided(5.0, read_format(codes[-1]))


@pytest.mark.parametrize(
    ("words", "value", "right"),
    [
        ("12,956,500.00万元", 12956500.0, "12956500万元"),
        ("1,238", 1238305.0, "1238.305"),
        ("12779300.0万元", 127793000000.0, "12779300万元"),
        ("2.4%", 2.4, "2.4%"),
        ("2.4", -2.41, "-2.41"),
        ("(2.4)", -2.41, "-2.41"),
        ("0.0", 0.0, "0"),
        ("2 1/2", 2.5, "2.5"),
        ("1.24E+06", 1238305.0, "1238305"),
        ("", 5.0, "5"),
        ("2024年11月", None, "2024年11月"),
        ("Nov-24", None, "2024年11月"),
        ("2024-11", None, "2024年11月"),
        ("2024年", None, "2024年"),
        ("11月", None, "11月"),
        ("2024-11-01", None, "2024-11-01T00:00:00"),
        ("11月1日", None, "2024-11-01T00:00:00"),
    ],
)
def test_the_words_of_a_cell_say_how_it_shows_its_value(words, value, right):
    assert shown(MONTH if value is None else value, seen_in(words, value) or ()) == right


@pytest.mark.parametrize("code", ["[a]" * 80 + '"', "!x" * 120 + '"', "[" * 255, "[" * 1_000_000 + "0%"])
def test_a_format_made_to_be_read_for_minutes_is_read_at_once(code: str) -> None:
    """Sections that could be read in two ways each took twice as long for every bracket; if this hangs they can again."""
    assert all(section.shift == 0 for section in read_format(code))


def test_a_format_as_long_as_excel_takes_is_read() -> None:
    longest = f'0.0%"{"x" * 249}"'
    assert len(longest) == 255
    assert read_format(longest)[0].shift == -2
    assert read_format(f'0.0%"{"x" * 250}"') == ()
