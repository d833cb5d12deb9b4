"""``python -m bench.briefing``: how soon the next slide is there, how the camera moves, and how long the files of the story take."""

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date
from importlib.metadata import version
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser

from bench.servers import APPS, ROOT, Server, serving
from bench.visits import chromium
from geo.briefing import build
from geo.briefing.export import formats
from geo.briefing.export.formats import Maker
from geo.briefing.model import Deck
from geo.data import loading
from geo.figures import measures
from geo.figures.data_version import DataVersion
from ui.static_files import PLAYER, PLAYER_STYLES, source

__all__ = ["main"]

PAGE = ROOT / "docs" / "benchmark-briefing.md"
PROBE = (Path(__file__).resolve().parent / "probe-briefing.js").read_text(encoding="utf-8").partition("() => {")[2]
FEWEST_RUNS = 3
SLIDES = 12  # that the targets are stated for
WALL = {"width": 1920, "height": 1080}
LATE = 34.0  # ms between two frames: more than two of a screen of 60 Hz
KEY_LIMIT, FILE_LIMITS = 150.0, {"pptx": 3.0, "html": 2.0, "pdf": None}
PACKAGES = ("streamlit", "python-pptx", "typst", "playwright")

NOTES = f"""\
- *Next slide*: from the browser's own time of the key to the start of the frame after the one that shows the new title, sentence, chart and
  colours; {WALL["width"]} × {WALL["height"]}, software rendering, after the story was gone through once.
- *Camera*: every frame from the key until the camera rests. *Late* is a frame more than {LATE:.0f} ms after the one before; *empty* one without a
  district drawn; *rebuilt* whether the map's element was another one at any time. The first three must be what they are on a machine without a
  graphics card; the last two must be none.
- *Files*: the function that the page and the command line call, on the shipped story with its first slide repeated up to {SLIDES}, after it was
  called once. *Import* is the first call of the process, which loads the drawing library.
"""


@dataclass
class Keys:
    """What pressing keys measured."""

    painted: list[float] = field(default_factory=list)  # ms
    gaps: list[float] = field(default_factory=list)  # ms between frames
    empty: int = 0
    rebuilt: int = 0


def main(arguments: Sequence[str]) -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(prog="python -m bench.briefing", description=__doc__)
    parser.add_argument(
        "--runs", type=int, default=5, help=f"through the story, and of each file; at least {FEWEST_RUNS}"
    )
    runs = parser.parse_args(arguments).runs
    if runs < FEWEST_RUNS:
        parser.error(f"medians of fewer than {FEWEST_RUNS} runs say little")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(serving(APPS[0], folder))
        keys = press(stack.enter_context(chromium()), server, runs)
    files = {kind: write(kind, runs) for kind in FILE_LIMITS}
    page = document(keys, files, arguments)
    PAGE.write_text(page, encoding="utf-8")
    print(page.partition("\n\n-")[0])


def press(browser: Browser, server: Server, runs: int) -> Keys:
    """Go through the story, once to warm up and then ``runs`` times, and note every key."""
    page = browser.new_context(viewport=WALL, locale="en-GB").new_page()
    page.goto(f"{server.url}/briefing?lang=en")
    page.locator(".show[data-camera=still]").wait_for()
    page.evaluate("() => {" + PROBE)
    slides = page.evaluate("() => Number(document.querySelector('.show .count').textContent.split('/')[1])")
    found = Keys()
    for number in range(runs + 1):
        for key in ["ArrowRight"] * (slides - 1) + ["Home"]:
            page.evaluate("() => { window.pressed = window.benchKey(); }")
            page.keyboard.press(key)
            reading = page.evaluate("() => window.pressed")
            if number:
                found.painted.append(reading["painted"])
                found.gaps += reading["gaps"]
                found.empty += reading["empty"]
                found.rebuilt += reading["rebuilt"]
    return found


def write(kind: str, runs: int) -> tuple[float, list[float], int]:
    """Return seconds of the first call, seconds of each later one, and the size of a file in bytes."""
    job = Maker(_deck(), "zh", source, PLAYER, PLAYER_STYLES, lambda _share, _what: None)
    first, content = _timed(lambda: formats.make(kind, job))
    return first, [_timed(lambda: formats.make(kind, job))[0] for _ in range(runs)], len(content)


def _deck() -> Deck:
    """Return the shipped story with as many slides as the targets are stated for."""
    atlas = loading.load(ROOT / "data")
    data_version = DataVersion(atlas, measures.figures(atlas), 1, date.today().isoformat())
    deck = build.build(lambda _number: data_version, address="http://192.0.2.1:8501/briefing")
    scenes = (deck.scenes * 2)[:SLIDES]
    return replace(deck, scenes=scenes)


def _timed(call: Callable[[], bytes]) -> tuple[float, bytes]:
    """Return the seconds a call takes, and its result."""
    start = time.perf_counter()
    result = call()
    return time.perf_counter() - start, result


def document(keys: Keys, files: dict[str, tuple[float, list[float], int]], arguments: Sequence[str]) -> str:
    """Return the page for the documentation."""
    next_slide, late = median(keys.painted), sum(gap > LATE for gap in keys.gaps)
    lines = [
        ("", "median", "range", "target", ""),
        (
            "next slide painted",
            f"{next_slide:.0f} ms",
            f"{min(keys.painted):.0f}–{max(keys.painted):.0f} ms",
            f"≤ {KEY_LIMIT:.0f} ms",
            _met(next_slide <= KEY_LIMIT),
        ),
        (
            "camera: between frames",
            f"{median(keys.gaps):.1f} ms",
            f"{min(keys.gaps):.1f}–{max(keys.gaps):.1f} ms",
            "",
            f"{late} of {len(keys.gaps)} late",
        ),
        ("camera: frames without map", f"{keys.empty}", "", "0", _met(not keys.empty and not keys.rebuilt)),
    ]
    lines += [_file_line(kind, *files[kind]) for kind in files]
    rows = [f"| {' | '.join(line)} |" for line in lines]
    rows.insert(1, "|---|--:|--:|--:|---|")
    versions = ", ".join(f"{package} {version(package)}" for package in PACKAGES)
    return "\n".join([
        "# Benchmark of the briefing", "",
        "Written by `make bench`; change nothing here by hand.", "",
        *rows, "",
        f"{len(keys.painted)} keys and {len(files['html'][1])} files of each kind, measured on {date.today().isoformat()} by "
        f"`{' '.join(('python -m bench.briefing', *arguments))}`, {os.cpu_count()} cores, Python {platform.python_version()}, {versions}.", "",
        NOTES,
    ])  # fmt: skip


def _file_line(kind: str, first: float, later: list[float], size: int) -> tuple[str, ...]:
    """Return the line of one kind of file: seconds of the first call and of later ones, bytes."""
    limit, times = FILE_LIMITS[kind], f"{min(later):.2f}–{max(later):.2f} s; first {first:.2f} s"
    target = (f"≤ {limit:.0f} s", _met(median(later) <= limit)) if limit else ("", "")
    return (f"{kind.upper()} of {SLIDES} slides, {size / 1000:,.0f} kB", f"{median(later):.2f} s", times, *target)


def _met(good: bool) -> str:
    """Return whether a target is met, for reading."""
    return "met" if good else "missed"


if __name__ == "__main__":
    main(sys.argv[1:])
