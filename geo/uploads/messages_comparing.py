"""What is said of a file held against itself and against the current data."""

from geo.translation import mark
from geo.uploads.message import Message

__all__ = ["COMPARING"]

COMPARING: dict[str, Message] = {
    "total_mismatch": Message(
        mark(
            "The eleven districts sum to {sum} {unit}, the total row says {total} ({metric}, {period}): {difference}."
        ),
        mark("districts that sum to the total"),
        mark("Look for a district that is missing, doubled or mistyped, or correct the total row."),
    ),
    "total_exceeded": Message(
        mark(
            "{found} districts alone sum to {sum} {unit}, more than the total row says: {total} ({metric}, {period}), {difference}."
        ),
        mark("a total no smaller than its parts"),
        mark("Look for a value that is mistyped or in another unit, or correct the total row."),
    ),
    "total_unchecked": Message(
        mark("This total could not be checked: the file does not have all {wanted} districts."),
    ),
    "city_mismatch": Message(
        mark(
            "{found} districts sum to {sum} {unit}, the city's published figure is {total} ({metric}, {period}): {difference}."
        ),
        mark("districts that sum to the city's figure"),
        mark("Publish it if the sources differ; else look for a value that is mistyped or in another unit."),
    ),
    "tenfold": Message(
        mark(
            "{count} values of {metric} are about ten times the figure they are compared with: {example} against {reference} {unit}."
        ),
        mark("a figure of the same order as the one now shown, or as that of the nearest year"),
        mark("Look for a misplaced decimal point."),
    ),
    "tenth": Message(
        mark(
            "{count} values of {metric} are about a tenth of the figure they are compared with: {example} against {reference} {unit}."
        ),
        mark("a figure of the same order as the one now shown, or as that of the nearest year"),
        mark("Look for a misplaced decimal point."),
    ),
    "ten_thousandfold": Message(
        mark(
            "{count} values of {metric} are about ten thousand times the figure they are compared with: {example} against {reference} {unit}."
        ),
        mark("values in the unit that the column says"),
        mark(
            "The file probably gives them in a smaller unit, such as 万元 taken for 亿元, or 人 taken for 万人: choose the unit of the column."
        ),
    ),
    "ten_thousandth": Message(
        mark(
            "{count} values of {metric} are about a ten-thousandth of the figure they are compared with: {example} against {reference} {unit}."
        ),
        mark("values in the unit that the column says"),
        mark(
            "The file probably gives them in a larger unit, such as 亿元 taken for 万元, or 万人 taken for 人: choose the unit of the column."
        ),
    ),
    "hundred_millionfold": Message(
        mark(
            "{count} values of {metric} are about a hundred million times the figure they are compared with: {example} against {reference} {unit}."
        ),
        mark("values in the unit that the column says"),
        mark(
            "The file probably gives them in a smaller unit, such as 元 taken for 亿元: choose the unit of the column."
        ),
    ),
    "hundred_millionth": Message(
        mark(
            "{count} values of {metric} are about a hundred-millionth of the figure they are compared with: {example} against {reference} {unit}."
        ),
        mark("values in the unit that the column says"),
        mark(
            "The file probably gives them in a larger unit, such as 亿元 taken for 元: choose the unit of the column."
        ),
    ),
    "metric_vanishes": Message(
        mark("All {count} figures of {metric} would be removed: the file has none."),
        mark("a file that has everything, because it replaces everything"),
        mark("Choose “Update rows” to keep them."),
    ),
    "period_vanishes": Message(
        mark("Whole periods of {metric} would be removed: {periods}."),
        mark("a file that has everything, because it replaces everything"),
        mark("Choose “Update rows” to keep them."),
    ),
    "coverage_shrinks": Message(
        mark("{metric} would have fewer figures than now: {periods}."),
        mark("at least the districts that have a figure now"),
        mark("Choose “Update rows” to keep the others."),
    ),
    "rows_removed": Message(
        mark("{count} rows would be removed: {keys}."),
        mark("a file that has everything, because it replaces everything"),
        mark("Choose “Update rows” to keep them."),
    ),
    "no_source": Message(
        mark("These rows name no source."),
        mark("a source for every figure that is new or changed"),
        mark("Choose the source above, or add a column for it."),
    ),
    "unknown_source": Message(
        mark("This source is not in the list."),
        mark("the id or the name of a known source"),
        mark("Choose a known source above, or add a new one."),
    ),
    "zero_denominator": Message(
        mark("{metric} is 0 here, and other figures are divided by it."),
        mark("a number above 0"),
        mark("Leave the cell empty where there is no figure."),
    ),
    "implausible_percent": Message(
        mark("{count} values of {metric} are beyond 1000."),
        mark("a percentage that a statistic can have"),
        mark("Look for a misplaced decimal point, or a column that is no percentage."),
    ),
    "no_change": Message(
        mark("Nothing would change: everything in the file is there already."),
    ),
    "folder_problem": Message(
        mark("The data could not be used any more with this file: {place}."),
        mark("{expected}"),
    ),
    "hundredfold": Message(
        mark(
            "{count} values of {metric} are twenty to several thousand times the figure they are compared with: {example} against {reference} {unit}."
        ),
        mark("a figure of the same order as the one now shown, or as that of the nearest year"),
        mark("Look for a unit such as millions, or a value of another metric: choose the unit of the column."),
    ),
    "hundredth": Message(
        mark(
            "{count} values of {metric} are a twentieth or far less of the figure they are compared with: {example} against {reference} {unit}."
        ),
        mark("a figure of the same order as the one now shown, or as that of the nearest year"),
        mark("Look for a unit such as millions, or a value of another metric: choose the unit of the column."),
    ),
    "total_of_rates": Message(
        mark("A total row of rates cannot be checked, and is not kept."),
        mark("the city's own figure in a row 广州市"),
        mark("Call the row 广州市 if it is the city's published figure."),
    ),
    "half_translated": Message(
        mark("The text changes in one language only; {field} stays as it was: {keys}."),
        mark("both languages"),
        mark("Change {field} too (add the column if there is none), unless its text still holds."),
    ),
    "sentence_lost": Message(
        mark("A sentence of the briefing could no longer be computed ({slide}): {names}. The slide would show a gap."),
        mark("the figures that the sentence is made of"),
        mark("Add the figures, or change the sentence in the story."),
    ),
}
