"""Readings to a table: medians, ratios run by run, targets."""

import os
import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from statistics import median

from bench.visits import QUIET, Reading

__all__ = ["document", "table"]

PACKAGES = ("streamlit", "streamlit-folium", "folium", "geopandas", "pandas", "playwright")
HEADER = ("", "ours", "tutorial", "floor", "ours / other, run by run: median (range)", "target", "")
Readings = Mapping[str, Sequence[Reading]]  # by name of the app, in the order of the runs


@dataclass(frozen=True)
class Measure:
    """One line of the table: what is compared with what, and how large the ratio may be."""

    title: str
    value: Callable[[Reading], float | None]
    unit: str = "ms"
    other: str = ""  # app the ratio is taken to
    limit: float = 0.0  # of the ratio; 0 for none


MEASURES = (
    Measure("first map painted, empty cache", lambda r: r.first_map, other="floor", limit=1.25),
    Measure("filter change → shapes recoloured", lambda r: r.filter_changed, other="tutorial", limit=0.35),
    Measure("filter change → colours at rest", lambda r: r.filter_rested, other="tutorial"),
    Measure("click on a shape → its name in the figures", lambda r: r.click, other="tutorial", limit=0.35),
    Measure("websocket, received for a filter change", lambda r: r.filter_bytes, "bytes", other="tutorial", limit=0.1),
)
RERUN_TITLE, RERUN_LIMIT = "Python, warm rerun", 25.0  # ms

NOTES = f"""\
- Each app has a Streamlit server of its own with this repository's settings. Runs go ours, tutorial, floor, ours, … after one
  warm-up each, so that drift of the machine meets all alike; ratios are taken within a run, and their median counts.
- Each run is a new browser context with an empty cache. Times are taken inside the page, once a frame, from the browser's own time
  of the click (or start of the navigation); no message between Python and browser is part of them.
- The filter change and the click that count come after two changes that do not, so that browser and server have compiled what
  they run; the first map is the first of a cold browser.
- *Recoloured* is the first frame in which the fills are others; *at rest* is when a transition of colours, if any, has ended.
- *Bytes* are those of all messages from the server until it has been silent for {QUIET} ms, second reruns included.
- *Python, warm rerun* is the time of every script run that the filter change and the click caused, with the garbage collection that
  Streamlit does at its end. The tutorial's is given for comparison.
- The tutorial app (`bench/apps/tutorial.py`) reads, joins and rebuilds its map in each run, on the same data. It has no tiles and
  takes Leaflet alone, from its own server instead of a CDN and kept by the browser as from a CDN, which spares it work.
- The floor (`bench/apps/floor.py`) is Streamlit with one empty map.
"""


def table(readings: Readings) -> list[tuple[str, ...]]:
    """Return the lines of the table, the header first.

    Parameters
    ----------
    readings
        Of every app, all with the same number of runs.
    """
    return [HEADER, *(_line(measure, readings) for measure in MEASURES), _rerun_line(readings)]


def document(readings: Readings, arguments: Sequence[str], browser: str) -> str:
    """Return the page for the documentation.

    Parameters
    ----------
    readings
        As for :func:`table`.
    arguments
        Of the command line.
    browser
        Version of Chromium.
    """
    lines = [f"| {' | '.join(line)} |" for line in table(readings)]
    lines.insert(1, "|---|--:|--:|--:|--:|--:|---|")
    runs = len(readings["ours"])
    versions = ", ".join(f"{package} {version(package)}" for package in PACKAGES)
    return "\n".join([
        "# Benchmark", "",
        "Written by `make bench`; change nothing here by hand.", "",
        *lines, "",
        f"Medians of {runs} runs each, measured on {date.today().isoformat()} by `{' '.join(('python -m bench', *arguments))}`, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, Chromium {browser}, {versions}.", "",
        NOTES,
    ])  # fmt: skip


def _line(measure: Measure, readings: Readings) -> tuple[str, ...]:
    """Return one comparison."""
    values = {app: [measure.value(reading) for reading in of_app] for app, of_app in readings.items()}
    medians = [_amount(_known(values[app]), measure.unit) for app in ("ours", "tutorial", "floor")]
    pairs = zip(values["ours"], values[measure.other], strict=True)
    ratios = [ours / other for ours, other in pairs if ours is not None and other]
    if not ratios:
        return (measure.title, *medians, "", "", "not measured")
    ratio = median(ratios)
    shown = f"{ratio:.3f} × {measure.other} ({min(ratios):.3f}–{max(ratios):.3f})"
    if not measure.limit:
        return (measure.title, *medians, shown, "", "")
    return (measure.title, *medians, shown, f"≤ {measure.limit:g} × {measure.other}", _verdict(ratio, measure.limit))


def _rerun_line(readings: Readings) -> tuple[str, ...]:
    """Return the line of Python's own time, which has a target in milliseconds."""
    reruns = {app: [ms for reading in of_app for ms in reading.reruns] for app, of_app in readings.items()}
    medians = [_amount(reruns[app], "ms", decimals=1) for app in ("ours", "tutorial", "floor")]
    verdict = _verdict(median(reruns["ours"]), RERUN_LIMIT) if reruns["ours"] else "not measured"
    return (RERUN_TITLE, *medians, "", f"≤ {RERUN_LIMIT:g} ms", verdict)


def _known(values: Sequence[float | None]) -> list[float]:
    """Return the values that were measured."""
    return [value for value in values if value is not None]


def _amount(values: Sequence[float], unit: str, decimals: int = 0) -> str:
    """Return the median with its unit."""
    return f"{median(values):,.{decimals}f} {unit}" if values else "—"


def _verdict(value: float, limit: float) -> str:
    """Return whether a target was met."""
    return "met" if value <= limit else "missed"
