"""Addresses and routes of our browser files: Leaflet, the geometry, our scripts and styles. All from this server."""

import functools
import hashlib
from importlib.resources import files
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from geo import mapping
from geo.schema import Atlas
from ui import data, picture

__all__ = ["address", "base_path", "geometry_address", "routes", "scripts", "styles"]

_HERE = Path(__file__).resolve().parent / "assets"
_LEAFLET = Path(str(files("xstatic.pkg.leaflet"))) / "data"
_TYPES = {".js": "text/javascript", ".css": "text/css"}
_FILES: dict[str, Path] = {
    "leaflet.js": _LEAFLET / "leaflet.js",
    "map.js": _HERE / "map.js",
    "ranking.js": _HERE / "ranking.js",
    "leaflet.css": _LEAFLET / "leaflet.css",
    "map.css": _HERE / "map.css",
    "ranking.css": _HERE / "ranking.css",
}
_GEOMETRY = "geometry.js"  # differs between versions of the data: the names and tiers of clusters travel with it
_GEOMETRIES_KEPT = 16
_geometries: dict[str, bytes] = {}  # by hash, oldest first; shared by all visitors, and never changed once there


@functools.cache
def _content(name: str) -> bytes:
    """Return a file's bytes; constant while the server runs."""
    return _FILES[name].read_bytes()


def _digest(content: bytes) -> str:
    """Return what tells one content from another in an address."""
    return hashlib.sha256(content).hexdigest()[:12]


@functools.cache
def address(name: str) -> str:
    """Return a file's address below the server's base path, without a leading slash.

    It carries the content's hash, so that browsers may keep the file for good and still see a new one at once.
    """
    return f"api/assets/{name}?v={_digest(_content(name))}"


def geometry_address() -> str:
    """Return the address of the geometry of the data version shown. Versions that draw alike share it, so that no map is rebuilt for nothing."""
    content, digest = _geometry(data.atlas())
    if digest not in _geometries:
        while len(_geometries) >= _GEOMETRIES_KEPT:
            _geometries.pop(next(iter(_geometries)), None)
        _geometries[digest] = content
    return f"api/assets/{_GEOMETRY}?v={digest}"


@functools.lru_cache(maxsize=_GEOMETRIES_KEPT)
def _geometry(atlas: Atlas) -> tuple[bytes, str]:
    """Return the geometry script of an atlas, and its hash."""
    content = mapping.geometry_script(atlas, picture.map_words()).encode()
    return content, _digest(content)


def base_path() -> str:
    """Return the path the server is mounted under, "" at the root, without a slash at the end."""
    return ("/" + str(st.get_option("server.baseUrlPath") or "").strip("/")).rstrip("/")


def scripts() -> list[str]:
    """Return the addresses of the map's scripts in loading order, relative to streamlit-folium's frame at /component/…/index.html."""
    return [f"../../{path}" for path in (address("leaflet.js"), geometry_address(), address("map.js"))]


def styles() -> list[str]:
    """Return the addresses of the map's style sheets, relative like :func:`scripts`."""
    return [f"../../{address(name)}" for name in ("leaflet.css", "map.css")]


async def _serve(request: Request) -> Response:
    """Answer with one of the files."""
    name = request.path_params["name"]
    content = _geometries.get(request.query_params.get("v", "")) if name == _GEOMETRY else None
    if name in _FILES:
        content = _content(name)
    if content is None:
        return Response("no such file\n", status_code=404, media_type="text/plain")
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
    return Response(content, media_type=_TYPES[Path(name).suffix], headers=headers)


def routes() -> list[Route]:
    """Return the routes to add to the server."""
    return [Route("/api/assets/{name}", _serve)]
