"""What is said of headings, districts, periods, units and numbers; the params metric, district and successor are ids."""

from geo.translation import mark
from geo.uploads.message import Message

__all__ = ["FIGURES"]

FIGURES: dict[str, Message] = {
    "no_header": Message(
        mark("No row of headings was found."),
        mark("a row that names the columns, such as 区, 指标, 时期, 数值"),
        mark("Add a row of headings, or start from a template."),
    ),
    "no_figures": Message(
        mark("The table holds no figures."),
        mark("at least one number under a heading that is known"),
        mark("Choose what the columns are, or another sheet of the file."),
    ),
    "no_rows": Message(
        mark("The table holds no rows."),
        mark("at least one row under the headings"),
        mark("Choose another sheet of the file."),
    ),
    "unknown_column": Message(
        mark("It is not known what this column is; it is left out."),
        mark("the name of a field, or of a metric of the catalogue"),
        mark("Choose on this page what the column is, or leave it out."),
    ),
    "column_twice": Message(
        mark("This column is the same as “{first}”; it is left out."),
        mark("one column for each field"),
        mark("Choose on this page what the column is, or leave it out."),
    ),
    "missing_column": Message(
        mark("The table has no column for this: {field}."),
        mark("a heading such as those of the template"),
        mark("Choose on this page which column it is, or add it to the file."),
    ),
    "choice_unknown": Message(
        mark("This choice is not understood ({field})."),
        mark("a metric, period or unit of the catalogue"),
        mark("Choose again."),
    ),
    "more_values": Message(
        mark("Another {count} values of this column are wrong in the same way as those listed."),
        "",
        mark("Mend the column as a whole."),
    ),
    "metric_missing": Message(
        mark("It is not known which metric these figures are."),
        mark("a metric in the heading, in a column or in the title"),
        mark("Choose the metric on this page."),
    ),
    "metric_from_title": Message(
        mark("The metric was taken from the title above the table: {metric}."),
    ),
    "metric_unknown": Message(
        mark("No metric goes by this name."),
        mark("the name of a metric of the catalogue"),
        mark("Write its name as the catalogue does, or leave the row out."),
    ),
    "metric_unknown_near": Message(
        mark("No metric goes by this name."),
        mark("the name of a metric of the catalogue"),
        mark("Did you mean {suggestion}?"),
    ),
    "metric_not_in_catalogue": Message(
        mark("The column was chosen to be {metric}, which the catalogue no longer has."),
        mark("a metric of the catalogue"),
        mark("Choose on this page what the column is, or leave it out."),
    ),
    "computed_rate": Message(
        mark("{metric} is computed by the dashboard, from {numerator} and {denominator}."),
        mark("the two figures it is computed from"),
        mark("Leave the column or the rows out, and upload the two figures instead."),
    ),
    "computed_area_measured": Message(
        mark("The measured area is computed by the dashboard, from the boundaries of the map."),
        "",
        mark("Leave the column or the rows out; the official area can be uploaded."),
    ),
    "computed_known_tenants": Message(
        mark("The known tenants are counted by the dashboard, from the list of tenants."),
        "",
        mark("Leave the column or the rows out, and upload a list of tenants instead."),
    ),
    "period_missing": Message(
        mark("It is not known which period these figures are of."),
        mark("a period in the heading, in a column or in the title"),
        mark("Choose the period on this page, or fill in the cells."),
    ),
    "period_from_title": Message(
        mark("The period was taken from the title above the table: {period}."),
    ),
    "period_unknown": Message(
        mark("This is not a period."),
        mark("a period such as 2023, 2023H1, 2024Q3, 2024Q1-Q3 or undated; years from {first} to {last}"),
        mark("Write the period in one of these ways."),
    ),
    "period_of_months": Message(
        mark("These months are no whole quarters."),
        mark("a year, a half, a quarter, or quarters that follow each other, such as 1-3月, 1-6月, 1-9月 or 2024Q1-Q3"),
        mark("Use the figures of whole quarters."),
    ),
    "period_is_date": Message(
        mark("This is a day, not a period."),
        mark("a period such as 2023"),
        mark("Write the year only; Excel may have made a date of it, so set the cell to text."),
    ),
    "not_a_number": Message(
        mark("This is not a number."),
        mark("a number, or an empty cell where there is none"),
        mark("Correct the cell or empty it."),
    ),
    "approximate_number": Message(
        mark("This is an approximate number."),
        mark("an exact number"),
        mark("Write the exact figure, or leave the cell empty and put the words in the note."),
    ),
    "odd_thousands": Message(
        mark("The separators of this number are not in their places."),
        mark("groups of three digits, such as 1,234, and a point before decimals"),
        mark("Write the number without separators."),
    ),
    "number_with_unknown_unit": Message(
        mark("What stands behind this number is no unit that is known."),
        mark("a number, or a number with a unit such as 亿元"),
        mark("Write the number alone and the unit in the heading."),
    ),
    "negative_count": Message(
        mark("This figure is below 0."),
        mark("a number from 0"),
        mark("Look for a sign that does not belong there; changes are not uploaded as figures."),
    ),
    "unit_assumed": Message(
        mark("Nothing says which unit the figures of {metric} are in; {unit} was assumed."),
        mark("a unit in the heading, in a column or above the table"),
        mark("Make sure that the unit is right, or choose it on this page."),
    ),
    "unit_unknown": Message(
        mark("This is no unit that is known."),
        mark("{unit}, or a multiple of it"),
        mark("Correct the unit, or choose it on this page."),
    ),
    "unit_mismatch": Message(
        mark("Figures of {metric} cannot be in this unit."),
        mark("{unit}, or a multiple of it"),
        mark(
            "Correct the unit, or choose another metric for the column; amounts in other currencies must be converted first."
        ),
    ),
    "district_blank": Message(
        mark("These figures name no district."),
        mark("a district in every row"),
        mark("Fill in the district; a merged cell keeps its text only in XLSX."),
    ),
    "district_unknown": Message(
        mark("No district of Guangzhou goes by this name."),
        mark("one of the eleven districts, or 全市"),
        mark("Correct the name."),
    ),
    "district_unknown_near": Message(
        mark("No district of Guangzhou goes by this name."),
        mark("one of the eleven districts, or 全市"),
        mark("Did you mean {suggestion}?"),
    ),
    "code_unknown": Message(
        mark("No district of Guangzhou has this code."),
        mark("a code such as 440103, or the name of a district"),
        mark("Correct the code."),
    ),
    "code_elsewhere": Message(
        mark("This is the code of a place outside Guangzhou."),
        mark("a district of Guangzhou"),
        mark("Leave the row out."),
    ),
    "district_elsewhere": Message(
        mark("This is not in Guangzhou but belongs to {city}."),
        mark("a district of Guangzhou"),
        mark("Leave the row out."),
    ),
    "district_disagrees": Message(
        mark("Code and name are two different districts: {other}."),
        mark("a code and a name of the same district"),
        mark("Correct one of the two."),
    ),
    "district_renamed": Message(
        mark("This is the name used until {year}; it was taken for {name}."),
    ),
    "district_new_area": Message(
        mark("This is a new area, not a district; it was taken for {name}."),
        "",
        mark("Make sure that the figures are those of the whole district."),
    ),
    "part_left_out": Message(
        mark("This is a part of the city or a subtotal; it was left out."),
        mark("one of the eleven districts, or 全市"),
        mark("Make sure that no district is written this way."),
    ),
    "former_added": Message(
        mark("{former} is no longer a district; its figure was added to that of {successor} ({metric}, {period})."),
        mark("figures of today's districts"),
        mark("Make sure that the figure of {successor} does not already contain it."),
    ),
    "former_alone": Message(
        mark(
            "{former} is no longer a district, and the file has no figure of {successor} it could be added to ({metric}, {period})."
        ),
        mark("figures of today's districts"),
        mark("Add the figure of {successor}, or leave the row out."),
    ),
    "former_rate": Message(
        mark(
            "{former} is no longer a district, and rates cannot be added up: there is no figure for {successor} ({metric}, {period})."
        ),
        mark("figures of today's districts"),
        mark("Leave the row out."),
    ),
    "duplicate_same": Message(
        mark(
            "This figure stands in the file more than once, always with the same value ({district}, {metric}, {period})."
        ),
    ),
    "duplicate_differs": Message(
        mark("The file has different values for the same figure ({district}, {metric}, {period})."),
        mark("one value for each district, metric and period"),
        mark("Leave out the rows that are wrong."),
    ),
    "more_duplicates": Message(
        mark("Another {count} figures stand in the file more than once, like those listed."),
        mark("one value for each district, metric and period"),
        mark("Leave out the rows that are wrong."),
    ),
    "quality_unknown": Message(
        mark("This is no quality that is known."),
        mark("verified, secondary or derived (核实, 次选, 推算)"),
        mark("Use one of these words."),
    ),
    "formula_text": Message(
        mark("This text begins as a formula does; it is kept as plain text."),
        mark("plain text"),
        mark("Make sure that it is meant as text."),
    ),
    "text_too_long": Message(
        mark("This text has {length} characters."),
        mark("at most {longest} characters"),
        mark("Shorten it."),
    ),
}
