"""Who gets to the desk and its uploads: signed in with a real provider, at this machine, or not at all."""

import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from tests.e2e.conftest import ROOT, Visits, free_port, serving
from tests.e2e.provider import providing, write_secrets

ENTRANCE = "tests/e2e/apps/entrance.py"
NOBODY = "name=- role=VIEWER local=False"
HERE = "name=- role=ADMINISTRATOR local=True reason=-"
HUGE = 10**12
REFUSED = (403, "Only editors on the data desk can upload files.\n")


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a provider."""
    with providing(tmp_path_factory.mktemp("provider")) as url:
        yield url


@pytest.fixture(scope="module")
def guarded(provider: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with sign-in."""
    folder = tmp_path_factory.mktemp("guarded")
    secrets = write_secrets(folder, provider)
    with serving(folder / "log.txt", ENTRANCE, STREAMLIT_SECRETS_FILES=str(secrets)) as url:
        yield url


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server without sign-in."""
    folder = tmp_path_factory.mktemp("plain")
    with serving(folder / "log.txt", ENTRANCE, STREAMLIT_SECRETS_FILES=str(folder / "none.toml")) as url:
        yield url


@pytest.fixture
def entrance(visits: Visits, guarded: str, provider: str) -> Page:
    """A window on the server with sign-in, which may be sent to the provider."""
    visits.providers = (provider,)
    return visits.open("/", url=guarded).page


def sign_in(page: Page, sub: str) -> None:
    """Sign in as somebody the provider knows."""
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name=sub, exact=True).first.click()


def upload_path(page: Page) -> str:
    """Return the address a file of this window's session would go to."""
    session = page.get_by_text("session=").inner_text().partition("=")[2]
    return f"/_stcore/upload_file/{session}/a-file-of-mine"


def put(page: Page) -> int:
    """Send a file to this window's session as the page itself would, whoever is looking; return the status."""
    return page.evaluate(
        """path => {
            const form = new FormData(); form.append("file", new Blob(["mine"]), "mine.csv");
            const token = document.cookie.split("_streamlit_xsrf=")[1].split(";")[0];
            return fetch(path, {method: "PUT", body: form, headers: {"X-Xsrftoken": token}}).then(answer => answer.status)
        }""",
        upload_path(page),
    )


# ---- with a provider ----


@pytest.mark.parametrize(
    ("sub", "line", "shown", "status"),
    [
        ("ed", "name=Ed@Example.org role=EDITOR local=False reason=-", "Signed in as Ed@Example.org (editor)", 204),
        ("rev", "name=rev role=REVIEWER local=False reason=-", "Signed in as rev (reviewer)", 204),
        ("eve", "name=eve role=VIEWER local=False reason=no_role", "Signed in as eve (viewer)", 403),
        ("guest", "name=guest@example.org role=VIEWER local=False reason=no_role", "guest@example.org can view", 403),
    ],
)
def test_a_person_signs_in_and_out(entrance: Page, sub: str, line: str, shown: str, status: int) -> None:
    """The role comes from the list or the claim, opens the uploads or not, and is gone after signing out."""
    page = entrance
    expect(page.get_by_text(f"{NOBODY} reason=signed_out")).to_be_visible()
    assert put(page) == 403
    sign_in(page, sub)
    expect(page.get_by_text(line)).to_be_visible()
    expect(page.get_by_text(shown)).to_be_visible()
    assert put(page) == status
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="End session").click()
    expect(page.get_by_text(f"{NOBODY} reason=signed_out")).to_be_visible()
    assert put(page) == 403


def test_a_copied_cookie_opens_nothing_once_its_owner_has_signed_out(
    visits: Visits, guarded: str, entrance: Page
) -> None:
    """Neither in a new window nor in one that was open all along; the owner may sign in again."""
    sign_in(entrance, "ed")
    expect(entrance.get_by_text("role=EDITOR")).to_be_visible()
    copied = {"cookies": entrance.context.cookies(), "origins": []}
    thief = visits.open("/", url=guarded, storage_state=copied).page
    expect(thief.get_by_text("role=EDITOR")).to_be_visible()
    entrance.get_by_role("button", name="Sign out").click()
    entrance.get_by_role("button", name="End session").click()
    expect(entrance.get_by_text(f"{NOBODY} reason=signed_out")).to_be_visible()
    late = visits.open("/", url=guarded, storage_state=copied).page
    expect(late.get_by_text(f"{NOBODY} reason=signed_out")).to_be_visible()
    thief.keyboard.press("r")  # runs the page again
    expect(thief.get_by_text(f"{NOBODY} reason=signed_out")).to_be_visible()
    assert (put(late), put(thief)) == (403, 403)
    sign_in(entrance, "ed")
    expect(entrance.get_by_text("role=EDITOR")).to_be_visible()
    assert put(entrance) == 204


def test_an_editor_uploads_by_hand(visits: Visits, guarded: str, entrance: Page) -> None:
    """The gate lets Streamlit's own upload through, and no other session's."""
    page = entrance
    sign_in(page, "ed")
    expect(page.get_by_text("role=EDITOR")).to_be_visible()
    page.locator("input[type=file]").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": b"rows"})
    expect(page.get_by_text("received=rows")).to_be_visible()
    other = visits.open("/", url=guarded).page
    expect(other.get_by_text("reason=signed_out")).to_be_visible()
    assert put(other) == 403


def test_the_dashboards_own_desk_opens_to_an_editor_and_to_nobody_else(
    visits: Visits, provider: str, tmp_path: Path
) -> None:
    """The real page asks to sign in, opens to an editor from the menu, and stays closed to a guest."""
    secrets = write_secrets(tmp_path, provider)
    visits.providers = (provider,)
    with serving(tmp_path / "log.txt", STREAMLIT_SECRETS_FILES=str(secrets)) as url:
        for sub, shown in (("ed", "Signed in as Ed@Example.org (editor)"), ("guest", "guest@example.org can view")):
            page = visits.open("/data-desk?lang=en", url=url).page
            expect(page.locator(".st-key-closed")).to_contain_text("Sign in to use the data desk.")
            sign_in(page, sub)
            page.get_by_role("link", name="Data desk", exact=True).click()
            expect(page.get_by_text(shown)).to_be_visible()
            expect(page.locator(".st-key-closed")).to_have_count(0 if sub == "ed" else 1)


def test_a_provider_that_is_half_configured_opens_nothing(visits: Visits, provider: str, tmp_path: Path) -> None:
    """Not even to this machine; the page names the setting and shows how it is done."""
    secrets = write_secrets(tmp_path, provider, {"cookie_secret": "short"})
    with serving(tmp_path / "log.txt", ENTRANCE, STREAMLIT_SECRETS_FILES=str(secrets)) as url:
        page = visits.open("/", url=url).page
        expect(page.get_by_text(f"{NOBODY} reason=incomplete")).to_be_visible()
        expect(page.locator(".st-key-closed")).to_contain_text("auth.cookie_secret")
        expect(page.get_by_text("server_metadata_url")).to_be_visible()
        expect(page.get_by_role("button", name="Sign in")).to_have_count(0)
        assert put(page) == 403


def test_a_secrets_file_that_cannot_be_read_opens_nothing(visits: Visits, tmp_path: Path) -> None:
    """A slip of the pen in the file must not turn sign-in off."""
    secrets = tmp_path / "secrets.toml"
    secrets.write_text("[auth\nredirect_uri = ", encoding="utf-8")
    with serving(tmp_path / "log.txt", ENTRANCE, STREAMLIT_SECRETS_FILES=str(secrets)) as url:
        page = visits.open("/", url=url).page
        expect(page.get_by_text(f"{NOBODY} reason=unreadable")).to_be_visible()
        assert put(page) == 403


# ---- without one ----


@contextmanager
def visiting(url: str, host: str = "", origin: str | None = None, **headers: str) -> Iterator[Iterator[ForwardMsg]]:
    """Open a session as a browser would, with these headers in its handshake; yield the messages of its first run."""
    address = urlsplit(url)
    connection = socket.create_connection((address.hostname, address.port))
    with connect(
        f"ws://{host or address.netloc}/_stcore/stream",
        sock=connection,
        origin=origin,
        additional_headers={name.replace("_", "-"): value for name, value in headers.items()},
        subprotocols=["streamlit"],
    ) as session:
        session.send(BackMsg(rerun_script={}).SerializeToString())
        yield (ForwardMsg.FromString(session.recv(timeout=15)) for _ in range(1000))


def look(url: str, **handshake: str) -> str:
    """Return the line that says who a visitor with such a handshake is."""
    with visiting(url, **handshake) as messages:
        texts = (message.delta.new_element.text.body for message in messages)
        return next(text for text in texts if text.startswith("name="))


def test_this_machine_needs_no_sign_in(visits: Visits, plain: str) -> None:
    """A browser here is the administrator, and may upload."""
    page = visits.open("/", url=plain).page
    expect(page.get_by_text(HERE)).to_be_visible()
    expect(page.get_by_text("On this computer, not signed in")).to_be_visible()
    assert put(page) == 204
    assert look(plain) == HERE
    assert look(plain, origin=plain) == HERE


@pytest.mark.parametrize(
    "handshake",
    [
        {"X_Forwarded_For": "127.0.0.1"},
        {"X_Forwarded_For": "203.0.113.9"},
        {"X_Forwarded_Proto": "https"},
        {"Forwarded": "for=127.0.0.1"},
        {"X_Real_IP": "127.0.0.1"},
        {"Via": "1.1 proxy"},
        {"host": "dashboard.example.org"},
        {"host": "dashboard.example.org", "origin": "http://dashboard.example.org"},
        {"origin": "http://localhost:3000"},
    ],
)
def test_a_proxy_on_this_machine_or_a_foreign_name_is_not_this_machine(plain: str, handshake: dict[str, str]) -> None:
    """The peer is a loopback address in each of these, and in one the server takes another one from the header."""
    assert look(plain, **handshake) == f"{NOBODY} reason=remote"


def test_a_visitor_under_another_name_reads_how_sign_in_is_set_up(visits: Visits, plain: str) -> None:
    """Browsers take every name below localhost to this machine; the dashboard does not."""
    page = visits.open("/", url=plain.replace("127.0.0.1", "dashboard.localhost")).page
    expect(page.get_by_text(f"{NOBODY} reason=remote")).to_be_visible()
    expect(page.locator(".st-key-closed")).to_contain_text("only on the computer that runs the dashboard")
    expect(page.get_by_text("server_metadata_url")).to_be_visible()
    assert put(page) == 403


# ---- the settings ----


def test_an_unknown_word_for_the_review_stops_the_start() -> None:
    """A slip of the pen must not let unreviewed data through."""
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(free_port())]
    environment = os.environ | {"DASHBOARD_REVIEW": "requierd"}
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 1
    assert 'DASHBOARD_REVIEW is "requierd"; expected "required", "off" or no value.' in ended.stderr
    assert "Traceback" not in ended.stderr + ended.stdout


# ---- the upload route of the dashboard itself ----


def answer(url: str, path: str, head: str, body: bytes = b"") -> tuple[int, str]:
    """Send a request's head and no more of its body than given; return status and text of what comes back at once."""
    address = urlsplit(url)
    with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
        connection.sendall(f"PUT {path} HTTP/1.1\r\nHost: {address.netloc}\r\n{head}\r\n\r\n".encode() + body)
        response = http.client.HTTPResponse(connection)
        response.begin()
        return response.status, response.read().decode()


@pytest.mark.parametrize("head", [f"Content-Length: {HUGE}", "Transfer-Encoding: chunked"])
@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/upload_file/nobody/a",
        "/_stcore%2Fupload_file/nobody/a",
        "/%5Fstcore/upload%5Ffile/nobody/a",
        "//_stcore/upload_file/nobody/a",
        "/_stcore/upload_file/nobody/a/",
        "/_stcore/../_stcore/upload_file/nobody/a",
    ],
)
def test_an_upload_nobody_admitted_is_refused_while_its_body_is_still_to_come(
    server: str, path: str, head: str
) -> None:
    """The answer does not wait for the body, however long it says it is."""
    assert answer(server, path, head) == REFUSED


def test_a_connected_session_that_is_not_at_the_desk_may_not_upload(server: str) -> None:
    """Any visitor has a session; that alone opens nothing."""
    with visiting(server) as messages:
        session = next(found for message in messages if (found := message.new_session.initialize.session_id))
        assert answer(server, f"/_stcore/upload_file/{session}/a", f"Content-Length: {HUGE}") == REFUSED


def test_too_large_a_file_is_refused_before_it_is_read(visits: Visits, plain: str) -> None:
    """An admitted session may send 50 MB: more is refused by what it states, or once it has come."""
    page = visits.open("/", url=plain).page
    expect(page.get_by_text(HERE)).to_be_visible()
    path = upload_path(page)
    assert answer(plain, path, f"Content-Length: {50 * 1024**2 + 1}") == (413, "The file is too large.\n")
    assert answer(plain, path, f"Content-Length: {HUGE}")[0] == 413


def test_a_file_of_unstated_length_is_cut_off_at_the_limit(visits: Visits, plain: str) -> None:
    """Streamlit is reading it by then; the answer comes although the file goes on."""
    page = visits.open("/", url=plain).page
    expect(page.get_by_text(HERE)).to_be_visible()
    token = page.evaluate("() => document.cookie.split('_streamlit_xsrf=')[1].split(';')[0]")
    head = (
        f"Transfer-Encoding: chunked\r\nContent-Type: multipart/form-data; boundary=b\r\n"
        f"X-Xsrftoken: {token}\r\nCookie: _streamlit_xsrf={token}"
    )
    part = b'--b\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n'.ljust(50 * 1024**2 + 1, b"0")
    body = f"{len(part):x}\r\n".encode() + part
    assert answer(plain, upload_path(page), head, body) == (413, "The file is too large.\n")
