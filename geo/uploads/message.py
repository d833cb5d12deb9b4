"""The form of a message about an uploaded file."""

from dataclasses import dataclass

__all__ = ["Message"]


@dataclass(frozen=True)
class Message:
    """What is wrong, what was expected, and what to do; placeholders in braces are filled from a finding's ``params``."""

    wrong: str
    expected: str = ""
    remedy: str = ""
