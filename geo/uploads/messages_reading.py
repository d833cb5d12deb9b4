"""What is said of a file that cannot be read, or not as it should be."""

from geo.translation import mark
from geo.uploads.message import Message

__all__ = ["READING"]

READING: dict[str, Message] = {
    "empty_file": Message(
        mark("The file holds nothing but blanks."),
        mark("a table with headings and rows"),
        mark("Check that it is the right file, and save it again."),
    ),
    "file_too_large": Message(
        mark("The file is too large."),
        mark("at most {limit} MB"),
        mark("Take out what is no data, or upload it in parts."),
    ),
    "not_a_table": Message(
        mark("The file is no table but {kind}, whatever its name says."),
        mark("a CSV, TSV or XLSX file"),
        mark("Open it in Excel and save it as XLSX."),
    ),
    "not_xlsx": Message(
        mark("The archive is no XLSX workbook."),
        mark("a workbook saved as XLSX, not as XLSB or ODS"),
        mark("Open it in Excel and save it as XLSX."),
    ),
    "old_excel": Message(
        mark("The file is in the format of Excel before 2007."),
        mark("a CSV, TSV or XLSX file"),
        mark("Open it in Excel and save it as XLSX."),
    ),
    "password": Message(
        mark("The workbook is protected by a password."),
        mark("a workbook that opens without one"),
        mark("Take the password off in Excel and save it again."),
    ),
    "binary": Message(
        mark("The file is no text: it holds bytes that no text has."),
        mark("a CSV, TSV or XLSX file"),
        mark("Open it in Excel and save it as XLSX."),
    ),
    "cut_off": Message(
        mark("The file is cut off in the middle: a character or a quotation mark is not finished."),
        mark("a complete file, every quotation mark closed"),
        mark("Copy or export it once more; look at the row named here."),
    ),
    "invalid_bytes": Message(
        mark("Byte {byte} of the file is no character in {encoding}."),
        mark("text in one encoding from beginning to end"),
        mark("Choose another encoding, or save it again from Excel as XLSX."),
    ),
    "field_too_long": Message(
        mark("A cell of this row is longer than a cell can be."),
        mark("at most {limit} characters"),
        mark("Look for a quotation mark that is not closed."),
    ),
    "cell_too_long": Message(
        mark("This cell has {length} characters. The file was not read any further."),
        mark("at most {limit} characters in a cell"),
        mark("Shorten the text, or look for a quotation mark that is not closed."),
    ),
    "heading_too_long": Message(
        mark("This heading has {length} characters. The table below it was not read."),
        mark("at most {limit} characters in a heading"),
        mark("Shorten the heading; what it explains can stand in a note above or below the table."),
    ),
    "too_many_rows": Message(
        mark("The table has too many rows."),
        mark("at most {limit}"),
        mark("Upload it in parts."),
    ),
    "too_many_columns": Message(
        mark("The table has too many columns: {count}."),
        mark("at most {limit}"),
        mark("Take out what is no data, or check the delimiter."),
    ),
    "too_many_cells": Message(
        mark("The table has {rows} rows and {columns} columns: too many cells."),
        mark("at most {limit} cells, empty ones included"),
        mark("Upload it in parts."),
    ),
    "cells_too_far": Message(
        mark("A cell lies far away from the others: the sheet would have {rows} rows and {columns} columns."),
        mark("a sheet with nothing but the table"),
        mark("Delete what stands far below or to the right of the table."),
    ),
    "archive_bomb": Message(
        mark("The workbook would become far larger than it is when unpacked."),
        mark("a workbook as Excel saves it"),
        mark("Open it in Excel and save it again as XLSX."),
    ),
    "broken_archive": Message(
        mark("The workbook is damaged or not built as Excel builds it."),
        mark("a workbook as Excel saves it"),
        mark("Open it in Excel and save it again as XLSX, or copy the file once more."),
    ),
    "no_such_sheet": Message(
        mark("The workbook has no sheet of this name."),
        mark("one of: {sheets}"),
        mark("Choose another sheet."),
    ),
    "control_characters": Message(
        mark("{count} cells of this column hold invisible control characters; they are left out."),
        mark("visible text only"),
        mark("Look at these cells and type them again where anything is missing."),
    ),
}
