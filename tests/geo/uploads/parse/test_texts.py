"""Free text."""

import pytest

from geo.uploads.parse.texts import source_reader


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "@SUM(1)", " =1+1"])
def test_text_that_begins_like_a_formula_is_a_warning_and_kept(cleaned, found, text):
    upload = cleaned(f"区,GDP（亿元）,备注\n荔湾区,1,{text}", period="2023")
    assert (found(upload, "formula_text")[0].severity, found(upload, "formula_text")[0].value) == ("warning", text)
    assert upload.table["note"].tolist() == [text.strip()]


def test_markup_is_plain_text_and_control_characters_are_dropped(cleaned):
    upload = cleaned("区,GDP（亿元）,备注\n荔湾区,1,<script>alert(1)</script>\x00\x07", period="2023")
    assert upload.table["note"].tolist() == ["<script>alert(1)</script>"]
    assert not upload.findings


def test_a_note_may_have_500_characters_and_no_more(cleaned, found):
    upload = cleaned(f"区,GDP（亿元）,备注\n荔湾区,1,{'好' * 500}\n越秀区,1,{'好' * 501}", period="2023")
    assert [(f.rows, f.params["length"]) for f in found(upload, "text_too_long")] == [((3,), 501)]


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("s", "s"),
        (" S ", "s"),
        ("Bureau, Yearbook", "s"),
        ("局《年鉴》", "s"),
        ("Report", "evil"),
        ("Elsewhere", "Elsewhere"),
        ("—", ""),
        ("", ""),
    ],
)
def test_a_source_is_found_by_id_or_by_what_it_is_called(atlas, text, id_):
    assert source_reader(atlas.sources)(text) == id_


def test_a_document_that_two_sources_share_names_neither(atlas):
    twice = atlas.sources.assign(document_en="Report")
    assert source_reader(twice)("Report") == "Report"
    assert source_reader(twice)("Bureau: Report") == "s"
