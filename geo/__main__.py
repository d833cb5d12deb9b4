"""Command line of the domain: ``python -m geo check [FOLDER]`` lists every problem of a data folder."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from geo import loading

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 when all is well, 1 when problems were found and listed, 2 for wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m geo", description="Check the data of the dashboard.")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="list every problem of a data folder, one a line")
    check.add_argument("folder", type=Path, nargs="?", default=Path("data"))
    check.add_argument("--format", choices=("text", "json"), default="text")
    options = parser.parse_args(arguments)
    problems = loading.check(loading.read(options.folder))
    if options.format == "json":
        print(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False))
    else:
        print("\n".join(map(str, problems)) or f"{options.folder}: no problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
