"""What a single view says: title and sentences of a slide that nobody has written."""

from dataclasses import replace

from geo import names, wording
from geo.briefing.context import SlideContext
from geo.briefing.model import Face
from geo.figures import claims, measures
from geo.schema import BOUNDARY_SOURCE, CITY
from geo.translation import translate

__all__ = ["figures", "site"]


def site(face: Face, context: SlideContext, language: str) -> Face:
    """Return the face of a close-up with the cluster's name, and what its outline is."""
    atlas, cluster_id = context.atlas, context.slide.id
    zone = next(row for row in atlas.zones.itertuples() if row.cluster_id == cluster_id)
    cluster = next(row for row in atlas.clusters.itertuples() if row.cluster_id == cluster_id)
    area = translate(language, "Measured: {area} km².", area=wording.number(zone.area_km2, 1, language))
    text = getattr(zone, f"note_{language}") + ("" if language == "zh" else " ") + area
    sources = wording.source_names([cluster.source_id, BOUNDARY_SOURCE], atlas, language)
    return replace(face, title=names.cluster_names(atlas, language)[cluster_id], text=text, sources=sources)


def figures(face: Face, context: SlideContext, language: str) -> Face:
    """Return the face of a view with a title and a sentence of its figures, and the sources of those the sentence names too."""
    parts = [_place(context, language)]
    if len(face.facts) > 1:
        parts.append(_largest(face, context, language))
    text = ("" if language == "zh" else " ").join(filter(None, parts))
    cited = [source for code in _named(context) if code in context.column for source in context.column[code].source_ids]
    return replace(
        face,
        title=claims.title(*context.shown, language),
        text=text,
        notes=context.metric.definition[language],
        sources=tuple(dict.fromkeys((*wording.source_names(cited, context.atlas, language), *face.sources))),
    )


def _named(context: SlideContext) -> tuple[str, ...]:
    """Return whose figures the sentence of a view gives: the selected district's, that of a tier's only one, or the city's; none for several districts."""
    view, members = context.view, context.members
    alone = view.sel or (members[0] if len(members) == 1 else "")
    if alone:
        return (alone,)
    return measures.city_codes(*context.shown) if view.tier == "all" else ()


def _largest(face: Face, context: SlideContext, language: str) -> str:
    """Return who leads the districts shown, as far as they are known; how many are, where none is."""
    facts = {fact.adcode: fact for fact in face.facts}
    leaders = context.ranking.leaders(tuple(facts))
    known = sum(fact.value is not None for fact in face.facts)
    if not leaders:
        return translate(language, "Figures for {found} of {wanted} districts.", found=known, wanted=len(facts))
    return translate(
        language, "{largest}: {place}, {value}.", largest=claims.largest(*context.shown, tuple(facts), language),
        place=wording.together((facts[code].name for code in leaders), language),
        value=facts[leaders[0]].text + claims.secondary_mark(*context.shown, leaders),
    )  # fmt: skip


def _place(context: SlideContext, language: str) -> str:
    """Return the sentence of the selected district, of a tier's only one, or of the city; "" for several districts and an unknown city."""
    named = _named(context)
    if not named:
        return ""
    alone = named[0] if len(named) == 1 and named != (CITY,) else ""
    total = measures.total(*context.shown, named) if alone else measures.city_total(*context.shown)
    place = names.home_names(context.atlas, language)[alone] if alone else translate(language, "Guangzhou")
    if total.value is not None:
        value = claims.amount(*context.shown, total.value, language) + claims.secondary_mark(*context.shown, named)
        return translate(language, "{place}: {value}.", place=place, value=value)
    return translate(language, "{place}: no data.", place=place) if alone else ""
