"""Names and marks of a map on a page, placed so that no name covers another."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import shapely

from geo.data.joining import places
from geo.maps import house
from geo.maps.folium_map import MapStyle
from geo.maps.label import Kind, Label, Rectangle, is_bold
from geo.maps.label_spots import Spot, choose
from geo.maps.outlines import MapFrame, place_key
from geo.maps.placing import OPTIONAL, Scene, box_of, ground, lies_in, placed
from geo.maps.stacks import dots, stacked
from geo.maps.text_metrics import shortened, text_width
from geo.names import district_names, names_by, zone_names
from geo.schema import CITY, Atlas

__all__ = ["Label", "Rectangle", "place"]

# Of the names, in sizes of a district's.
_SIZES = {"zone": 13 / 12, "district": 1.0, "tenant": 11 / 12, "place": 11 / 12, "house": 10 / 12, "city": 1.0}
_COMPANY = 13  # sizes of its font: what is wider of a company's name is cut, as by ui/static/map.css
_TURNS = ("zone", "district", "place", "house", "city")  # lists of tenants come after districts


def place(
    frame: MapFrame, atlas: Atlas, map_style: MapStyle, size: float, keep_free: Sequence[Rectangle] = ()
) -> tuple[Label, ...]:
    """Return the names of all that is visible, in the language of the map style.

    The name of a district, or of a zone in it, stands in that district, best under its mark, or else beside the city with a line to its mark;
    nowhere rather than in another district. Then come tenants, those near each other in one list (:mod:`geo.maps.stacks`), then places and
    names in layers of the office, left out where they have no room right beside their mark, then neighbours. A district that the edge of the
    page leaves so little of that its name would not fit there has neither name nor mark.

    Parameters
    ----------
    frame
        Of the atlas.
    map_style
        Says the language, what is muted and which places are shown.
    size
        Of a district's name in page units.
    keep_free
        Rectangles (left, top, right, bottom) that something else covers.
    """
    unit, tenants = size / 12, list(_tenants(frame, map_style, size))
    labels = sorted(_seen(_labels(frame, atlas, map_style, size), frame), key=lambda label: _TURNS.index(label.kind))
    scene = Scene(frame, unit, [*labels, *tenants], atlas, [*keep_free, *dots(tenants, unit)])
    homed = [label for label in labels if scene.home(label)]
    found: dict[Label, Spot | None] = dict(zip(homed, choose([scene.spots(label) for label in homed]), strict=True))
    for spot in filter(None, found.values()):
        scene.put(spot)
    listed, covered = stacked(tenants, frame, scene.covered, unit)
    scene.cover(covered)
    for label in labels:
        if label not in found:
            free = scene.near(label) if label.kind in OPTIONAL else scene.elsewhere(label)
            if free:
                scene.put(free)
            found[label] = free
    return (*(placed(label, spot) for label, spot in found.items() if spot or label.kind not in OPTIONAL), *listed)


def _seen(labels: Iterable[Label], frame: MapFrame) -> Iterator[Label]:
    """Yield names but for those of districts that the edge of the page leaves too little of."""
    page, found = shapely.box(0, 0, frame.width, frame.height), ground(frame)
    for label in labels:
        shape = found.districts[label.key] if label.kind == "district" else None
        whole = shape is None or page.contains_properly(shape)
        if whole or any(
            page.covers(box_of(label, at)) and lies_in(shape, label, at) for at in found.spots(label.key, label.anchor)
        ):
            yield label


def _labels(frame: MapFrame, atlas: Atlas, map_style: MapStyle, size: float) -> Iterator[Label]:
    """Yield what is to be named beside tenants."""
    clusters, context, column = atlas.clusters, atlas.context, f"name_{map_style.language}"
    marks = dict(zip(clusters["cluster_id"], clusters["tier"], strict=True))
    marks |= {row.adcode: row.tier for row in clusters.itertuples() if row.tier == "district"}
    marks |= {place_key(number): "place" for number in map_style.places}
    cities = context[(context["kind"] == "city") & (context["adcode"] != CITY)]
    spots = places(atlas)[column]
    muted = {code for code, shape in map_style.shapes.items() if shape.muted} | set(map_style.muted_zones)
    names: tuple[tuple[Kind, dict[str, str]], ...] = (
        ("zone", zone_names(atlas, map_style.language)),
        ("district", district_names(atlas, map_style.language)),
        ("place", {place_key(number): spots[number] for number in map_style.places}),
        ("city", names_by(cities, "adcode", map_style.language)),
    )
    for kind, table in names:
        for key, text in table.items():
            if key in frame.anchors:
                own = _SIZES[kind] * size
                width = text_width(text, own, bold=is_bold(kind)) + size / 6
                anchor, mark = frame.anchors[key], marks.get(key, "")
                yield Label(kind, key, text, own, width, 1.15 * own, anchor, mark, key in muted)
    yield from _house(frame, atlas, map_style.language, size)


def _house(frame: MapFrame, atlas: Atlas, language: str, size: float) -> Iterator[Label]:
    """Yield the names in layers of the office."""
    own = _SIZES["house"] * size
    for layer in house.in_file(atlas, frame, size / 12):
        words, mark = house.names(layer, language), "house" if layer.draw == "point" else ""
        for shape in frame.house[layer.id]:
            if text := words[shape.number]:
                width = text_width(text, own) + size / 6
                yield Label(
                    "house", f"{layer.id}-{shape.number}", text, own, width, 1.15 * own, shape.at, mark, muted=False
                )


def _tenants(frame: MapFrame, map_style: MapStyle, size: float) -> Iterator[Label]:
    """Yield the tenants that are on the page."""
    own = _SIZES["tenant"] * size
    for tenant in map_style.tenants:
        key = place_key(tenant.place)
        text = replace(tenant, name=shortened(tenant.name, own, _COMPANY * own)).line(map_style.language)
        if key in frame.anchors:
            width = text_width(text, own) + size / 6
            yield Label("tenant", key, text, own, width, 1.15 * own, frame.anchors[key], tenant.status, muted=False)
