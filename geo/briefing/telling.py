"""What a single view says: title and sentences of a slide that nobody has written."""

from collections.abc import Sequence
from dataclasses import replace

from geo import measures, sentences, wording
from geo.briefing import panels
from geo.briefing.model import Edition, Face, Scene
from geo.schema import BOUNDARY_SOURCE, CITY
from geo.translation import translate
from geo.view import View

__all__ = ["figures", "site"]


def site(face: Face, edition: Edition, scene: Scene, language: str) -> Face:
    """Return the face of a close-up with the cluster's name, and what its outline is."""
    zone = next(row for row in edition.atlas.zones.itertuples() if row.cluster_id == scene.id)
    cluster = next(row for row in edition.atlas.clusters.itertuples() if row.cluster_id == scene.id)
    area = translate(language, "Measured: {area} km².", area=wording.number(zone.area_km2, 1, language))
    text = getattr(zone, f"note_{language}") + ("" if language == "zh" else " ") + area
    sources = wording.source_names([cluster.source_id, BOUNDARY_SOURCE], edition.atlas, language)
    return replace(face, title=getattr(cluster, f"name_{language}"), text=text, sources=sources)


def figures(face: Face, edition: Edition, scene: Scene, language: str) -> Face:
    """Return the face of a view with a title and a sentence of its figures."""
    view = scene.view
    metric = view.figures(edition.book).metrics[view.metric]
    parts = [_place(edition, view, [fact.adcode for fact in face.facts], language)]
    first = [fact for fact in face.facts if fact.rank == 1]
    known = sum(fact.value is not None for fact in face.facts)
    if known == len(face.facts) > 1:
        leaders = sentences.AND[language].join(fact.name for fact in first)
        parts.append(translate(language, "Largest: {place}, {value}.", place=leaders, value=first[0].text))
    if known < len(face.facts) > 1:
        parts.append(
            translate(language, "Figures of {found} of {wanted} districts.", found=known, wanted=len(face.facts))
        )
    title = f"{metric.name[language]} · {wording.period_label(view.column, language)}"
    text = ("" if language == "zh" else " ").join(filter(None, parts))
    return replace(face, title=title, text=text, notes=metric.definition[language])


def _place(edition: Edition, view: View, members: Sequence[str], language: str) -> str:
    """Return the sentence of the selected district, of a tier's only one, or of the city; "" for several districts and an unknown city."""
    book = view.figures(edition.book)
    metric, alone = book.metrics[view.metric], view.sel or (members[0] if len(members) == 1 else "")
    if not alone and view.tier != "all":
        return ""
    total = (
        measures.total(book, view.metric, view.column, (alone,))
        if alone
        else measures.city_total(book, view.metric, view.column)
    )
    place = panels.names(edition, language)[alone or CITY]
    if total.value is not None and total.complete:
        value = wording.amount(total.value, metric, language)
        return translate(language, "{place}: {value}.", place=place, value=value)
    return translate(language, "{place}: no data.", place=place) if alone else ""
