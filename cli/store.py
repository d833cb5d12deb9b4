"""Command line of the data versions: ``python -m store check|publish|propose|history|restore|backup|restore-backup``."""

import argparse
import getpass
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from cli import output, proposing, store_commands
from geo.changes.merge import NewSource
from geo.changes.new_sources import new_source
from geo.errors import DataError, SourceError
from geo.schema import QUALITIES
from geo.uploads.model import KINDS, MODES, Choices
from settings import SettingError
from store.errors import StoreError

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 when all is well, 1 when problems were found and listed, 2 for wrong usage."""
    output.prepare()
    parser = _parser()
    options = parser.parse_args(arguments)
    for file in getattr(options, "files", [options.file] if "file" in options else []):
        if not file.is_file():
            parser.error(f"no such file: {file}")
    if "to" in options and options.to.exists() and not options.force:
        parser.error(f"{options.to} already exists; use --force to overwrite it")
    if "mode" in options and options.mode == "replace_period" and options.kind != "indicators":
        parser.error(f"{options.kind} have no periods to replace; use --mode update or replace_all")
    if "new_source" in options:
        options.added = _new_source(parser, options)
    try:
        status = int(options.run(options))
        sys.stdout.flush()
        return status
    except BrokenPipeError:  # whoever read the output has seen enough, as head has
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (StoreError, SettingError, DataError, OSError) as error:
        print(error, file=sys.stderr)
        return 1


def _new_source(parser: argparse.ArgumentParser, options: argparse.Namespace) -> NewSource | None:
    """Return the source that the options describe, to be added with the figures; None where they describe none."""
    if options.new_source is None:
        if options.source_date or options.source_address:
            parser.error("--source-date and --source-address describe a new source; use --new-source too")
        return None
    publisher, document = map(str.strip, options.new_source)
    try:
        return new_source(publisher, document_zh=document, date=options.source_date, address=options.source_address)
    except SourceError as error:
        return parser.error(f"{error} Found: {[*options.new_source, options.source_date, options.source_address]}")


def _parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = argparse.ArgumentParser(prog="python -m store", description="Check, publish and restore data versions.")
    entries = parser.add_subparsers(required=True)
    shape = argparse.ArgumentParser(add_help=False)
    shape.add_argument("--format", choices=("text", "json"), default="text")
    signed = argparse.ArgumentParser(add_help=False)
    signed.add_argument("--note", required=True, help="reason, for the history")
    signed.add_argument("--author", default=_user(), help="author, for the history; default: %(default)s")
    said, file = _file_options(), _one_file()

    check = entries.add_parser("check", parents=[file, said, shape], help="list the problems in a file, one per line")
    check.set_defaults(run=store_commands.check)
    publish = entries.add_parser("publish", parents=[file, said, shape, signed], help="publish the data in a file")
    publish.set_defaults(run=store_commands.publish)
    propose = entries.add_parser(
        "propose",
        parents=[said, shape, signed],
        help="put files before a reviewer, each as a draft; publishes nothing",
        description="Check files as check does, and store a draft of each that has no error. Warnings do not stop a draft: the reviewer decides.",
    )
    propose.add_argument(
        "files", metavar="FILE", nargs="+", type=Path, help="CSV, TSV, XLSX, XLS, XLSB, ODS, or a web page with a table"
    )
    propose.set_defaults(run=proposing.propose)
    history = entries.add_parser("history", parents=[shape], help="list versions, latest first")
    history.add_argument("--limit", type=_number, default=20)
    history.set_defaults(run=store_commands.history)
    restore = entries.add_parser("restore", parents=[signed], help="restore an earlier version")
    restore.add_argument("version", type=_number)
    restore.set_defaults(run=store_commands.restore)
    _add_backups(entries)
    return parser


def _number(text: str) -> int:
    """Return a number that a database can hold."""
    number = int(text)
    if abs(number) >= 2**63:
        raise argparse.ArgumentTypeError(f"there is nothing of number {text}")
    return number


def _user() -> str:
    """Return who runs the command: a name, or the number where the system has no name for it, as in a container."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"


def _add_backups(entries: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands for the database as a whole."""
    backup = entries.add_parser("backup", help="back up the whole database to a file; the dashboard may be running")
    backup.add_argument("to", type=Path, help="the file to write")
    backup.add_argument("--force", action="store_true", help="overwrite an existing file")
    backup.set_defaults(run=store_commands.backup)
    restore = entries.add_parser(
        "restore-backup",
        help="restore the database from a backup, while the dashboard is stopped",
        description="Put a backup in the place of the database. Stop every copy of the dashboard first: one that runs is seen "
        "and nothing is changed, but not where the SQLite file is gone or damaged.",
    )
    restore.add_argument("file", metavar="from", type=Path, help="file written by backup")
    restore.set_defaults(run=store_commands.restore_backup)


def _one_file() -> argparse.ArgumentParser:
    """Return the file of a command that takes one, and the answer to its warnings."""
    options = argparse.ArgumentParser(add_help=False)
    options.add_argument("file", type=Path, help="CSV, TSV, XLSX, XLS, XLSB, ODS, or a web page with a table")
    options.add_argument("--yes", action="store_true", help="acknowledge warnings")
    return options


def _file_options() -> argparse.ArgumentParser:
    """Return what can be said of a file that does not say it itself."""
    options = argparse.ArgumentParser(add_help=False)
    options.add_argument("--kind", choices=KINDS, default="indicators")
    options.add_argument("--mode", choices=MODES, default="update", help="what to do with rows missing from the file")
    options.add_argument("--period", default="", help="such as 2024, 2024H1 or 2024M05, for a file without periods")
    options.add_argument(
        "--district", default="", help="adcode, for a file about one district without a district column"
    )
    options.add_argument("--metric", default="", help="ID in metrics.toml, for a file without metric names")
    options.add_argument("--unit", default="", help="unit of the values, for a file without units")
    source = options.add_mutually_exclusive_group()
    source.add_argument("--source", default="", help="ID in sources.csv, for rows without a source")
    source.add_argument(
        "--new-source",
        nargs=2,
        metavar=("PUBLISHER", "DOCUMENT"),
        help="a source not in the list, for rows without one",
    )
    options.add_argument("--source-date", default="", help="date of the new source's document, such as 2024-03")
    options.add_argument("--source-address", default="", help="web address of the new source")
    options.add_argument(
        "--quality", choices=QUALITIES, default=Choices.quality, help="of figures without one; default: %(default)s"
    )
    options.add_argument("--encoding", default="", help="default: detected")
    options.add_argument(
        "--sheet", default="", help="default: the first sheet with a table; '*': all with a table, read together"
    )
    return options
