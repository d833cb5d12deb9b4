"""Backups of a PostgreSQL database: an archive of ``pg_dump``, restored in one transaction by the statements that ``pg_restore`` makes of it."""

import os
import re
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from itertools import takewhile
from pathlib import Path
from subprocess import PIPE, Popen, run  # nosec B404  # runs PostgreSQL's own programs
from tempfile import NamedTemporaryFile, TemporaryFile
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo
from sqlalchemy import URL, Engine, inspect, text

from store.backup.contents import NEEDED, REVISIONS, Contents
from store.backup.files import aside_of
from store.backup.programs import program
from store.blobs import unpack
from store.database import connect
from store.database.explaining import explaining
from store.database.migrating import is_known
from store.database.postgresql import ENCODING
from store.database.sqlite import create
from store.errors import BackupError
from store.schema import blob, metadata, pointer, version_table

__all__ = ["copy", "put_back", "read"]

_OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
# All that migrations ever made, by whichever release: an archive names only what there was in its own.
_REMOVE = f"DROP TABLE IF EXISTS {', '.join((REVISIONS, *metadata.tables))} CASCADE; DROP FUNCTION IF EXISTS refuse_change() CASCADE"
# Schemas stay as they are, with whatever else is in them: whoever may only use one can neither remove nor make it.
_SCHEMAS = re.compile(rb"\d+; \d+ \d+ (SCHEMA|COMMENT - SCHEMA) ")
_COPY = b"COPY "
_END = b"\\.\n"  # of a table's rows
# Of psql, and of servers newer than one that this pg_restore may restore to.
_NOT_OURS = (b"\\restrict ", b"\\unrestrict ", b"SET transaction_timeout ")
_CONNECT_SECONDS = 10
_LEAVING_SECONDS = 2  # how long the server takes, at most, to see that somebody has left


def copy(url: URL, to: Path) -> None:
    """Write all of a database into an archive.

    Raises
    ------
    BackupError
        If ``pg_dump`` is missing or fails.
    """
    _run(
        "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--encoding={ENCODING}", f"--file={to}", url=url
    )


def read(path: Path) -> Contents:
    """Return what an archive holds, all its bytes looked at.

    Raises
    ------
    BackupError
        If it is not an archive of this dashboard, or is damaged.
    """
    contents, found = Contents(path), set[str]()
    try:
        with closing(_lines(str(path))) as lines:
            found = set(_take(contents, lines))
    except ValueError as error:  # rows that are not those of a dump
        raise BackupError(
            f"{path} is not a backup of this dashboard, or damaged: its rows do not fit its columns. Use another backup."
        ) from error
    except _ArchiveError as error:
        raise BackupError(f"{path} is not a backup of this dashboard, or damaged: {error}.") from error
    if lost := set(NEEDED) - found:
        raise BackupError(f"{path} is not a backup of this dashboard, or damaged: it lacks {', '.join(sorted(lost))}.")
    return contents


def put_back(url: URL, source: Path) -> Path | None:
    """Put a backup in the place of a database, all of it or nothing.

    Returns
    -------
    The archive of what was there before, beside the backup; None where there was nothing.

    Raises
    ------
    BackupError
        If the backup is not one or of another schema, anybody else is connected to the database, or a newer release has upgraded it.
    """
    contents = read(source)
    contents.check()
    engine = connect(url)
    try:
        filled = _alone(engine)
    finally:
        engine.dispose()
    aside = _set_aside(url, source) if filled else None
    try:
        _replace(url, contents)
    except BackupError as error:
        kept = (
            f" What was there before is also in {aside}; delete that once you have seen that the database is as it was."
            if aside
            else ""
        )
        raise BackupError(f"{error}{kept}") from error
    return aside


def _wait_for_others(answer: Callable[[str], Any]) -> None:
    """Wait until nobody else is connected; refuse where somebody stays."""
    deadline = time.monotonic() + _LEAVING_SECONDS
    while others := answer(_OTHERS):
        if time.monotonic() > deadline:
            raise BackupError(
                f"The database is in use (other connections: {others}). Stop the dashboard, restore, and start it again. "
                "Nothing was changed."
            )
        answer("SELECT pg_stat_clear_snapshot()")  # within a transaction the answer stays the same otherwise
        time.sleep(0.1)


def _set_aside(url: URL, source: Path) -> Path:
    """Return an archive of a database, made beside a backup."""
    aside = aside_of(source)
    create(aside)
    try:
        copy(url, aside)
    except BackupError:
        aside.unlink()
        raise
    return aside


def _alone(engine: Engine) -> bool:
    """Return whether there is anything in a database; refuse where anybody else is connected."""
    with explaining(engine.url), engine.connect() as connection:
        _wait_for_others(lambda statement: connection.exec_driver_sql(statement).scalar())
        if not inspect(connection).has_table(REVISIONS):
            return False
        revisions = connection.scalars(text("SELECT version_num FROM alembic_version")).all()
    if not all(map(is_known, revisions)):
        raise BackupError(
            f"A newer release has upgraded the database (revision {', '.join(revisions)}), and only that one knows what to remove "
            "of it. Nothing was changed. Make an empty database and restore into that one, or restore with the newer release."
        )
    return True


def _replace(url: URL, contents: Contents) -> None:
    """Put what an archive holds in the place of what the dashboard made, all of it or nothing."""
    place, password = _place(url)
    source = str(contents.path)
    try:
        with (
            NamedTemporaryFile(suffix=".list") as wanted,
            psycopg.connect(place, password=password or None) as connection,
        ):
            wanted.writelines(line for line in _lines("--list", source) if not _SCHEMAS.match(line))
            wanted.flush()
            options = ("--clean", "--if-exists", "--no-owner", "--no-privileges", f"--use-list={wanted.name}")
            with closing(_lines(*options, source)) as lines:
                _exchange(connection, contents, lines)
    except (_ArchiveError, psycopg.Error) as error:
        raise BackupError(f"{source} cannot be restored: {error}.") from error


def _exchange(connection: psycopg.Connection[Any], contents: Contents, lines: Iterable[bytes]) -> None:
    """Remove what the dashboard made, run the statements of an archive, and make sure that the dashboard will find what they made."""
    asked = "SELECT current_setting('search_path'), quote_ident(current_schema()), to_regnamespace(%s)"
    path, schema, there = connection.execute(asked, [contents.schema]).fetchone() or ("", None, None)
    connection.execute(_REMOVE.encode())
    # Whoever has come since would not notice; whoever comes now waits for the tables that were just locked.
    _wait_for_others(lambda statement: (connection.execute(statement.encode()).fetchone() or (0,))[0])
    if there is None:
        connection.execute(f"CREATE SCHEMA {contents.schema}".encode())
    _execute(connection, lines)
    connection.execute("SELECT set_config('search_path', %s, false)", [path])
    same = "SELECT bool_and(to_regclass(name) = to_regclass(%s || '.' || name)) FROM unnest(%s::text[]) AS name"
    if connection.execute(same, [contents.schema, list(NEEDED)]).fetchone() != (True,):
        raise BackupError(
            f"{contents.path} has its tables in the schema {contents.schema}, but the database is used in the schema {schema or 'none'}. "
            f"Nothing was changed. Restore it with an address that leads to its schema (DASHBOARD_DATABASE_URL=postgresql://…"
            f"?options=-csearch_path%3D{contents.schema}), and start the dashboard with the same one."
        )


def _execute(connection: psycopg.Connection[Any], lines: Iterable[bytes]) -> None:
    """Run the statements of an archive.

    Not by psql, which would run what an archive of somebody else's smuggles in, nor by pg_restore, which cannot remove anything before.
    """
    statements: list[bytes] = []
    for line in (rest := iter(lines)):
        if line.startswith(_COPY):
            connection.execute(b"".join(statements))
            statements.clear()
            with connection.cursor().copy(line) as rows:
                for row in takewhile(lambda row: row != _END, rest):
                    rows.write(row)
        elif not line.startswith(_NOT_OURS):
            statements.append(line)
    connection.execute(b"".join(statements))


# ---- an archive as text ----


class _ArchiveError(Exception):
    """What pg_restore says of an archive that it cannot read."""


def _lines(*arguments: str) -> Generator[bytes, None, None]:
    """Yield an archive as statements, in the encoding that they themselves tell the server; fail at the end where it could not be read to its end."""
    command = [program("pg_restore"), *arguments, "--file=-"]
    with TemporaryFile(mode="w+", encoding="utf-8") as errors:
        with Popen(command, stdout=PIPE, stderr=errors) as child:  # noqa: S603  # nosec B603  # no shell
            yield from child.stdout or ()
        if child.returncode:
            errors.seek(0)
            raise _ArchiveError(errors.read().strip() or f"pg_restore ended with {child.returncode}")


def _take(contents: Contents, lines: Iterable[bytes]) -> Iterator[str]:
    """Take what is needed from the statements of an archive, and yield the tables met; all else is passed over to its end."""
    for line in (rest := iter(lines)):
        if not line.startswith(_COPY):
            continue
        name, _, columns = (
            line.decode(errors="replace").removeprefix("COPY ").removesuffix(" FROM stdin;\n").partition(" ")
        )
        schema, _, table = name.rpartition(".")
        rows = takewhile(lambda row: row != _END, rest)
        if table not in NEEDED:
            deque(rows, maxlen=0)
            continue
        if table == pointer.name:
            contents.schema = schema
        yield table
        for row in rows:
            cells = row.decode("ascii").rstrip("\n").split("\t")
            _put(contents, table, dict(zip(columns.strip("()").split(", "), cells, strict=True)))


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
    environment = os.environ | {"LC_MESSAGES": "C"}
    options: list[str] = []
    if url is not None:
        place, password = _place(url)
        options = ["--no-password", f"--dbname={place}"]
        environment |= {"PGPASSWORD": password} if password else {}
    command = [program(name), *options, *arguments]
    done = run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603  # nosec B603  # no shell
    if done.returncode:
        raise BackupError(f"{name} failed: {done.stderr.strip() or done.returncode}")


def _place(url: URL) -> tuple[str, str]:
    """Return what names a database to libpq, and its password."""
    place: dict[str, Any] = {"host": url.host, "port": url.port, "user": url.username, "dbname": url.database}
    place |= {"connect_timeout": _CONNECT_SECONDS}
    place |= {name: value if isinstance(value, str) else ",".join(value) for name, value in url.query.items()}
    # Whatever the database would choose, archives have bytes as _put reads them.
    place |= {"client_encoding": ENCODING, "options": f"{place.get('options', '')} -cbytea_output=hex".strip()}
    password = place.pop("password", None) or url.password or ""
    return make_conninfo(**place), str(password)
