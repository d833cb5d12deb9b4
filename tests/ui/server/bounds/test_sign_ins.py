"""Sign-ins come one at a time, and who asks too often is told when to come back; nobody else notices."""

import asyncio
from typing import Any

import pytest

from ui.server.bounds import sign_ins
from ui.server.bounds.sign_ins import SignIns

LOGIN = "/auth/login"


class Server:
    """The middleware around an application that takes its time, with a clock of its own."""

    def __init__(self) -> None:
        self.now = 0.0
        self.going, self.most, self.served = 0, 0, 0
        self.guard = SignIns(self._answer, lambda: self.now)

    async def _answer(self, scope: Any, receive: Any, send: Any) -> None:
        self.going += 1
        self.most = max(self.most, self.going)
        await asyncio.sleep(0.01)
        self.going -= 1
        self.served += 1
        await send({"type": "http.response.start", "status": 302, "headers": []})

    async def ask(self, path: str = LOGIN, address: str = "10.0.0.1", kind: str = "http") -> tuple[int, dict[str, str]]:
        """Ask for a path; return the answer's status and headers."""
        sent: list[Any] = []

        async def send(message: Any) -> None:
            sent.append(message)

        await self.guard({"type": kind, "path": path, "client": (address, 1), "headers": []}, None, send)  # type: ignore[arg-type]
        return sent[0]["status"], {name.decode(): value.decode() for name, value in sent[0]["headers"]}


async def statuses(server: Server, times: int, path: str = LOGIN, **how: str) -> list[int]:
    """Ask so many times at once."""
    return [status for status, _ in await asyncio.gather(*(server.ask(path, **how) for _ in range(times)))]


@pytest.mark.parametrize(
    "path", [LOGIN, "/auth/logout", "/oauth2callback", "/base/path/auth/login", "/base/oauth2callback"]
)
def test_an_address_asks_five_times_at_once_and_then_every_two_seconds(path: str) -> None:
    async def run() -> None:
        server = Server()
        assert sorted(await statuses(server, 7, path)) == [302] * 5 + [429] * 2
        assert await statuses(server, 1, path, address="10.0.0.2") == [302]
        server.now = 1.9
        assert await statuses(server, 1, path) == [429]
        server.now = 2
        assert await statuses(server, 2, path) == [302, 429]

    asyncio.run(run())


def test_a_refused_sign_in_says_when_to_come_back_and_costs_nothing() -> None:
    async def run() -> tuple[int, dict[str, str]]:
        server = Server()
        await statuses(server, 500)
        return await server.ask()

    status, headers = asyncio.run(run())
    assert (status, headers["retry-after"], headers["refresh"]) == (429, "2", "2")


def test_they_come_one_at_a_time_and_the_whole_server_has_a_bound() -> None:
    async def run() -> Server:
        server = Server()
        answers = await asyncio.gather(*(server.ask(address=f"10.0.0.{number}") for number in range(50)))
        assert [status for status, _ in answers].count(302) == 20
        assert answers[-1][1]["retry-after"] == "1"
        return server

    assert asyncio.run(run()).most == 1


def test_a_silent_provider_holds_up_the_others_for_a_moment_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_ins, "TURN_SECONDS", 0.05)

    async def run() -> int:
        server = Server()
        answer, silent = server.guard.app, asyncio.Event()

        async def asking_the_provider(scope: Any, receive: Any, send: Any) -> None:
            if scope["client"][0] == "10.0.0.9":
                await silent.wait()
            await answer(scope, receive, send)

        server.guard.app = asking_the_provider
        waiting = asyncio.create_task(server.ask(address="10.0.0.9"))
        await asyncio.sleep(0)
        async with asyncio.timeout(5):
            (status,) = await statuses(server, 1)
        silent.set()
        await waiting
        return status

    assert asyncio.run(run()) == 302


@pytest.mark.parametrize(("path", "kind"), [("/", "http"), ("/_stcore/health", "http"), (LOGIN, "websocket")])
def test_nothing_else_is_bounded(path: str, kind: str) -> None:
    server = Server()
    assert asyncio.run(statuses(server, 100, path, kind=kind)) == [302] * 100
