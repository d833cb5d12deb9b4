"""Cells of cluster and tenant files, field by field: from a text to the value that is stored, or to what is wrong with it."""

import re
from collections.abc import Mapping

from geo.escaping import web_address
from geo.fields import COLUMNS, TABLES, Field, Value
from geo.schema import Atlas
from geo.uploads.findings import Read, Reader
from geo.uploads.model import Kind
from geo.uploads.parse.fields import by_word, read_date
from geo.uploads.parse.places import gazetteer
from geo.uploads.parse.texts import source_reader
from geo.uploads.parse.words import MISSING, kept, key, plain

__all__ = ["BAD", "SLUG", "UNKNOWN_WORDS", "cluster_reader", "one_of", "readers"]

BAD = "\uffff"  # stands where a value is wrong, until its row is left out: no text of a file holds it; numpy would cut off \0
SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
UNKNOWN_WORDS = {  # code of what to say of a word that is not allowed, by column; of all others alike
    "tier": "tier_unknown",
    "status": "status_unknown",
    "assumption": "yes_no_unknown",
    "map_kind": "map_kind_unknown",
    "chart": "chart_unknown",
}


def readers(kind: Kind, atlas: Atlas) -> Mapping[str, Reader]:
    """Return how each field of a kind of file is read."""
    source = source_reader(atlas.sources)
    held: dict[str, Reader] = {
        "district": _district(atlas),
        "cluster": cluster_reader(atlas, allow_new=kind == "clusters"),
        "source": lambda text: (source(text), "", {}),
        "date": _date,
        "address": _address,
    }
    table = f"{kind}.csv"
    read = {name: _reader(TABLES[table][name], held) for name in COLUMNS[table]}
    return read | {"company_id": _company_id} if kind == "tenants" else read


def _reader(field: Field, held: Mapping[str, Reader]) -> Reader:
    """Return how a field is read: as one of its words, as what it holds, or as it stands."""
    if field.values:
        return one_of(field.values, UNKNOWN_WORDS.get(field.name, "word_unknown"))
    return held.get(field.holds, lambda text: (kept(text), "", {}))


def _blank(text: str) -> bool:
    """Return whether a cell says nothing."""
    return plain(text).casefold() in MISSING


def one_of(words: Mapping[str, Value], code: str) -> Reader:
    """Return a reader of one of a few values, each known by several words; of others it says what ``code`` stands for."""
    values, allowed = by_word(words), ", ".join(words)

    def read(text: str) -> Read:
        """Return the value that a word stands for."""
        value = values.get(key(text) or text.strip())
        if value is None and not _blank(text):
            return BAD, code, {"allowed": allowed}
        return value or "", "", {}

    return read


def _date(text: str) -> Read:
    """Return a date, which may be blank."""
    date = "" if _blank(text) else read_date(text)
    return (BAD, "date_unknown", {}) if date is None else (date, "", {})


def _address(text: str) -> Read:
    """Return an address of the web, which may be blank."""
    if _blank(text):
        return "", "", {}
    return (text.strip(), "", {}) if web_address(text.strip()) else (BAD, "address_form", {})


def _company_id(text: str) -> Read:
    """Return the id of a company, which may be blank."""
    word = plain(text).casefold()
    if word in MISSING:
        return "", "", {}
    return (word, "", {}) if SLUG.fullmatch(word) else (BAD, "id_form", {})


def _district(atlas: Atlas) -> Reader:
    """Return a reader of districts."""
    places = gazetteer(atlas)

    def read(text: str) -> Read:
        """Return the adcode of a district, or why there is none."""
        place = places.place(text)
        if place.kind == "none":
            return "", "", {}
        if place.kind == "district":
            return place.adcode, place.code, dict(place.params)
        if place.kind == "merged":
            return BAD, "former_place", dict(place.params)
        near = places.near(text) if place.kind == "unknown" else ""
        if near:
            return BAD, "district_unknown_near", {"suggestion": near}
        return BAD, place.code if place.kind == "elsewhere" else "district_unknown", dict(place.params)

    return read


def cluster_reader(atlas: Atlas, *, allow_new: bool) -> Reader:
    """Return a reader of clusters, by id or by name in either language."""
    names = {}
    for cluster in atlas.clusters.itertuples():
        for name in (cluster.cluster_id, cluster.name_en, cluster.name_zh):
            names[_stem(str(name))] = str(cluster.cluster_id)

    def read(text: str) -> Read:
        """Return the id of a cluster."""
        found = names.get(_stem(text), "")
        if found or _blank(text):
            return found, "", {}
        if allow_new and SLUG.fullmatch(text.strip()):
            return text.strip(), "", {}
        return BAD, "cluster_unknown", {"allowed": ", ".join(dict.fromkeys(names.values()))}

    return read


def _stem(name: str) -> str:
    """Return the key of a cluster's name without the words all clusters share."""
    return re.sub(r"(?:headquarters|district)?cluster$|(?:总部)?集聚区$|(?<=..)区(?:集聚区)?$", "", key(name)) or key(
        name
    )
