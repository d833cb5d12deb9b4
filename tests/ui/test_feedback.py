"""Text from outside stays text."""

import pytest

from ui import feedback


@pytest.mark.parametrize(
    "text", ["**bold**", "[a](http://x)", "<b>", "$x^2$", ":material/home:", ":red[x]", "# h", "`c`", "~~s~~", "a|b"]
)
def test_every_special_character_is_escaped(text: str) -> None:
    escaped = feedback.escape_markdown(text)
    special = set("`*_{}[]()<>#+-.!|~$:@^\\")
    for position, character in enumerate(text):
        if character in special:
            assert "\\" + character in escaped, position
    assert escaped.replace("\\", "") == text


def test_a_line_break_cannot_start_a_block() -> None:
    assert "\n" not in feedback.escape_markdown("a\n# b")


def test_only_an_official_host_becomes_a_link(speak) -> None:
    speak("en")
    assert feedback.source_markdown("plan-2014").endswith(
        "(http://sw.gz.gov.cn/xxgk/zcfg/xxfg/zhgl/content/post_2433171.html)"
    )
    assert "](" not in feedback.source_markdown("ranking-2023")
    assert "seen as a copy" in feedback.source_names(["ranking-2023"])


def test_sources_are_named_once_each(speak) -> None:
    speak("en")
    assert feedback.source_names(["plan-2014", "plan-2014"]).count("General Office") == 1
