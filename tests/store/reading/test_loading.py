"""Tables to bytes and back: exact, deterministic, and deaf to line ends."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from geo.data import loading as geo_loading
from geo.data.raw import Raw
from geo.data.story import SLIDE_TABLE
from geo.errors import DataError
from store import TABLES, CorruptError, IncompatibleError, Publication, UnknownVersionError, records
from store.reading.loading import load_version, parsed, shipped_tables, table_bytes
from store.reading.upgrade import ADDED_TABLES
from tests.fixtures import DATA
from tests.store.conftest import publication


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the frozen data folder."""
    return shutil.copytree(DATA, tmp_path / "data")


def test_a_table_is_written_with_header_plain_line_ends_and_needed_quotes():
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
    raw = Raw.read(DATA)
    for name, frame in parsed(tables).items():
        pd.testing.assert_frame_equal(frame, raw.table(name))


def test_line_ends_quotes_and_a_mark_at_the_start_make_no_difference(folder):
    expected = shipped_tables(DATA)
    for name in (name for name in TABLES if name != SLIDE_TABLE):
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
    shipped = Raw.read(DATA)
    base = store.ensure_shipped(shipped_tables(DATA)).id
    table = b"adcode,metric,period,value,source_id,quality,note\n440106,gdp,2023,1,own-count,derived,\n"
    store.publish(Publication({"indicators.csv": table}, "indicators", "update", "Li", "n", "", b""), expected=base)
    raw = load_version(store, shipped, 3)
    assert raw.tables["indicators.csv"]["value"].tolist() == ["1"]
    pd.testing.assert_frame_equal(raw.tables["clusters.csv"], shipped.tables["clusters.csv"])
    assert raw.tables["statements.csv"] is shipped.tables["statements.csv"]
    assert (raw.catalogue, raw.problems) == (shipped.catalogue, [])
    assert shipped.tables["indicators.csv"].columns[0] == "adcode"


def test_the_shipped_version_is_the_shipped_atlas(store):
    shipped = Raw.read(DATA)
    id_ = store.ensure_shipped(shipped_tables(DATA)).id
    loaded, expected = (geo_loading.typed(raw) for raw in (load_version(store, shipped, id_), shipped))
    for name in ("clusters", "tenants", "indicators", "sources"):
        pd.testing.assert_frame_equal(getattr(loaded, name), getattr(expected, name))
    assert loaded.slides == expected.slides


def test_a_story_that_is_missing_or_malformed_is_named(folder):
    (folder / "slides.toml").write_text('[One]\ntitle_en = "{"\n', encoding="utf-8")
    with pytest.raises(DataError, match=r"slides\.toml, field 'One'"):
        shipped_tables(folder)
    (folder / "slides.toml").write_text("[", encoding="utf-8")
    with pytest.raises(DataError, match=r"slides\.toml.*expected a TOML file"):
        shipped_tables(folder)
    (folder / "slides.toml").unlink()
    with pytest.raises(DataError, match=r"slides\.toml: found 'no such file'"):
        shipped_tables(folder)


STORY = b"slide_id,title_en,title_zh,text_en,text_zh,camera\nfirst,T,\xe9\xa2\x98,Text,\xe6\x96\x87,pazhou\n"


def test_a_version_has_the_story_that_was_published_with_it(store):
    shipped = Raw.read(DATA)
    base = store.ensure_shipped(shipped_tables(DATA)).id
    published = Publication({SLIDE_TABLE: STORY}, "slides", "replace_all", "Li", "note", "s.csv", STORY)
    version = store.publish(published, expected=base)
    (slide,) = geo_loading.typed(load_version(store, shipped, version.id)).slides
    assert (slide.id, slide.text, slide.camera, slide.map_kind) == (
        "first",
        {"en": "Text", "zh": "文"},
        "pazhou",
        "figures",
    )
    assert geo_loading.typed(load_version(store, shipped, base)).slides != (slide,)


def test_a_shipped_story_that_is_broken_is_no_problem_of_a_version_with_its_own(store, folder):
    (folder / "slides.toml").write_text("[", encoding="utf-8")
    broken = Raw.read(folder)
    id_ = store.ensure_shipped(shipped_tables(DATA)).id
    assert [problem.file for problem in broken.problems] == ["slides.toml"]
    assert load_version(store, broken, id_).problems == []


@pytest.fixture
def old_version(store) -> int:
    """A version from before the story was versioned: four tables."""
    with store._database.writing() as connection:
        tables = {name: hash_ for name, hash_ in records.hashes(connection, 1).items() if name != SLIDE_TABLE}
        id_ = records.add_version(connection, 1, tables, kind="published", author="Li", note="old")
        records.move(connection, 1, id_)
        records.record(connection, "Li", "published", id_)
        return id_


def test_a_version_from_before_the_story_was_versioned_shows_the_shipped_one(store, old_version):
    shipped = Raw.read(DATA)
    assert set(store.tables(old_version)) == set(TABLES) - {SLIDE_TABLE}
    assert load_version(store, shipped, old_version).slides is shipped.slides


def test_a_story_is_published_upon_a_version_without_one_and_kept(store, old_version):
    published = Publication({SLIDE_TABLE: STORY}, "slides", "replace_all", "Li", "note", "s.csv", STORY)
    first = store.publish(published, expected=old_version)
    second = store.publish(publication("later"), expected=first.id)
    assert store.tables(second.id)[SLIDE_TABLE] == STORY
    assert store.version(first.id).upload == "slides"
    again = store.restore(old_version, "Li", "back", expected=second.id)
    assert SLIDE_TABLE not in store.tables(again.id)


def test_the_shipped_story_is_offered_where_people_published_before_it(store, old_version):
    offered = store.ensure_shipped(shipped_tables(DATA))
    assert (offered.state, store.current()) == ("offered", old_version)


@pytest.mark.parametrize("name", TABLES)
def test_only_a_table_added_later_may_be_missing_from_a_version(store, monkeypatch: pytest.MonkeyPatch, name: str):
    shipped, id_ = Raw.read(DATA), store.ensure_shipped(shipped_tables(DATA)).id
    hashes = records.hashes
    monkeypatch.setattr(
        records, "hashes", lambda *asked: {key: sha for key, sha in hashes(*asked).items() if key != name}
    )
    if name in ADDED_TABLES:
        assert load_version(store, shipped, id_).slides is shipped.slides
    else:
        with pytest.raises(CorruptError, match=f"{name} of version {id_} is damaged"):
            load_version(store, shipped, id_)


def test_bytes_that_are_not_a_table_are_named_with_their_version(store):
    store.publish(Publication({"indicators.csv": b"\xff"}, "indicators", "update", "Li", "n", "", b""), expected=1)
    with pytest.raises(IncompatibleError, match=r"Version 2 in the database.*\n  indicators\.csv: .*a UTF-8 CSV file"):
        load_version(store, Raw.read(DATA), 2)


def test_a_version_that_does_not_exist_is_not_loaded(store):
    with pytest.raises(UnknownVersionError):
        load_version(store, Raw(), 9)
