"""A page may hold two maps: each with a legend, a frame and a key of its own."""

import pytest

from geo.maps import folium_map
from tests.pages.conftest import Opener
from ui import data
from ui.panels import charts, map_panel, map_style

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("since", ["", "2020"])
def test_two_maps_with_their_legends_stand_on_one_page(
    open_page: Opener, monkeypatch: pytest.MonkeyPatch, since: str
) -> None:
    def another(*_: str) -> None:
        bounds = folium_map.bounds(data.atlas().districts.geometry)
        map_panel.panel(map_style.choropleth(), bounds, key="another_map", place="another")
        map_panel.legend(place="another")

    monkeypatch.setattr(charts, "ranking", another)
    app = open_page(metric="gdp", period="2023", **({"since": since} if since else {}))
    for name, kind in (
        {"map": "component_instance", "legend": "html"} | ({"not_compared": "caption"} if since else {})
    ).items():
        drawn = [app.get_by_key(key).get(kind) for key in (name, f"{name}_another")]
        assert [len(elements) for elements in drawn] == [1, 1], name
