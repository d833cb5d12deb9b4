"""One table of colours: style sheets, Streamlit's settings, presentations and Typst agree with it, and nobody else writes one down."""

import re
import tomllib
from dataclasses import asdict
from pathlib import Path

import pytest

from geo.briefing.checkup.contrast import contrast_ratio
from geo.maps.themes import PAPER, THEMES, css_variables
from ui import static_files

ROOT = Path(__file__).resolve().parents[3]
TABLE = {*asdict(THEMES["light"]).values(), *asdict(THEMES["dark"]).values(), *asdict(PAPER).values()}
MAY_WRITE = {"geo/maps/themes.py", "geo/figures/classification.py"}  # the table; the colours of classes
SHEETS = sorted(name for name in static_files.FILES if name.endswith(".css") and name != "leaflet.css")


def sources() -> list[Path]:
    """Return what draws: Python, scripts, style sheets, Typst."""
    folders = [ROOT / name for name in ("app.py", "settings.py", "pages", "ui", "cli", "store", "geo")]
    found = [path for folder in folders for path in ([folder] if folder.is_file() else folder.rglob("*"))]
    return [path for path in sorted(found) if path.suffix in {".py", ".js", ".css", ".typ"}]


def written(text: str) -> set[str]:
    """Return the colours that a text writes down, as ``#rrggbb``: of three or six digits, with or without "#", or of three numbers."""
    six = {f"#{digits.lower()}" for digits in re.findall(r"(?<![0-9A-Za-z])([0-9A-Fa-f]{6})(?![0-9A-Za-z])", text)}
    three = {
        "#" + "".join(2 * digit for digit in digits.lower())
        for digits in re.findall(r"#([0-9A-Fa-f]{3})(?![0-9A-Za-z])", text)
    }
    triples = re.findall(r"rgba?\(\s*(\d+)[ ,]+(\d+)[ ,]+(\d+)", text)
    return six | three | {"#" + "".join(f"{int(number):02x}" for number in triple) for triple in triples}


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_nobody_else_writes_down_a_colour_of_the_table(path):
    if str(path.relative_to(ROOT)) not in MAY_WRITE:
        assert written(path.read_text(encoding="utf-8")) & TABLE == set()


@pytest.mark.parametrize(
    "text",
    ["x { color: #B3261E }", 'srgbClr val="B3261E"', "rgb(179, 38, 30)", "rgba(179,38,30,.5)", 'rgb("#b3261e")'],
)
def test_a_colour_is_seen_however_it_is_written(text):
    assert written(text) == {THEMES["light"].accent}
    assert written("#FFF") == {"#ffffff"}


@pytest.mark.parametrize("text", ["440103", "#8888", "#map_div", "sha256:b3261e0", "x = 1d2733f"])
def test_what_is_no_colour_of_the_table_is_not_taken_for_one(text):
    assert written(text) & TABLE == set()


@pytest.mark.parametrize("name", SHEETS)
def test_a_style_sheet_writes_no_colour_and_reads_declared_variables(name):
    own = static_files.FILES[name].read_text(encoding="utf-8")
    assert {colour for colour in written(own) if colour != "#808080"} == set()  # half transparent, on any ground
    read = {variable for variable in re.findall(r"var\(--([a-z-]+)", own) if not variable.startswith("st-")}
    set_by_script = {"pace", "share"}
    assert read - {*re.findall(r"--([a-z-]+):", static_files.source(name))} <= set_by_script


def test_no_variable_is_declared_that_a_sheet_does_not_read():
    assert css_variables("dark", "a { color: var(--land-line); fill: var( --ink) }") == "--land-line: #39434d;"
    assert css_variables("light", "a { color: red }") == ""


def test_a_halo_lets_the_map_through_and_paper_has_colours_of_its_own():
    assert css_variables("dark", "var(--halo)") == "--halo: rgba(16, 22, 29, 0.92);"
    assert css_variables("light", "var(--paper-rule)") == "--paper-rule: #c9d0d7;"


@pytest.mark.parametrize("name", static_files.COLOURED)
def test_each_theme_gives_a_sheet_its_own_colours(name):
    head = static_files.source(name).removesuffix(static_files.FILES[name].read_text(encoding="utf-8"))
    assert head.count("{") == head.count("}") > 0
    for line, (theme, _) in zip(head.splitlines(), static_files.COLOURED[name], strict=True):
        roles = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", line))
        drawn = asdict(THEMES[theme]) | {f"paper_{role}": colour for role, colour in asdict(PAPER).items()}
        assert roles
        assert roles == {role: drawn[role.replace("-", "_")] for role in roles}


@pytest.mark.parametrize("theme", THEMES)
def test_streamlit_s_settings_are_those_of_the_table(theme):
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"][theme]
    colours = THEMES[theme]
    assert settings == {
        "primaryColor": colours.primary,
        "backgroundColor": colours.ground,
        "secondaryBackgroundColor": colours.raised,
        "textColor": colours.ink,
        "borderColor": colours.line,
        "grayTextColor": colours.grey,
    }


def test_typst_reads_only_roles_that_there_are():
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "geo").rglob("*.typ"))
    paper = set(re.findall(r"colours\.paper\.(\w+)", source))
    plain = set(re.findall(r"colours\.(\w+)", source)) - {"paper"}
    assert paper <= {*asdict(PAPER)}
    assert plain <= {*asdict(THEMES["light"])}
    assert {"ink", "small", "accent"} <= plain


@pytest.mark.parametrize("theme", THEMES)
def test_text_can_be_read_on_its_ground(theme):
    colours = THEMES[theme]
    for ink in (colours.ink, colours.primary, colours.grey, colours.small, colours.warn):
        assert contrast_ratio(ink, colours.ground) >= 4.5, ink
    for ink in (colours.check_good, colours.check_warn, colours.accent, colours.wall_soft, colours.wall_warn):
        assert contrast_ratio(ink, colours.ground) >= 4.5, ink
    assert contrast_ratio(colours.ink, colours.wall) >= 7


def test_every_colour_is_six_small_digits():
    assert {colour for colour in TABLE if not re.fullmatch("#[0-9a-f]{6}", colour)} == set()
