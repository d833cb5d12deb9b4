"""Our browser files by name: whole, and those that play a deck are there in loading order."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from ui import static_files

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", [*static_files.PLAYER, *static_files.PLAYER_STYLES])
def test_what_plays_a_deck_is_there_and_asks_no_other_host(name: str) -> None:
    text = static_files.source(name)
    assert text.encode("utf-8") == static_files.content(name)
    assert static_files.content(name).endswith(static_files.FILES[name].read_bytes())
    assert not re.search(r"""(@import|url\(|import\(|fetch\(|\bsrc\s*=)\s*['"`]?(https?:)?//""", text)


def test_every_script_and_style_of_ours_has_a_name_and_nothing_else_has() -> None:
    ours = {path.name for path in (ROOT / "ui" / "static").iterdir() if path.suffix in (".js", ".css")}
    assert set(static_files.FILES) == ours | {"leaflet.js", "leaflet.css"}
    assert {Path(name).suffix for name in static_files.FILES} == set(static_files.TYPES)


def test_the_player_comes_last_because_it_uses_the_others() -> None:
    assert static_files.PLAYER[-1] == "show.js"
    assert static_files.PLAYER[:6] == (
        "map-shapes.js",
        "map-choice.js",
        "map-names.js",
        "tenants.js",
        "house.js",
        "map.js",
    )
    assert set(static_files.PLAYER) | set(static_files.PLAYER_STYLES) <= set(static_files.FILES)


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(KeyError):
        static_files.content("../app.py")


def test_the_command_line_reads_them_without_streamlit() -> None:
    code = "import sys, ui.static_files; sys.exit('streamlit' in sys.modules or 'pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False, timeout=60).returncode == 0
