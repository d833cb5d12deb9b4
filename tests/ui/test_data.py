"""What pages read: districts joined to clusters, places by district."""

from ui import data


def test_each_district_is_joined_to_its_cluster() -> None:
    rows = data.joined().set_index("adcode")
    assert len(rows) == 11
    assert rows.loc["440105", ["cluster_id", "tier"]].tolist() == ["pazhou", "headquarters"]
    assert rows.loc["440103", ["cluster_id", "tier"]].tolist() == ["baietan", "second"]
    assert rows["cluster_id"].notna().all()
    assert rows.geometry.is_valid.all()


def test_tiers_count_one_one_nine() -> None:
    assert [len(data.tier_members(tier)) for tier in ("headquarters", "second", "district", "all")] == [1, 1, 9, 11]


def test_places_belong_to_the_district_they_lie_in() -> None:
    assert data.places_in(data.cluster_home("pazhou")) == (0,)
    assert data.places_in(data.cluster_home("baietan")) == (1,)
    assert data.places_in("440117") == ()
