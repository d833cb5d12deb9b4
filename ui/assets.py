"""Addresses and routes of our browser files: Leaflet, the geometry, our scripts and styles. All from this server."""

import functools
import hashlib
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from geo import mapping
from ui import data, picture

__all__ = ["address", "base_path", "routes", "scripts", "styles"]

_HERE = Path(__file__).resolve().parent / "assets"
_LEAFLET = Path(str(files("xstatic.pkg.leaflet"))) / "data"
_TYPES = {".js": "text/javascript", ".css": "text/css"}
_FILES: dict[str, Callable[[], str]] = {
    "leaflet.js": (_LEAFLET / "leaflet.js").read_text,
    "geometry.js": lambda: mapping.geometry_script(data.atlas(), picture.map_words()),
    "map.js": (_HERE / "map.js").read_text,
    "ranking.js": (_HERE / "ranking.js").read_text,
    "leaflet.css": (_LEAFLET / "leaflet.css").read_text,
    "map.css": (_HERE / "map.css").read_text,
    "ranking.css": (_HERE / "ranking.css").read_text,
}


@functools.cache
def _content(name: str) -> bytes:
    """Return a file's bytes; constant while the server runs."""
    return _FILES[name]().encode()


@functools.cache
def address(name: str) -> str:
    """Return a file's address below the server's base path, without a leading slash.

    It carries the content's hash, so that browsers may keep the file for good and still see a new one at once.
    """
    return f"api/assets/{name}?v={hashlib.sha256(_content(name)).hexdigest()[:12]}"


def base_path() -> str:
    """Return the path the server is mounted under, "" at the root, without a slash at the end."""
    return ("/" + str(st.get_option("server.baseUrlPath") or "").strip("/")).rstrip("/")


def scripts() -> list[str]:
    """Return the addresses of the map's scripts in loading order, relative to streamlit-folium's frame at /component/…/index.html."""
    return [f"../../{address(name)}" for name in ("leaflet.js", "geometry.js", "map.js")]


def styles() -> list[str]:
    """Return the addresses of the map's style sheets, relative like :func:`scripts`."""
    return [f"../../{address(name)}" for name in ("leaflet.css", "map.css")]


async def _serve(request: Request) -> Response:
    """Answer with one of the files."""
    name = request.path_params["name"]
    if name not in _FILES:
        return Response("no such file\n", status_code=404, media_type="text/plain")
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
    return Response(_content(name), media_type=_TYPES[Path(name).suffix], headers=headers)


def routes() -> list[Route]:
    """Return the routes to add to the server."""
    return [Route("/api/assets/{name}", _serve)]
