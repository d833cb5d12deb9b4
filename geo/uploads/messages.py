"""What each finding says, in either language, as ``data/findings.toml`` has it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geo.fields import LANGUAGES, both_languages
from geo.uploads.model import Finding

__all__ = ["COMPARING", "FINDINGS_FILE", "MESSAGES", "Entry", "Message", "describe", "parse"]

FINDINGS_FILE = Path(__file__).resolve().parents[2] / "data" / "findings.toml"  # the program's, wherever the data lie


def _nothing() -> dict[str, str]:
    """Return what a part says that a finding lacks."""
    return dict.fromkeys(LANGUAGES, "")


@dataclass(frozen=True)
class Entry:
    """What a finding says, by language; the head of ``findings.toml`` explains each of these."""

    wrong: Mapping[str, str]
    expected: Mapping[str, str] = field(default_factory=_nothing)
    remedy: Mapping[str, str] = field(default_factory=_nothing)
    command: str = ""  # the remedy on the command line, which speaks English, where the page's cannot be followed there


@dataclass(frozen=True)
class Message:
    """What is wrong, what was expected, and what to do, of one finding in one language."""

    wrong: str
    expected: str = ""
    remedy: str = ""


def parse(content: Mapping[str, Any]) -> dict[str, dict[str, Entry]]:
    """Return what all findings say: what they are about → code → entry.

    Parameters
    ----------
    content
        ``findings.toml`` as TOML reads it.

    Raises
    ------
    ValueError
        If a text lacks a language, or a finding says something else than the parts of a message; names the finding.
    """
    texts = content.get("texts", {})
    return {
        about: {code: _entry(code, said, texts) for code, said in findings.items()}
        for about, findings in content.items()
        if about != "texts"
    }


def _entry(code: str, said: Mapping[str, Any], texts: Mapping[str, Any]) -> Entry:
    """Return what a finding says; a word instead of a text is the name of one that several findings share."""
    try:
        if not {"wrong"} <= set(said) <= {"wrong", "expected", "remedy"}:
            raise ValueError(f"it has {', '.join(said)}; expected wrong, and perhaps expected and remedy")
        parts = {part: dict(texts[text] if isinstance(text, str) else text) for part, text in said.items()}
        command = parts["remedy"].pop("command", "") if "remedy" in parts else ""
        return Entry(**{part: both_languages(text) for part, text in parts.items()}, command=command)
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{FINDINGS_FILE.name}, finding {code}: {error}") from None


_ABOUT = parse(tomllib.loads(FINDINGS_FILE.read_text(encoding="utf-8")))
MESSAGES: Mapping[str, Entry] = {code: entry for findings in _ABOUT.values() for code, entry in findings.items()}
COMPARING = frozenset(_ABOUT["comparing"])  # what comes of comparing knows values in the unit of the catalogue only


def describe(finding: Finding, language: str = "en", *, command_line: bool = False) -> Message:
    """Return the message of a finding with its placeholders filled.

    Parameters
    ----------
    command_line
        Whether it is read there: the remedy then names its options, where the page's names what only the page has.

    Examples
    --------
    >>> from geo.uploads.model import Severity
    >>> missing = Finding("period_missing", Severity.ERROR)
    >>> describe(missing).remedy, describe(missing, command_line=True).remedy
    ('Enter the “Period”, or fill in the cells.', 'Use --period, or fill in the cells.')
    """
    entry = MESSAGES[finding.code]
    remedy = (command_line and entry.command) or entry.remedy[language]
    parts = (entry.wrong[language], entry.expected[language], remedy)
    return Message(*(text.format(**finding.params) for text in parts))
