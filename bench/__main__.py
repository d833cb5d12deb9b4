"""``python -m bench``: measure, print the table, write it to docs/benchmark.md."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser

from bench import report
from bench.servers import APPS, ROOT, Server, serving
from bench.visits import Reading, chromium, visit

PAGE = ROOT / "docs" / "benchmark.md"
FEWEST_RUNS = 5


def main(arguments: Sequence[str]) -> None:
    """Measure and report."""
    runs = _parse(arguments).runs
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        servers = [stack.enter_context(serving(app, folder)) for app in APPS]
        browser = stack.enter_context(chromium())
        readings = measure(browser, servers, runs)
        page = report.document(readings, arguments, browser.version)
    PAGE.write_text(page, encoding="utf-8")
    show(report.table(readings))
    print(f"\nMedians of {runs} runs. Written to {PAGE.relative_to(ROOT)}.")


def measure(browser: Browser, servers: Sequence[Server], runs: int) -> dict[str, list[Reading]]:
    """Visit every app in turn, again and again, and drop the first round.

    Returns
    -------
    Readings by name of the app, in the order of the runs.
    """
    readings: dict[str, list[Reading]] = {server.app.name: [] for server in servers}
    for number in range(runs + 1):
        for server in servers:
            print(
                f"\r{f'run {number} of {runs}' if number else 'warm-up'}: {server.app.name:10}", end="", file=sys.stderr
            )
            reading = visit(browser, server)
            if number:
                readings[server.app.name].append(reading)
    print("\r" + " " * 40 + "\r", end="", file=sys.stderr)
    return readings


def show(lines: Sequence[Sequence[str]]) -> None:
    """Print a table in columns."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        print("  ".join(map(str.ljust, line, widths)).rstrip())


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--runs", type=int, default=7, help=f"of each app, at least {FEWEST_RUNS} (default: 7)")
    parsed = parser.parse_args(arguments)
    if parsed.runs < FEWEST_RUNS:
        parser.error(f"medians of fewer than {FEWEST_RUNS} runs say little")
    return parsed


if __name__ == "__main__":
    main(sys.argv[1:])
