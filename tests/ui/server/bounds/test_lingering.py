"""A body that is still coming when its answer is out is read in steps, and not for long."""

import asyncio
import contextlib

import pytest

from tests.ui.server.bounds.test_deadlines import listening
from ui.server.bounds import lingering
from ui.server.bounds.deadlines import PromptHTTP
from ui.server.bounds.lingering import Lingering

pytestmark = pytest.mark.slow

ANSWERED_AT_ONCE = b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n"  # the application of these tests waits for no body of a GET


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Linger for tenths of seconds instead of five."""
    monkeypatch.setattr(lingering, "LINGER_SECONDS", 0.5)
    monkeypatch.setattr(lingering, "STEP_SECONDS", 0.05)


def test_reading_goes_in_steps_and_ends() -> None:
    async def run() -> list[str]:
        said: list[str] = []
        loop = asyncio.get_running_loop()
        rest = Lingering(loop, lambda: said.append("pause"), lambda: said.append("resume"), lambda: said.append("end"))
        rest.look(owes=True)
        rest.look(owes=True)  # bytes that were read before the pause
        assert said == ["pause"]
        await asyncio.sleep(0.1)
        assert said == ["pause", "resume"]
        await asyncio.sleep(0.5)
        rest.look(owes=True)
        return said

    assert asyncio.run(run()) == ["pause", "resume", "end"]


def test_who_sent_the_rest_is_read_on_as_usual() -> None:
    async def run() -> list[str]:
        said: list[str] = []
        loop = asyncio.get_running_loop()
        rest = Lingering(loop, lambda: said.append("pause"), lambda: said.append("resume"), lambda: said.append("end"))
        rest.look(owes=True)
        rest.look(owes=False)
        await asyncio.sleep(0.6)
        rest.look(owes=True)
        return said

    assert asyncio.run(run()) == ["pause", "resume", "pause"], "it begins anew"


def test_a_body_that_goes_on_behind_its_answer_is_seldom_read_and_cut_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reads = 0
    received = PromptHTTP.data_received

    def counted(self: PromptHTTP, data: bytes) -> None:
        nonlocal reads
        reads += 1
        received(self, data)

    monkeypatch.setattr(PromptHTTP, "data_received", counted)

    async def run() -> tuple[bytes, float]:
        async with listening() as connect:
            reader, writer = await connect(ANSWERED_AT_ONCE % 10**9)
            begun = asyncio.get_running_loop().time()
            answer = await reader.readuntil(b"ok")
            with contextlib.suppress(ConnectionError):
                while not reader.at_eof():
                    writer.write(b"x" * 600)
                    await writer.drain()
                    await asyncio.sleep(0.002)
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(reader.read(1), 0.001)
            return answer, asyncio.get_running_loop().time() - begun

    answer, seconds = asyncio.run(run())
    assert answer.startswith(b"HTTP/1.1 200")
    assert seconds < 5
    assert reads <= 0.5 / 0.05 + 5, f"{reads} reads"


def test_a_body_that_comes_to_its_end_leaves_the_connection_open() -> None:
    async def run() -> bytes:
        async with listening() as connect:
            reader, writer = await connect(ANSWERED_AT_ONCE % 50_000)
            await reader.readuntil(b"ok")
            writer.write(b"x" * 50_000)
            await asyncio.sleep(0.7)
            writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            return await reader.readuntil(b"ok")

    assert asyncio.run(run()).startswith(b"HTTP/1.1 200")


def test_nonsense_behind_an_answer_ends_the_connection_without_an_error(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def run() -> bytes:
        async with listening() as connect:
            reader, writer = await connect(b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
            answer = await reader.readuntil(b"ok")
            writer.write(b"zz\r\n")
            return answer + await reader.read()

    assert asyncio.run(run()).count(b"HTTP/1.1") == 1
    assert not [record for record in caplog.records if record.name == "asyncio"]
