"""A deck as a file to hand over: one table of formats, for the pages and the command line alike."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from geo.briefing.export.webpage import Read, single_page
from geo.briefing.model import Deck
from geo.figures import export
from geo.schema import PAIR

__all__ = ["FORMATS", "Format", "Maker", "file_name", "make"]

Tell = Callable[[float, str], object]  # share done, what is being made


@dataclass(frozen=True)
class Maker:
    """What a format is made from."""

    deck: Deck
    language: str
    read: Read  # a browser file's text by its name
    player: tuple[str, ...]
    styles: tuple[str, ...]
    tell: Tell


@dataclass(frozen=True)
class Format:
    """One kind of file."""

    mime: str
    story: bool  # whether it holds all slides; the others show the deck's first
    make: Callable[[Maker], bytes]


# Drawing libraries are imported when they are needed: the start of the server does not wait for them.
def _pptx(job: Maker) -> bytes:
    from geo.briefing.export.pptx.presentation import deck_pptx  # noqa: PLC0415

    return deck_pptx(job.deck, job.language, job.tell)


def _pdf(job: Maker) -> bytes:
    from geo.briefing.export.pdf import slides_pdf  # noqa: PLC0415

    return slides_pdf(job.deck, job.language, job.tell)


def _handout(job: Maker) -> bytes:
    from geo.briefing.export.pdf import handout_pdf  # noqa: PLC0415

    return handout_pdf(job.deck, job.deck.scenes[0], job.language, job.tell)


def _png(job: Maker) -> bytes:
    from geo.briefing.export.pdf import sheet_png  # noqa: PLC0415

    return sheet_png(job.deck, job.deck.scenes[0], job.language, progress=job.tell)


def _svg(job: Maker) -> bytes:
    from geo.briefing.export.sheet import sheet_svg  # noqa: PLC0415

    return sheet_svg(job.deck, job.deck.scenes[0], job.language).encode()


def _html(job: Maker) -> bytes:
    return single_page(job.deck, job.language, job.read, job.player, job.styles)


def _csv(job: Maker) -> bytes:
    data_version, view = job.deck.data_version, job.deck.scenes[0].view
    figures, version = view.figures(data_version.figure_table), data_version.words(job.language)
    return export.figures_csv(figures, data_version.atlas, view.metric, job.language, version)


def _geojson(job: Maker) -> bytes:
    data_version, view = job.deck.data_version, job.deck.scenes[0].view
    figures, version = view.figures(data_version.figure_table), data_version.words(job.language)
    return export.figures_geojson(figures, data_version.atlas, view.metric, view.column, job.language, version)


FORMATS: Mapping[str, Format] = {
    "pptx": Format("application/vnd.openxmlformats-officedocument.presentationml.presentation", True, _pptx),
    "pdf": Format("application/pdf", True, _pdf),
    "html": Format("text/html", True, _html),
    "handout.pdf": Format("application/pdf", False, _handout),
    "png": Format("image/png", False, _png),
    "svg": Format("image/svg+xml", False, _svg),
    "csv": Format("text/csv", False, _csv),
    "geojson": Format("application/geo+json", False, _geojson),
}


def make(kind: str, job: Maker) -> bytes:
    """Return the content of a file.

    Parameters
    ----------
    kind
        A key of :data:`FORMATS`.
    job
        What it is made from.

    Raises
    ------
    KeyError
        If there is no such kind.
    """
    return FORMATS[kind].make(job)


def file_name(kind: str, job: Maker, today: datetime.date) -> str:
    """Return a name for a file: what it shows, version or day, language."""
    first = job.deck.scenes[0]
    subject = f"{first.view.metric}-{first.view.column.replace(PAIR, '-')}" if first.map_kind == "figures" else first.id
    subject = "briefing" if len(job.deck.scenes) > 1 else subject
    version = f"v{job.deck.data_version.number}" if job.deck.data_version.number else today.isoformat()
    return f"guangzhou-1-1-9-{subject}-{version}-{job.language}.{kind}"
