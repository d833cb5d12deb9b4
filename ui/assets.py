"""Addresses and routes of what the map's frame loads: Leaflet, the geometry, our script and style. All from this server."""

import functools
import hashlib
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from geo import mapping
from ui import data, picture

__all__ = ["routes", "scripts", "styles"]

_HERE = Path(__file__).resolve().parent / "assets"
_LEAFLET = Path(str(files("xstatic.pkg.leaflet"))) / "data"
_TYPES = {".js": "text/javascript", ".css": "text/css"}

# In the order they are loaded: map.js needs the two before it.
_SCRIPTS: dict[str, Callable[[], str]] = {
    "leaflet.js": (_LEAFLET / "leaflet.js").read_text,
    "geometry.js": lambda: mapping.geometry_script(data.atlas(), picture.map_words()),
    "map.js": (_HERE / "map.js").read_text,
}
_STYLES: dict[str, Callable[[], str]] = {
    "leaflet.css": (_LEAFLET / "leaflet.css").read_text,
    "map.css": (_HERE / "map.css").read_text,
}


@functools.cache
def _content(name: str) -> bytes:
    """Return a file's bytes; constant while the server runs."""
    return (_SCRIPTS | _STYLES)[name]().encode()


@functools.cache
def _address(name: str) -> str:
    """Return a file's address, relative to streamlit-folium's frame at /component/…/index.html so that any base path works.

    It carries the content's hash, so that browsers may keep the file for good and still see a new one at once.
    """
    return f"../../api/map/{name}?v={hashlib.sha256(_content(name)).hexdigest()[:12]}"


def scripts() -> list[str]:
    """Return the addresses of the scripts in loading order."""
    return [_address(name) for name in _SCRIPTS]


def styles() -> list[str]:
    """Return the addresses of the style sheets."""
    return [_address(name) for name in _STYLES]


async def _serve(request: Request) -> Response:
    """Answer with one of the files."""
    name = request.path_params["name"]
    if name not in _SCRIPTS | _STYLES:
        return Response("no such file\n", status_code=404, media_type="text/plain")
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
    return Response(_content(name), media_type=_TYPES[Path(name).suffix], headers=headers)


def routes() -> list[Route]:
    """Return the routes to add to the server."""
    return [Route("/api/map/{name}", _serve)]
