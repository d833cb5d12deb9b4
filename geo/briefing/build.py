"""Slides and data to a deck."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from geo import names, wording
from geo.briefing import panels, view_texts
from geo.briefing.answers import answer_legends, answer_pictures, answers
from geo.briefing.model import Deck, Face, Legend, Scene, Swatch
from geo.briefing.search_index import search_words
from geo.data import story
from geo.figures import claims, sentences
from geo.figures.classification import Classes
from geo.figures.data_version import DataVersion
from geo.figures.table import FigureTable
from geo.maps import legends, map_styles
from geo.maps.folium_map import MapStyle
from geo.reach import reaches_guests
from geo.schema import ADCODES, BOUNDARY_SOURCE, LANGUAGES, Atlas, Slide
from geo.translation import mark, translate
from geo.view import View, version_asked

__all__ = ["OpenEdition", "addressed", "build", "of_view"]

OpenEdition = Callable[[int | None], DataVersion | None]  # None for the newest; None where it cannot be shown
TITLE = mark("Guangzhou 1+1+9 e-commerce clusters")


def build(open_edition: OpenEdition, *, locked: int | None = None, address: str = "", approval: str = "") -> Deck:
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
    newest = open_edition(None)
    edition = open_edition(locked) if locked else newest
    if edition is None or newest is None:
        raise LookupError(f"version {locked or 'newest'} of the data cannot be shown")
    scenes = tuple(_scene(slide, edition, newest, open_edition, locked) for slide in edition.atlas.slides)
    found = answers(edition)
    pictures, told = answer_pictures(edition, found), answer_legends(edition, found)
    deck = Deck(
        scenes, edition, _titles(), locked=locked,
        answers=found, search=search_words(edition), pictures=pictures, legends=told,
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


def of_view(open_edition: OpenEdition, view: View, *, site: str = "", address: str = "", approval: str = "") -> Deck:
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
    newest, edition = open_edition(None), open_edition(view.v)
    if edition is None or newest is None:
        raise LookupError(f"version {view.v or 'newest'} of the data cannot be shown")
    empty = dict.fromkeys(LANGUAGES, "")
    look = {"picture": "site", "camera": site} if site else {"chart": "ranking"}
    scene = _compose(Slide(site or "view", empty, empty, empty, **look), edition, newest, view, view.v)
    told = view_texts.site if site else view_texts.figures
    faces = {language: told(face, edition, scene, language) for language, face in scene.faces.items()}
    return addressed(Deck((replace(scene, faces=faces),), edition, _titles(), locked=view.v), address, approval)


def _scene(
    slide: Slide, edition: DataVersion, newest: DataVersion, open_edition: OpenEdition, locked: int | None
) -> Scene:
    """Return a slide as it is shown, in the version it is locked to, else that of the story."""
    asked = version_asked(story.view_query(slide))
    own = open_edition(asked) if asked else None
    if asked and own is None:
        return _unshown(slide, edition, newest, asked)
    used = own or edition
    view, _ = story.view_of(slide, used.book, asked)
    return _compose(slide, used, newest, view, asked or locked)


def _unshown(slide: Slide, edition: DataVersion, newest: DataVersion, asked: int) -> Scene:
    """Return a slide whose version cannot be shown: its map without figures, and a sentence that says so.

    Newer figures must not pass for those the slide was locked to, so that map, chart, table, text and notes hold none; a title is kept unless it
    holds a figure.
    """
    told = {
        language: translate(language, "Version {number} of the data cannot be shown: no figures here.", number=asked)
        for language in LANGUAGES
    }
    title = {
        language: told[language] if sentences.PLACEHOLDER.search(text) else text
        for language, text in slide.title.items()
    }
    bare = replace(slide, title=title, text=told, notes=dict.fromkeys(LANGUAGES, ""), chart="none")
    view, _ = story.view_of(slide, edition.book, None)
    scene = _compose(bare, replace(edition, book=FigureTable(edition.book.metrics, {})), newest, view, asked)
    faces = {
        language: replace(
            face, facts=(), facts_title="", badge=translate(language, "Version {number} cannot be shown", number=asked)
        )
        for language, face in scene.faces.items()
    }
    return replace(scene, faces=faces, stale=True)


def _compose(slide: Slide, edition: DataVersion, newest: DataVersion, view: View, locked: int | None) -> Scene:
    """Return a slide with a view in a version of the data."""
    classes = view.classes(edition.book)
    stale = locked is not None and edition.number != newest.number
    faces = {}
    for language in LANGUAGES:
        face = _face(slide, edition, view, classes, language)
        faces[language] = replace(face, badge=_badge(edition, newest, locked, language))
    camera = story.camera_box(slide.camera, edition.atlas) or story.city_box(edition.atlas)
    return Scene(slide.id, view, camera, faces, locked, stale, slide.picture)


def _badge(edition: DataVersion, newest: DataVersion, locked: int | None, language: str) -> str:
    """Return what is said of a slide that does not follow the newest data."""
    if edition.draft:
        return translate(language, "DRAFT, not published: version {number}", number=edition.number)
    if locked is None:
        return ""
    if edition.number == newest.number:
        return translate(language, "Locked to version {number}", number=locked)
    return translate(
        language, "Version {number}, published {day}; newest: version {newest}",
        number=locked, day=edition.day, newest=newest.number,
    )  # fmt: skip


def _face(slide: Slide, edition: DataVersion, view: View, classes: Classes, language: str) -> Face:
    """Return a slide in one language."""
    atlas, book = edition.atlas, edition.book
    rendered = {
        name: sentences.render(texts[language], atlas, book, language)
        for name, texts in (("title", slide.title), ("text", slide.text), ("notes", slide.notes))
    }
    members = names.tier_members(atlas, view.tier)
    shows_figures = slide.picture == "figures"
    charted = panels.chart(slide.chart, edition, view, classes, members, language)
    cited = [source for texts in (slide.title, slide.text) for source in sentences.cited(texts[language], atlas, book)]
    cited += panels.map_sources(book, view, members) if shows_figures else _picture_sources(slide, atlas)
    cited += panels.chart_sources(slide.chart, book, view, members)
    return Face(
        **{name: found.text for name, found in rendered.items()},
        picture=_picture(slide, edition, view, classes, language),
        legend=_legend(slide, edition, view, classes, language),
        chart=charted,
        facts=panels.facts(edition, view, members, language) if shows_figures else (),
        facts_title=panels.facts_title(edition, view, members, language) if shows_figures else "",
        sources=wording.source_names(cited, atlas, language),
        stamp=stamp(edition, language, view.metric if shows_figures else ""),
        gaps=tuple(dict.fromkeys(gap for found in rendered.values() for gap in found.gaps)),
    )


def _picture_sources(slide: Slide, atlas: Atlas) -> Sequence[str]:
    """Return the sources of a picture without figures: the plan is the article's; a close-up shows a cluster and the district it is in."""
    if slide.picture == "plan":
        return ("plan-article",)
    clusters = atlas.clusters
    return (*clusters.loc[clusters["adcode"] == _home(slide, atlas), "source_id"], BOUNDARY_SOURCE)


def _picture(slide: Slide, edition: DataVersion, view: View, classes: Classes, language: str) -> MapStyle:
    """Return the map of a slide."""
    atlas = edition.atlas
    members = names.tier_members(atlas, view.tier)
    if slide.picture == "plan":
        found = map_styles.plan(atlas, members, language)
    elif slide.picture == "site":
        home = _home(slide, atlas)
        found = map_styles.site(home, names.places_in(atlas, home), language)
    else:
        found = map_styles.choropleth(view.figures(edition.book), classes, view.metric, view.column, members, language)
    return replace(found, muted_zones=map_styles.muted_zones(atlas, view.tier), selected=view.sel)


def _home(slide: Slide, atlas: Atlas) -> str:
    """Return the district that a close-up tints: the camera's, the selection's where the camera is a box, else Haizhu, where Pazhou is."""
    homes = dict(zip(atlas.clusters["cluster_id"], atlas.clusters["adcode"], strict=True))
    code = homes.get(slide.camera, slide.camera)
    asked = story.view_query(slide).get("sel", "")
    return code if code in ADCODES else asked if asked in ADCODES else homes["pazhou"]


def _legend(slide: Slide, edition: DataVersion, view: View, classes: Classes, language: str) -> Legend | None:
    """Return the legend of a slide's map."""
    if slide.picture == "figures":
        return legends.legend(view.figures(edition.book), classes, view.metric, language, view.column)
    note = translate(language, "Dashed: schematic cluster areas. Blue bands: river, schematic width.")
    if slide.picture == "plan":
        swatches = tuple(
            Swatch(map_styles.PLAN_COLOURS[tier], name)
            for tier, name in map_styles.plan_names(edition.atlas, language).items()
            if view.tier in ("all", tier)
        )
        return Legend(translate(language, "Districts by their cluster in the plan"), "", swatches, note)
    home = panels.names(edition, language)[_home(slide, edition.atlas)]
    return Legend("", "", (Swatch(map_styles.HOME["light"], home),), note)


def stamp(edition: DataVersion, language: str, metric_id: str = "") -> str:
    """Return which data is shown: up to which year a metric's figures go, or of which year the newest of all are; the version, and when it was published."""
    values = {"number": edition.number, "day": edition.day}
    if edition.number is None:
        version = translate(language, "shipped with this release")
    elif edition.draft:
        version = translate(language, "version {number}, draft of {day}", **values)
    else:
        version = translate(language, "version {number}, published {day}", **values)
    return " · ".join(filter(None, (_figures_to(edition.book, language, metric_id), version)))


def _figures_to(book: FigureTable, language: str, metric_id: str) -> str:
    """Return up to which year a metric's figures go; without one only that none are newer, for most metrics end earlier; "" without any year."""
    if metric_id:
        metric, periods = book.metrics[metric_id], book.periods(metric_id)
        book = FigureTable(
            {metric_id: metric}, {(metric_id, period): book.column(metric_id, period) for period in periods}
        )
    year = claims.figures_to(book, language)
    if metric_id and year:
        return translate(language, "{metric}: figures to {year}", metric=metric.name[language], year=year)
    return year and translate(language, "Newest figures: {year}", year=year)
