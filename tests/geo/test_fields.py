"""What is said of columns: complete, in both languages, true of the shipped files, and refused where it is not."""

import csv
import re
import tomllib
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest

from geo.data import loading
from geo.fields import COLUMNS, FIELDS_FILE, IGNORED_HEADINGS, KEYS, LANGUAGES, TABLES, Added, codes, parse
from geo.uploads.parse.words import key
from tests.fixtures import SHIPPED_DATA as DATA

WORDS = {"en": "Website", "zh": "官网"}
CHANGED = [f"{kind}.csv" for kind in ("indicators", "clusters", "tenants", "slides", "sources")]  # shown by the desk
ALL = [(table, field) for table, fields in TABLES.items() for field in fields.values()]


def parsed(**entry: Any):
    """Return the field of a table with one column."""
    content = {"tenants.csv": {"columns": {"website": {"label": WORDS, "help": WORDS} | entry}}}
    return parse(content)["tenants.csv"]["website"]


@pytest.mark.parametrize("path", sorted(DATA.glob("*.csv")), ids=lambda path: path.name)
def test_every_column_of_every_csv_file_is_described_in_its_order(path: Path):
    with path.open(encoding="utf-8", newline="") as file:
        assert tuple(next(csv.reader(file))) == COLUMNS[path.name]


@pytest.mark.parametrize("path", sorted(DATA.glob("*.geojson")), ids=lambda path: path.name)
def test_every_property_of_every_layer_is_described(path: Path):
    assert set(gpd.read_file(path).columns) - {"geometry"} == set(COLUMNS[path.name])


def test_what_is_required_is_there_in_every_shipped_row():
    raw = loading.checked(DATA)
    for table in (name for name in TABLES if name.endswith(".csv")):
        needed = [name for name, field in TABLES[table].items() if field.required or field.key]
        assert (raw.table(table)[needed] != "").to_numpy().all(), table


def test_every_label_help_and_allowed_word_is_in_both_languages():
    texts = [text for _, field in ALL for text in (field.label, field.help)]
    texts += [value.name for _, field in ALL for code, value in field.values.items() if code]
    assert all(tuple(text) == LANGUAGES and all(map(str.strip, text.values())) for text in texts)


def test_one_name_has_one_label_in_the_tables_the_desk_shows():
    labels: dict[str, set[str]] = {}
    for table in CHANGED:
        for field in TABLES[table].values():
            labels.setdefault(field.name, set()).add(str(field.label))
    assert [name for name, called in labels.items() if len(called) > 1] == []


@pytest.mark.parametrize("table", CHANGED)
def test_no_heading_means_two_columns(table: str):
    heads = [word for field in TABLES[table].values() for word in {key(word) for word in field.headings}]
    heads += map(key, IGNORED_HEADINGS[table])
    assert [word for word in heads if heads.count(word) > 1] == []


def test_no_word_means_two_values():
    for table, field in ALL:
        names = {
            code: {key(word) for word in (code, *one.name.values(), *one.aliases)} for code, one in field.values.items()
        }
        words = [word for one in names.values() for word in one if word]  # signs such as > have no key
        assert len(words) == len(set(words)), (table, field.name)


def test_what_older_versions_have_in_an_added_column_is_allowed_there():
    for table, field in ALL:
        if field.added:
            assert re.fullmatch(r"\d+\.\d+\.\d+", field.added.since), (table, field.name)
            assert not field.values or field.added.default in field.values, (table, field.name)
            assert field.added.why.endswith("."), (table, field.name)
            assert field.added.formerly not in TABLES[table], (table, field.name)
            assert not field.key, "a key is never made up"


def test_a_column_has_its_words_from_its_table_and_from_what_is_shared():
    shared = {"website": {"label": WORDS, "help": WORDS, "aliases": ["home page"]}}
    content = {"shared": shared, "tenants.csv": {"columns": {"website": {"aliases": ["web"]}}}}
    found = parse(content)["tenants.csv"]["website"]
    assert found.headings == ("website", "Website", "官网", "web")
    assert (found.holds, found.target, found.stored, found.added) == ("text", "website", True, None)


def test_what_was_added_is_read():
    added = {"since": "0.2.0", "default": "", "why": "Nobody had asked."}
    assert parsed(added=added).added == Added("0.2.0", "", "Nobody had asked.")


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"label": {"en": "Website"}}, "expected a text in each of en, zh"),
        ({"help": {"en": "Website", "zh": ""}}, "expected a text in each of en, zh"),
        ({"label": {"en": "Website", "zh": "官网", "fr": "Site"}}, "expected a text in each of en, zh"),
        ({"values": {"yes": {"en": "yes"}}}, "expected a text in each of en, zh"),
        ({"holds": "number"}, "'number'"),
        ({"requird": True}, "requird"),
        ({"added": {"since": "0.2.0", "why": "Nobody had asked."}}, "default"),
        ({"added": {"default": "", "why": "Nobody had asked."}}, "since"),
    ],
)
def test_what_is_missing_or_unknown_is_refused_and_names_the_column(entry: dict[str, Any], said: str):
    with pytest.raises(ValueError, match=f"column website of tenants.csv: .*{said}"):
        parsed(**entry)


def test_the_file_is_the_programs_own_wherever_the_data_lie():
    assert FIELDS_FILE == DATA / "fields.toml"
    assert list(tomllib.loads(FIELDS_FILE.read_text(encoding="utf-8")))[1:] == list(TABLES)


def test_keys_and_allowed_words_come_from_it():
    assert KEYS["tenants.csv"] == ["company_id", "cluster_id", "status"]
    assert codes("clusters.csv", "tier") == ("headquarters", "second", "district")
