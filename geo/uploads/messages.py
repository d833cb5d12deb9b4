"""What each finding says: in English here, translated where it is shown."""

from collections.abc import Callable, Mapping

from geo.translation import mark
from geo.uploads.message import Message
from geo.uploads.messages_comparing import COMPARING
from geo.uploads.messages_figures import FIGURES
from geo.uploads.messages_files import FILES
from geo.uploads.messages_listings import LISTINGS
from geo.uploads.messages_reading import READING
from geo.uploads.messages_slides import SLIDES
from geo.uploads.model import Finding

__all__ = ["MESSAGES", "Message", "describe"]

MESSAGES: Mapping[str, Message] = READING | FILES | FIGURES | LISTINGS | SLIDES | COMPARING


def describe(finding: Finding, translate: Callable[[str], str] = mark) -> Message:
    """Return the message of a finding with its placeholders filled, in the language ``translate`` turns English texts into."""
    message = MESSAGES[finding.code]
    parts = (message.wrong, message.expected, message.remedy)
    return Message(*(translate(text).format(**finding.params) if text else "" for text in parts))
