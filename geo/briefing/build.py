"""Slides and data to a deck."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import shapely

from geo import names, wording
from geo.briefing import panels, view_texts
from geo.briefing.answers import answer_legends, answer_styles, answers
from geo.briefing.context import SlideContext
from geo.briefing.model import Deck, Face, Legend, Scene, Swatch
from geo.briefing.search_index import search_words
from geo.data import joining, story
from geo.data.story import Box
from geo.figures import claims, sentences
from geo.figures.data_version import DataVersion
from geo.figures.table import FigureTable
from geo.guest_address import reaches_guests
from geo.maps import house, legends, map_styles
from geo.maps.folium_map import MapStyle
from geo.schema import BOUNDARY_SOURCE, LANGUAGES, Slide
from geo.translation import mark, translate
from geo.view import View, version_asked

__all__ = ["OpenVersion", "addressed", "build", "of_view"]

OpenVersion = Callable[[int | None], DataVersion | None]  # None for the newest; None where it cannot be shown
TITLE = mark("Guangzhou 1+1+9 e-commerce clusters")


def build(open_version: OpenVersion, *, locked: int | None = None, address: str = "", approval: str = "") -> Deck:
    """Return the deck of the story.

    Parameters
    ----------
    open_edition
        Opens versions of the data.
    locked
        Version that the whole story, its sentences included, is locked to; None for the newest.
    address
        Where the show can be opened, for the QR code.
    approval
        Map approval number.

    Raises
    ------
    LookupError
        If neither the version asked for nor the newest can be opened.
    """
    newest = open_version(None)
    data_version = open_version(locked) if locked else newest
    if data_version is None or newest is None:
        raise LookupError(f"version {locked or 'newest'} of the data cannot be shown")
    scenes = tuple(_scene(slide, data_version, newest, open_version, locked) for slide in data_version.atlas.slides)
    found = answers(data_version)
    deck = Deck(
        scenes, data_version, _titles(), locked=locked,
        answers=found, search=search_words(data_version), answer_styles=answer_styles(data_version, found), legends=answer_legends(data_version, found),
        stamps={id_: {language: stamp(data_version, language, id_) for language in LANGUAGES} for id_ in data_version.figure_table.metrics},
    )  # fmt: skip
    return addressed(deck, address, approval)


def addressed(deck: Deck, address: str, approval: str) -> Deck:
    """Return a deck that names where it can be opened, and a map approval number.

    An address that guests cannot open is set aside: a QR code that leads nowhere is worse than none.
    """
    reached = reaches_guests(address)
    return replace(deck, address=address if reached else "", unreachable="" if reached else address, approval=approval)


def _titles() -> dict[str, str]:
    """Return the title of the whole story by language."""
    return {language: translate(language, TITLE) for language in LANGUAGES}


def of_view(open_version: OpenVersion, view: View, *, site: str = "", address: str = "", approval: str = "") -> Deck:
    """Return a deck of a single slide that shows a view of the dashboard.

    Parameters
    ----------
    open_edition
        Opens versions of the data.
    view
        Metric, period, tier, classes, selection and version.
    site
        A cluster with a zone: its close-up is shown instead of the figures; "" for none.
    address
        Where the view can be opened, for the QR code.
    approval
        Map approval number.

    Raises
    ------
    LookupError
        If the version the view names cannot be opened.
    """
    newest, data_version = open_version(None), open_version(view.v)
    if data_version is None or newest is None:
        raise LookupError(f"version {view.v or 'newest'} of the data cannot be shown")
    empty = dict.fromkeys(LANGUAGES, "")
    look = {"map_kind": "site", "camera": site} if site else {"chart": "ranking"}
    context = SlideContext(Slide(site or "view", empty, empty, empty, **look), data_version, view)
    scene = _compose(context, newest, view.v)
    described = view_texts.site if site else view_texts.figures
    faces = {language: described(face, context, language) for language, face in scene.faces.items()}
    return addressed(Deck((replace(scene, faces=faces),), data_version, _titles(), locked=view.v), address, approval)


def _scene(
    slide: Slide, data_version: DataVersion, newest: DataVersion, open_version: OpenVersion, locked: int | None
) -> Scene:
    """Return a slide as it is shown, in the version it is locked to, else that of the story."""
    asked = version_asked(story.view_query(slide))
    own = open_version(asked) if asked else None
    if asked and own is None:
        return _unshown(slide, data_version, newest, asked)
    used = own or data_version
    view, _ = story.view_of(slide, used.figure_table, asked)
    return _compose(SlideContext(slide, used, view), newest, asked or locked)


def _unshown(slide: Slide, data_version: DataVersion, newest: DataVersion, asked: int) -> Scene:
    """Return a slide whose version cannot be shown: its map without figures, and a sentence that says so.

    Newer figures must not pass for those the slide was locked to, so that map, chart, table, text and notes hold none; a title is kept unless it
    holds a figure.
    """
    apology = {
        language: translate(
            language, "Version {number} of the data cannot be shown, so there are no figures here.", number=asked
        )
        for language in LANGUAGES
    }
    title = {
        language: apology[language] if sentences.PLACEHOLDER.search(text) else text
        for language, text in slide.title.items()
    }
    bare = replace(slide, title=title, text=apology, notes=dict.fromkeys(LANGUAGES, ""), chart="none")
    view, _ = story.view_of(slide, data_version.figure_table, None)
    without_figures = replace(data_version, figure_table=FigureTable(data_version.figure_table.metrics, {}))
    scene = _compose(SlideContext(bare, without_figures, view), newest, asked)
    faces = {
        language: replace(
            face, facts=(), facts_title="", badge=translate(language, "Version {number} cannot be shown", number=asked)
        )
        for language, face in scene.faces.items()
    }
    return replace(scene, faces=faces, stale=True)


def _compose(context: SlideContext, newest: DataVersion, locked: int | None) -> Scene:
    """Return a slide with a view in a version of the data."""
    slide, version = context.slide, context.version
    faces = {
        language: replace(_face(context, language), badge=_badge(version, newest, locked, language))
        for language in LANGUAGES
    }
    stale = locked is not None and version.number != newest.number
    return Scene(slide.id, context.view, _camera(context), faces, locked, stale, slide.map_kind)


def _camera(context: SlideContext) -> Box:
    """Return what a slide looks at, the city where its camera is none."""
    atlas = context.atlas
    return story.camera_box(context.slide.camera, atlas) or story.city_box(atlas)


def _badge(data_version: DataVersion, newest: DataVersion, locked: int | None, language: str) -> str:
    """Return what is said of a slide that does not follow the newest data."""
    if data_version.draft:
        return translate(language, "DRAFT, not published: version {number}", number=data_version.number)
    if locked is None:
        return ""
    if data_version.number == newest.number:
        return translate(language, "Locked to version {number}", number=locked)
    if data_version.offered:
        return translate(
            language, "Version {number}, never published; latest: version {newest}", number=locked, newest=newest.number
        )
    return translate(
        language, "Version {number}, published {day}; latest: version {newest}",
        number=locked, day=data_version.day, newest=newest.number,
    )  # fmt: skip


def _face(context: SlideContext, language: str) -> Face:
    """Return a slide in one language."""
    slide, table, atlas = context.slide, context.table, context.atlas
    rendered = {
        name: sentences.render(texts[language], atlas, table, language)
        for name, texts in (("title", slide.title), ("text", slide.text), ("notes", slide.notes))
    }
    shows_figures = slide.map_kind == "figures"
    cited = [source for texts in (slide.title, slide.text) for source in sentences.cited(texts[language], atlas, table)]
    cited += panels.map_sources(context) if shows_figures else _map_sources(context)
    cited += panels.chart_sources(context)
    return Face(
        **{name: found.text for name, found in rendered.items()},
        map_style=_map_style(context, language),
        legend=_legend(context, language),
        chart=panels.chart(context, language),
        facts=panels.facts(context, language) if shows_figures else (),
        facts_title=panels.facts_title(context, language) if shows_figures else "",
        sources=wording.source_names(cited, atlas, language),
        stamp=stamp(context.version, language, context.view.metric if shows_figures else ""),
        gaps=tuple(dict.fromkeys(gap for found in rendered.values() for gap in found.gaps)),
    )


def _map_sources(context: SlideContext) -> Sequence[str]:
    """Return the sources of a map without figures: the plan is the article's; a close-up shows a cluster and the district it is in."""
    if context.slide.map_kind == "plan":
        return ("plan-article",)
    clusters, places = context.atlas.clusters, joining.places(context.atlas)
    shown = places.loc[list(joining.places_in(context.atlas, context.home)), "source_id"]
    return (*clusters.loc[clusters["adcode"] == context.home, "source_id"], BOUNDARY_SOURCE, *shown.unique())


def _map_style(context: SlideContext, language: str) -> MapStyle:
    """Return the map of a slide."""
    atlas, view = context.atlas, context.view
    if context.slide.map_kind == "plan":
        found = map_styles.plan(atlas, context.members, language)
    elif context.slide.map_kind == "site":
        found = map_styles.site(atlas, context.home, joining.places_in(atlas, context.home), language)
    else:
        figures, metric, period = context.shown
        found = map_styles.choropleth(figures, context.classes, metric, period, context.members, language)
    layers = house.on_page(atlas, "briefing")
    return replace(found, muted_zones=map_styles.muted_zones(atlas, view.tier), selected=view.sel, layers=layers)


def _legend(context: SlideContext, language: str) -> Legend | None:
    """Return the legend of a slide's map."""
    atlas = context.atlas
    if context.slide.map_kind == "figures":
        figures, metric, period = context.shown
        return legends.legend(figures, context.classes, metric, language, period)
    note = translate(language, "Dashed lines: schematic cluster areas. Blue bands: rivers, schematic width.")
    if context.slide.map_kind == "plan":
        swatches = tuple(
            Swatch(map_styles.PLAN_COLOURS[tier], name)
            for tier, name in map_styles.plan_names(atlas, language).items()
            if context.view.tier in ("all", tier)
        )
        return Legend(translate(language, "Districts by cluster"), "", swatches, note)
    if not atlas.zones.intersects(shapely.box(*_camera(context))).any():
        note = translate(language, "Blue bands: rivers, schematic width.")
    home = names.district_names(atlas, language)[context.home]
    for cluster_id in atlas.clusters.loc[atlas.clusters["adcode"] == context.home, "cluster_id"]:
        if unplaced := legends.unplaced_note(atlas, cluster_id, language):
            note = translate(language, "{first} {second}", first=unplaced, second=note)
    return Legend("", "", (Swatch(map_styles.HOME["light"], home),), note)


def stamp(data_version: DataVersion, language: str, metric_id: str = "") -> str:
    """Return which data is shown: up to which year a metric's figures go, or of which year the newest of all are; the version, and when it was published."""
    up_to = _figures_to(data_version.figure_table, language, metric_id)
    return " · ".join(filter(None, (up_to, data_version.words(language))))


def _figures_to(figure_table: FigureTable, language: str, metric_id: str) -> str:
    """Return up to which year a metric's figures go; without one only that none are newer, for most metrics end earlier; "" without any year."""
    if metric_id:
        metric, periods = figure_table.metrics[metric_id], figure_table.periods(metric_id)
        figure_table = FigureTable(
            {metric_id: metric}, {(metric_id, period): figure_table.column(metric_id, period) for period in periods}
        )
    year = claims.figures_to(figure_table, language)
    if metric_id and year:
        return translate(language, "{metric}: figures up to {year}", metric=metric.name[language], year=year)
    return year and translate(language, "Latest figures: {year}", year=year)
