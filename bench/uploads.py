"""``python -m bench.uploads``: time and memory of reading, cleaning and checking a large upload, as CSV and as XLSX, up to the offer to publish."""

import argparse
import csv
import gc
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from itertools import islice, product
from pathlib import Path
from statistics import median

import openpyxl
import pandas as pd

from bench.servers import ROOT
from geo.changes import checks, merge, proposal
from geo.data import loading
from geo.data.raw import Raw
from geo.schema import Atlas
from geo.uploads import cleaning
from geo.uploads.bounds import MAX_ROWS
from geo.uploads.model import Choices, Finding, Upload
from geo.uploads.read import reading

__all__ = ["main"]

PAGE = ROOT / "docs" / "benchmark-uploads.md"
ROWS, FEWEST_RUNS = 20_000, 5
CHECKED_LIMIT, OFFERED_LIMIT, WORKER_LIMIT = 1.0, 2.5, 300  # seconds, seconds, MB
HEADER = ("区", "指标", "时期", "数值", "单位", "来源", "备注")
METRICS = 10  # beside the catalogue's own, so that every row can have a key of its own
PACKAGES = ("pandas", "python-calamine")
PARTS = ("", "H1", "H2", "Q1", "Q2", "Q3", "Q4")


NOTES = """\
- The file: {rows:,} rows of district, figure, period, value, unit, source and note; one value in ten is a text with a thousands separator, half the
  values are in 万元 and are converted. Every row has a key of its own; ten metrics were added to the catalogue for that. Eleven districts with all
  metrics in all periods of ten years come to some 8,000 rows; above {most:,} a file is refused.
- *Checked*: read in a worker of its own, whose start is part of it, cleaned and checked (`geo.uploads.read.reading`, `cleaning`, `geo.changes.checks`), as
  the desk does before it shows its findings. *Offered*: merged with the data of today, the whole folder checked, the effects worked out.
- Each measurement is a process of its own that has imported everything and has read a small file first. Processes take turns. pandas reads the same
  file with `pandas.read_csv` or `pandas.read_excel(engine="calamine")`, for comparison.
- The worker's memory is its largest resident set (`RUSAGE_CHILDREN`); the server's is how much its own grew at most (`VmHWM`, reset by
  `/proc/self/clear_refs`), the bytes of the file included.
"""


def folder_as_read() -> Raw:
    """Return the shipped folder with some more metrics of money, for which every district and period is free."""
    raw = Raw.read(ROOT / "data")
    names = {f"trial_{number}": f"试验指标{number}" for number in range(METRICS)}
    more = {
        id_: raw.catalogue["gdp"] | {"name_zh": name, "name_en": id_, "aliases": [], "breaks": []}
        for id_, name in names.items()
    }
    return replace(raw, catalogue=raw.catalogue | more)


def rows(count: int) -> Iterator[tuple[str, ...]]:
    """Yield rows of an indicator file, each with a key of its own; a tenth of the values in a form that needs cleaning."""
    districts = list(loading.load(ROOT / "data").districts["name_zh"])
    keys = product(range(1950, 2024), PARTS, range(METRICS), districts)
    for number, (year, part, metric, district) in enumerate(islice(keys, count)):
        whole = 1000 + number % 9973
        value = f"{whole:,}" if number % 10 == 0 else f"{whole}.{number % 89:02}"
        unit = "万元" if metric % 2 else "亿元"
        yield district, f"试验指标{metric}", f"{year}{part}", value, unit, "ranking-2023", ""


def write_upload(path: Path, count: int) -> None:
    """Write an indicator file of so many rows, as its name says."""
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([HEADER, *rows(count)])
        return
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("数据")
    for row in [HEADER, *rows(count)]:
        sheet.append([float(cell) if cell[:1].isdigit() and "." in cell else cell for cell in row])
    book.save(path)


def with_pandas(path: Path, raw: Raw, atlas: Atlas) -> None:
    """Read a file with pandas alone."""
    del raw, atlas
    if path.suffix == ".csv":
        pd.read_csv(path)
    else:
        pd.read_excel(path, engine="calamine")


def cleaned(path: Path, raw: Raw, atlas: Atlas) -> tuple[Upload, tuple[Finding, ...]]:
    """Read, clean and check a file."""
    read = reading.read(path.read_bytes(), path.name)
    upload = cleaning.clean(read, path.name, "indicators", atlas, Choices())
    current = raw.tables["indicators.csv"]

    def merged() -> pd.DataFrame:
        return merge.merge(current, merge.as_stored(upload.table, "indicators"), "indicators", "update")

    return upload, checks.find(upload, atlas, "update", merged, frozenset(raw.tables["sources.csv"]["source_id"]))


def proposed(path: Path, raw: Raw, atlas: Atlas) -> None:
    """Do everything up to the offer to publish."""
    read = reading.read(path.read_bytes(), path.name)
    upload = cleaning.clean(read, path.name, "indicators", atlas, Choices())
    proposal.propose(raw, atlas, upload, "update")


WORK: dict[str, Callable[[Path, Raw, Atlas], object]] = {"checked": cleaned, "offered": proposed, "pandas": with_pandas}


def measure(name: str, file: Path, small: Path) -> None:
    """In a process of its own: do the work once, and print seconds and bytes."""
    raw = folder_as_read()
    atlas = loading.typed(raw)
    WORK[name](small, raw, atlas)
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before, begun = _peak(), time.perf_counter()
    WORK[name](file, raw, atlas)
    seconds = time.perf_counter() - begun
    worker = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    print(json.dumps({"seconds": seconds, "bytes": _peak() - before, "worker": worker}))


def _peak() -> int:
    """Return the peak of this process's resident set, bytes."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


def _measured(name: str, file: Path, small: Path) -> dict[str, float]:
    """Measure in a process of its own."""
    command = [sys.executable, "-m", "bench.uploads", "--measure", name, str(file), str(small)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 (our own command)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _turns(folder: Path, kind: str, runs: int) -> list[dict[str, dict[str, float]]]:
    """Measure with one kind of file, in turns."""
    file, small = folder / f"upload.{kind}", folder / f"small.{kind}"
    write_upload(file, ROWS)
    write_upload(small, 100)
    return [{name: _measured(name, file, small) for name in WORK} for _ in range(runs)]


def document(found: dict[str, Sequence[dict[str, dict[str, float]]]]) -> str:
    """Return the page: medians against the targets, for each kind of file."""
    runs = len(next(iter(found.values())))
    lines = [
        "# Benchmark of uploads",
        "",
        "Written by `make bench`; change nothing here by hand.",
        "",
        f"| {ROWS:,} rows as | {' | '.join(kind.upper() for kind in found)} | target |  |",
        f"|---|{'--:|' * len(found)}--:|---|",
        _line("checked", found, lambda turn: turn["checked"]["seconds"], "s", CHECKED_LIMIT),
        _line("offered", found, lambda turn: turn["offered"]["seconds"], "s", OFFERED_LIMIT),
        _line("the worker's memory", found, lambda turn: turn["checked"]["worker"] / 1e6, "MB", WORKER_LIMIT),
        _line("the server's memory", found, lambda turn: turn["checked"]["bytes"] / 1e6, "MB"),
        _line(
            "checked / pandas alone", found, lambda turn: turn["checked"]["seconds"] / turn["pandas"]["seconds"], "×"
        ),
        "",
        f"Medians of {runs} turns, measured on {date.today()} by `python -m bench.uploads --runs {runs}`, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, {', '.join(f'{name} {version(name)}' for name in PACKAGES)}.",
        "",
        NOTES.format(rows=ROWS, most=MAX_ROWS),
    ]
    return "\n".join(lines)


def _line(
    name: str,
    found: dict[str, Sequence[dict[str, dict[str, float]]]],
    of: Callable[[dict[str, dict[str, float]]], float],
    unit: str,
    limit: float | None = None,
) -> str:
    """Return a line of the table, with whether its target was met by all kinds of file."""
    medians = [median(map(of, turns)) for turns in found.values()]
    shown = " | ".join(f"{value:,.2f} {unit}" if unit != "MB" else f"{value:,.0f} MB" for value in medians)
    if limit is None:
        return f"| {name} | {shown} |  |  |"
    verdict = "met" if max(medians) <= limit else "missed"
    return f"| {name} | {shown} | ≤ {limit:g} {unit} | {verdict} |"


def main(arguments: Sequence[str]) -> None:
    """Measure in turns and write the page."""
    parser = argparse.ArgumentParser(prog="python -m bench.uploads", description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--measure", nargs=3, metavar=("NAME", "FILE", "SMALL"), help=argparse.SUPPRESS)
    parsed = parser.parse_args(arguments)
    if parsed.measure:
        name, file, small = parsed.measure
        measure(name, Path(file), Path(small))
        return
    if parsed.runs < FEWEST_RUNS:
        parser.error(f"medians of fewer than {FEWEST_RUNS} runs say little")
    with tempfile.TemporaryDirectory() as folder:
        found = {kind: _turns(Path(folder), kind, parsed.runs) for kind in ("csv", "xlsx")}
    page = document(found)
    PAGE.write_text(page, encoding="utf-8")
    print(page.split("\n- ", maxsplit=1)[0])


if __name__ == "__main__":
    main(sys.argv[1:])
