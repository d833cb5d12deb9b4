"""The sites taken from OpenStreetMap: as listed, in WGS-84, and nothing that the file of points does not have."""

import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from geo.datum import wgs84_to_gcj02
from rebuild import sites

DATA = Path(__file__).resolve().parent.parent / "data"
LISTED = tomllib.loads((DATA / "source/sites.toml").read_text(encoding="utf-8"))
TOWER = ("584204634", "广州塔", 113.319146, 23.109013)
OTHER = ("1", "塔", 113.37, 23.10)
ENTRY = '[tower]\nosm = "1"\ncalled = "{called}"\nkind = "{kind}"\nname_zh = "高塔"\nname_en = "High Tower"\n'


@pytest.fixture
def listed(tmp_path: Path) -> Callable[..., Path]:
    """Return a writer of a list of one site."""

    def write(called: str = "塔", kind: str = "landmark") -> Path:
        path = tmp_path / "sites.toml"
        path.write_text(ENTRY.format(called=called, kind=kind), encoding="utf-8")
        return path

    return write


def points(*rows: tuple[str, str, float, float]) -> gpd.GeoDataFrame:
    """Return points as geopi has them, in EPSG:4326."""
    ids, names, lon, lat = zip(*rows, strict=True)
    return gpd.GeoDataFrame({"osm_id": ids, "name": names}, geometry=gpd.points_from_xy(lon, lat), crs=4326)


def test_the_shipped_sites_are_those_of_the_list() -> None:
    shipped = gpd.read_file(DATA / "sites.geojson").drop(columns="geometry")
    assert shipped["source_id"].unique().tolist() == [sites.SOURCE]
    rows = {row["site_id"]: row for row in shipped.to_dict("records")}
    assert list(rows) == list(LISTED)
    for id_, site in LISTED.items():
        shown = {"osm": rows[id_]["osm_id"]} | {name: rows[id_][name] for name in ("kind", "name_zh", "name_en")}
        assert shown == {name: text for name, text in site.items() if name != "called"}


def test_the_shipped_layer_says_whose_it_is_and_under_which_licence() -> None:
    said = json.loads((DATA / "sites.geojson").read_text(encoding="utf-8"))["description"]
    assert "© OpenStreetMap contributors" in said
    assert "opendatacommons.org/licenses/odbl/1-0/" in said


def test_a_listed_point_is_taken_once_with_its_names(listed: Callable[..., Path]) -> None:
    found = sites.build(listed(), points(TOWER, OTHER, OTHER))
    assert found.drop(columns="geometry").to_dict("records") == [
        {"site_id": "tower", "kind": "landmark", "name_zh": "高塔", "name_en": "High Tower", "osm_id": "1", "source_id": sites.SOURCE}
    ]  # fmt: skip
    assert found.geometry.iloc[0] == shapely.Point(113.37, 23.10)


@pytest.mark.parametrize(
    ("called", "kind", "message"),
    [
        ("塔楼", "landmark", "1 is called '塔' in the points, not '塔楼'"),
        ("塔", "tower", "kind 'tower'; expected one of"),
    ],
)
def test_a_point_by_another_name_or_of_no_known_kind_stops(
    listed: Callable[..., Path], called: str, kind: str, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        sites.build(listed(called, kind), points(TOWER, OTHER))


def test_points_that_were_shifted_stop(listed: Callable[..., Path]) -> None:
    lon, lat = wgs84_to_gcj02(TOWER[2], TOWER[3])
    with pytest.raises(ValueError, match=r"not in WGS-84: Canton Tower is 6\d\d m"):
        sites.build(listed(), points((*TOWER[:2], float(lon), float(lat)), OTHER))
