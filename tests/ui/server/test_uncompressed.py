"""Files are not compressed anew for each answer."""

import asyncio
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

import app
from ui.server.uncompressed import Uncompressed


async def large(request: Any) -> PlainTextResponse:
    """Answer with what is worth compressing."""
    return PlainTextResponse("x" * 10_000)


@pytest.mark.parametrize(
    ("path", "compressed"),
    [
        ("/media/a.html", False),
        ("/city/media/a.html", False),
        ("/component/folium/index.html", False),
        ("/city/component/folium/index.html", False),
        ("/multimedia/a.html", True),
        ("/data-desk", True),
    ],
)
def test_files_come_as_they_are(path: str, compressed: bool) -> None:
    async def ask() -> httpx.Response:
        inner = GZipMiddleware(Starlette(routes=[Route("/{rest:path}", large)]))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(Uncompressed(inner)), base_url="http://x") as client:
            return await client.get(path, headers={"Accept-Encoding": "gzip"})

    answer = asyncio.run(ask())
    assert answer.text == "x" * 10_000
    assert ("content-encoding" in answer.headers) is compressed


def test_the_server_has_it() -> None:
    assert Uncompressed in [each.cls for each in app.app._user_middleware]
