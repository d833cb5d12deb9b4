"""Layers of the office on maps: beneath the names, only where declared, their texts escaped, and whose they are said."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from geo.data import loading
from geo.errors import DataError
from geo.maps import house
from geo.maps.folium_map import MapStyle, geometry_script
from geo.maps.map_styles import map_words
from geo.maps.svg import map_svg
from geo.maps.themes import THEMES
from geo.schema import Atlas
from tests.fixtures import DATA
from tests.fixtures.house import EVIL, PARK, write

PAZHOU = (113.31, 23.07, 113.43, 23.13)
CITY = (112.9, 22.5, 114.1, 24.0)


@pytest.fixture
def furnished(tmp_path: Path) -> Atlas:
    """Return the frozen data with the layers made by hand."""
    return replace(loading.load(DATA), house=house.open_folder(write(tmp_path / "layers")))


def test_no_folder_is_no_layers_and_a_bad_one_raises_every_problem(tmp_path: Path) -> None:
    assert house.open_folder(None) == ()
    with pytest.raises(DataError, match=r"roads\.geojson, row 1(.|\n)*stations\.geojson, row 1"):
        house.open_folder(write(tmp_path, roads=[PARK], stations=[PARK]))


def test_a_page_shows_the_layers_that_name_it(furnished: Atlas) -> None:
    assert house.on_page(furnished, "pazhou") == ("parks", "roads", "stations")
    assert house.on_page(furnished, "baietan") == ("roads",)
    assert house.on_page(furnished, "overview") == ()


def test_a_file_draws_its_layers_between_rivers_and_names(furnished: Atlas) -> None:
    drawn = map_svg(furnished, PAZHOU, MapStyle(language="en"), 1000, 500)
    assert (
        drawn.index('class="rivers"')
        < drawn.index('class="house"')
        < drawn.index('class="zones"')
        < drawn.index('class="names"')
    )
    assert drawn.count('class="house"') == 2, "stations may not be in files"
    assert f'stroke="{THEMES["light"].grey}"' in drawn
    assert f'stroke="{THEMES["dark"].grey}"' in map_svg(furnished, PAZHOU, MapStyle(dark=True), 1000, 500, dark=True)
    assert EVIL not in drawn
    assert "&lt;/script&gt;" in drawn
    assert "Parks Office · Roads Office" in drawn
    assert "Parks Office · 道路局" in map_svg(furnished, PAZHOU, MapStyle(language="zh"), 1000, 500)


def test_a_layer_is_left_out_below_its_smallest_zoom(furnished: Atlas) -> None:
    drawn = map_svg(furnished, CITY, MapStyle(), 1000, 500)
    assert drawn.count('class="house"') == 1, "roads begin at zoom 12"
    assert "Roads Office" not in drawn


def test_without_layers_a_file_has_none() -> None:
    atlas = loading.load(DATA)
    assert 'class="house"' not in map_svg(atlas, PAZHOU, MapStyle(), 1000, 500)


def test_the_script_of_a_file_holds_only_layers_that_may_be_in_one(furnished: Atlas) -> None:
    script = geometry_script(furnished, map_words())
    assert "</script>" not in script
    data = json.loads(script[script.index("window.clusterMapData=") + 22 : -1])
    parks, roads, stations = data["house"]
    assert roads["labels"] == [[23.105, 113.36, EVIL, EVIL]]
    assert stations["colour"] == {name: theme.ink for name, theme in THEMES.items()}
    assert parks["shapes"]["geometries"][0]["type"] == "Polygon"
    saved = geometry_script(furnished, map_words(), file=True)
    assert '"parks"' in saved
    assert '"stations"' not in saved
