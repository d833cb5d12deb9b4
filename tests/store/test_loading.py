"""Tables to bytes and back: exact, deterministic, and deaf to line ends."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from geo import loading as geo_loading
from geo.errors import DataError
from store import TABLES, UnknownVersionError
from store.loading import load_version, parsed, shipped_tables, table_bytes
from tests.store.conftest import publication

DATA = Path(__file__).resolve().parents[2] / "data"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped data folder."""
    return shutil.copytree(DATA, tmp_path / "data")


def test_a_table_is_written_with_a_header_plain_line_ends_and_quotes_where_needed():
    frame = pd.DataFrame({"adcode": ["440106", ""], "备注": ['a "b"', " 1,000 "]}, index=[7, 3])
    assert table_bytes(frame) == 'adcode,备注\n440106,"a ""b"""\n," 1,000 "\n'.encode()


@pytest.mark.parametrize(
    "text", ["a\rb", "a\nb", "a\r\nb", "\r", "", " ", '"', ",", "\ufeff", "000440106", "1.50", "NA", "\u2028"]
)
def test_every_text_comes_back_exactly(text):
    frame = pd.DataFrame({"first": [text, "x"], "note": ["y", text]}, dtype=str)
    back = parsed({"a.csv": table_bytes(frame)})["a.csv"]
    pd.testing.assert_frame_equal(back, frame)


def test_equal_tables_give_equal_bytes_whatever_their_index():
    frame = pd.DataFrame({"a": ["1", "2"]})
    assert table_bytes(frame) == table_bytes(frame.set_index(pd.Index([5, 9]))) == b"a\n1\n2\n"


def test_a_table_without_rows_keeps_its_header():
    assert table_bytes(pd.DataFrame({"a": [], "b": []})) == b"a,b\n"


def test_the_shipped_tables_are_the_versioned_ones_with_what_the_files_say():
    tables = shipped_tables(DATA)
    assert tuple(tables) == TABLES
    raw = geo_loading.read(DATA)
    for name, frame in parsed(tables).items():
        pd.testing.assert_frame_equal(frame, raw.tables[name])


def test_line_ends_quotes_and_a_mark_at_the_start_make_no_difference(folder):
    expected = shipped_tables(DATA)
    for name in TABLES:
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_text("\ufeff" + text, encoding="utf-8", newline="\r\n")
    assert shipped_tables(folder) == expected


def test_every_file_that_is_missing_or_malformed_is_named(folder):
    (folder / "clusters.csv").unlink()
    with pytest.raises(DataError, match=r"clusters\.csv: found 'no such file'"):
        shipped_tables(folder)
    shutil.copy(DATA / "clusters.csv", folder)
    (folder / "tenants.csv").write_bytes(b"\xff\xfe")
    (folder / "sources.csv").write_bytes(b"a,b\n1\n")
    with pytest.raises(DataError, match="2 problems") as raised:
        shipped_tables(folder)
    assert {problem.file for problem in raised.value.problems} == {"tenants.csv", "sources.csv"}


def test_a_version_is_loaded_as_the_folder_with_its_tables(store):
    shipped = geo_loading.read(DATA)
    store.publish(publication("x"), expected=1)
    raw = load_version(store, shipped, 2)
    assert raw.tables["indicators.csv"].to_dict("list") == {"id": ["x"]}
    assert raw.tables["clusters.csv"].to_dict("list") == {"id": ["shipped clusters.csv"]}
    assert raw.tables["statements.csv"] is shipped.tables["statements.csv"]
    assert (raw.catalogue, raw.problems) == (shipped.catalogue, [])
    assert shipped.tables["indicators.csv"].columns[0] == "adcode"


def test_the_shipped_version_is_the_shipped_atlas(store):
    shipped = geo_loading.read(DATA)
    id_ = store.ensure_shipped(shipped_tables(DATA)).id
    loaded, expected = (geo_loading.typed(raw) for raw in (load_version(store, shipped, id_), shipped))
    for name in ("clusters", "tenants", "indicators", "sources"):
        pd.testing.assert_frame_equal(getattr(loaded, name), getattr(expected, name))


def test_a_version_that_does_not_exist_is_not_loaded(store):
    with pytest.raises(UnknownVersionError):
        load_version(store, geo_loading.Raw(), 9)
