"""Addresses and routes of our browser files: Leaflet, the geometry, our scripts and styles. All from this server."""

import functools
import gzip
import hashlib
import threading
from collections import deque
from collections.abc import Iterable
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from geo.maps import folium_map, map_styles
from geo.schema import Atlas
from ui import data
from ui.static_files import BUNDLES, FILES, PLAYER, PLAYER_STYLES, TYPES, content

__all__ = [
    "address",
    "base_path",
    "below_base",
    "geometry_address",
    "player",
    "preloads",
    "resolved",
    "routes",
    "scripts",
    "styles",
]

_GEOMETRY = "geometry.js"  # differs between versions of the data: the names and tiers of clusters travel with it
_GEOMETRIES_KEPT = 16
_geometries: dict[str, bytes] = {}  # by hash, oldest first; shared by all visitors, and never changed once there
_keeping = threading.Lock()
_asked_last: deque[str] = deque(maxlen=1)  # the hash of the one a page was made with last


def _digest(script: bytes) -> str:
    """Return what tells one content from another in an address."""
    return hashlib.sha256(script).hexdigest()[:12]


@functools.cache
def address(name: str) -> str:
    """Return a file's address relative to the pages, which a proxy may have put below any path.

    It carries the content's hash, so that browsers may keep the file for good and still see a new one at once.
    """
    return f"api/assets/{name}?v={_digest(content(name))}"


def resolved(name: str) -> str:
    """Return a file's address as JavaScript that a component may import: its own script has no address that another could be relative to."""
    return f'new URL("{address(name)}", document.baseURI).href'


def geometry_address() -> str:
    """Return the address of the geometry of the data version shown. Versions that draw alike share it, so that no map is rebuilt for nothing."""
    script, digest = _geometry(data.atlas())
    if digest not in _geometries:
        _keep(script, digest)
    _asked_last.append(digest)
    return f"api/assets/{_GEOMETRY}?v={digest}"


def _keep(script: bytes, digest: str) -> None:
    """Keep a geometry for those whose pages name it, and forget the oldest; never that of the version everybody sees, whoever opens others."""
    pinned = _geometry(data.newest_atlas())[1] if len(_geometries) >= _GEOMETRIES_KEPT else ""
    with _keeping:
        _geometries[digest] = script
        old = [each for each in _geometries if each not in (digest, pinned)]
        for each in old[: max(0, len(_geometries) - _GEOMETRIES_KEPT)]:
            del _geometries[each]


@functools.lru_cache(maxsize=_GEOMETRIES_KEPT)
def _geometry(atlas: Atlas) -> tuple[bytes, str]:
    """Return the geometry script of an atlas, and its hash."""
    script = folium_map.geometry_script(atlas, map_styles.map_words()).encode()
    return script, _digest(script)


def base_path() -> str:
    """Return the path the server is mounted under, "" at the root, without a slash at the end. A path that a proxy strips is not known here."""
    return ("/" + str(st.get_option("server.baseUrlPath") or "").strip("/")).rstrip("/")


def below_base(routes_: Iterable[Route]) -> list[Route]:
    """Return routes as they are and, where the server has a base path, below it, where pages look for them: Streamlit moves only its own."""
    at_root = list(routes_)
    moved = [Route(base_path() + route.path, route.endpoint, methods=route.methods) for route in at_root]
    return at_root + moved if base_path() else at_root


def scripts() -> list[str]:
    """Return the addresses of the map's scripts in loading order, relative to streamlit-folium's frame at /component/…/index.html."""
    return [f"../../{path}" for path in (address("leaflet.js"), geometry_address(), address("map-page.js"))]


def styles() -> list[str]:
    """Return the addresses of the map's style sheets, relative like :func:`scripts`."""
    return [f"../../{address(name)}" for name in ("leaflet.css", "map.css")]


def preloads() -> str:
    """Return links for the head of streamlit-folium's page that fetch the map's files at once: its script asks for them one after the other.

    Of geometries it is the one a page was made with last, which is nearly always the next visitor's, too.
    """
    geometry = [f"api/assets/{_GEOMETRY}?v={digest}" for digest in list(_asked_last)]
    names = ["leaflet.js", "map-page.js", "leaflet.css", "map.css"]
    return "".join(
        f'<link rel="preload" as="{"style" if ".css" in path else "script"}" href="../../{path}">'
        for path in [*map(address, names), *geometry]
    )


def player() -> dict[str, list[str]]:
    """Return the addresses of what plays a deck, relative to the pages, in loading order."""
    scripts_ = [
        address("leaflet.js"),
        geometry_address(),
        *map(address, (*PLAYER, "room.js", "show-link.js", "notes.js")),
    ]
    return {"scripts": scripts_, "styles": [address(name) for name in (*PLAYER_STYLES, "notes.css")]}


@functools.lru_cache(maxsize=len(FILES) + len(BUNDLES) + _GEOMETRIES_KEPT)
def _compressed(found: bytes) -> bytes:
    """Return a file compressed, once for all who ask: Streamlit would do it for each answer, in the event loop."""
    return gzip.compress(found, mtime=0)


async def _serve(request: Request) -> Response:
    """Answer with one of the files."""
    name = request.path_params["name"]
    found = _geometries.get(request.query_params.get("v", "")) if name == _GEOMETRY else None
    if name in FILES or name in BUNDLES:
        found = content(name)
    if found is None:
        return Response("no such file\n", status_code=404, media_type="text/plain")
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable",
        "X-Content-Type-Options": "nosniff",
        "Vary": "Accept-Encoding",
    }
    if "gzip" in request.headers.get("accept-encoding", ""):
        found, headers = _compressed(found), {**headers, "Content-Encoding": "gzip"}
    return Response(found, media_type=TYPES[Path(name).suffix], headers=headers)


def routes() -> list[Route]:
    """Return the routes to add to the server."""
    return [Route("/api/assets/{name}", _serve)]
