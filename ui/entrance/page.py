"""The page that every visit begins with: Streamlit's own, in the visitor's language, its scripts behind a check of what they need."""

import functools
import re
from collections.abc import Mapping
from html import escape
from pathlib import Path
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import file_util

from geo.escaping import script_json
from geo.schema import LANGUAGES
from geo.translation import tag
from ui import asset_routes, static_files
from ui.entrance import later_parts
from ui.entrance.streamlit_words import chinese
from ui.i18n import mark, translate
from ui.server.bounds.places import NOT_PAGES

__all__ = ["Entrance", "page", "reads"]

# The oldest browsers of which all is there that ui/static/entrance.js asks for; docs/decisions/0032.
_CASES = {
    "browser": mark(
        "This browser is too old, or set up too strictly, to show the dashboard. It needs Chrome or Edge 112, Firefox 121 or Safari 17, or a newer version."
    ),
    "connection": mark(
        "The page has loaded, but its live connection (WebSocket) has not been established yet. Often a proxy or firewall does not let WebSocket "
        "connections through: try another network, or ask its administrator. This message disappears once the connection is there."
    ),
    "files": mark("A file of the page could not be loaded. Check the network and reload the page."),
    "script": mark("The dashboard needs JavaScript, which is switched off in this browser."),
}
_FILE = mark(
    "A presentation saved as an HTML file (page Prepare, on another computer) needs no connection and also opens in browsers from 2021 on."
)
_STYLE = (
    "#entrance { display: none; position: fixed; top: 0; left: 0; width: 100%; height: 100%; z-index: 2147483647; overflow: auto; padding: 12vh 8vw;"
    " box-sizing: border-box; background: white; background: Canvas; color: black; color: CanvasText; color-scheme: light dark;"
    " font: 18px/1.6 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif; }"
    " #entrance section { max-width: 720px; margin: 0 auto 32px; } #entrance p { margin: 0; } #entrance [data-case] { display: none; font-weight: bold; }"
)
_UNASKED = (b"if-none-match", b"if-modified-since", b"range")
_NOTHING = "Nothing is found at this address. 此地址没有内容。\n"
_PARTS = {  # of Streamlit's page, each of which must be there once
    "language": re.compile(r'<html lang="en">'),
    "title": re.compile(r"<title>Streamlit</title>"),
    "script": re.compile(r'<script type="module" crossorigin src="([^"]+)"></script>'),
    "noscript": re.compile(r"<noscript>.*?</noscript>", re.DOTALL),
    "root": re.compile(r'<div id="root"></div>'),
}


class Entrance:
    """ASGI middleware around Streamlit's own: answers with :func:`page` where Streamlit answers with its index.html, at whatever address.

    Where a part of the address below the base says that no page is asked for (``api``, ``static`` …), Streamlit's page is no answer, and 404 is given.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and put our page in the place of Streamlit's."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        asks_page = NOT_PAGES.isdisjoint(scope["path"].removeprefix(asset_routes.base_path()).split("/"))
        # Not asked whether the page has changed: Streamlit would answer for its own.
        kept = [pair for pair in scope["headers"] if not asks_page or pair[0].lower() not in _UNASKED]
        asked = {**scope, "headers": kept}
        replaced = False

        async def send_ours(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start" and _is_index(asked, message):
                replaced = True
                head = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}
                ours = HTMLResponse(page(reads(scope)), headers=head) if asks_page else PlainTextResponse(_NOTHING, 404)
                await ours(scope, receive, send)
            elif not replaced:
                await send(message)

        await self.app(asked, receive, send_ours)


def _is_index(asked: Scope, message: Message) -> bool:
    """Whether an answer begins that is Streamlit's page: of the files it is among the only one that is HTML."""
    kind = Headers(raw=message.get("headers", [])).get("content-type", "")
    is_page = message["status"] == 200 and kind.lower().startswith("text/html")
    return is_page and isinstance(asked.get("endpoint"), StaticFiles)  # the router writes down who answers


def reads(scope: Scope) -> str:
    """Return the language of a visitor who asks for a page: of the address, else the first that the browser names."""
    asked: str = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("lang", [""])[0]
    if asked in LANGUAGES:
        return asked
    return "zh" if Headers(scope=scope).get("accept-language", "").lower().startswith("zh") else "en"


@functools.cache
def page(language: str) -> str:
    """Return the page in a language. Its scripts are the same in all, for the policy names them by what they hold.

    Raises
    ------
    RuntimeError
        If Streamlit's page has not the parts that are replaced, as another release may not.
    """
    text = (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8")
    for name, part in _PARTS.items():
        if len(part.findall(text)) != 1:
            raise RuntimeError(
                f"ui/entrance/page.py finds no {name} in Streamlit's index.html; see what this release writes there."
            )
    script = _PARTS["script"].findall(text)[0]
    title = translate(language, "Guangzhou 1+1+9 e-commerce clusters")
    ours: Mapping[str, str] = {
        "language": f'<html lang="{tag(language)}">',
        "title": f"<title>{escape(title)}</title>",
        "script": _preloads(script, text),
        "noscript": "<noscript><style>#entrance, #entrance [data-case=script] { display: block !important; }</style></noscript>",
        "root": _body(script),
    }
    for name, part in _PARTS.items():
        text = part.sub(ours[name].replace("\\", r"\\"), text)
    return text


def _preloads(script: str, text: str) -> str:
    """Return the links that have Streamlit's script fetched at once, and what it asks for later when there is nothing else to fetch."""
    later = "".join(
        f'<link rel="modulepreload" crossorigin fetchpriority="low" href="{each}">'
        for each in later_parts.addresses(text)
    )
    return f'<link rel="modulepreload" crossorigin href="{script}">{later}'


def _body(script: str) -> str:
    """Return what stands in the page's body: Streamlit's place, the sentences, and our scripts."""
    words = script_json(chinese())
    sections = "".join(f'<section lang="{tag(language)}">{_sentences(language)}</section>' for language in ("zh", "en"))
    return (
        f'<div id="root"></div>\n<style>{_STYLE}</style>'
        f'<div id="entrance" role="alert" data-react-aria-top-layer="true" data-app="{script}">{sections}</div>\n'
        f'<script type="application/json" id="streamlit-words">{words}</script>\n'
        f"<script>{static_files.source('entrance.js')}</script>\n"
        f'<script src="./{asset_routes.address("page.js")}" defer></script>'
    )


def _sentences(language: str) -> str:
    """Return the sentences of all cases, and what helps in each."""
    cases = "".join(f'<p data-case="{name}">{escape(translate(language, text))}</p>' for name, text in _CASES.items())
    return f"{cases}<p>{escape(translate(language, _FILE))}</p>"
