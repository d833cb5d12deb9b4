r"""A file of staff, from its bytes to what publishing it would do: the one way in for the page and the command line.

Examples
--------
>>> content = "区,2023年地区生产总值（亿元）\n海珠,2800\n".encode("gb18030")
>>> found = examine(content, "gdp.csv", "indicators", raw, atlas, Choices(source_id="ranking-2023"), "update")
>>> [finding.code for finding in found.findings if finding.severity == "error"]
[]
>>> [len(table) for table in found.changes]
[1]
"""

from dataclasses import replace

from geo.changes.proposal import NewSource, Proposal, propose
from geo.data.raw import Raw
from geo.schema import Atlas
from geo.uploads import cleaning
from geo.uploads.findings import as_in_file
from geo.uploads.model import Choices, Kind, Mode, Progress, Reading, Upload
from geo.uploads.read import reading
from geo.uploads.read.sheets.together import apart

__all__ = ["examine"]


def examine(
    content: bytes,
    file_name: str,
    kind: Kind,
    raw: Raw,
    before: Atlas,
    choices: Choices,
    mode: Mode,
    source: NewSource | None = None,
    *,
    sheet: Reading | None = None,
    upload: Upload | None = None,
    progress: Progress | None = None,
) -> Proposal:
    """Return what publishing a file would do, and everything that speaks against it: findings with values as the file has them, errors first.

    Parameters
    ----------
    content, file_name, kind
        The file as uploaded, and which table it is for.
    raw, before
        The data folder with the tables of the version it would follow, as text and typed.
    choices, mode, source
        What somebody chose for what the file does not say itself, how it meets what is there (see :func:`geo.changes.merge.merge`), and a
        source to add with it.
    sheet, upload
        The file as read and as understood, by whoever has that already: a page that asks questions in between does not pay twice.
    progress
        Called with the share done, from 0 to 1, and what is being done.

    Raises
    ------
    ValueError
        If ``mode`` does not fit the kind.
    """
    sheet = sheet or reading.read(content, file_name, encoding=choices.encoding, sheet=choices.sheet, progress=progress)
    upload = upload or cleaning.clean(sheet, file_name, kind, before, choices, progress)
    found = propose(raw, before, upload, mode, source, progress)
    findings = (as_in_file(finding, sheet.sheet) for finding in found.findings)
    return replace(found, findings=tuple(one for finding in findings for one in apart(finding, sheet)))
