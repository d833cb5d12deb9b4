"""Small print, counted by hand."""

import pytest

from geo.briefing.small_print import notice, sources_line, with_unit


def test_the_notice_names_the_approval_where_there_is_one(deck, scene):
    assert notice(deck(scene()), "en") == "Boundaries are for presentation only and are not a legal reference."
    assert notice(deck(scene(), approval="A1"), "en").endswith(" Map approval number: A1.")


def test_sources_are_listed_as_far_as_there_is_room():
    sources = ("Aaaa", "Bbbb", "Cccc")
    assert sources_line(sources, "en", 10, 1000, 1) == "Sources: Aaaa; Bbbb; Cccc"
    assert sources_line(sources, "en", 10, 125, 1) == "Sources: Aaaa; and 2 more"
    assert sources_line(sources, "en", 10, 1, 1) == "Sources: Aaaa; and 2 more"  # one is named in any case
    assert sources_line((), "en", 10, 1000, 1) == ""


@pytest.mark.parametrize(("unit", "title"), [("km²", "Area (km²)"), ("", "Area")])
def test_a_title_has_its_unit(unit, title):
    assert with_unit("Area", unit, "en") == title
