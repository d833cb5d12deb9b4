"""What is said of headings, districts, periods, units and numbers; the params metric, district and successor are ids."""

from geo.translation import mark
from geo.uploads.message import Message

__all__ = ["FIGURES"]

FIGURES: dict[str, Message] = {
    "no_header": Message(
        mark("No header row was found."),
        mark("a row of column headings, such as 区, 指标, 时期, 数值"),
        mark("Add a header row, or start from a template."),
    ),
    "too_many_tables": Message(
        mark("The sheet holds more than {limit} tables."),
        mark("a few tables on a sheet"),
        mark("Put the tables you need on a sheet of their own."),
    ),
    "no_figures": Message(
        mark("The table contains no figures."),
        mark("at least one number in a recognised column"),
        mark("Choose what the columns contain, or choose another sheet of the file."),
    ),
    "no_rows": Message(
        mark("The table contains no rows."),
        mark("at least one row below the headings"),
        mark("Choose another sheet of the file."),
    ),
    "unknown_column": Message(
        mark("This column was not recognised and is ignored."),
        mark("the name of a field, or of a metric in the metric list"),
        mark("On this page, choose what the column contains, or ignore it."),
    ),
    "other_figure": Message(
        mark("“{word}” makes this another figure than {metric}, so the column is ignored."),
        mark("{metric} without a qualifier, or with one that does not change its meaning, such as 当年价"),
        mark(
            "If it is the same figure, choose {metric} for the column on this page; the choice is remembered for this heading."
        ),
    ),
    "title_says_part": Message(
        mark("The title says {period}, but these rows say {year}, the whole year."),
        mark("the same period in title and rows"),
        mark(
            "Choose {period} as the period of the file if the figures are for that part of the year; choose {year} if they are for the whole year."
        ),
    ),
    "period_parts_differ": Message(
        mark("This is not a part of the year {year} in the same row."),
        mark("a quarter, a half or months of the year beside it, such as 二季度 or Q2"),
        mark("Correct the year or the part of the year."),
    ),
    "column_twice": Message(
        mark("This column duplicates “{first}” and is ignored."),
        mark("one column per field"),
        mark("On this page, choose what the column contains, or ignore it."),
    ),
    "missing_column": Message(
        mark("The table is missing this column: {field}."),
        mark("a heading like those in the template"),
        mark("Choose the matching column on this page, or add it to the file."),
    ),
    "choice_unknown": Message(
        mark("This choice was not recognised ({field})."),
        mark("a metric, period or unit in the metric list"),
        mark("Choose another value."),
    ),
    "more_values": Message(
        mark("Another {count} values in this column have the same problem."),
        "",
        mark("Correct the whole column."),
    ),
    "metric_missing": Message(
        mark("The metric of these figures could not be determined."),
        mark("a metric in the heading, a column or the title"),
        mark("Choose the metric on this page."),
    ),
    "metric_from_title": Message(
        mark("The metric was taken from the title above the table: {metric}."),
    ),
    "metric_unknown": Message(
        mark("No metric has this name."),
        mark("the name of a metric in the metric list"),
        mark("Use the name in the metric list, or delete the row."),
    ),
    "metric_unknown_near": Message(
        mark("No metric has this name."),
        mark("the name of a metric in the metric list"),
        mark("Did you mean {suggestion}?"),
    ),
    "metric_not_in_catalogue": Message(
        mark("The column was assigned to {metric}, which is no longer in the metric list."),
        mark("a metric in the metric list"),
        mark("On this page, choose what the column contains, or ignore it."),
    ),
    "computed_rate": Message(
        mark("The dashboard computes {metric} from {numerator} and {denominator}."),
        mark("the two figures it is computed from"),
        mark("Delete the column or rows, and upload the two component figures instead."),
    ),
    "computed_area_measured": Message(
        mark("The dashboard computes the measured area from the map boundaries."),
        "",
        mark("Delete the column or rows. You can upload the official area instead."),
    ),
    "computed_known_tenants": Message(
        mark("The dashboard counts known tenants from the tenants table."),
        "",
        mark("Delete the column or rows, and upload the tenants table instead."),
    ),
    "period_missing": Message(
        mark("The period of these figures could not be determined."),
        mark("a period in the heading, a column or the title"),
        mark("Choose the period on this page, or fill in the cells."),
    ),
    "district_from_title": Message(
        mark("The district was taken from the title above the table: {district}."),
    ),
    "period_from_above": Message(
        mark("The period is blank here; that of the row above was taken."),
        mark("a period in every row"),
        mark("Check that these rows belong to the period above them."),
    ),
    "period_from_title": Message(
        mark("The period was taken from the title above the table: {period}."),
    ),
    "period_unknown": Message(
        mark("This is not a period."),
        mark("a period such as 2023, 2023H1, 2024Q3, 2024Q1-Q3 or undated; years from {first} to {last}"),
        mark("Write the period in one of these formats."),
    ),
    "period_of_months": Message(
        mark("These months do not form whole quarters."),
        mark("a year, a half-year, a quarter or consecutive quarters, such as 1-3月, 1-6月, 1-9月 or 2024Q1-Q3"),
        mark("Use figures for whole quarters."),
    ),
    "period_is_date": Message(
        mark("This is a date, not a period."),
        mark("a period such as 2023"),
        mark("Enter only the year. Excel may have turned it into a date, so format the cell as text."),
    ),
    "not_a_number": Message(
        mark("This is not a number."),
        mark("a number, or an empty cell if there is none"),
        mark("Correct the cell, or clear it."),
    ),
    "not_available": Message(
        mark("The cell says #N/A: no figure was read from it."),
        mark("a number, or an empty cell if there is none"),
        mark("Clear the cell if there is no figure; otherwise repair the formula and save the file."),
    ),
    "formula_error": Message(
        mark("The cell shows an error of the spreadsheet instead of a figure."),
        mark("a number, or an empty cell if there is none"),
        mark("Repair the formula, or clear the cell if there is no figure, and save the file."),
    ),
    "approximate_number": Message(
        mark("This is an approximate number."),
        mark("an exact number"),
        mark("Enter the exact figure, or leave the cell empty and move the text to the note."),
    ),
    "odd_thousands": Message(
        mark("The separators in this number are misplaced."),
        mark("groups of three digits, such as 1,234, with a decimal point"),
        mark("Enter the number without separators."),
    ),
    "number_with_unknown_unit": Message(
        mark("The number is followed by an unknown unit."),
        mark("a number, or a number with a unit such as 亿元"),
        mark("Enter only the number and put the unit in the heading."),
    ),
    "negative_count": Message(
        mark("This figure is negative."),
        mark("a number not below 0"),
        mark("Check for a stray minus sign; changes cannot be uploaded as figures."),
    ),
    "unit_assumed": Message(
        mark("No unit is given for {metric}; {unit} was assumed."),
        mark("a unit in the heading, a column or above the table"),
        mark("Make sure the unit is correct, or choose it on this page."),
    ),
    "unit_unknown": Message(
        mark("Unknown unit."),
        mark("{unit}, or a multiple of it"),
        mark("Correct the unit, or choose it on this page."),
    ),
    "unit_mismatch": Message(
        mark("This unit cannot be used for {metric}."),
        mark("{unit}, or a multiple of it"),
        mark("Correct the unit, or choose another metric for the column. Convert amounts in other currencies first."),
    ),
    "district_blank": Message(
        mark("These figures have no district."),
        mark("a district in every row"),
        mark("Fill in the district. Merged cells keep their text only in XLSX."),
    ),
    "district_unknown": Message(
        mark("Guangzhou has no district with this name."),
        mark("one of the eleven districts, or 全市"),
        mark("Correct the name."),
    ),
    "district_unknown_near": Message(
        mark("Guangzhou has no district with this name."),
        mark("one of the eleven districts, or 全市"),
        mark("Did you mean {suggestion}?"),
    ),
    "code_unknown": Message(
        mark("Guangzhou has no district with this code."),
        mark("a code such as 440103, or a district name"),
        mark("Correct the code."),
    ),
    "code_elsewhere": Message(
        mark("This is the code of a place outside Guangzhou."),
        mark("a district of Guangzhou"),
        mark("Delete the row."),
    ),
    "district_elsewhere": Message(
        mark("This place is not in Guangzhou; it belongs to {city}."),
        mark("a district of Guangzhou"),
        mark("Delete the row."),
    ),
    "district_disagrees": Message(
        mark("Code and name refer to different districts: {other}."),
        mark("a code and a name for the same district"),
        mark("Correct one of them."),
    ),
    "district_renamed": Message(
        mark("This name was used until {year}; it was treated as {name}."),
    ),
    "district_new_area": Message(
        mark("This is a new area, not a district; it was treated as {name}."),
        "",
        mark("Make sure the figures cover the whole district."),
    ),
    "part_left_out": Message(
        mark("This is part of the city or a subtotal; it was ignored."),
        mark("one of the eleven districts, or 全市"),
        mark("Make sure this is not a way of writing a district name."),
    ),
    "part_taken": Message(
        mark(
            "The row is marked as a part (其中), but the row above is another district: {above}. It was taken for the whole district."
        ),
        mark("the figure of a whole district"),
        mark("Delete the row if its figure is only a part; otherwise remove 其中."),
    ),
    "former_added": Message(
        mark("{former} is no longer a district; its figure was added to {successor} ({metric}, {period})."),
        mark("figures for the present districts"),
        mark("Make sure the figure for {successor} does not already include it."),
    ),
    "former_alone": Message(
        mark(
            "{former} is no longer a district, and the file has no figure for {successor} to add it to ({metric}, {period})."
        ),
        mark("figures for the present districts"),
        mark("Add the figure for {successor}, or delete the row."),
    ),
    "former_rate": Message(
        mark(
            "{former} is no longer a district and rates cannot be added up, so there is no figure for {successor} ({metric}, {period})."
        ),
        mark("figures for the present districts"),
        mark("Delete the row."),
    ),
    "duplicate_same": Message(
        mark(
            "This figure appears in the file more than once, always with the same value ({district}, {metric}, {period})."
        ),
    ),
    "duplicate_differs": Message(
        mark(
            "The file has different values for the same figure ({district}, {metric}, {period}): the other is {other} under “{heading}”."
        ),
        mark("one value per district, metric and period"),
        mark("Delete the incorrect rows."),
    ),
    "tables_differ": Message(
        mark(
            "Two tables of the sheet have different values for the same figure ({district}, {metric}, {period}): row {row} has {other}."
        ),
        mark("one value per district, metric and period"),
        mark("Delete the incorrect rows."),
    ),
    "more_duplicates": Message(
        mark("Another {count} figures are repeated in the file in the same way."),
        mark("one value per district, metric and period"),
        mark("Delete the incorrect rows."),
    ),
    "quality_unknown": Message(
        mark("Unknown quality mark."),
        mark("verified, secondary or derived (核实, 二手, 推算)"),
        mark("Use one of these words."),
    ),
    "formula_text": Message(
        mark("This text starts like a formula; it is stored as plain text."),
        mark("plain text"),
        mark("Make sure it is meant as text."),
    ),
    "text_too_long": Message(
        mark("This text has {length} characters."),
        mark("at most {longest} characters"),
        mark("Shorten it."),
    ),
}
