"""The page that a visit begins with: in the visitor's language, with Streamlit's scripts behind ours, and the policy's hashes of what is in it."""

import asyncio
import json
import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path
from typing import NamedTuple

import pytest
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Mount, Route, Router
from streamlit import file_util
from streamlit.elements import exception
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_handler

from ui.entrance import page as entrance
from ui.entrance import streamlit_words
from ui.entrance.page import Entrance
from ui.server import headers

INDEX = Path(file_util.get_static_dir()) / "index.html"
TITLES = {"zh": "广州电子商务“1+1+9”集聚区", "en": "Guangzhou 1+1+9 e-commerce clusters"}


# The mounts are Streamlit's own, below a base path and at the root.
APP = Router(
    [
        Route("/component/a/index.html", lambda _: HTMLResponse("<p>component</p>")),
        Route("/missing", lambda _: HTMLResponse("<p>not found</p>", 404)),
        Route("/text", lambda _: PlainTextResponse("text")),
        Mount("/api/gz", create_streamlit_static_handler(str(INDEX.parent), "api/gz")),
        Mount("/", create_streamlit_static_handler(str(INDEX.parent), "")),
    ]
)


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: dict[str, str]
    text: str


def ask(address: str, method: str = "GET", **headers: str) -> Answer:
    """Ask a server that answers with Streamlit's page, with other pages, and with other things."""
    path, _, query = address.partition("?")
    pairs = [(name.replace("_", "-").lower().encode(), text.encode()) for name, text in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "query_string": query.encode(), "headers": pairs}
    sent: list[dict] = []

    async def receive() -> dict:
        return await asyncio.Event().wait() or {}  # nobody disconnects

    async def send(message: dict) -> None:
        sent.append(message)

    with ThreadPoolExecutor(1) as thread:  # a loop of its own: the browser tests leave one running in this thread
        thread.submit(asyncio.run, Entrance(APP)(scope, receive, send)).result()  # type: ignore[arg-type]
    found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], found, b"".join(message.get("body", b"") for message in sent[1:]).decode())


@pytest.mark.parametrize(
    ("address", "accepted", "language"),
    [
        ("/?lang=zh", "en", "zh"),
        ("/pazhou?lang=en", "zh-CN,zh;q=0.9", "en"),
        ("/", "zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("/gz/pazhou?lang=fr", "fr,zh", "en"),
        ("/nothing", "", "en"),
    ],
)
def test_the_page_is_in_the_visitors_language(address: str, accepted: str, language: str) -> None:
    answer = ask(address, accept_language=accepted)
    assert f'<html lang="{"zh-CN" if language == "zh" else "en"}">' in answer.text
    assert f"<title>{TITLES[language]}</title>" in answer.text
    assert "Streamlit</title>" not in answer.text
    assert "You need to enable JavaScript" not in answer.text
    assert answer.headers["vary"] == "Accept-Language"


def test_what_else_is_answered_stays_as_it_is() -> None:
    assert ask("/component/a/index.html").text == "<p>component</p>"
    assert ask("/missing")[::2] == (404, "<p>not found</p>")
    assert ask("/text").text == "text"


@pytest.mark.parametrize("path", ["/api/nothing", "/static/js/nothing.js", "/component", "/pazhou/static", "/auth/x"])
def test_where_no_page_is_asked_for_streamlits_page_is_no_answer(path: str) -> None:
    answer = ask(path)
    assert (answer.status, answer.headers["content-type"]) == (404, "text/plain; charset=utf-8")
    assert "此地址没有内容" in answer.text


def test_files_of_streamlit_come_and_are_not_sent_twice() -> None:
    """What a browser has of them it need not fetch again."""
    (name,) = re.findall(r'crossorigin src="\./([^"]+)"', INDEX.read_text(encoding="utf-8"))
    script = ask(f"/{name}")
    assert (script.status, script.headers["content-type"].partition(";")[0]) == (200, "text/javascript")
    assert ask(f"/{name}", if_none_match=script.headers["etag"]).status == 304


def test_a_base_path_may_be_called_as_what_is_no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entrance.asset_routes, "base_path", lambda: "/api/gz")
    assert ask("/api/gz/pazhou").text == entrance.page("en")
    assert ask("/api/gz/").text == entrance.page("en")
    assert ask("/api/gz/static/nothing").status == 404


def test_a_browser_that_knows_streamlits_page_gets_ours() -> None:
    """Streamlit's answer would be that nothing has changed."""
    known = {"if_modified_since": "Fri, 01 Jan 2100 00:00:00 GMT", "if_none_match": "*", "range": "bytes=0-10"}
    answer = ask("/", **known)
    assert (answer.status, answer.text) == (200, entrance.page("en"))
    head = ask("/", "HEAD")
    assert head.headers["content-length"] == answer.headers["content-length"]


def test_streamlits_scripts_wait_for_ours() -> None:
    page = entrance.page("en")
    assert '<script type="module"' not in page
    started = re.findall(r'data-app="(\./static/js/index\.[^"]+)"', page)
    assert len(started) == 1
    assert started[0] in INDEX.read_text(encoding="utf-8")
    assert "document.createElement" in page


def test_sentences_are_there_in_both_languages_whoever_asks() -> None:
    for language in TITLES:
        page = unescape(entrance.page(language))
        assert "此浏览器版本过旧" in page
        assert "This browser is too old" in page


def test_the_policy_names_the_scripts_of_every_page() -> None:
    allowed = headers.inline_script_hashes(entrance.page("zh"))
    assert allowed == headers.inline_script_hashes(entrance.page("en"))
    policy = headers.SecurityHeaders(PlainTextResponse("text"))._page_policy
    assert all(source in policy for source in allowed)
    assert "unsafe-inline" not in policy.partition("style-src")[0]


def test_another_page_of_streamlit_stops_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entrance.file_util, "get_static_dir", lambda: str(tmp_path))
    (tmp_path / "index.html").write_text("<html lang='en'></html>", encoding="utf-8")
    with pytest.raises(RuntimeError, match="finds no language in Streamlit's index"):
        entrance.page.__wrapped__("en")


def test_streamlits_words_are_words_of_its_scripts() -> None:
    """A release that words them otherwise leaves English in the Chinese pages."""
    scripts = " ".join(path.read_text(encoding="utf-8") for path in (INDEX.parent / "static" / "js").glob("*.js"))
    scripts += exception._GENERIC_UNCAUGHT_EXCEPTION_TEXT
    for word in streamlit_words.WORDS:
        parts = [part for part in re.split(r"\{\w+\}|\. |\? | (?=available|apply|submit|icon)", word) if part.strip()]
        assert all(part.strip(" :.?") in scripts for part in parts), word


def test_words_are_handed_over_with_their_chinese() -> None:
    found = re.search(r'id="streamlit-words">(.*?)</script>', entrance.page("en"), re.DOTALL)
    assert found
    assert json.loads(found[1])["No results"] == "没有匹配的选项"
