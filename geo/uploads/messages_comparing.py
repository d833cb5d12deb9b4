"""What is said of a file held against itself and against the current data."""

from geo.translation import mark
from geo.uploads.message import Message

__all__ = ["COMPARING"]

COMPARING: dict[str, Message] = {
    "total_mismatch": Message(
        mark(
            "The eleven districts add up to {sum} {unit}, but the total row is {total} ({metric}, {period}): {difference}."
        ),
        mark("districts that add up to the total"),
        mark("Check for a missing, duplicated or mistyped district, or correct the total row."),
    ),
    "total_exceeded": Message(
        mark(
            "The {found} districts alone add up to {sum} {unit}, more than the total row: {total} ({metric}, {period}), {difference}."
        ),
        mark("a total not smaller than its parts"),
        mark("Check for a mistyped value or a different unit, or correct the total row."),
    ),
    "total_unchecked": Message(
        mark("The total cannot be checked: the file does not contain all {wanted} districts."),
    ),
    "city_mismatch": Message(
        mark(
            "{found} districts add up to {sum} {unit}, but the published city figure is {total} ({metric}, {period}): {difference}."
        ),
        mark("districts that add up to the city figure"),
        mark("If the sources differ, publish as is; otherwise check for a mistyped value or a different unit."),
    ),
    "tenfold": Message(
        mark(
            "Values of {metric} ({count}) are about ten times the reference figure: {example} compared with {reference} {unit}."
        ),
        mark("a figure of the same order of magnitude as the current figure, or as that for the nearest year"),
        mark("Check for a misplaced decimal point."),
    ),
    "tenth": Message(
        mark(
            "Values of {metric} ({count}) are about one tenth of the reference figure: {example} compared with {reference} {unit}."
        ),
        mark("a figure of the same order of magnitude as the current figure, or as that for the nearest year"),
        mark("Check for a misplaced decimal point."),
    ),
    "ten_thousandfold": Message(
        mark(
            "Values of {metric} ({count}) are about 10,000 times the reference figure: {example} compared with {reference} {unit}."
        ),
        mark("values in the unit given for the column"),
        mark(
            "The file probably uses a smaller unit, such as 万元 instead of 亿元, or 人 instead of 万人. Choose the unit of the column."
        ),
    ),
    "ten_thousandth": Message(
        mark(
            "Values of {metric} ({count}) are about one ten-thousandth of the reference figure: {example} compared with {reference} {unit}."
        ),
        mark("values in the unit given for the column"),
        mark(
            "The file probably uses a larger unit, such as 亿元 instead of 万元, or 万人 instead of 人. Choose the unit of the column."
        ),
    ),
    "hundred_millionfold": Message(
        mark(
            "Values of {metric} ({count}) are about 100 million times the reference figure: {example} compared with {reference} {unit}."
        ),
        mark("values in the unit given for the column"),
        mark("The file probably uses a smaller unit, such as 元 instead of 亿元. Choose the unit of the column."),
    ),
    "hundred_millionth": Message(
        mark(
            "Values of {metric} ({count}) are about one hundred-millionth of the reference figure: {example} compared with {reference} {unit}."
        ),
        mark("values in the unit given for the column"),
        mark("The file probably uses a larger unit, such as 亿元 instead of 元. Choose the unit of the column."),
    ),
    "metric_vanishes": Message(
        mark("All {count} figures for {metric} would be removed: the file contains none."),
        mark("a complete file, because it replaces everything"),
        mark("To keep them, choose “Update rows”."),
    ),
    "period_vanishes": Message(
        mark("All figures for {metric} would be removed for these periods: {periods}."),
        mark("a complete file, because it replaces everything"),
        mark("To keep them, choose “Update rows”."),
    ),
    "coverage_shrinks": Message(
        mark("{metric} would have fewer figures than it has now: {periods}."),
        mark("at least the districts that have a figure now"),
        mark("To keep the other figures, choose “Update rows”."),
    ),
    "rows_removed": Message(
        mark("{count} rows would be removed: {keys}."),
        mark("a complete file, because it replaces everything"),
        mark("To keep them, choose “Update rows”."),
    ),
    "rounded_kept": Message(
        mark(
            "{count} figures of {metric} are the current ones rounded, such as {example} for {reference} {unit}. The more exact ones are kept."
        ),
        mark("figures as exact as the current ones"),
        mark("To publish the rounded ones, choose “Replace periods”."),
    ),
    "rounded_replaces": Message(
        mark(
            "{count} figures of {metric} are the current ones rounded, such as {example} for {reference} {unit}. They would replace the more exact ones."
        ),
        mark("figures as exact as the current ones"),
        mark("To keep the more exact ones, choose “Update rows”."),
    ),
    "no_source": Message(
        mark("These rows have no source."),
        mark("a source for every new or changed figure"),
        mark("Choose the source above, or add a source column."),
    ),
    "unknown_source": Message(
        mark("This source is not in the list."),
        mark("the ID or name of a source in the list"),
        mark("Choose a source from the list above, or add a new one."),
    ),
    "zero_denominator": Message(
        mark("{metric} is 0 here, but other figures are divided by it."),
        mark("a number above 0"),
        mark("Leave the cell empty if there is no figure."),
    ),
    "implausible_percent": Message(
        mark("Values of {metric} ({count}) are beyond 1000."),
        mark("a plausible percentage"),
        mark("Check for a misplaced decimal point, or a column that is not a percentage."),
    ),
    "percent_as_fraction": Message(
        mark("Values of {metric} look like fractions instead of per cent ({count}), for example {example}."),
        mark("per cent: 4.8, not 0.048"),
        mark("If they are fractions, choose the unit 小数 (fraction) for the column."),
    ),
    "percent_as_index": Message(
        mark("Values of {metric} look like an index with the previous year as 100 ({count}), for example {example}."),
        mark("the growth in per cent: 4.8, not 104.8"),
        mark("If they are an index (上年=100), subtract 100 in the file."),
    ),
    "future_period": Message(
        mark("Not begun yet: {periods} ({metric}, {count} rows)."),
        mark("figures of the past or of this year; a plan or a target is another figure"),
        mark("Correct the year, or make sure that the figure is not a target."),
    ),
    "no_change": Message(
        mark("Nothing would change: the data already contains everything in the file."),
    ),
    "folder_problem": Message(
        mark("This file would make the data unusable: {place}."),
        mark("{expected}"),
    ),
    "hundredfold": Message(
        mark(
            "Values of {metric} ({count}) are between twenty and several thousand times the reference figure: {example} compared with {reference} {unit}."
        ),
        mark("a figure of the same order of magnitude as the current figure, or as that for the nearest year"),
        mark(
            "Check for a unit such as millions, or a value that belongs to another metric, then choose the unit of the column."
        ),
    ),
    "hundredth": Message(
        mark(
            "Values of {metric} ({count}) are a twentieth or less of the reference figure: {example} compared with {reference} {unit}."
        ),
        mark("a figure of the same order of magnitude as the current figure, or as that for the nearest year"),
        mark(
            "Check for a unit such as millions, or a value that belongs to another metric, then choose the unit of the column."
        ),
    ),
    "total_of_rates": Message(
        mark("A total row of rates cannot be checked and will not be stored."),
        mark("the published city figure in a row named 广州市"),
        mark("If this is the published city figure, name the row 广州市."),
    ),
    "half_translated": Message(
        mark("The text changes in only one language; {field} is unchanged: {keys}."),
        mark("both languages"),
        mark("Update {field} too, adding the column if necessary, unless its text is still correct."),
    ),
    "sentence_lost": Message(
        mark("Text in the briefing ({slide}) can no longer be computed: {names}. The slide would show a gap."),
        mark("the figures used in the text"),
        mark("Add the figures, or change the text on the briefing slide."),
    ),
}
