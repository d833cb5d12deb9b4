"""Small files that are out to take minutes: each is refused or understood in seconds, and twice the file takes no more than twice the time.

Only the public way of a file is used: read, clean, propose. Time is that of the processor, so that other work on the machine does not count.
"""

import io
import random
import resource
import signal
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import openpyxl
import pytest

from geo.changes.proposal import Proposal, propose
from geo.data import loading
from geo.data.raw import Raw
from geo.schema import Atlas
from geo.uploads.cleaning import clean
from geo.uploads.model import Choices, Kind
from geo.uploads.read import reading
from tests.fixtures import DATA

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]

MOST = 500_000  # bytes of a file
SECONDS = 15.0  # of the processor; the slowest takes 4 on a busy machine, and took minutes before the bounds
NOISE = 1.0  # seconds by which two runs of the same work may differ on a busy machine
HEADINGS = "区,指标,时期,数值,单位,来源,质量,备注"
ROW = ("海珠区", "地区生产总值", "2023", "1", "亿元", "x", "verified", "n")
SLIDES = "slide_id,title_en,title_zh,text_en,text_zh,view,camera"
Make = Callable[[int], bytes]  # a file of about so many bytes


def repeated(pattern: str, size: int) -> str:
    """Return a pattern as often as it fits into some bytes."""
    return pattern * (size // len(pattern.encode()))


def quoted(text: str) -> str:
    """Return a field of a CSV file."""
    return '"' + text.replace('"', '""') + '"'


def heading(pattern: str) -> Make:
    """Return a maker of files with one long heading, yet not so long that a reader of CSV files would refuse it by itself."""
    return lambda size: f"区,{quoted(repeated(pattern, size // 10))},2023\n海珠区,1,2\n".encode()


def headings(pattern: str) -> Make:
    """Return a maker of files with many headings of ordinary length."""

    def make(size: int) -> bytes:
        names = [quoted(f"{repeated(pattern, 25)}{number}") for number in range(min(size // 40, 1_900))]
        return f"区,2022,{','.join(names)}\n海珠区{',1' * (len(names) + 1)}\n".encode()

    return make


def titles(pattern: str, length: int) -> Make:
    """Return a maker of files with many notes above the table."""

    def make(size: int) -> bytes:
        notes = [quoted(f"{repeated(pattern, length)}{number}") for number in range(size // (length + 8))]
        lines = [",".join(notes[start : start + 150]) for start in range(0, len(notes), 150)][:55]
        return "\n".join([*lines, "区,2022", "海珠区,1"]).encode()

    return make


def cell(column: int, pattern: str) -> Make:
    """Return a maker of files with one long cell, no longer than a heading above."""
    return lambda size: table(1, column, lambda _: repeated(pattern, size // 10))


def cells(column: int, pattern: str, length: int) -> Make:
    """Return a maker of files with many different cells of some length in a column."""
    return lambda size: table(size // (length + 50), column, lambda number: f"{repeated(pattern, length)}{number}")


def table(rows: int, column: int, text: Callable[[int], str]) -> bytes:
    """Return a file of figures whose cells in one column are made."""
    lines = (",".join([*ROW[:column], quoted(text(number)), *ROW[column + 1 :]]) for number in range(rows))
    return "\n".join([HEADINGS, *lines]).encode()


def stacked(size: int) -> bytes:
    """Return a file of many small tables below each other, no two alike."""
    return "".join(f"地区,地区生产总值{number}\n海珠区,{number}\n" for number in range(size // 45)).encode()


def lines(head: str, line: str) -> Make:
    """Return a maker of files of other kinds with many rows that differ."""
    return lambda size: "\n".join([head, *(line.format(n=n) for n in range(size // len(line.encode())))]).encode()


def workbook(part: str, change: Callable[[str, int], str], size: int) -> bytes:
    """Return a workbook with a part changed, packed so well that what it says of its size passes."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in (["区", "2023"], ["海珠区", 1]):
        book.active.append(row)
    book.save(out)
    packed = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name).decode()
            new.writestr(name, change(text, size) if name == part else text)
    return packed.getvalue()


def padding(size: int) -> str:
    """Return a comment that cannot be packed much smaller."""
    return f"<!--{random.Random(1).randbytes(size // 2).hex()}-->"


SHEET, STYLES = "xl/worksheets/sheet1.xml", "xl/styles.xml"
PATTERNS = (
    "(",
    "()",
    "(万元)",
    "2023 ",
    "_a",
    ",a",
    "a",
    "增速",
    "yoy",
    "1",
    "萬",
    "[ ",
    "（注 ",
    "²",
    "jan-",
    "1,",
    "区",
    "其中 ",
    "{gdp.x}",
    "' ",
)
CSV: dict[str, tuple[Kind, Make]] = {
    **{f"heading {p}": ("indicators", heading(p)) for p in PATTERNS},
    **{f"cell {p} {column}": ("indicators", cell(column, p)) for p in ("(", "[ ", "a", "1,", "区") for column in range(8)},
    **{f"headings {p}": ("indicators", headings(p)) for p in ("_a", ",a", "²")},
    "notes ()": ("indicators", titles("()", 290)),
    "notes of letters": ("indicators", titles("a", 4_900)),
    "notes of units": ("indicators", titles("单位：万元、", 4_900)),
    "metrics": ("indicators", cells(1, "_a", 25)),
    "metrics in brackets": ("indicators", cells(1, "()", 290)),
    "districts": ("indicators", cells(0, "区", 9)),
    "districts in brackets": ("indicators", cells(0, "(a)", 290)),
    "periods": ("indicators", cells(2, "jan-", 60)),
    "values": ("indicators", cells(3, "约1", 20)),
    "sources": ("indicators", cells(5, "x", 4_900)),
    "tables below each other": ("indicators", stacked),
    "tables below each other over a long one": ("indicators", lambda size: stacked(size // 10) + table(size // 90, 0, "区{}".format)),
    "tables beside and below each other": (
        "indicators",
        lambda size: ("\n".join([",".join(["地区,GDP"] * 400), ",".join(["海珠区,1"] * 400)] * (size // 9_600)) + "\n").encode(),
    ),
    "a long line, then a byte of another encoding": ("indicators", lambda size: b"a" * size + b"\n\xff\n"),
    "blank lines": ("indicators", lambda size: f"{HEADINGS}\n".encode() + b"\n" * size),
    "delimiters": ("indicators", lambda size: b"\n".join([b"," * 1_999] * (size // 2_000))),
    "quotation marks": ("indicators", lambda size: f"{HEADINGS}\n".encode() + b'"' * size),
    "clusters": ("clusters", lines("cluster_id,adcode,tier,name_en,name_zh", "c-{n},440105,district,x{n},y{n}")),
    "tenants": ("tenants", lines("company_en,company_zh,cluster_id,status", "c{n},x{n},pazhou,moved_in")),
    "slides": ("slides", lines(SLIDES, "a{n},t,t,{{gdp.x{n}}},x,metric={n},1")),
    "figures in a sentence": ("slides", lambda s: f"{SLIDES}\na,t,t,{repeated('{gdp.x}', min(s, 4_900))},x,,".encode()),
}  # fmt: skip
XLSX: dict[str, tuple[Kind, Make]] = {
    "long cell": ("indicators", lambda size: workbook(SHEET, lambda t, n: t.replace(">海珠区<", f">{'(' * n}<"), min(size, 900_000))),
    "brackets in a number format": (
        "indicators",
        lambda size: workbook(
            STYLES, lambda t, n: t.replace("<numFmts", f'<numFmts><numFmt numFmtId="200" formatCode="{"[" * n}"/></numFmts><numFmts'),
            min(size, 900_000),
        ),
    ),
    "empty tags": (
        "indicators",
        lambda size: workbook(SHEET, lambda t, n: t.replace("<sheetData>", f"{padding(n)}<sheetData>{'<row/>' * 20 * n}"), size),
    ),
}  # fmt: skip


@contextmanager
def limited(seconds: float) -> Iterator[list[float]]:
    """Stop what takes longer, and tell how long it took."""
    taken: list[float] = []

    def stop(*_: object) -> None:
        raise TimeoutError(f"more than {seconds} s")

    before, begun = signal.signal(signal.SIGPROF, stop), _used()
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield taken
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
        taken.append(_used() - begun)


def _used() -> float:
    """Return the seconds of the processor that this process and the workers it has started took so far."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


@pytest.fixture(scope="module")
def current() -> tuple[Raw, Atlas]:
    """Return the frozen data, raw and typed."""
    raw = Raw.read(DATA)
    return raw, loading.typed(raw)


@pytest.fixture
def offer(current: tuple[Raw, Atlas]) -> Callable[[bytes, str, Kind], tuple[Proposal, float]]:
    """Return what takes a file all the way to a proposal, and how long that took."""

    def offer_(content: bytes, name: str, kind: Kind) -> tuple[Proposal, float]:
        with limited(SECONDS) as taken:
            found = clean(reading.read(content, name), name, kind, current[1], Choices())
            proposal = propose(*current, found, "update")
        return proposal, taken[0]

    return offer_


FILES = [*((f"{name}.csv", *how) for name, how in CSV.items()), *((f"{name}.xlsx", *how) for name, how in XLSX.items())]


@pytest.mark.parametrize(("name", "kind", "make"), FILES, ids=[name for name, _, _ in FILES])
def test_a_small_file_takes_seconds_and_twice_the_file_twice_that(offer, name, kind, make):
    whole = make(MOST)
    assert len(whole) < 1.3 * MOST
    proposal, taken = offer(whole, name, kind)
    assert proposal.findings  # nothing is left out without a word
    if taken >= NOISE:  # what takes less than the noise says nothing of its growth
        half = offer(make(MOST // 2), name, kind)[1]
        assert taken < 3 * half + NOISE  # what grows with the square takes four times as long
