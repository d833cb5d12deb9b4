"""No page hands a text of the data, of a version or of an address to an element that would take it for Markdown or HTML."""

import csv
import json
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from tests.fixtures import DATA
from ui.menu import PAGES

pytestmark = pytest.mark.slow

HARM = "<b>m</b> *m* www.m.test"
NOT_MARKDOWN = {  # fields that Streamlit shows or keeps as they are: tests/e2e/test_texts.py looks whether it still does
    ("Selectbox", "options"),
    ("Selectbox", "raw_value"),
    ("ComponentInstance", "json_args"),  # data of our own scripts, which set texts and never HTML
    ("BidiComponent", "json"),
    ("BidiComponent", "mixed"),
}
TEXTS = {
    "sources.csv": ("publisher_en", "publisher_zh", "document_en", "document_zh"),
    "clusters.csv": ("name_en", "name_zh", "park_en", "park_zh", "strength_en", "strength_zh"),
    "tenants.csv": ("company_en", "company_zh", "note_en", "note_zh"),
    "statements.csv": ("text_en", "text_zh", "population_en", "population_zh"),
    "indicators.csv": ("note",),
}


def hostile_folder(target: Path) -> Path:
    """Write the shipped data with harm at the beginning of every text, and return its folder."""
    for file in DATA.iterdir():
        if file.is_file():
            (target / file.name).write_bytes(file.read_bytes())
    for name, fields in TEXTS.items():
        with (DATA / name).open(encoding="utf-8", newline="") as table:
            rows = [
                {f: f"{HARM} {v}" if f in fields and v else v for f, v in row.items()} for row in csv.DictReader(table)
            ]
        with (target / name).open("w", encoding="utf-8", newline="") as table:
            writer = csv.DictWriter(table, rows[0])
            writer.writeheader()
            writer.writerows(rows)
    for name in ("districts.geojson", "zones.geojson"):
        layer = json.loads((DATA / name).read_text(encoding="utf-8"))
        for feature in layer["features"]:
            for field in ("name_en", "name_zh", "note_en", "note_zh"):
                if field in feature["properties"]:
                    feature["properties"][field] = HARM + feature["properties"][field]
        (target / name).write_text(json.dumps(layer, ensure_ascii=False), encoding="utf-8")
    catalogue = (DATA / "metrics.toml").read_text(encoding="utf-8").splitlines()
    starts = tuple(
        f'{name}_{language} = "' for name in ("name", "definition", "note", "reason") for language in ("en", "zh")
    )
    lines = [line.replace('"', f'"{HARM} ', 1) if line.startswith(starts) else line for line in catalogue]
    (target / "metrics.toml").write_text("\n".join(lines), encoding="utf-8")
    assert tomllib.loads("\n".join(lines))
    return target


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Serve the hostile data."""
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setenv("DASHBOARD_DATA_DIR", str(hostile_folder(folder)))


def strings(message: Message, path: str = "") -> Iterator[tuple[tuple[str, str], str]]:
    """Yield every text in a message to the browser, with the kind of element and the field it stands in."""
    name = path or message.DESCRIPTOR.name
    for field, value in message.ListFields():
        many = list(value) if field.is_repeated else [value]
        for one in many:
            if isinstance(one, Message):
                yield from strings(one)
            elif isinstance(one, str):
                yield (name, field.name), one


def messages(node: Any) -> Iterator[Message]:
    """Yield the messages of all elements and blocks of a page."""
    if getattr(node, "proto", None) is not None:
        yield node.proto
    for child in getattr(node, "children", {}).values():
        yield from messages(child)


def harm_in(app: AppTest) -> tuple[list[tuple[str, str, str]], int]:
    """Return the fields in which harm stands unescaped, and in how many texts it stands at all."""
    found = [(*where, text) for message in messages(app._tree) for where, text in strings(message) if "m.test" in text]
    bad = [
        (kind, field, text[:120])
        for kind, field, text in found
        if (kind, field) not in NOT_MARKDOWN and ("<b>m" if kind == "Html" else "*m*") in text.replace("\\*", "")
    ]
    return bad, len(found)


@pytest.mark.usefixtures("hostile")
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("page", [page.file for page in PAGES])
def test_texts_of_the_data_stay_texts(open_page: Callable[..., AppTest], page: str, language: str) -> None:
    app = open_page(page, lang=language, sel="440111", scheme="manual", breaks="100")
    bad, there = harm_in(app)
    assert bad == []
    assert there or page == "data_desk.py"


def test_an_address_that_is_not_understood_stays_text(open_page: Callable[..., AppTest]) -> None:
    app = open_page(metric=HARM, period=f"![p](http://m.test/p.png) {HARM}")
    bad, there = harm_in(app)
    assert (bad, there) == ([], 1)
    assert "![p]" not in app.warning[0].value
