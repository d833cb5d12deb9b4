"""Rebuild every derived file of ``data/`` and report what was written."""

from pathlib import Path

from rebuild import boundaries, context, indicators, sites, zones

DATA = Path(__file__).resolve().parent.parent / "data"


def main() -> None:
    """Write indicators, districts, zones and context, in that order: each needs the one before; and the sites."""
    figures = indicators.build(DATA / "source/facts.csv", DATA / "sources.csv")
    figures.to_csv(DATA / "indicators.csv", index=False, lineterminator="\n")
    official = figures[figures.metric == "area_official"].set_index("adcode").value.astype(float).to_dict()

    everything = boundaries.all_districts()
    districts = boundaries.guangzhou(everything, official)
    boundaries.write(districts, DATA / "districts.geojson")
    boundaries.write(zones.build(DATA / "source/zones.toml", districts), DATA / "zones.geojson")
    boundaries.write(context.build(everything), DATA / "context.geojson", decimals=4)
    boundaries.write(
        sites.build(DATA / "source/sites.toml", sites.points()), DATA / "sites.geojson", DESCRIPTION=sites.LICENCE
    )
    for name in ("indicators.csv", "districts.geojson", "zones.geojson", "context.geojson", "sites.geojson"):
        print(f"data/{name}: {(DATA / name).stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
