"""Write the database of this release: ``python -m tests.store.releases.make``, once, right before the release is tagged.

It publishes, restores and reviews as people do, into an SQLite file and a PostgreSQL dump, and notes what this release shows of each version. The
three files are committed and never made again: later releases are held to them, see :mod:`tests.store.test_releases` and ``docs/operations.md``.
"""

import csv
import json
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from sqlalchemy import text

import settings
from geo.data import loading
from geo.data.raw import Raw
from geo.fields import COLUMNS
from geo.figures import measures
from geo.schema import CITY, Atlas
from store import TABLES, ConflictError, Publication, Store
from store.reading.loading import load_version, shipped_tables
from tests.store import postgresql

ROOT = Path(__file__).resolve().parents[3]
RELEASES = Path(__file__).resolve().parent
DATA = settings.data_folder()  # of the release, but what tests have set where they try this script
SQLITE, POSTGRESQL, EXPECTED = "dashboard.sqlite3", "dashboard.sql", "expected.json"
FIGURES = (("440106", "gdp", "2023"), ("440105", "gdp", "2023"), ("440115", "gdp", "2023"), (CITY, "gdp", "2023"))
BEGIN = datetime(2026, 11, 1, 1, tzinfo=UTC)


def release() -> str:
    """Return the number of this release."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def main() -> int:
    """Write the folder of this release, unless it is there."""
    folder = RELEASES / release()
    if folder.exists():
        print(f"{folder} already exists: what a release wrote stays. Raise the version in pyproject.toml first.")
        return 1
    with TemporaryDirectory() as scratch, postgresql.serving() as server:
        made = Path(scratch) / release()
        made.mkdir()
        write(f"sqlite:///{scratch}/{SQLITE}")
        with closing(Store.open(f"sqlite:///{scratch}/{SQLITE}")) as store:
            note = json.dumps(expected(store), ensure_ascii=False, indent=1)
            with store._database.engine.connect() as connection:  # one file, without its write-ahead log
                connection.execute(text("VACUUM INTO :to"), {"to": str(made / SQLITE)})
        write(f"{server.address}/postgres")
        (made / POSTGRESQL).write_text(dump(f"{server.address}/postgres"), encoding="utf-8")
        (made / EXPECTED).write_text(f"{note}\n", encoding="utf-8")
        shutil.copytree(made, folder)
    return 0


def dump(url: str) -> str:
    """Return a database as SQL that any client can run: without the lines that only psql understands."""
    command = [postgresql.program("pg_dump"), "--inserts", "--no-owner", "--no-privileges", url]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    return "".join(f"{line}\n" for line in lines if line and not line.startswith(("--", "\\")))


# ---- what happened ----


def write(url: str) -> None:
    """Fill an empty database with all that people do, a minute a step."""
    with (
        patch("store.records.datetime", _Clock(BEGIN)),
        patch("store.aliases.datetime", _Clock(BEGIN)),
        closing(Store.open(url)) as store,
    ):
        _publish_each_table(store)
        _restore_and_review(store)


def _publish_each_table(store: Store) -> None:
    """Publish figures with their new source, clusters, tenants and the story, one after the other."""
    shipped = shipped_tables(DATA)
    store.ensure_shipped(shipped)
    figures = {
        "indicators.csv": _changed(shipped["indicators.csv"], "440106,gdp,2023,6551.26,", "440106,gdp,2023,7000,"),
        "sources.csv": shipped["sources.csv"]
        + _line("sources.csv", "zz-bulletin,Bureau,统计局,Bulletin,公报,2026-10,official"),
    }
    store.publish(publication(figures, "indicators", "天河区修订 Tianhe revised", "天河 2023.csv"), expected=1)
    clusters = _changed(shipped["clusters.csv"], ",Pazhou headquarters cluster,", ",Pa Zhou headquarters,")
    store.publish(publication({"clusters.csv": clusters}, "clusters", "Name of Pazhou"), expected=2)
    newco = 'newco,New,新公司,pazhou,considering,,zz-bulletin,,"said ""maybe"", so far",称“可能”'
    tenants = shipped["tenants.csv"] + _line("tenants.csv", newco)
    store.publish(publication({"tenants.csv": tenants}, "tenants", "One more company"), expected=3)
    added = "added,Added,新增,Tianhe: {gdp.440106.2023},天河：{gdp.440106.2023},,city,figures,none"
    story = shipped["slides.csv"] + _line("slides.csv", added)
    store.publish(publication({"slides.csv": story}, "slides", "One more slide"), expected=4)
    store.remember("indicators", {"产值": "metric:gdp", "区划": "district"}, "Li Lei")
    store.remember("indicators", {"产值": "value"}, "Han Meimei")
    store.forget("indicators", "区划", "Li Lei")


def _restore_and_review(store: Store) -> None:
    """Restore a version; approve a draft, reject one, leave one; be refused; take in newer shipped data, which nobody has asked for."""
    store.restore(4, "Han Meimei", "Without the new slide", expected=5)
    store.submit(publication(_haizhu(store, "3000"), "indicators", "Haizhu, to be approved"), base=6)
    store.approve(7, "Han Meimei", "checked against the bulletin", expected=6)
    store.submit(publication(_haizhu(store, "1"), "indicators", "Haizhu, a slip"), base=7)
    store.reject(8, "Han Meimei", "1 is a slip")
    store.submit(publication(_haizhu(store, "3100"), "indicators", "Haizhu, waiting"), base=7)
    with suppress(ConflictError):
        store.publish(publication(_haizhu(store, "2"), "indicators", "too late"), expected=6)
    newer = shipped_tables(DATA)
    newer["indicators.csv"] = _changed(newer["indicators.csv"], "440115,gdp,2023,", "440115,gdp,2023,1")
    store.ensure_shipped(newer)


def publication(tables: dict[str, bytes], kind: str, note: str, file_name: str = "数据.csv") -> Publication:
    """Return tables as somebody at the data desk would publish them."""
    return Publication(tables, kind, "update", "Li Lei", note, file_name, f"{note}\n".encode("gb18030"))


def _haizhu(store: Store, value: str) -> dict[str, bytes]:
    """Return the figures everybody sees with another GDP of Haizhu in 2023."""
    table = store.tables(store.current())["indicators.csv"]
    row = next(line for line in table.splitlines() if line.startswith(b"440105,gdp,2023,"))
    fields = row.decode().split(",")
    return {"indicators.csv": table.replace(row, ",".join([*fields[:3], value, *fields[4:]]).encode())}


def _line(name: str, text: str) -> bytes:
    """Return a line of a table that begins with these cells; those of columns added later are empty."""
    (cells,) = csv.reader([text])
    return f"{text}{',' * (len(COLUMNS[name]) - len(cells))}\n".encode()


def _changed(table: bytes, old: str, new: str) -> bytes:
    """Return a table with a text replaced that stands in it once."""
    if table.count(old.encode()) != 1:
        raise ValueError(
            f"{old!r} stands {table.count(old.encode())} times in the shipped table; expected once: choose another text"
        )
    return table.replace(old.encode(), new.encode())


class _Clock:
    """A clock that goes on by a minute whenever somebody looks."""

    def __init__(self, begin: datetime) -> None:
        self._minutes: Iterator[int] = count()
        self._begin = begin

    def now(self, zone: object) -> datetime:
        """Return the moment."""
        return (self._begin + timedelta(minutes=next(self._minutes))).astimezone(UTC)


# ---- what this release shows of it ----


def expected(store: Store) -> dict[str, Any]:
    """Return what later releases have to show, too."""
    raw = Raw.read(DATA)
    shown = {}
    for version in store.versions():
        atlas = loading.typed(load_version(store, raw, version.id))
        shown[str(version.id)] = {"kind": version.kind, "state": version.state} | seen(atlas)
    return {
        "release": release(),
        "columns": {name: list(COLUMNS[name]) for name in TABLES},
        "current": store.current(),
        "aliases": store.aliases("indicators"),
        "events": [event.action for event in store.events()],
        "versions": shown,
    }


def seen(atlas: Atlas) -> dict[str, Any]:
    """Return some of what a version shows: figures, names, counts, the last slide."""
    figure_table = measures.figures(atlas)
    return {
        "figures": {
            f"{code} {metric} {period}": figure_table.column(metric, period)[code].value
            for code, metric, period in FIGURES
        },
        "pazhou": atlas.clusters.set_index("cluster_id").loc["pazhou", "name_en"],
        "tenants": len(atlas.tenants),
        "slides": [slide.id for slide in atlas.slides],
    }


if __name__ == "__main__":
    sys.exit(main())
