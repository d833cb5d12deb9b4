"""What is said of a file that holds no table we read: what it is, and what to do with a file of that kind."""

from geo.translation import mark
from geo.uploads.message import Message

__all__ = ["FILES"]

_EXPECTED = mark("a table: CSV, TSV, XLSX, XLS, XLSB, ODS, or a web page with one")

FILES: dict[str, Message] = {
    "not_a_table": Message(
        mark("The file is not a table; whatever its name, it is {kind}."),
        _EXPECTED,
        mark("Export the data as CSV or XLSX from the program it comes from, or ask the sender for the table."),
    ),
    "is_document": Message(
        mark("The file is a document ({kind}), not a table."),
        _EXPECTED,
        mark(
            "Copy the table out of the document into a blank Excel workbook, compare the figures, and save it as XLSX."
        ),
    ),
    "is_pdf": Message(
        mark("The file is a PDF document, not a table."),
        _EXPECTED,
        mark(
            "Ask the sender for the Excel file the PDF was made from; copying figures out of a PDF often shifts columns."
        ),
    ),
    "is_picture": Message(
        mark("The file is a picture ({kind}), from which no figures are read."),
        _EXPECTED,
        mark("Ask whoever sent the picture for the table itself, or type the figures into the template."),
    ),
    "is_packed": Message(
        mark("The file is a packed archive ({kind})."),
        _EXPECTED,
        mark("Unpack it, then upload the table that is in it."),
    ),
    "wps_et": Message(
        mark("The file is in the WPS spreadsheet format (.et)."),
        _EXPECTED,
        mark("Open the file in WPS and save it as XLSX."),
    ),
    "other_spreadsheet": Message(
        mark("The file is a workbook in another format: {kind}."),
        _EXPECTED,
        mark("Open the file in Excel, WPS or LibreOffice and save it as XLSX."),
    ),
    "numbers_file": Message(
        mark("The file was made by an Apple program such as Numbers."),
        _EXPECTED,
        mark("In Numbers choose File > Export To > Excel, and upload the XLSX file."),
    ),
    "git_lfs": Message(
        mark("The file is only a Git LFS pointer: it names the real file and has none of its content."),
        _EXPECTED,
        mark(
            "Fetch the real file with git lfs pull, or download it from the website of the repository, and upload that."
        ),
    ),
    "login_page": Message(
        mark("The file is a sign-in page: whatever its name, the table was not downloaded."),
        _EXPECTED,
        mark("Sign in to the website the table comes from, then download the table again."),
    ),
    "web_page": Message(
        mark("The file is a web page without a table, whatever its name."),
        _EXPECTED,
        mark("Open the file in a browser to see what it says, then download the table itself."),
    ),
    "not_xlsx": Message(
        mark("The archive is not a workbook."),
        mark("a workbook saved as XLSX"),
        mark("Open the file in Excel and save it as XLSX."),
    ),
    "garbled": Message(
        mark("The text is garbled: it was decoded wrongly before it was saved, and cannot be restored for certain."),
        mark("legible Chinese, in UTF-8 or GB18030"),
        mark(
            "Export the file again from the program it comes from, as UTF-8 or GB18030; if you chose the encoding here, choose another."
        ),
    ),
}
