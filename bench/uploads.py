"""``python -m bench.uploads``: time and memory of reading, cleaning and checking a large upload, held against pandas.read_csv on the same file."""

import argparse
import gc
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from itertools import islice, product
from pathlib import Path
from statistics import median

import pandas as pd

from bench.servers import ROOT
from geo.changes import checks, merge, proposal
from geo.data import loading
from geo.data.raw import Raw
from geo.schema import Atlas
from geo.uploads import cleaning, reading
from geo.uploads.model import Choices, Finding, Upload

__all__ = ["main"]

PAGE = ROOT / "docs" / "benchmark-uploads.md"
ROWS, FEWEST_RUNS = 20_000, 5
TIME_LIMIT, MEMORY_LIMIT = 4.0, 6.0  # times pandas.read_csv; times the file
HEADER = "区,指标,时期,数值,单位,来源,备注\n"
METRICS = 20  # beside the catalogue's own, so that every row can have a key of its own
PACKAGES = ("pandas", "pyarrow", "numpy")
PARTS = ("", "H1", "H2", "Q1", "Q2", "Q3", "Q4")


NOTES = """\
- The file: {rows:,} rows of district, figure, period, value, unit, source and note, in UTF-8; one value in ten is quoted with a thousands
  separator, half the values are in 万元 and are converted. Every row has a key of its own; twenty metrics were added to the catalogue for that.
- *Ours* reads, cleans and checks it (`geo.uploads.reading`, `cleaning`, `checks`) as the desk does before it shows its findings; merging, the
  check of the whole folder and the effects come on top and are the line below. *pandas* is `pandas.read_csv(file)` with no option.
- Each measurement is a process of its own that has imported everything and has read a small file first. Processes take turns: ours, pandas,
  ours, … Ratios are taken within a turn, and their median counts.
- Memory is the peak of the resident set since just before the file was opened (`VmHWM`, reset by `/proc/self/clear_refs`), the file's own
  bytes included.
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


def write_upload(path: Path, rows: int) -> None:
    """Write an indicator file of so many rows, each with a key of its own; a tenth of the values in a form that needs cleaning."""
    districts = list(loading.load(ROOT / "data").districts["name_zh"])
    keys = product(range(1950, 2100), PARTS, range(METRICS), districts)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        file.write(HEADER)
        for number, (year, part, metric, district) in enumerate(islice(keys, rows)):
            whole = 1000 + number % 9973
            value = f'"{whole:,}"' if number % 10 == 0 else f"{whole}.{number % 89:02}"
            unit = "万元" if metric % 2 else "亿元"
            file.write(f"{district},试验指标{metric},{year}{part},{value},{unit},ranking-2023,\n")


def with_pandas(path: Path, raw: Raw, atlas: Atlas) -> None:
    """Do what everything is held against."""
    del raw, atlas
    pd.read_csv(path)


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


WORK: dict[str, Callable[[Path, Raw, Atlas], object]] = {"ours": cleaned, "pandas": with_pandas, "whole": proposed}


def measure(name: str, file: Path, small: Path) -> None:
    """In a process of its own: do the work once, and print seconds and bytes."""
    raw = folder_as_read()
    atlas = loading.typed(raw)
    WORK[name](small, raw, atlas)
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before, begun = _peak(), time.perf_counter()
    WORK[name](file, raw, atlas)
    print(json.dumps({"seconds": time.perf_counter() - begun, "bytes": _peak() - before}))


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


def document(turns: Sequence[dict[str, dict[str, float]]], size: int) -> str:
    """Return the page: medians and ratios against the targets."""
    ours, pandas, whole = ([turn[name] for turn in turns] for name in WORK)
    time_ratio = median(one["seconds"] / other["seconds"] for one, other in zip(ours, pandas, strict=True))
    whole_ratio = median(one["seconds"] / other["seconds"] for one, other in zip(whole, pandas, strict=True))
    memory = median(one["bytes"] for one in ours) / size
    lines = [
        "# Benchmark of uploads",
        "",
        "Written by `make bench`; change nothing here by hand.",
        "",
        "|  | ours | pandas.read_csv | ratio | target |  |",
        "|---|--:|--:|--:|--:|---|",
        f"| read, clean and check | {_ms(ours)} | {_ms(pandas)} | {time_ratio:.2f} × | ≤ {TIME_LIMIT:.0f} × | {_verdict(time_ratio, TIME_LIMIT)} |",
        f"| peak memory | {_mb(ours)} | {_mb(pandas)} | {memory:.2f} × the file | ≤ {MEMORY_LIMIT:.0f} × the file | {_verdict(memory, MEMORY_LIMIT)} |",
        f"| all up to the offer to publish | {_ms(whole)} | {_ms(pandas)} | {whole_ratio:.2f} × |  |  |",
        "",
        f"Medians of {len(turns)} turns, measured on {date.today()} by `python -m bench.uploads --runs {len(turns)}`, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, {', '.join(f'{name} {version(name)}' for name in PACKAGES)}; the file has {size / 1e6:.1f} MB.",
        "",
        NOTES.format(rows=ROWS),
    ]
    return "\n".join(lines)


def _ms(readings: Sequence[dict[str, float]]) -> str:
    """Return the median time for reading."""
    return f"{1000 * median(reading['seconds'] for reading in readings):,.0f} ms"


def _mb(readings: Sequence[dict[str, float]]) -> str:
    """Return the median memory for reading."""
    return f"{median(reading['bytes'] for reading in readings) / 1e6:,.0f} MB"


def _verdict(ratio: float, limit: float) -> str:
    """Return whether a target was met."""
    return "met" if ratio <= limit else "missed"


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
        file, small = Path(folder) / "upload.csv", Path(folder) / "small.csv"
        write_upload(file, ROWS)
        write_upload(small, 100)
        turns = [{name: _measured(name, file, small) for name in WORK} for _ in range(parsed.runs)]
        page = document(turns, file.stat().st_size)
    PAGE.write_text(page, encoding="utf-8")
    print(page.split("\n- ", maxsplit=1)[0])


if __name__ == "__main__":
    main(sys.argv[1:])
