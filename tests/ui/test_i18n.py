"""Translation is looked up per call: no visitor's language reaches another."""

import threading

from ui import i18n


def test_english_is_the_key_and_needs_no_catalogue() -> None:
    assert i18n.translate("en", "No data") == "No data"
    assert i18n.translate("zh", "No data") == "无数据"


def test_placeholders_are_filled() -> None:
    assert i18n.translate("zh", "Rank {rank} {base}", rank=1, base="八区") == "第 1 位（八区）"


def test_an_unknown_text_stays_as_it_is() -> None:
    assert i18n.translate("zh", "not in the catalogue") == "not in the catalogue"


def test_two_visitors_at_once_keep_their_languages() -> None:
    seen: dict[str, set[str]] = {"en": set(), "zh": set()}
    barrier = threading.Barrier(2)

    def visit(language: str) -> None:
        barrier.wait()
        for _ in range(2000):
            seen[language].add(i18n.translate(language, "Overview"))

    visitors = [threading.Thread(target=visit, args=(language,)) for language in seen]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    assert seen == {"en": {"Overview"}, "zh": {"总览"}}
