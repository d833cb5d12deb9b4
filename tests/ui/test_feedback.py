"""Sources in words: who says it, when, and where it leads."""

from dataclasses import dataclass

import pytest
from streamlit.emojis import ALL_EMOJIS
from streamlit.string_util import extract_leading_icon

from geo.escaping import escape_markdown
from ui import data, feedback


def test_only_an_official_host_becomes_a_link(speak) -> None:
    speak("en")
    assert feedback.source_markdown("plan-2014").endswith(
        "(http://sw.gz.gov.cn/xxgk/zcfg/xxfg/zhgl/content/post_2433171.html)"
    )
    assert "](" not in feedback.source_markdown("ranking-2023")
    assert "as reposted" in feedback.source_names(["ranking-2023"])


def test_sources_are_named_once_each(speak) -> None:
    speak("en")
    assert feedback.source_names(["plan-2014", "plan-2014"]).count("General Office") == 1


@dataclass(frozen=True)
class Row:
    """A source as the data have it."""

    address: str
    host: str = "official"
    publisher_en: str = "*Bureau* www.evil.test"
    document_en: str = "Yearbook"
    date: str = ""


@pytest.mark.parametrize(
    ("address", "linked"),
    [
        ("https://www.gz.gov.cn/a_(b)", "](https://www.gz.gov.cn/a_%28b%29)"),
        ("https://www.gz.gov.cn/) ![p](http://evil.test/p.png", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_a_link_holds_nothing_but_a_plain_address(speak, monkeypatch: pytest.MonkeyPatch, address: str, linked: str):
    speak("en")
    monkeypatch.setattr(data, "sources", lambda: {"s": Row(address)})
    text = feedback.source_markdown("s")
    assert text.endswith(linked or "Yearbook")
    assert ("](" in text) == bool(linked)
    assert "evil.test/" not in text
    assert "*Bureau* www.evil" not in text.replace("\\*", "")


def test_no_leading_emoji_is_taken_off_a_text_as_an_icon():
    taken = [emoji for emoji in ALL_EMOJIS if extract_leading_icon(escape_markdown(f"{emoji} note"))[0]]
    assert len(ALL_EMOJIS) > 1000
    assert taken == []
    assert extract_leading_icon(escape_markdown(":material/home: note"))[0] == ""
