"""The catalogue of findings: whole in both languages, said once, and with remedies that whoever reads them can follow."""

import re
import string
import tomllib
from pathlib import Path

import pytest

import geo
from geo.data.checking import COMPUTED
from geo.fields import LANGUAGES
from geo.translation import translate
from geo.uploads.messages import FINDINGS_FILE, MESSAGES, describe, parse
from geo.uploads.model import KINDS, Finding, Severity

CONTENT = tomllib.loads(FINDINGS_FILE.read_text(encoding="utf-8"))
SAID = [entry for about, findings in CONTENT.items() if about != "texts" for entry in findings.values()]
WRONG = {"en": "No.", "zh": "否。"}
# What only a page has.
OF_THE_PAGE = re.compile(
    r"\b(above|below|this page|choose|click|press|button|tick|upload|list of columns)\b|“(?!\{)", re.IGNORECASE
)
LABEL = re.compile(r"“([^{}?”]+)”")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def texts() -> list[dict[str, str]]:
    """Return every text of the file, by language, once for each time it is written."""
    return [*CONTENT["texts"].values(), *(text for entry in SAID for text in entry.values() if isinstance(text, dict))]


@pytest.mark.parametrize("code", MESSAGES)
def test_both_languages_have_the_same_placeholders(code: str):
    entry = MESSAGES[code]
    for text in (entry.wrong, entry.expected, entry.remedy):
        assert len({frozenset(placeholders(text[language])) for language in LANGUAGES}) == 1


def test_no_sentence_is_written_twice_or_in_the_catalogue_of_the_pages_too():
    english = [text[name] for text in texts() for name in ("en", "command") if name in text]
    assert sorted({text for text in english if english.count(text) > 1}) == []
    assert [text for text in english if translate("zh", text) != text] == []


def test_every_shared_text_is_used():
    named = {text for entry in SAID for text in entry.values() if isinstance(text, str)}
    assert set(CONTENT["texts"]) <= named


def test_every_finding_of_the_catalogue_is_one_that_is_made():
    code = "".join(path.read_text(encoding="utf-8") for path in Path(geo.__file__).parent.rglob("*.py"))
    composed = {f"computed_{metric}" for metric in ("rate", *COMPUTED)} | {f"is_{kind}" for kind in KINDS}
    composed |= {
        "metric_missing",
        "period_missing",
        *(f"{name}_from_title" for name in ("district", "metric", "period")),
    }
    names = {name.removesuffix("_near") for name in set(MESSAGES) - composed}
    assert sorted(name for name in names if f'"{name}"' not in code) == []


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"wrong": {"en": "No."}}, "'en': 'No.'"),
        ({"wrong": WRONG, "remedy": {"en": "Go.", "zh": ""}}, "'zh': ''"),
        ({"wrong": "nowhere"}, "nowhere"),
        ({"wrong": WRONG, "remdy": WRONG}, "remdy"),
        ({"wrong": WRONG | {"command": "Go."}}, "command"),
        ({"wrong": WRONG, "remedy": {"command": "Go."}}, "expected a text in each of en, zh"),
        ({"expected": WRONG}, "wrong"),
    ],
)
def test_a_finding_that_lacks_a_language_or_a_part_is_named(entry: dict, said: str):
    with pytest.raises(ValueError, match=f"findings.toml, finding broken: .*{said}"):
        parse({"texts": {}, "reading": {"broken": entry}})


@pytest.mark.parametrize("code", MESSAGES)
def test_a_remedy_on_the_command_line_names_nothing_that_only_the_page_has(code: str):
    entry = MESSAGES[code]
    remedy = entry.command or entry.remedy["en"]
    assert not OF_THE_PAGE.search(remedy.replace("“?”", ""))
    known = placeholders(entry.wrong["en"] + entry.expected["en"] + entry.remedy["en"])
    assert placeholders(entry.command) <= known


@pytest.mark.parametrize("code", MESSAGES)
def test_a_remedy_on_the_page_names_no_option_and_only_labels_the_page_has(code: str):
    remedy = MESSAGES[code].remedy
    assert not any("--" in remedy[language] for language in LANGUAGES)
    for label in LABEL.findall(remedy["en"]):
        assert translate("zh", label) != label, "no label of the page"
        assert f"“{translate('zh', label)}”" in remedy["zh"]


def test_each_reader_gets_the_remedy_for_where_they_are():
    finding = Finding("title_says_part", Severity.WARNING, params={"period": "2025H1", "year": "2025"})
    assert "2025H1 as “Period”" in describe(finding).remedy
    assert "“时期”" in describe(finding, "zh").remedy
    assert "--period 2025H1" in describe(finding, command_line=True).remedy
    assert describe(finding, command_line=True).wrong == describe(finding).wrong
