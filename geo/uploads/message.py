"""The form of a message, and the mark that makes its texts known to the catalogue of translations."""

from dataclasses import dataclass

__all__ = ["Message", "mark"]


def mark(text: str) -> str:
    """Return a text as it is, marked for the catalogue of translations."""
    return text


@dataclass(frozen=True)
class Message:
    """What is wrong, what was expected, and what to do; placeholders in braces are filled from a finding's ``params``."""

    wrong: str
    expected: str = ""
    remedy: str = ""
