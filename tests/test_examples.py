"""The examples in docstrings are run: they see the frozen data as ``folder``, ``raw``, ``atlas`` and ``figure_table``."""

import doctest
import importlib
from pathlib import Path
from typing import Any

import pytest

from geo.data import loading
from geo.data.raw import Raw
from geo.figures.measures import figures
from tests.fixtures import DATA

ROOT = Path(__file__).resolve().parents[1]
MODULES = [
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for room in ("cli", "geo", "store", "ui")
    for path in sorted((ROOT / room).rglob("*.py"))
    if ">>> " in path.read_text(encoding="utf-8")
]
# Those that nearly everything goes through: each shows how it is called.
MAIN = (
    "geo.changes.examine",
    "geo.data.loading.load",
    "geo.escaping.escape_markdown",
    "geo.figures.claims.ranking",
    "geo.figures.classification.classify",
    "geo.figures.comparison.change",
    "geo.figures.measures.figures",
    "geo.figures.measures.total",
    "geo.names.district_names",
    "geo.view.parse",
    "geo.view.to_query",
    "geo.wording.amount",
)


def examples(module: str) -> list[doctest.DocTest]:
    """Return the docstrings of a module that hold examples."""
    return doctest.DocTestFinder(exclude_empty=True).find(importlib.import_module(module))


@pytest.fixture(scope="module")
def known() -> dict[str, Any]:
    """Return what examples may use without saying where it comes from."""
    raw = Raw.read(DATA)
    atlas = loading.typed(raw)
    return {"folder": DATA, "raw": raw, "atlas": atlas, "figure_table": figures(atlas)}


@pytest.mark.parametrize("module", MODULES)
def test_examples_give_what_they_say(module: str, known: dict[str, Any]) -> None:
    said: list[str] = []
    runner = doctest.DocTestRunner()
    for one in examples(module):
        one.globs |= known
        runner.run(one, out=said.append)
    assert said == []
    assert runner.summarize(verbose=False).attempted > 0


def test_the_main_functions_have_an_example() -> None:
    shown = {one.name for module in MODULES for one in examples(module) if one.examples}
    assert set(MAIN) - shown == set()
