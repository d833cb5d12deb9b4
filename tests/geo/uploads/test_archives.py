"""Archives that would do harm when unpacked: refused at once, small in memory."""

import io
import zipfile

import pytest

from geo.uploads.archives import Archive, pack
from geo.uploads.bounds import MAX_MEMBERS, RefusedError

ZEROS = b"0" * 20_000_000


def zipped(members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def lying(content, old, new):
    """Return an archive whose headers claim another size."""
    return content.replace(old.to_bytes(4, "little"), new.to_bytes(4, "little"))


def refusal(content, read=lambda archive: archive.part("a.xml")):
    with pytest.raises(RefusedError) as refused:
        read(Archive(content))
    return refused.value.finding.code


def test_a_file_is_handed_out_and_named():
    archive = Archive(zipped({"a.xml": b"<a/>", "b.bin": b"\0"}))
    assert archive.names == ("a.xml", "b.bin")
    assert ("a.xml" in archive, "c.xml" in archive) == (True, False)
    assert (archive.part("a.xml"), archive.member("b.bin"), archive.tree("a.xml", 9).tag) == (b"<a/>", b"\0", "a")


def test_only_the_start_of_a_large_file_is_inflated(peak):
    archive = Archive(zipped({"a.xml": b"<a>" + b"".join(b"%d " % number for number in range(100_000))}))
    before = peak()
    assert archive.head("a.xml", 6) == b"<a>0 1"
    assert peak() - before < 300_000
    assert (
        refusal(zipped({"a.xml": b"<!DOCTYPE a><a/>"}), lambda archive: archive.head("a.xml", 99)) == "broken_archive"
    )
    assert refusal(zipped({"b.xml": b""}), lambda archive: archive.head("a.xml", 99)) == "broken_archive"


def test_names_with_backslashes_are_those_with_slashes():
    archive = Archive(zipped({"xl\\a.xml": b"<a/>"}))
    assert (archive.names, archive.part("xl/a.xml"), archive.head("xl/a.xml", 2)) == (("xl/a.xml",), b"<a/>", b"<a")


def test_files_are_packed_without_compression():
    packed = pack([("a.xml", b"<a/>" * 99)])
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert [(info.filename, info.compress_type, info.file_size) for info in archive.infolist()] == [
            ("a.xml", 0, 396)
        ]


def test_a_bomb_is_refused_before_it_is_unpacked(peak):
    bomb = zipped({"a.xml": ZEROS})
    assert refusal(bomb) == "archive_bomb"
    assert peak() < 1_000_000


def test_a_directory_that_lies_about_the_size_does_not_help(peak):
    bomb = lying(zipped({"a.xml": ZEROS}), len(ZEROS), 1_000)
    assert refusal(bomb) == "broken_archive"
    assert peak() < 1_000_000


def test_files_that_share_their_bytes_are_refused():
    content = zipped({"a.xml": bytes(range(1, 200)) * 9}, zipfile.ZIP_STORED)
    start, end = content.index(b"PK\x01\x02"), content.index(b"PK\x05\x06")
    entry, tail = content[start:end], bytearray(content[end:])
    tail[8:12] = (3).to_bytes(2, "little") * 2
    tail[12:16] = (3 * len(entry)).to_bytes(4, "little")
    assert refusal(content[:start] + entry * 3 + bytes(tail)) == "archive_bomb"


def test_bounds_hold_for_all_files_together(monkeypatch):
    monkeypatch.setattr("geo.uploads.archives.MAX_INFLATED", 100)
    assert refusal(zipped({"a.xml": b"x" * 101})) == "archive_bomb"
    assert refusal(zipped({"a.xml": b"x" * 60, "b.xml": b"x" * 60})) == "archive_bomb"
    honest = zipped({"a.xml": b"x" * 60, "b.xml": b"x" * 30})
    archive = Archive(honest)
    assert [len(archive.part(name)) for name in ("a.xml", "b.xml", "a.xml")] == [60, 30, 60]
    assert refusal(honest, lambda archive: archive.part("a.xml", 59)) == "archive_bomb"


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>',
        '<?xml version="1.0" encoding="utf-16"?><a/>'.encode("utf-16"),
        b"<a",
    ],
    ids=["entities", "another encoding", "unfinished"],
)
def test_xml_that_no_workbook_has_is_refused(data):
    assert refusal(zipped({"a.xml": data}), lambda archive: archive.tree("a.xml", 1_000)) == "broken_archive"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04 and nothing more", "broken_archive"),
        (zipped({"a.xml": b"x" * 99})[:-30], "broken_archive"),
        (zipped({"a.xml": b"x" * 9_999}, zipfile.ZIP_LZMA), "broken_archive"),
        (zipped({f"{number}.xml": b"" for number in range(MAX_MEMBERS + 1)}), "archive_bomb"),
        (zipped({"b.xml": b""}), "broken_archive"),
        (
            zipped({"a.xml": b"<a/>"}).replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"),
            "password",
        ),
    ],
    ids=["no archive", "cut off", "unusual method", "many files", "no such file", "encrypted"],
)
def test_an_archive_that_is_no_sound_workbook_is_refused(content, code):
    assert refusal(content) == code
