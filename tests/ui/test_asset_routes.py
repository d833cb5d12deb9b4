"""What the map's frame loads comes from this server, under addresses that change with the content."""

import asyncio
import gzip
import re
from collections import deque
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.requests import Request
from starlette.routing import Route

from ui import asset_routes
from ui.static_files import BUNDLES, content


def get(name: str, encoding: str = ""):
    """Ask the route for a file."""
    scope = {
        "type": "http",
        "method": "GET",
        "path": f"/api/assets/{name}",
        "headers": [(b"accept-encoding", encoding.encode())],
        "path_params": {"name": name},
        "query_string": b"",
    }
    with ThreadPoolExecutor(1) as thread:  # a loop of its own: the browser tests leave one running in this thread
        return thread.submit(asyncio.run, asset_routes.routes()[0].endpoint(Request(scope))).result()


def test_scripts_come_in_loading_order_with_their_hash() -> None:
    names = [
        re.fullmatch(r"\.\./\.\./api/assets/([\w.-]+)\?v=[0-9a-f]{12}", address).group(1)
        for address in asset_routes.scripts()
    ]
    assert names == [
        "leaflet.js",
        "geometry.js",
        "map-page.js",
    ]


def test_the_frames_page_names_all_that_its_script_asks_for() -> None:
    asset_routes._geometries["another"] = b"of a version that somebody opened since"
    asked = {*asset_routes.scripts(), *asset_routes.styles()}
    links = re.findall(r'<link rel="preload" as="(script|style)" href="([^"]+)">', asset_routes.preloads())
    assert {address for _, address in links} == asked, "the geometry too: a page was made with it"
    assert all((kind == "style") == (".css?" in address) for kind, address in links)


def test_the_geometry_that_everybody_needs_stays_whoever_opens_other_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asset_routes, "_geometries", {})
    digest = asset_routes.geometry_address().rpartition("=")[2]
    for number in range(40):
        asset_routes._keep(b"of another version", str(number))
    assert digest in asset_routes._geometries
    assert list(asset_routes._geometries)[-1] == "39", "and the one that a page was just made with"
    assert len(asset_routes._geometries) == asset_routes._GEOMETRIES_KEPT


def test_without_a_page_so_far_no_geometry_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asset_routes, "_asked_last", deque())
    assert "geometry" not in asset_routes.preloads()
    assert "map-page.js" in asset_routes.preloads()


def test_a_bundle_is_its_files_in_their_order() -> None:
    whole = get("map-page.js").body
    found = [whole.index(content(name)) for name in BUNDLES["map-page.js"]]
    assert found == sorted(found)
    assert BUNDLES["map-page.js"][-1] == "map.js", "the others are there when it draws"


def test_files_may_be_kept_for_good_because_their_address_changes() -> None:
    response = get("map.js")
    assert response.status_code == 200
    assert "immutable" in response.headers["cache-control"]
    assert response.headers["content-type"].startswith("text/javascript")


def test_a_file_is_compressed_once_for_all_who_can_read_it() -> None:
    plain, first, second = get("map.js"), get("map.js", "br, gzip"), get("map.js", "gzip")
    assert "content-encoding" not in plain.headers
    assert first.headers["content-encoding"] == "gzip"
    assert {each.headers["vary"] for each in (plain, first)} == {"Accept-Encoding"}
    assert gzip.decompress(first.body) == plain.body
    assert first.body is second.body


def test_another_name_is_not_found() -> None:
    assert get("../app.py").status_code == 404


def test_style_sheets_ask_no_other_host() -> None:
    for name in ("leaflet.css", "map.css"):
        assert not re.search(rb"url\(['\"]?(https?:)?//", get(name).body)


def test_routes_are_below_the_base_path_too_with_their_methods(monkeypatch: pytest.MonkeyPatch) -> None:
    routes = [Route("/api/a/{x}", get), Route("/api/b", get, methods=["POST"])]
    assert asset_routes.below_base(routes) == routes
    monkeypatch.setattr(asset_routes, "base_path", lambda: "/gz")
    found = {route.path: route.methods for route in asset_routes.below_base(routes)}
    assert found == {
        path: methods
        for base in ("", "/gz")
        for path, methods in ((f"{base}/api/a/{{x}}", {"GET", "HEAD"}), (f"{base}/api/b", {"POST"}))
    }
