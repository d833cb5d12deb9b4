"""Layers of the office: read as they are declared, brought into WGS-84, every problem named with its place."""

import json
from pathlib import Path
from typing import Any

import pytest

from geo.data import house_layers
from geo.datum import wgs84_to_bd09, wgs84_to_gcj02
from tests.fixtures.house import CATALOGUE, EVIL, LINE, PARK, POINT, feature, write

ROLES = ("grey", "ink")


def problems(folder: Path) -> list[tuple[str, int | None, str, str]]:
    """Return file, feature, field and value of each problem."""
    return [(found.file, found.row, found.field, found.value) for found in house_layers.read(folder, ROLES)[1]]


def test_layers_come_in_their_order_with_what_is_declared(tmp_path: Path) -> None:
    turned = CATALOGUE.replace("order = 1", "order = 9")
    layers, found = house_layers.read(write(tmp_path, turned), ROLES)
    assert found == []
    assert [layer.id for layer in layers] == ["roads", "stations", "parks"]
    roads, stations, parks = layers
    assert (roads.draw, roads.colour, roads.width, roads.zoom, roads.files) == ("line", "grey", 2, 12, True)
    assert (roads.attribution, parks.attribution) == (
        {"en": "Roads Office", "zh": "道路局"},
        {"en": "Parks Office", "zh": "Parks Office"},
    )
    assert (stations.pages, stations.files) == ({"pazhou"}, False)
    assert roads.features["label_zh"].tolist() == [EVIL], "a text stays the text it is; who shows it escapes it"
    assert stations.features[["label_en", "label_zh"]].to_numpy().tolist() == [["Modiesha Station", "磨碟沙"]]


def test_a_file_that_is_not_declared_is_not_read(tmp_path: Path) -> None:
    folder = write(tmp_path, secret=[feature("Point", ["no", "coordinates"])])
    assert problems(folder) == []
    assert {layer.id for layer in house_layers.read(folder, ROLES)[0]} == {"parks", "roads", "stations"}


@pytest.mark.parametrize(("datum", "shift"), [("gcj02", wgs84_to_gcj02), ("bd09", wgs84_to_bd09)])
def test_a_shifted_layer_is_brought_into_wgs84(tmp_path: Path, datum: str, shift: Any) -> None:
    there = [float(degrees) for degrees in shift(113.3373, 23.1024)]
    declared = CATALOGUE.replace('datum = "wgs84"\norder = 3', f'datum = "{datum}"\norder = 3')
    layers, found = house_layers.read(
        write(tmp_path, declared, stations=[POINT | feature("Point", there, **POINT["properties"])]), ROLES
    )
    assert found == []
    point = layers[-1].features.geometry.iloc[0]
    assert (point.x, point.y) == pytest.approx((113.3373, 23.1024), abs=2e-5)


@pytest.mark.parametrize(
    ("said", "true", "shift"),
    [("wgs84", "gcj02", wgs84_to_gcj02), ("gcj02", "bd09", wgs84_to_bd09), ("bd09", "wgs84", None)],
)
def test_a_wrong_datum_is_noticed_at_a_named_place(tmp_path: Path, said: str, true: str, shift: Any) -> None:
    there = [float(degrees) for degrees in shift(113.3373, 23.1024)] if shift else [113.3373, 23.1024]
    declared = CATALOGUE.replace('datum = "wgs84"\norder = 3', f'datum = "{said}"\norder = 3')
    folder = write(
        tmp_path,
        declared,
        stations=[feature("Point", [113.5, 23.2], name_zh="别处"), feature("Point", there, name_zh="磨碟沙")],
    )
    (problem,) = house_layers.read(folder, ROLES)[1]
    assert (problem.file, problem.row) == ("stations.geojson", 2)
    assert problem.expected.startswith(f'datum = "{true}" in layers.toml, where this would be 磨碟沙 (Modiesha)')


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('draw = "line"', 'draw = "lines"', "roads.draw"),
        ('colour = "grey"', 'colour = "#GGGGGG"', "roads.colour"),
        ('colour = "grey"', 'colour = "red;x"', "roads.colour"),
        ("width = 2", "width = 200", "roads.width"),
        ("width = 2", "width = true", "roads.width"),
        ("width = 2", "weight = 2", "roads.weight"),
        ("zoom = 12", 'zoom = "12"', "roads.zoom"),
        ('pages = ["pazhou", "baietan"]', 'pages = "pazhou"', "roads.pages"),
        ('pages = ["pazhou", "baietan"]', 'pages = ["moon"]', "roads.pages"),
        ('label = "name"', 'label = { en = "name" }', "roads.label"),
        ('file = "roads.geojson"', 'file = "../roads.geojson"', "roads.file"),
        ('file = "roads.geojson"\n', "", "roads.file"),
        ('datum = "wgs84"\norder = 2', 'datum = "cgcs"\norder = 2', "roads.datum"),
        ('{ en = "Roads Office", zh = "道路局" }', '" "', "roads.attribution"),
        ("files = true\n\n[stations]", 'files = "yes"\n\n[stations]', "roads.files"),
    ],
)
def test_a_slip_in_the_catalogue_is_named_and_other_layers_are_read(
    tmp_path: Path, old: str, new: str, field: str
) -> None:
    assert old in CATALOGUE
    folder = write(tmp_path, CATALOGUE.replace(old, new, 1))
    assert [(file, name) for file, _, name, _ in problems(folder)] == [("layers.toml", field)]
    assert [layer.id for layer in house_layers.read(folder, ROLES)[0]] == ["parks", "stations"]


BOW = [[[113.35, 23.09], [113.36, 23.1], [113.36, 23.09], [113.35, 23.1], [113.35, 23.09]]]


@pytest.mark.parametrize(
    ("layers", "expected"),
    [
        ({"roads": [LINE, PARK]}, [("roads.geojson", 2, "geometry", "Polygon")]),
        ({"roads": [feature("LineString", [[23.1, 113.3], [23.1, 113.4]], name="x")]}, [("roads.geojson", 1, "geometry", "23.1, 113.3")]),
        ({"roads": [feature("LineString", [[113.3, 23.1], [1e999, 23.1]], name="x")]}, [("roads.geojson", 1, "geometry", "113.3, 23.1")]),
        ({"parks": [feature("Polygon", BOW)]}, [("parks.geojson", 1, "geometry", "Self-intersection[113.355 23.095]")]),
        ({"parks": [{"type": "Feature", "geometry": None}, 7]}, [("parks.geojson", 1, "geometry", ""), ("parks.geojson", 2, "geometry", "")]),
        ({"roads": [feature("LineString", [[113.3, 23.1], [113.4, 23.1]], name="x" * 61)]}, [("roads.geojson", 1, "name", "x" * 61)]),
        ({"roads": [feature("LineString", [[113.3, 23.1], [113.4, 23.1]], title="x")]}, [("roads.geojson", None, "name", "")]),
        ({"roads": []}, [("roads.geojson", None, "features", "")]),
    ],
)  # fmt: skip
def test_a_bad_feature_is_named_by_its_number(tmp_path: Path, layers: dict[str, Any], expected: list[Any]) -> None:
    assert problems(write(tmp_path, **layers)) == expected


def test_files_that_are_missing_broken_or_in_metres_are_named_all_at_once(tmp_path: Path) -> None:
    folder = write(tmp_path)
    (folder / "roads.geojson").unlink()
    (folder / "parks.geojson").write_text("{", encoding="utf-8")
    crs = {"type": "name", "properties": {"name": "EPSG:4547"}}
    stations = {"type": "FeatureCollection", "crs": crs, "features": [POINT]}
    (folder / "stations.geojson").write_text(json.dumps(stations), encoding="utf-8")
    assert [(file, field) for file, _, field, _ in problems(folder)] == [
        ("parks.geojson", ""),
        ("roads.geojson", ""),
        ("stations.geojson", "crs"),
    ]
    (folder / "layers.toml").unlink()
    assert [file for file, *_ in problems(folder)] == ["layers.toml"]


def test_of_many_bad_features_twenty_are_listed(tmp_path: Path) -> None:
    assert len(problems(write(tmp_path, roads=[PARK] * 500))) == 20
