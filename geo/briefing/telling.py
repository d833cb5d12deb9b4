"""What a single view says: title and sentences of a slide that nobody has written."""

from collections.abc import Sequence
from dataclasses import replace

from geo import claims, measures, plan, sentences, wording
from geo.briefing.model import Edition, Face, Scene
from geo.schema import BOUNDARY_SOURCE
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
    book, members = view.figures(edition.book), [fact.adcode for fact in face.facts]
    parts = [_place(edition, view, members, language)]
    if len(members) > 1:
        parts.append(_largest(face, edition, view, language))
    title = claims.title(book, view.metric, view.column, language)
    text = ("" if language == "zh" else " ").join(filter(None, parts))
    return replace(face, title=title, text=text, notes=book.metrics[view.metric].definition[language])


def _largest(face: Face, edition: Edition, view: View, language: str) -> str:
    """Return who leads the districts shown, as far as they are known; how many are, where none is."""
    facts = {fact.adcode: fact for fact in face.facts}
    shown = view.figures(edition.book), view.metric, view.column
    leaders = claims.ranking(*shown).leaders(tuple(facts))
    known = sum(fact.value is not None for fact in face.facts)
    if not leaders:
        return translate(language, "Figures of {found} of {wanted} districts.", found=known, wanted=len(facts))
    return translate(
        language, "{largest}: {place}, {value}.", largest=claims.largest(*shown, tuple(facts), language),
        place=sentences.AND[language].join(facts[code].name for code in leaders), value=facts[leaders[0]].text,
    )  # fmt: skip


def _place(edition: Edition, view: View, members: Sequence[str], language: str) -> str:
    """Return the sentence of the selected district, of a tier's only one, or of the city; "" for several districts and an unknown city."""
    book, alone = view.figures(edition.book), view.sel or (members[0] if len(members) == 1 else "")
    if not alone and view.tier != "all":
        return ""
    total = (
        measures.total(book, view.metric, view.column, (alone,))
        if alone
        else measures.city_total(book, view.metric, view.column)
    )
    place = plan.home_names(edition.atlas, language)[alone] if alone else translate(language, "Guangzhou")
    if total.value is not None:
        value = claims.amount(book, view.metric, view.column, total.value, language)
        return translate(language, "{place}: {value}.", place=place, value=value)
    return translate(language, "{place}: no data.", place=place) if alone else ""
