"""Numbers written in another way than those of their column are read and named."""

import pytest


@pytest.mark.parametrize(
    ("column", "named"),
    [
        ('人口（人）;1.262;"3,634"', (2,)),
        ("人口（人）;3634;1.262;-2.500", (3, 4)),
        ("GDP（亿元）;1.262;3634.4", None),
        ("GDP（亿元）;1.262;0.52", None),
        ("GDP（亿元）;1.262;95", None),
        ("GDP（亿元）;1.26;3634", None),
        ("GDP（亿元）;0.262;3634", None),
        ("GDP;1.262亿元;3634亿元", None),
        ("GDP（亿元）;1.262;2.634", None),
    ],
)
def test_a_point_that_may_separate_thousands_is_named(cleaned, found, column, named):
    heading, *texts = column.split(";")
    rows = "\n".join(f"{name},{text}" for name, text in zip(("荔湾区", "越秀区", "海珠区"), texts, strict=False))
    doubts = found(cleaned(f"区,2024年{heading}\n{rows}"), "maybe_thousands")
    assert [(doubt.severity, doubt.rows, doubt.column) for doubt in doubts] == (
        [("warning", named, 2)] if named else []
    )


@pytest.mark.parametrize(
    ("texts", "named"),
    [(("2.4%", "0.031", "0.045"), (3, 4)), (("2.4%", "3.1"), None), (("0.4%", "0"), None), (("0.031", "0.02"), None), (("2.4％", "0.5"), (3,))],
)  # fmt: skip
def test_fractions_beside_percentages_are_named(cleaned, found, texts, named):
    rows = "\n".join(f"{name},{text}" for name, text in zip(("荔湾区", "越秀区", "海珠区"), texts, strict=False))
    doubts = found(cleaned(f"区,2024年GDP增速（%）\n{rows}"), "maybe_fraction")
    assert [(doubt.severity, doubt.rows, doubt.column) for doubt in doubts] == (
        [("warning", named, 2)] if named else []
    )
