"""What is said of a file that cannot be read, or not as it should be."""

from geo.translation import mark
from geo.uploads.message import Message

__all__ = ["READING"]

_SAVE_ANEW = mark("Open the file in Excel or WPS, save it as XLSX or CSV, and upload that.")

READING: dict[str, Message] = {
    "empty_file": Message(
        mark("The file is blank."),
        mark("a table with a header and rows"),
        mark("Check that this is the right file, then save it again."),
    ),
    "file_too_large": Message(
        mark("The file is too large."),
        mark("at most {limit} MB"),
        mark("Delete anything that is not data, or upload the file in parts."),
    ),
    "password": Message(
        mark("The workbook is password-protected."),
        mark("a workbook without a password"),
        mark("Remove the password in Excel, then save the file again."),
    ),
    "binary": Message(
        mark("The file is not text: it contains bytes that do not occur in text."),
        mark("a table: CSV, TSV, XLSX, XLS, XLSB, ODS, or a web page with one"),
        mark("Open the file in Excel and save it as XLSX."),
    ),
    "cut_off": Message(
        mark("The file is incomplete: it ends in the middle of a character or a quotation."),
        mark("a complete file with every quotation mark closed"),
        mark("Copy or export the file again, then check the row named here."),
    ),
    "invalid_bytes": Message(
        mark("Byte {byte} of the file is not valid in {encoding}."),
        mark("the same encoding throughout"),
        mark("Choose another encoding, or save the file as XLSX in Excel."),
    ),
    "field_too_long": Message(
        mark("A cell in this row is too long."),
        mark("at most {limit} characters"),
        mark("Check for an unclosed quotation mark."),
    ),
    "cell_too_long": Message(
        mark("This cell has {length} characters. Reading stopped here."),
        mark("at most {limit} characters per cell"),
        mark("Shorten the text, or check for an unclosed quotation mark."),
    ),
    "heading_too_long": Message(
        mark("This heading has {length} characters. The table below it was not read."),
        mark("at most {limit} characters per heading"),
        mark("Shorten the heading; put the explanation in a note above or below the table."),
    ),
    "too_many_rows": Message(
        mark("The table has too many rows."),
        mark("at most {limit}"),
        mark("Upload the file in parts."),
    ),
    "too_many_columns": Message(
        mark("The table has too many columns: {count}."),
        mark("at most {limit}"),
        mark("Delete anything that is not data, or check the delimiter."),
    ),
    "too_many_cells": Message(
        mark("The table has {rows} rows and {columns} columns: too many cells."),
        mark("at most {limit} cells, including empty ones"),
        mark("Upload the file in parts."),
    ),
    "cells_too_far": Message(
        mark("A cell lies far away from the rest: the sheet would have {rows} rows and {columns} columns."),
        mark("a sheet that contains only the table"),
        mark("Delete any content far below or to the right of the table."),
    ),
    "broken_archive": Message(
        mark("The workbook is damaged or not in standard Excel format."),
        mark("a workbook saved by Excel"),
        mark("Open the file in Excel and save it as XLSX, or copy it again."),
    ),
    "reading_ended": Message(
        mark(
            "The program that reads such files broke off at this one: it is damaged, or needs more than {limit} MB of memory."
        ),
        mark("a file that can be read to its end"),
        _SAVE_ANEW,
    ),
    "reading_too_long": Message(
        mark("Reading the file was stopped after {limit} seconds."),
        mark("a file that can be read in less time"),
        _SAVE_ANEW,
    ),
    "too_much_text": Message(
        mark("The file holds too much text."),
        mark("at most {limit} MB"),
        mark("Delete anything that is not data, or upload the file in parts."),
    ),
    "maybe_percent": Message(
        mark(
            "Numbers below one, such as {example}: a workbook of this format does not say whether it shows them as percentages."
        ),
        mark("numbers as the workbook shows them"),
        mark("Compare with the workbook. If it shows percentages, save it as XLSX in Excel or WPS and upload that."),
    ),
    "no_such_sheet": Message(
        mark("The workbook has no sheet with this name."),
        mark("one of: {sheets}"),
        mark("Choose another sheet."),
    ),
    "control_characters": Message(
        mark("{count} cells in this column contain invisible control characters, which were removed."),
        mark("visible text only"),
        mark("Check these cells and retype any missing text."),
    ),
    "formula_no_value": Message(
        mark("{count} cells in this column have a formula without a stored result, so their values are unknown."),
        mark("the result of each formula stored in the file"),
        mark("Open the file in Excel, let it calculate, and save it. Then upload it again."),
    ),
    "hidden_rows": Message(
        mark("{count} rows with content are hidden in the workbook. They were read like all others."),
        mark("only what should be published"),
        mark(
            "Unhide the rows or clear the filter in Excel and look at them; delete those that should not be published."
        ),
    ),
    "hidden_columns": Message(
        mark("{count} columns with content are hidden in the workbook: {columns}. They were read like all others."),
        mark("only what should be published"),
        mark("Unhide the columns in Excel and look at them; delete those that should not be published."),
    ),
    "sheet_passed_over": Message(
        mark("The sheet “{sheet}” was read. Passed over, as a cover page or without figures: {sheets}."),
        "",
        mark("If this is not the right sheet, choose another."),
    ),
    "other_sheets": Message(
        mark("Only one sheet was read. Other sheets have tables too: {sheets}."),
        mark("the sheets you need, all together or one by one"),
        mark("Read all sheets together, or choose one and upload the file once for each you need."),
    ),
    "hidden_sheets": Message(
        mark("Hidden sheets have tables too and were not read: {sheets}."),
        "",
        mark("If a hidden sheet is needed, choose it."),
    ),
    "only_hidden": Message(
        mark("All visible sheets are blank; only hidden sheets have tables: {sheets}."),
        mark("the table on a visible sheet"),
        mark("Unhide the sheet in Excel, then save the file again."),
    ),
}
