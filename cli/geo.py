"""Command line: ``python -m geo check`` lists every problem of a data folder, ``python -m geo export`` writes a view or the story to a file.

An entry point like ``app.py``, not a part of the domain: ``export`` opens the database and reads the browser files that the pages use.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import settings
from cli import output
from geo.data import house_layers, loading
from geo.data.raw import Raw
from geo.maps import house

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 when all is well, 1 when problems were found and listed, 2 for wrong usage."""
    output.prepare()
    parser = argparse.ArgumentParser(prog="python -m geo", description="Check or export the data of the dashboard.")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="list every problem in a data folder, one per line")
    check.add_argument("folder", type=Path, nargs="?", default=Path("data"))
    check.add_argument("--format", choices=("text", "json"), default="text")
    export = commands.add_parser(
        "export", help="export the briefing, or one view, to a file; the file extension sets the format"
    )
    export.add_argument(
        "file", type=Path, metavar="OUT", help="OUT.pptx, .pdf, .html, .handout.pdf, .png, .svg, .csv or .geojson"
    )
    export.add_argument(
        "--view", help='query string of a page, such as "metric=gdp&period=2023"; v=… selects a version of the data'
    )
    export.add_argument("--slide", help="export one slide of the briefing, by its ID")
    export.add_argument("--lang", choices=("en", "zh"), help="language (default: the view's, else zh)")
    export.add_argument(
        "--data", type=Path, metavar="FOLDER", help="read this data folder instead of the published data"
    )
    export.add_argument(
        "--address", help="address at which guests reach the dashboard, for the QR code (default: DASHBOARD_ADDRESS)"
    )
    export.add_argument("--format", choices=("text", "json"), default="text", help="format of the list of problems")
    options = parser.parse_args(arguments)
    if options.command == "check":
        found = loading.check(Raw.read(options.folder))
        layers = settings.layers_folder()
        found += house_layers.read(layers, house.ROLES)[1] if layers else []
        problems = list(map(asdict, found))
        return _report(problems, list(map(str, found)), options.format, f"{options.folder}: no problems")
    from cli import export as command  # noqa: PLC0415 - the check needs none of it

    try:
        done = command.run(options)
    except command.UsageError as error:
        parser.error(str(error))
    return _report([{"problem": text} for text in done.problems], list(done.problems), options.format, done.message)


def _report(problems: list[dict[str, object]], lines: Sequence[str], form: str, otherwise: str) -> int:
    """Print problems, a line each or as JSON; return the exit status."""
    if form == "json":
        print(json.dumps(problems, ensure_ascii=False))
    else:
        print("\n".join(lines) or otherwise)
    return 1 if problems else 0
