"""What can be chosen has a name in every language."""

import pytest

from geo.figures.classification import PALETTES
from geo.schema import LANGUAGES, SCHEMES
from geo.translation import locale_file
from ui import names

SAME_EVERYWHERE = {"viridis", "cividis"}  # proper names


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_palette_and_scheme_has_a_name_of_its_own(speak, language: str) -> None:
    speak(language)
    called = [names.palette(code) for code in PALETTES] + [names.scheme(code) for code in SCHEMES]
    assert len({*called}) == len(PALETTES) + len(SCHEMES)


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
@pytest.mark.parametrize("code", [code for code in PALETTES if code not in SAME_EVERYWHERE])
def test_a_palettes_name_is_translated(speak, language: str, code: str) -> None:
    speak("en")
    english = names.palette(code)
    speak(language)
    assert names.palette(code) != english, f"no translation in {locale_file(language)}"
