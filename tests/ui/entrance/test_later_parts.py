"""What Streamlit's scripts would ask for only later is named in the page: all of it, and nothing twice."""

import re
from pathlib import Path

import pytest
from streamlit import file_util

from ui.entrance import later_parts, page

PAGE = '<script type="module" crossorigin src="./static/js/index.1.js"></script><link rel="modulepreload" href="./static/js/shared.2.js">'
FILES = {
    "index.1.js": 'const list=()=>import("./List.3.js");',
    "List.3.js": 'import{a as b}from"./shared.2.js";import "./field.4.js";const c=()=>import("./chart.6.js");export{d}from"./menu.5.js";',
    "field.4.js": 'import{x}from"./menu.5.js";',
    "menu.5.js": 'import{y}from"./index.1.js";',
    "Figure.7.js": 'import{x}from"./field.4.js";',
}


@pytest.fixture
def scripts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of scripts that stands in for Streamlit's."""
    folder = tmp_path / "static" / "js"
    folder.mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(file_util, "get_static_dir", lambda: str(tmp_path))
    return folder


@pytest.mark.usefixtures("scripts")
def test_parts_come_with_what_they_import_and_without_what_the_page_names() -> None:
    found = later_parts.addresses(PAGE, ["List", "Figure"])
    assert found == tuple(f"./static/js/{name}" for name in ("List.3.js", "Figure.7.js", "field.4.js", "menu.5.js"))
    assert "chart" not in str(found), "what a part asks for later itself may never be needed"


@pytest.mark.parametrize("others", [(), ("List.8.js",)])
def test_another_release_that_calls_them_otherwise_is_noticed(scripts: Path, others: tuple[str, ...]) -> None:
    for other in others:
        (scripts / other).touch()
    with pytest.raises(RuntimeError, match=f"finds {1 + len(others) if others else 0} files"):
        later_parts.addresses(PAGE, ["List" if others else "Lists"])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_names_each_file_once_and_all_are_there(language: str) -> None:
    named = re.findall(r'<link rel="modulepreload"[^>]* href="\./([^"]+)"', page.page(language))
    assert len(named) == len(set(named))
    assert all((Path(file_util.get_static_dir()) / name).is_file() for name in named)
    assert all(any(f"/{part}." in name for name in named) for part in later_parts.PARTS)
