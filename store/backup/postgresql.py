"""Backups of a PostgreSQL database: an archive of ``pg_dump``, restored by ``pg_restore`` in one transaction."""

import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from subprocess import PIPE, Popen, run  # nosec B404  # runs PostgreSQL's own programs
from tempfile import TemporaryFile
from typing import Any

from psycopg.conninfo import make_conninfo
from sqlalchemy import URL, Engine, inspect, text

from store.backup.contents import NEEDED, REVISIONS, Contents
from store.backup.files import aside_of
from store.backup.programs import program
from store.blobs import unpack
from store.database import connect
from store.database.explaining import explaining
from store.database.sqlite import create
from store.errors import BackupError
from store.schema import blob, pointer, version_table

__all__ = ["copy", "put_back", "read"]

_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)
_CONNECT_SECONDS = "10"
_LEAVING_SECONDS = 2  # how long the server takes, at most, to see that somebody has left


def copy(url: URL, to: Path) -> None:
    """Write all of a database into an archive.

    Raises
    ------
    BackupError
        If ``pg_dump`` is missing or fails.
    """
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={to}", url=url)


def read(path: Path) -> Contents:
    """Return what an archive holds, all its bytes looked at.

    Raises
    ------
    BackupError
        If it is not an archive of this dashboard, or is damaged.
    """
    contents, found = Contents(path), set()
    command = [program("pg_restore"), "--data-only", *(f"--table={name}" for name in NEEDED), "--file=-", str(path)]
    with TemporaryFile(mode="w+", encoding="utf-8") as errors:
        try:
            with Popen(command, stdout=PIPE, stderr=errors, text=True, encoding="utf-8") as child:  # noqa: S603  # nosec B603  # no shell
                found = set(_take(contents, child.stdout or ()))
        except ValueError as error:  # rows that are not those of a dump
            raise BackupError(
                f"{path} is not a backup of this dashboard, or damaged: its rows do not fit its columns. Take another."
            ) from error
        errors.seek(0)
        said = errors.read().strip()
    if child.returncode or not found.issuperset(NEEDED):
        reason = said or f"it lacks {', '.join(sorted(set(NEEDED) - found))}"
        raise BackupError(f"{path} is not a backup of this dashboard, or damaged: {reason}.")
    # The tables alone tell nothing of what else is in the archive: read it to its end.
    _run("pg_restore", f"--file={os.devnull}", str(path))
    return contents


def put_back(url: URL, source: Path) -> Path | None:
    """Put a backup in the place of a database, all of it or nothing.

    Returns
    -------
    The archive of what was there before, beside the backup; None where there was nothing.

    Raises
    ------
    BackupError
        If the backup is not one, or anybody else is connected to the database.
    """
    read(source).check()
    engine = connect(url)
    try:
        filled = _alone(engine)
    finally:
        engine.dispose()
    aside = aside_of(source)
    if filled:
        create(aside)
        copy(url, aside)
    whole = ("--single-transaction", "--exit-on-error", "--clean", "--if-exists", "--no-owner", "--no-privileges")
    _run("pg_restore", *whole, str(source), url=url)
    return aside if filled else None


def _alone(engine: Engine) -> bool:
    """Return whether there is anything in a database; refuse where anybody else is connected."""
    with explaining(engine.url), engine.connect() as connection:
        deadline = time.monotonic() + _LEAVING_SECONDS
        while others := connection.scalar(_OTHERS):
            if time.monotonic() > deadline:
                raise BackupError(
                    f"The database is in use by {others} other connections: stop the dashboard, restore, and start it again. "
                    "Nothing was changed."
                )
            connection.rollback()  # within a transaction the answer stays the same
            time.sleep(0.1)
        return inspect(connection).has_table(REVISIONS)


# ---- an archive as text ----


def _take(contents: Contents, lines: Iterable[str]) -> Iterator[str]:
    """Take what is needed from the statements of an archive, and yield the tables met."""
    for line in (rest := iter(lines)):
        if line.startswith("COPY "):
            name, columns = line.removeprefix("COPY ").removesuffix(" FROM stdin;\n").split(" ", 1)
            table = name.rpartition(".")[2]
            yield table
            for row in _rows(rest, columns.strip("()").split(", ")):
                _put(contents, table, row)


def _rows(lines: Iterable[str], columns: list[str]) -> Iterator[dict[str, str]]:
    """Yield the rows of a table up to its end."""
    for line in lines:
        if line == "\\.\n":
            return
        yield dict(zip(columns, line.rstrip("\n").split("\t"), strict=True))


def _put(contents: Contents, table: str, row: dict[str, str]) -> None:
    r"""Put a row where it belongs; \N is SQL's null, bytes are hexadecimal behind \\x."""
    if table == REVISIONS:
        contents.revisions.append(row["version_num"])
    elif table == pointer.name and row["version_id"] != r"\N":
        contents.current = int(row["version_id"])
    elif table == version_table.name:
        contents.tables.setdefault(int(row["version_id"]), {})[row["name"]] = row["sha256"]
    elif table == blob.name and unpack(bytes.fromhex(row["content"].removeprefix(r"\\x")), row["sha256"]) is not None:
        contents.whole.add(row["sha256"])


# ---- PostgreSQL's programs ----


def _run(name: str, *arguments: str, url: URL | None = None) -> None:
    """Run a program of PostgreSQL; the password goes through its environment, since everybody can read command lines.

    Raises
    ------
    BackupError
        If it is missing or fails, with what it said.
    """
    environment = os.environ | {"PGCONNECT_TIMEOUT": _CONNECT_SECONDS, "LC_MESSAGES": "C"}
    options: list[str] = []
    if url is not None:
        options, password = _place(url)
        environment |= {"PGPASSWORD": password} if password else {}
    command = [program(name), *options, *arguments]
    done = run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603  # nosec B603  # no shell
    if done.returncode:
        raise BackupError(f"{name} failed: {done.stderr.strip() or done.returncode}")


def _place(url: URL) -> tuple[list[str], str]:
    """Return the options that name a database, and its password."""
    place: dict[str, Any] = {"host": url.host, "port": url.port, "user": url.username, "dbname": url.database}
    place |= {name: value if isinstance(value, str) else ",".join(value) for name, value in url.query.items()}
    password = place.pop("password", None) or url.password or ""
    return ["--no-password", f"--dbname={make_conninfo(**place)}"], str(password)
