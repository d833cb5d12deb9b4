"""What the pages and the briefing alike ask of an atlas: who belongs to a tier of the plan, what districts are called, which places lie in one."""

from geo.data import joining
from geo.schema import CITY, Atlas
from geo.translation import translate

__all__ = ["district_names", "home_names", "place_names", "places_in", "tier_members"]


def tier_members(atlas: Atlas, tier: str) -> tuple[str, ...]:
    """Return the districts of a tier's clusters in the order of the plan, or of all clusters for "all"."""
    rows = atlas.clusters
    return tuple(rows["adcode"] if tier == "all" else rows.loc[rows["tier"] == tier, "adcode"])


def district_names(atlas: Atlas, language: str) -> dict[str, str]:
    """Return the names of the districts by adcode; the Chinese ones without 区, as a map says them."""
    rows = atlas.districts
    return dict(zip(rows["adcode"], rows[f"name_{language}"].str.removesuffix("区"), strict=True))


def home_names(atlas: Atlas, language: str) -> dict[str, str]:
    """Return the names of the districts by adcode for where a figure might be taken for a cluster's: "Haizhu (home of Pazhou)"; Chinese ones with 区."""
    whole = atlas.districts.set_index("adcode")[f"name_{language}"]
    homes = {
        zone.adcode: translate(
            language,
            "{district} (home of {cluster})",
            district=whole[zone.adcode],
            cluster=getattr(zone, f"name_{language}"),
        )
        for zone in atlas.zones.itertuples()
    }
    return dict(whole) | homes


def places_in(atlas: Atlas, adcode: str) -> tuple[int, ...]:
    """Return which of the context's places, counted from 0 in its order, lie in a district."""
    places = atlas.context[atlas.context["kind"] == "place"].reset_index(drop=True)
    homes = joining.locate(places, atlas.districts)
    return tuple(int(number) for number in homes.index[homes == adcode])


def place_names(atlas: Atlas, language: str) -> dict[str, str]:
    """Return the names of the districts by adcode, the Chinese ones without 区, and of the city."""
    return district_names(atlas, language) | {CITY: translate(language, "Guangzhou")}
