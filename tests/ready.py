"""What tests of pages and commands would do anew with the same result: it depends on the frozen folder only.

Nothing that a test may publish or damage is among it: each has a database of its own, read by the code under test.
"""

import functools
import shutil
import sys
from pathlib import Path

import pytest

from geo.data import loading
from geo.data.raw import Raw
from geo.figures import measures
from geo.figures.table import FigureTable
from geo.schema import Atlas
from store import Store, StoreError
from store.reading import opening
from store.reading.loading import shipped_tables
from tests.fixtures import DATA

__all__ = ["do_once", "put_database"]

_BY_NAME = ("ui.data", "cli.export", "cli.store_commands", "cli.uploads", "store.reading.data_versions")

_check, _read, _open, _compute = loading.checked, shipped_tables, opening.open_version, measures.figures
_frozen = functools.cache(lambda: _check(DATA))
_frozen_tables = functools.cache(lambda: _read(DATA))
_frozen_atlases: list[Atlas] = []
_figures = functools.lru_cache(maxsize=1)(_compute)


def _checked(folder: Path) -> Raw:
    """Return a data folder as read; the frozen one is checked once."""
    return _frozen() if folder == DATA else _check(folder)


def _shipped_tables(folder: Path) -> dict[str, bytes]:
    """Return the versioned tables of a data folder; those of the frozen one are read once."""
    return dict(_frozen_tables()) if folder == DATA else _read(folder)


def _open_version(store: Store, raw: Raw, id_: int) -> Atlas:
    """Return the data of a version; where it holds what the frozen folder does, it is opened once."""
    try:
        frozen = raw is _frozen() and store.tables(id_) == _frozen_tables()
    except StoreError:
        frozen = False
    if not frozen:
        return _open(store, raw, id_)
    if not _frozen_atlases:
        _frozen_atlases.append(_open(store, raw, id_))
    return _frozen_atlases[0]


def _all_figures(atlas: Atlas) -> FigureTable:
    """Return every figure of an atlas; those of the frozen one are computed once."""
    return _figures(atlas) if atlas in _frozen_atlases else _compute(atlas)


def do_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test find done what another did, in whatever module it is asked for under its own name."""
    monkeypatch.setattr(loading, "checked", _checked)
    monkeypatch.setattr(measures, "figures", _all_figures)
    monkeypatch.setattr(opening, "open_version", _open_version)
    for name in _BY_NAME:
        for attribute, ours in (("shipped_tables", _shipped_tables), ("open_version", _open_version)):
            if hasattr(sys.modules.get(name), attribute):
                monkeypatch.setattr(f"{name}.{attribute}", ours)


@functools.cache
def _database(folder: Path) -> Path:
    """Return a database with the shipped data, made in a folder; it is closed, so that its file is all there is."""
    file = folder / "ready.sqlite3"
    store = Store.open(f"sqlite:///{file}")
    store.ensure_shipped(_shipped_tables(DATA))
    store.close()
    return file


def put_database(file: Path, workshop: Path) -> None:
    """Put a database with the shipped data at an address; the first is made in another folder, the others are copies."""
    shutil.copy(_database(workshop), file)
