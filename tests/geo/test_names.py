"""Members of tiers, names and places of the hand-made atlas."""

from geo import names
from geo.schema import ADCODES, CITY, TIERS, Atlas

LIWAN, YUEXIU, HAIZHU = ADCODES[:3]


def test_members_of_a_tier_stand_in_the_order_of_the_plan(atlas: Atlas):
    assert names.tier_members(atlas, "all") == (HAIZHU, LIWAN, YUEXIU)
    assert names.tier_members(atlas, "second") == (LIWAN,)


def test_chinese_names_go_without_their_rank(atlas: Atlas):
    assert names.district_names(atlas, "zh") == {LIWAN: "荔湾", YUEXIU: "越秀", HAIZHU: "海珠"}
    assert names.district_names(atlas, "en")[YUEXIU] == "Yuexiu"


def test_the_home_of_a_cluster_with_a_zone_says_so(atlas: Atlas):
    assert names.home_names(atlas, "zh") == {LIWAN: "荔湾区", YUEXIU: "越秀区", HAIZHU: "海珠区（琶洲所在区）"}
    assert names.home_names(atlas, "en")[HAIZHU].endswith(" (home of Pazhou)")
    assert names.home_names(atlas, "en")[LIWAN] == "Liwan", "its cluster has no zone here"


def test_places_are_the_districts_and_the_city(atlas: Atlas):
    assert names.place_names(atlas, "zh") == {LIWAN: "荔湾", YUEXIU: "越秀", HAIZHU: "海珠", CITY: "广州市"}
    assert names.place_names(atlas, "en")[CITY] == "Guangzhou"


def test_full_names_keep_what_short_ones_drop(atlas: Atlas):
    assert names.full_district_names(atlas, "zh")[LIWAN] == "荔湾区"
    assert (names.short("荔湾区"), names.short("Liwan")) == ("荔湾", "Liwan")


def test_every_tier_has_a_name_and_a_label():
    assert {"all", *names.TIER_NAMES} == set(names.TIER_LABELS)
    assert tuple(names.TIER_NAMES) == TIERS
