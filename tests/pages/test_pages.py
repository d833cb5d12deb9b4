"""Every page in both languages: its heading, unless it fills the window, and that what it must hold is there."""

import ast
from pathlib import Path

import pytest

from tests.pages.conftest import Opener
from ui.menu import PAGES

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
# page, heading in both languages (none on a page that fills the window), minimum number of elements of each kind
TABLE = [
    ("overview.py", {"en": "Overview", "zh": "总览"}, {"metric": 4, "selectbox": 3, "expander": 1}),
    ("pazhou.py", {"en": "Pazhou", "zh": "琶洲"}, {"dataframe": 1, "caption": 10}),
    ("baietan.py", {"en": "Baietan", "zh": "白鹅潭"}, {"dataframe": 1, "caption": 5}),
    ("districts.py", {"en": "Nine districts", "zh": "九区"}, {"selectbox": 3, "button": 9}),
    ("briefing.py", {}, {"bidi_component": 1}),
    ("prepare.py", {"en": "Prepare", "zh": "汇报准备"}, {"dataframe": 1, "link_button": 2, "button": 4}),
    ("data_desk.py", {"en": "Data desk", "zh": "数据维护"}, {"info": 1}),
    ("sources.py", {"en": "Sources", "zh": "来源"}, {"expander": 10, "dataframe": 2, "info": 1}),
]


def test_the_table_names_every_page_of_the_menu() -> None:
    assert [(row[0], not row[1]) for row in TABLE] == [(spec.file, spec.bare) for spec in PAGES]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("page", "heading", "minimum"), TABLE)
def test_page_holds_what_it_must(
    open_page: Opener, page: str, heading: dict[str, str], minimum: dict[str, int], language: str
) -> None:
    app = open_page(page, lang=language)
    if heading:
        assert app.markdown[0].value.startswith(f"### {heading[language]} ")
    else:
        assert not app.markdown, "neither header nor footer beside what fills the window"
        assert not app.caption
    for kind, least in minimum.items():
        assert len(app.get(kind)) >= least, kind
    assert not app.warning, "a page opened by a good link shows no notice"


def test_every_page_imports_style_sheets_so_that_no_rerun_sends_them(open_page: Opener) -> None:
    app = open_page()
    (style,) = [element.proto.body for element in app.get("html") if "@import" in element.proto.body]
    assert [name in style for name in ("url('api/assets/page.css?v=", "url('api/assets/print.css?v=")] == [True, True]
    app.get_by_key("metric").select("population").run()
    assert not any("<style" in element.proto.body for element in app.get("html") if element.proto.body != style)


def test_no_table_says_none_where_nothing_is_known() -> None:
    """Streamlit writes "None" into such cells, in whatever language."""
    calls = [
        (path.name, {keyword.arg for keyword in node.keywords})
        for path in sorted((ROOT / "ui").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "st.dataframe"
    ]
    assert len(calls) > 5
    assert [name for name, given in calls if "placeholder" not in given] == []
