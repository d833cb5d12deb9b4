"""What ``python -m geo export`` does. Not a part of the domain but of the command line, which opens the database and reads the browser's files."""

import argparse
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import settings
from cli import uploads
from geo.briefing import build
from geo.briefing.export import formats
from geo.briefing.model import Deck
from geo.data import loading
from geo.errors import DataError
from geo.figures import measures
from geo.figures.data_version import DataVersion
from geo.figures.table import FigureTable
from geo.maps import house
from geo.view import PARAMETERS, Dropped, View, parse, to_query, version_asked
from store import StoreError
from store.reading.data_versions import DataVersions
from ui.static_files import PLAYER, PLAYER_STYLES, source

__all__ = ["Done", "UsageError", "run"]


class UsageError(ValueError):
    """The command was not used as it is meant to be."""


@dataclass(frozen=True)
class Done:
    """What came of a command."""

    message: str = ""
    problems: tuple[str, ...] = ()


def run(options: argparse.Namespace) -> Done:
    """Write a file.

    Raises
    ------
    UsageError
        If the ending is unknown, a view or slide is not understood, or both are asked for.
    """
    endings = [kind for kind in formats.FORMATS if options.file.name.lower().endswith("." + kind)]
    if not endings:
        raise UsageError(f"{options.file.name}: expected one of the extensions {', '.join(formats.FORMATS)}")
    if options.view is not None and options.slide:
        raise UsageError("--view and --slide: expected one of them")
    kind = max(endings, key=len)  # .handout.pdf is more than .pdf
    try:
        with _data_versions(options.data) as open_version:
            deck, language = _deck(options, open_version)
        job = formats.Maker(deck, options.lang or language, source, PLAYER, PLAYER_STYLES, _tell)
        options.file.write_bytes(formats.make(kind, job))
    except DataError as error:
        return Done(problems=tuple(map(str, error.problems)))
    except (StoreError, settings.SettingError, OSError) as error:
        return Done(problems=(str(error),))
    held = deck.scenes if formats.FORMATS[kind].story else deck.scenes[:1]
    return Done(message=f"{options.file}: {', '.join(scene.id for scene in held)}; {held[0].faces['en'].stamp}")


@contextmanager
def _data_versions(folder: Path | None) -> Iterator[build.OpenVersion]:
    """Yield what opens versions: those published, or a data folder as it is. The database is closed afterwards.

    Raises
    ------
    UsageError
        If there is no such folder.
    DataError
        If the folder has problems.
    StoreError
        If the database cannot be used.
    """
    if folder is not None and not folder.is_dir():
        raise UsageError(f"--data {folder}: expected a folder with data files")
    if folder is None:
        raw = replace(loading.checked(settings.data_folder()), house=house.open_folder(settings.layers_folder()))
        with uploads.opened() as store:
            yield DataVersions(store, raw)
        return
    atlas = replace(loading.load(folder), house=house.open_folder(settings.layers_folder()))
    data_version = DataVersion(atlas, measures.figures(atlas))
    yield lambda number: None if number else data_version


def _deck(options: argparse.Namespace, open_version: build.OpenVersion) -> tuple[Deck, str]:
    """Return the deck asked for, and the language of its view.

    Raises
    ------
    UsageError
        If a view or slide is not understood.
    StoreError
        If the database cannot be used, or no version in it can be read.
    """
    query = dict(parse_qsl((options.view or "").lstrip("?"), keep_blank_values=True))
    asked, base = version_asked(query), options.address or settings.public_address()
    data_version = open_version(asked)
    if data_version is None:
        raise UsageError(f"--view v={asked}: expected the number of a readable version; see python -m store history")
    view = _view(query, data_version.figure_table, asked)
    approval = settings.map_approval()
    if set(query) - {"v", "lang"}:
        address = f"{base.rstrip('/')}/?{urlencode(to_query(view))}" if base else ""
        return build.of_view(open_version, view, address=address, approval=approval), view.lang
    address = f"{base.rstrip('/')}/briefing{f'?v={asked}' if asked else ''}" if base else ""
    deck = build.build(open_version, locked=asked, address=address, approval=approval)
    if options.slide and options.slide not in [scene.id for scene in deck.scenes]:
        raise UsageError(f"--slide {options.slide}: expected one of {', '.join(scene.id for scene in deck.scenes)}")
    chosen = tuple(scene for scene in deck.scenes if options.slide in (None, scene.id))
    return replace(deck, scenes=chosen), view.lang


def _view(query: Mapping[str, str], figure_table: FigureTable, asked: int | None) -> View:
    """Return the view a query asks for; where it names a metric without a period, in the metric's best covered one.

    Raises
    ------
    UsageError
        If any part is not understood, or has no effect.
    """
    wrong = [
        Dropped(name, text, f"only the names {', '.join(PARAMETERS)}")
        for name, text in query.items()
        if name not in PARAMETERS
    ]
    if "breaks" in query and query.get("scheme") != "manual":
        wrong.append(Dropped("breaks", query["breaks"], "scheme=manual as well"))
    view, dropped = parse(query, figure_table, "zh", v=asked)
    if wrong := [*wrong, *dropped]:
        raise UsageError("; ".join(f"--view {d.parameter}={d.value}: expected {d.expected}" for d in wrong))
    return view


def _tell(share: float, what: str) -> None:
    """Show progress where somebody looks."""
    if sys.stderr.isatty():
        print(f"\r{share:4.0%} {what:60.60}", end="\n" if share >= 1 else "", file=sys.stderr, flush=True)
