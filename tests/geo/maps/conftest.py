"""Maps are drawn of the decks that the briefing's tests make."""

from tests.geo.briefing.conftest import deck, face, map_style, scene, story  # noqa: F401 (fixtures)
