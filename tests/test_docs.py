"""What the documents must mention is mentioned."""

import re
import tomllib
from pathlib import Path

import pytest

import settings
from geo.fields import COLUMNS
from geo.figures.classification import PALETTES, SCHEMES
from geo.view import PARAMETERS
from ui.menu import PAGES

ROOT = Path(__file__).resolve().parents[1]
READ = {path.name: path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]}


def test_readme_opens_with_the_commands() -> None:
    commands = re.findall(r"^make [\w-]+", READ["README.md"], re.MULTILINE)
    assert commands == ["make run", "make test", "make test-fast"]


def test_the_fast_tests_are_part_of_the_gate_and_need_no_equipment() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = re.search(r"^test-fast: lint .*\n((?:\t.*\n)+)", makefile, re.MULTILINE).group(1)
    assert re.findall(r"^\t.*$", recipe, re.MULTILINE) == ["\t$(PY) -m pytest $(AT_ONCE) $(QUICK)"]
    assert '\nQUICK := -m "not equipment and not slow"\n' in makefile
    assert re.search(r"^test: lint ", makefile, re.MULTILINE)


def test_the_gate_measures_the_branches_of_what_is_served_and_has_a_floor() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.findall(r"^\t.* --cov$", makefile, re.MULTILINE) == [
        "\t$(PY) -m pytest $(WAITING) --ignore=tests/e2e --cov"
    ]
    coverage = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["coverage"]
    assert (coverage["run"]["branch"], {*coverage["run"]["source"]} >= {"geo", "store", "ui"}) == (True, True)
    assert coverage["report"]["fail_under"] >= 97.5


@pytest.mark.parametrize("spec", PAGES, ids=lambda spec: spec.file)
def test_every_page_is_in_the_readme(spec) -> None:
    assert f"`/{spec.url}`" in READ["README.md"]


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_every_query_parameter_is_explained(parameter: str) -> None:
    assert f"`{parameter}`" in READ["architecture.md"]


@pytest.mark.parametrize("word", [*SCHEMES, *PALETTES])
def test_every_scheme_and_palette_is_named(word: str) -> None:
    assert f"`{word}`" in READ["architecture.md"]


@pytest.mark.parametrize("name", [*COLUMNS, "metrics.toml"])
def test_every_data_file_has_its_provenance(name: str) -> None:
    assert f"`{name}`" in (ROOT / "data" / "README.md").read_text(encoding="utf-8")


def test_the_readme_shows_the_table_of_settings() -> None:
    assert settings.markdown_table() in READ["README.md"]


def test_settings_are_read_in_one_module_only() -> None:
    for path in [
        ROOT / "app.py",
        *(path for layer in ("ui", "cli", "store", "geo") for path in (ROOT / layer).rglob("*.py")),
    ]:
        assert "DASHBOARD_" not in "".join(re.findall(r"environ.*", path.read_text(encoding="utf-8"))), path


def test_every_make_target_says_what_it_does() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE).group(1).split()
    explained = re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)
    assert sorted(phony) == sorted(explained)


def test_relative_links_lead_somewhere() -> None:
    for path in [ROOT / "README.md", ROOT / "data" / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"
