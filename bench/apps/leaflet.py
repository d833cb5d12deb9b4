"""Leaflet for the two apps compared with: as a CDN would hand it out, but without leaving the machine."""

from importlib.resources import files
from pathlib import Path

import folium
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Route

__all__ = ["routes", "without_cdn"]

_FOLDER = Path(str(files("xstatic.pkg.leaflet"))) / "data"
_FILES = {"leaflet.js": "text/javascript", "leaflet.css": "text/css"}
_ADDRESS = "../../api/leaflet"  # relative to streamlit-folium's frame at /component/…/index.html


def without_cdn(map_: folium.Map) -> folium.Map:
    """Make a map load Leaflet from this server, and nothing else.

    folium asks CDNs for Leaflet, jQuery, Bootstrap and icons, which a machine without internet cannot do. Leaving all but Leaflet out
    makes the app faster than a tutorial's, not slower.
    """
    map_.default_js = [("leaflet", f"{_ADDRESS}/leaflet.js")]
    map_.default_css = [("leaflet_css", f"{_ADDRESS}/leaflet.css")]
    return map_


async def _serve(request: Request) -> FileResponse:
    """Answer with one of the files, which the browser may keep for good, as with a CDN: a rebuilt map does not fetch it again."""
    name = request.path_params["name"]
    return FileResponse(
        _FOLDER / name, media_type=_FILES[name], headers={"Cache-Control": "public, max-age=31536000, immutable"}
    )


def routes() -> list[Route]:
    """Return the routes to add to the server."""
    return [Route("/api/leaflet/{name}", _serve)]
