"""Every text the visitor sees is in the catalogue, translated, with the same placeholders; and nothing else is."""

import ast
import string
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from geo.fields import LANGUAGES
from ui.i18n import locale_file, translate

ROOT = Path(__file__).resolve().parent.parent
SOURCES = [path for folder in ("geo", "ui", "pages") for path in sorted((ROOT / folder).rglob("*.py"))]
FUNCTIONS = {"t": 0, "mark": 0, "translate": 1}  # position of the text among the arguments


def texts(source: str) -> set[str]:
    """Return the constant texts in calls of t, mark and translate."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        text = node.args[FUNCTIONS[name]] if name in FUNCTIONS and len(node.args) > FUNCTIONS[name] else None
        if isinstance(text, ast.Constant) and isinstance(text.value, str):
            found.add(text.value)
    return found


def placeholders(text: str) -> set[str]:
    """Return the names in braces of a format string."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


USED = sorted(set().union(*(texts(path.read_text(encoding="utf-8")) for path in SOURCES)))


def messages(language: str) -> dict[str, Message]:
    """Return the messages of a language's catalogue by their English text."""
    with (ROOT / "locale" / language / "LC_MESSAGES" / "app.po").open("rb") as file:
        return {str(message.id): message for message in read_po(file, locale=language) if message.id}


@pytest.fixture(scope="module", params=[language for language in LANGUAGES if language != "en"])
def language(request: pytest.FixtureRequest) -> str:
    """Return each language that English is translated to."""
    return request.param


@pytest.fixture(scope="module")
def catalogue(language: str) -> dict[str, Message]:
    """Return the messages of the language's catalogue by their English text."""
    return messages(language)


def test_texts_are_found_in_calls_of_all_shapes():
    source = "t('a'); i18n.mark('b' 'c'); f\"{t('d', n=1)}\"; t(name); other('e'); x = {'k': t('f') if y else ''}; translate(z, 'g')"
    assert texts(source) == {"a", "bc", "d", "f", "g"}
    assert len(USED) > 50


def test_every_text_is_in_the_catalogue(catalogue: dict[str, Message]):
    assert [text for text in USED if text not in catalogue] == []


def test_no_entry_of_the_catalogue_is_unused(catalogue: dict[str, Message]):
    assert sorted(set(catalogue) - set(USED)) == []


def test_every_entry_is_translated_and_settled(catalogue: dict[str, Message]):
    assert [text for text, message in catalogue.items() if not str(message.string).strip() or message.fuzzy] == []


def test_translations_keep_the_placeholders(catalogue: dict[str, Message]):
    different = [text for text, message in catalogue.items() if placeholders(text) != placeholders(str(message.string))]
    assert different == []


def test_translate_returns_what_the_catalogue_says(language: str, catalogue: dict[str, Message]):
    assert {text: translate(language, text) for text in catalogue} == {
        text: str(m.string) for text, m in catalogue.items()
    }


def test_translate_fills_placeholders_in_every_language(language: str, catalogue: dict[str, Message]):
    for text in catalogue:
        values = {name: f"‹{name}›" for name in placeholders(text)}
        if values:
            for each in ("en", language):
                filled = translate(each, text, **values)
                assert [value for value in values.values() if value not in filled] == [], text


def test_english_is_its_own_translation_and_an_unknown_text_stays():
    assert translate("en", "No data") == "No data"
    assert translate("zh", "not in the catalogue {x}") == "not in the catalogue {x}"


def test_the_catalogue_lies_where_the_code_looks_for_it(language: str):
    assert locale_file(language) == ROOT / "locale" / language / "LC_MESSAGES" / "app.po"


def test_chinese_says_of_boundaries_in_one_way_they_are_not_a_legal_reference():
    said = [str(message.string) for text, message in messages("zh").items() if "not a legal reference" in text]
    assert len(said) == 3
    assert all(text.startswith("界线仅供展示，不作为法定依据。") for text in said), said
