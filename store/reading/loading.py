"""Tables as a version stores them: bytes from frames, frames from bytes. Imports pandas, so ``import store`` does not import it."""

import csv
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from geo.data.raw import Raw, parse_table, read_toml
from geo.data.story import SLIDE_FILE, SLIDE_TABLE, slide_problems, to_frame
from geo.errors import DataError
from geo.schema import Problem
from store.errors import CorruptError, IncompatibleError
from store.model import TABLES
from store.reading.upgrade import ADDED_TABLES, Upgraded, upgrade
from store.versions import Store

__all__ = ["load_version", "parsed", "shipped_tables", "table_bytes", "upgraded", "with_version"]


class _Lines(list[str]):
    r"""Rows of a CSV writer that ends them with \r\n, so that it quotes both characters, without that end."""

    def write(self, row: str) -> None:
        """Take a row."""
        self.append(row.removesuffix("\r\n"))


def table_bytes(frame: pd.DataFrame) -> bytes:
    r"""Return a text table as UTF-8 CSV; equal tables give equal bytes.

    Parameters
    ----------
    frame
        Text in every cell; its index is left out.

    Returns
    -------
    A header and a line a row, each ended by ``\n``; the text of every cell exactly as it is.

    Examples
    --------
    >>> table_bytes(pd.DataFrame({"adcode": ["440106"], "note": ['a "b", c']}))
    b'adcode,note\n440106,"a ""b"", c"\n'
    >>> table_bytes(pd.DataFrame({"adcode": []}))
    b'adcode\n'
    """
    lines = _Lines()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(frame.columns)
    writer.writerows(frame.itertuples(index=False, name=None))
    return "".join(f"{line}\n" for line in lines).encode()


def parsed(tables: Mapping[str, bytes]) -> dict[str, pd.DataFrame]:
    """Return tables by file name as text frames.

    Raises
    ------
    DataError
        If one is no UTF-8 CSV table.
    """
    problems: list[Problem] = []
    frames = {}
    for name, content in tables.items():
        try:
            frames[name] = parse_table(name, content, problems)
        except (UnicodeDecodeError, csv.Error) as error:
            problems.append(Problem(name, None, "", str(error), "a UTF-8 CSV file"))
    if problems:
        raise DataError(problems)
    return frames


def shipped_tables(folder: Path) -> dict[str, bytes]:
    """Return the versioned tables of a data folder, normalised: other line ends or quotes make no new version.

    Raises
    ------
    DataError
        If one is missing or malformed.
    """
    files = [name for name in TABLES if name != SLIDE_TABLE]
    problems = [
        Problem(name, None, "", "no such file", f"the file in {folder}")
        for name in files
        if not (folder / name).is_file()
    ]
    story = read_toml(folder / SLIDE_FILE, problems)
    problems += slide_problems(story)
    if problems:
        raise DataError(problems)
    frames = parsed({name: (folder / name).read_bytes() for name in files}) | {SLIDE_TABLE: to_frame(story)}
    return {name: table_bytes(frame) for name, frame in frames.items()}


def load_version(store: Store, raw_shipped: Raw, id_: int) -> Raw:
    """Return the data folder as it would be read with the tables of a version, brought up to this release.

    Raises
    ------
    UnknownVersionError
        If there is none of this number.
    UnreadableError
        If its stored bytes are damaged or not a table.
    """
    return with_version(raw_shipped, upgraded(store, raw_shipped, id_))


def upgraded(store: Store, raw_shipped: Raw, id_: int) -> Upgraded:
    """Return the tables of a version as :func:`store.reading.upgrade.upgrade` does; raises as :func:`load_version`."""
    stored = store.tables(id_)
    for name in TABLES:
        if name not in stored and name not in ADDED_TABLES:
            raise CorruptError(id_, name)
    try:
        return upgrade(parsed(stored), raw_shipped)
    except DataError as error:
        raise IncompatibleError(id_, error.problems) from error


def with_version(raw_shipped: Raw, version: Upgraded) -> Raw:
    """Return the data folder with the tables of a version."""
    replaced = {*version.tables, SLIDE_FILE} if SLIDE_TABLE in version.tables else set(version.tables)
    other_problems = [problem for problem in raw_shipped.problems if problem.file not in replaced]
    return replace(raw_shipped.with_tables(version.tables), problems=other_problems)
