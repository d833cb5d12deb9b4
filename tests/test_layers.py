"""Who may import whom: app → pages → ui → store → geo, cli → ui, store, geo; no circles, no crowded folders. And what a page may not hold."""

import ast
import functools
import io
import re
import tokenize
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = {"app", "pages", "ui", "cli", "store", "geo", "settings", "rebuild", "tests", "bench", "tools"}
FOLDERS_OF_GEO = ("figures", "data", "maps", "uploads", "changes", "briefing")  # each may read those before it
MAY_IMPORT = {
    "app": {"ui", "store", "geo", "settings"},
    "pages": {"ui", "geo"},
    "ui": {"ui", "store", "geo", "settings"},
    "cli": {"cli", "ui", "store", "geo", "settings"},
    "store": {"store", "geo", "settings"},
    "geo": {"geo"},
    "settings": set(),
    "rebuild": {"rebuild", "geo"},
    "tools": {"tools"},  # what maintainers run; one of them before anything is installed
}
COMMANDS = ("geo/__main__.py", "store/__main__.py")  # ``python -m geo``: they start what is in cli, and do nothing else
WEB = {"streamlit", "streamlit_folium", "starlette"}
DATABASE = {"sqlalchemy", "alembic", "psycopg"}
HEAVY = {"pandas", "geopandas", "folium", "streamlit_folium", "branca", "shapely", "numpy"}
FORBIDDEN = {
    "geo": WEB | DATABASE,
    "store": WEB,
    "cli": WEB,
    "pages": HEAVY,
    "rebuild": WEB | DATABASE,
}
MAX_PAGE_LINES = 60
MAX_TEST_NAME = 75
MOST_MODULES = 14


def files(layer: str) -> list[Path]:
    """Return the modules of a layer; app and settings are single files."""
    if not (ROOT / layer).is_dir():
        return [ROOT / f"{layer}.py"]
    return [path for path in sorted((ROOT / layer).rglob("*.py")) if str(path.relative_to(ROOT)) not in COMMANDS]


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
        ("cli", "from pages import overview", {"pages"}),
        ("settings", "from store.errors import InputError", {"store"}),
        ("pages", "import streamlit as st\nfrom ui import data\nfrom geo import mapping", set()),
    ],
)
def test_the_rule_sees_imports_wherever_they_stand(layer: str, source: str, expected: set[str]):
    assert offences(layer, source) == expected


@pytest.mark.parametrize("path", COMMANDS)
def test_what_python_runs_starts_a_command_of_cli_and_nothing_else(path: str):
    source = (ROOT / path).read_text(encoding="utf-8")
    assert imports(source) == {"sys", "cli"}
    assert len(source.splitlines()) < 10


def module_name(path: Path) -> str:
    """Return the dotted name of a module, of a package's ``__init__`` that of the package."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@functools.cache
def graph() -> dict[str, set[str]]:
    """Return which of our modules each of them imports, wherever the import stands."""
    modules = {module_name(path): path for layer in MAY_IMPORT for path in files(layer)}
    arrows: dict[str, set[str]] = {}
    for name, path in modules.items():
        wanted = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                wanted |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                inside = {f"{node.module}.{alias.name}" for alias in node.names} & set(modules)
                wanted |= inside or {node.module}
        arrows[name] = wanted & set(modules) - {name}
    return arrows


def circles(arrows: dict[str, set[str]]) -> list[str]:
    """Return what is left when modules that import none of the rest are taken away again and again: the circles, and what leads to them."""
    left = {name: set(others) for name, others in arrows.items()}
    while ends := [name for name, others in left.items() if not others & set(left)]:
        for name in ends:
            del left[name]
    return sorted(left)


def test_no_module_imports_itself_in_a_circle():
    assert circles(graph()) == []


def test_a_circle_is_seen():
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"c"}, "e": set()}) == ["a", "b", "c", "d"]
    assert circles({"a": {"b"}, "b": {"c"}, "c": set()}) == []


@pytest.mark.parametrize("folder", FOLDERS_OF_GEO)
def test_folders_of_geo_read_only_those_before_them(folder: str):
    above = FOLDERS_OF_GEO[FOLDERS_OF_GEO.index(folder) + 1 :]
    upward = {
        (name, other)
        for name, others in graph().items()
        if name.startswith(f"geo.{folder}.")
        for other in others
        if other.split(".")[1:2] and other.split(".")[1] in above
    }
    assert upward == set()


def test_no_folder_is_crowded():
    folders = {path.parent for layer in MAY_IMPORT for path in files(layer)} - {ROOT}
    crowded = {
        str(folder.relative_to(ROOT)): count
        for folder in folders
        if (count := len([path for path in folder.glob("*.py") if not path.name.startswith("__")])) > MOST_MODULES
    }
    assert crowded == {}


def test_no_module_stands_beside_a_folder_of_its_name():
    assert [str(path) for layer in MAY_IMPORT for path in files(layer) if path.with_suffix("").is_dir()] == []


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


def test_no_test_has_a_name_longer_than_a_line_of_a_report():
    names = {
        node.name
        for path in (ROOT / "tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    }
    assert len(names) > 1000
    assert {name for name in names if len(name) > MAX_TEST_NAME} == set()


def stranded(text: str) -> list[str]:
    """Return comments behind a closing bracket that begins its line: there the formatter leaves what was said of the statement."""
    lines = text.splitlines()
    found = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        code = lines[token.start[0] - 1][: token.start[1]].strip() if token.type == tokenize.COMMENT else ""
        if code.startswith((")", "]", "}")) and not re.match("# (fmt|noqa|nosec|type):?", token.string):
            found.append(token.string)
    return found


def test_no_comment_stands_behind_a_closing_bracket() -> None:
    assert stranded("x = f(\n    1\n)  # why\ny = (1,)  # how\nz = [\n]  # fmt: skip\n") == ["# why"]
    paths = [
        path for path in ROOT.rglob("*.py") if not any(part.startswith(".") for part in path.relative_to(ROOT).parts)
    ]
    assert {str(path): found for path in paths if (found := stranded(path.read_text(encoding="utf-8")))} == {}
