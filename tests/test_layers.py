"""Who may import whom: app → pages → ui → store → geo; rebuild and the command line stand apart. And what a page may not hold."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = {"app", "pages", "ui", "store", "geo", "rebuild", "tests", "bench", "tools"}
MAY_IMPORT = {
    "app": {"ui", "store", "geo"},
    "pages": {"ui", "geo"},
    "ui": {"ui", "store", "geo"},
    "store": {"store", "geo"},
    "geo": {"geo"},
    "geo/__main__": {"geo", "ui"},  # an entry point, like app
    "rebuild": {"rebuild", "geo"},
    "tools": {"tools"},  # what maintainers run; one of them before anything is installed
}
WEB = {"streamlit", "streamlit_folium", "starlette"}
DATABASE = {"sqlalchemy", "alembic", "psycopg"}
HEAVY = {"pandas", "geopandas", "folium", "streamlit_folium", "branca", "shapely", "numpy"}
FORBIDDEN = {
    "geo": WEB | DATABASE,
    "geo/__main__": WEB | DATABASE,
    "store": WEB,
    "pages": HEAVY,
    "rebuild": WEB | DATABASE,
}
MAX_PAGE_LINES = 60


def files(layer: str) -> list[Path]:
    """Return the modules of a layer; app is a single file."""
    entries = {ROOT / f"{name}.py" for name in MAY_IMPORT}
    if not (ROOT / layer).is_dir():
        return [ROOT / f"{layer}.py"]
    return [path for path in sorted((ROOT / layer).rglob("*.py")) if path not in entries]


def imports(source: str) -> set[str]:
    """Return the top-level names that code imports, wherever the import stands; a relative one as "."."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add("." if node.level else str(node.module).split(".")[0])
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in (
            "__import__",
            "import_module",
            "importlib.import_module",
        ):
            found.add(ast.literal_eval(node.args[0]).split(".")[0])
    return found


def offences(layer: str, source: str) -> set[str]:
    """Return what code of a layer imports although it must not."""
    return imports(source) & (OURS - MAY_IMPORT[layer] | FORBIDDEN.get(layer, set()) | {"."})


MODULES = [(layer, path) for layer in MAY_IMPORT for path in files(layer)]


@pytest.mark.parametrize(("layer", "path"), MODULES, ids=[str(path.relative_to(ROOT)) for _, path in MODULES])
def test_imports_point_downwards_only(layer: str, path: Path):
    assert offences(layer, path.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize(
    ("layer", "source", "expected"),
    [
        ("geo", "import streamlit as st", {"streamlit"}),
        ("geo", "def f():\n    from ui.data import book", {"ui"}),
        ("geo", "import importlib\nimportlib.import_module('ui.data')", {"ui"}),
        ("ui", "from pages import overview", {"pages"}),
        ("ui", "from .data import book", {"."}),
        ("pages", "import pandas as pd, geopandas.tools", {"pandas", "geopandas"}),
        ("app", "import rebuild.zones", {"rebuild"}),
        ("pages", "import streamlit as st\nfrom ui import data\nfrom geo import mapping", set()),
    ],
)
def test_the_rule_sees_imports_wherever_they_stand(layer: str, source: str, expected: set[str]):
    assert offences(layer, source) == expected


def test_every_layer_is_looked_at():
    assert {layer for layer, _ in MODULES} == set(MAY_IMPORT)
    assert {path.name for layer, path in MODULES if layer == "pages"} >= {"overview.py", "pazhou.py", "baietan.py"}
    assert len([path for layer, path in MODULES if layer == "geo"]) > 10


@pytest.mark.parametrize("path", files("pages"), ids=lambda path: path.name)
def test_pages_are_thin(path: Path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_PAGE_LINES


def users(layers: tuple[str, ...], attribute: str) -> set[str]:
    """Return the modules that read an attribute or import a name beginning so."""
    found = set()
    for path in (path for layer in layers for path in files(layer)):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = [node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
        names += [alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names]
        if any(name.startswith(attribute) for name in names):
            found.add(path.name)
    return found


def test_streamlit_caches_in_one_module_only():
    assert users(("app", "ui", "pages"), "cache_") == {"data.py"}


def test_the_map_component_is_called_in_one_module_only():
    assert users(("app", "ui", "pages"), "st_folium") == {"map_panel.py"}
