"""What one websocket may ask: how much, how fast, and of which kind."""

import asyncio
import math
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from ui.server.bounds import pacing
from ui.server.bounds.pacing import BURST, LARGEST_MESSAGE, MOST_ENTRIES, PATIENCE, RATE, Pacing
from ui.server.bounds.turns import Turns

GONE = {"type": "websocket.disconnect", "code": 1005}


class Clock:
    """A clock that sleeping puts forward."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 0.0
        rest = asyncio.sleep

        async def sleep(seconds: float) -> None:
            self.now += seconds
            await rest(0)

        monkeypatch.setattr(pacing.asyncio, "sleep", sleep)

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The time, which passes only while somebody is made to wait."""
    return Clock(monkeypatch)


def message(fill: Callable[[BackMsg], object]) -> dict[str, Any]:
    """Return a message as a browser sends it."""
    back = BackMsg()
    fill(back)
    return {"type": "websocket.receive", "bytes": back.SerializeToString()}


def rerun(number: int = 0) -> dict[str, Any]:
    """Return a request for a run."""
    return message(lambda back: setattr(back.rerun_script, "query_string", f"k={number}"))


class Application:
    """Stands where Streamlit does: notes what it receives and when, and ends each run at once."""

    def __init__(self, clock: Clock, ends: bool = True) -> None:
        self._clock, self._ends = clock, ends
        self.received: list[tuple[float, dict[str, Any]]] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        end = ForwardMsg()
        end.script_finished = ForwardMsg.FINISHED_SUCCESSFULLY
        while True:
            incoming = await receive()
            self.received.append((self._clock(), incoming))
            if incoming["type"] == "websocket.disconnect":
                return
            if self._ends and incoming["type"] == "websocket.receive":
                await send({"type": "websocket.send", "bytes": end.SerializeToString()})

    @property
    def messages(self) -> list[dict[str, Any]]:
        """What was received, connections and disconnections left out."""
        return [incoming for _, incoming in self.received if incoming["type"] == "websocket.receive"]


def play(application: Application, clock: Clock, incoming: list[dict[str, Any]], **scope: Any) -> list[dict[str, Any]]:
    """Send messages through the middleware and then leave; return what the browser was sent."""
    sent: list[dict[str, Any]] = []

    async def run() -> None:
        queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        for one in [{"type": "websocket.connect"}, *incoming]:
            queue.put_nowait(one)

        async def send(outgoing: dict[str, Any]) -> None:
            sent.append(outgoing)

        pacer = Pacing(application, clock, Turns(seconds=60))
        async with asyncio.timeout(20):
            await pacer(
                {"type": "websocket", "client": ("10.0.0.1", 1), "subprotocols": ["streamlit"]} | scope, queue.get, send
            )

    asyncio.run(run())
    return sent


def closes(sent: list[dict[str, Any]]) -> list[int]:
    """Return the codes with which a socket was closed."""
    return [one["code"] for one in sent if one["type"] == "websocket.close"]


def test_a_person_who_holds_a_key_for_a_second_never_waits(clock: Clock) -> None:
    application = Application(clock)
    play(application, clock, [rerun(number) for number in range(BURST)] + [GONE])
    assert clock.now == 0
    assert application.messages == [rerun(number) for number in range(BURST)]


def test_what_comes_after_the_burst_is_delayed_and_nothing_is_lost(clock: Clock) -> None:
    application = Application(clock)
    sent = play(application, clock, [rerun(number) for number in range(BURST + 2 * RATE)] + [GONE])
    assert application.messages == [rerun(number) for number in range(BURST + 2 * RATE)]
    assert application.received[-2][0] == pytest.approx(2)
    assert closes(sent) == []


def test_a_flood_is_closed_with_a_code_after_which_the_browser_comes_back(clock: Clock) -> None:
    application = Application(clock)
    sent = play(application, clock, [rerun()] * 1000)
    assert closes(sent) == [1013]
    assert len(application.messages) <= BURST + RATE * (PATIENCE + 1)
    assert application.received[-1][1]["type"] == "websocket.disconnect"


def test_junk_counts_as_well(clock: Clock) -> None:
    application = Application(clock)
    junk = message(lambda back: setattr(back, "clear_cache", True))
    assert closes(play(application, clock, [junk] * 1000)) == [1013]
    assert application.messages == []


@pytest.mark.parametrize(
    "kind", ["clear_cache", "load_git_info", "set_run_on_save", "debug_disconnect_websocket", "debug_shutdown_runtime"]
)
def test_what_developers_menus_send_does_not_pass(clock: Clock, kind: str) -> None:
    application = Application(clock)
    sent = play(application, clock, [message(lambda back: setattr(back, kind, True)), rerun(7), GONE])
    assert application.messages == [rerun(7)]
    assert closes(sent) == []


def test_nobody_installs_anything(clock: Clock) -> None:
    application = Application(clock)
    install = message(lambda back: back.backend_operation_request.install_skills.SetInParent())
    fetch = message(lambda back: back.backend_operation_request.deferred_file.SetInParent())
    play(application, clock, [install, fetch, GONE])
    assert application.messages == [fetch]


@pytest.mark.parametrize(
    "fill",
    [
        lambda back: setattr(back, "stop_script", True),
        lambda back: setattr(back, "app_heartbeat", True),
        lambda back: setattr(back.file_urls_request, "request_id", "1"),
        lambda back: back.backend_operation_request.dataframe_chunk.SetInParent(),
    ],
)
def test_what_pages_send_passes(clock: Clock, fill: Callable[[BackMsg], object]) -> None:
    application = Application(clock)
    play(application, clock, [message(fill), GONE])
    assert application.messages == [message(fill)]


@pytest.mark.parametrize(
    ("incoming", "code"),
    [
        ({"type": "websocket.receive", "bytes": b"\x00" * (LARGEST_MESSAGE + 1)}, 1009),
        ({"type": "websocket.receive", "bytes": b"\xff\xff\xff"}, 1002),
        ({"type": "websocket.receive", "text": "hello"}, 1003),
    ],
)
def test_what_is_no_message_of_a_page_ends_the_socket(clock: Clock, incoming: dict[str, Any], code: int) -> None:
    application = Application(clock)
    sent = play(application, clock, [incoming, rerun()])
    assert closes(sent) == [code]
    assert application.messages == []


def test_a_socket_that_asks_for_nothing_is_closed(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacing, "FIRST_SECONDS", 0.01)
    assert closes(play(Application(clock), clock, [])) == [1008]


def heartbeat() -> dict[str, Any]:
    """Return the message that a browser is still there."""
    return message(lambda back: setattr(back, "app_heartbeat", True))


def test_a_socket_that_only_says_that_it_is_there_is_closed(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacing, "FIRST_SECONDS", 0.01)
    application = Application(clock)
    assert closes(play(application, clock, [heartbeat()])) == [1008]
    assert application.messages == [heartbeat()]


def waits(application: Application, clock: Clock, incoming: list[dict[str, Any]], **scope: Any) -> bool:
    """Whether a socket that says nothing more stays open long after its time to ask."""

    async def late(inner: Any, receive: Any, send: Any) -> None:
        async with asyncio.timeout(0.2):
            await application(inner, receive, send)

    try:
        play(late, clock, incoming, **scope)  # type: ignore[arg-type]
    except TimeoutError:
        return True
    return False


@pytest.mark.parametrize(
    ("incoming", "subprotocols", "stays"),
    [
        ([rerun()], ["streamlit"], True),
        ([heartbeat()], ["streamlit"], False),
        ([], ["streamlit", "token", "session"], True),
        ([], ["streamlit", "token"], False),
    ],
)
def test_only_who_asked_for_a_run_or_comes_back_to_a_session_may_be_silent(
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    incoming: list[dict[str, Any]],
    subprotocols: list[str],
    stays: bool,
) -> None:
    monkeypatch.setattr(pacing, "FIRST_SECONDS", 0.02)
    assert waits(Application(clock), clock, incoming, subprotocols=subprotocols) is stays


def fill_run(**fields: Any) -> dict[str, Any]:
    """Return a request for a run with these fields."""
    return message(lambda back: [setattr(back.rerun_script, name, value) for name, value in fields.items()])


def entries(count: int, name: str) -> dict[str, Any]:
    """Return a message with so many empty entries."""

    def fill(back: BackMsg) -> None:
        if name == "widgets":
            for _ in range(count):
                back.rerun_script.widget_states.widgets.add()
        elif name == "file_names":
            back.file_urls_request.file_names.extend([""] * count)
        else:
            back.rerun_script.cached_message_hashes.extend([""] * count)

    return message(fill)


@pytest.mark.parametrize("name", list(MOST_ENTRIES))
def test_a_message_may_have_so_many_entries(clock: Clock, name: str) -> None:
    most = MOST_ENTRIES[name]
    application = Application(clock)
    sent = play(application, clock, [entries(most, name), entries(most + 1, name), rerun()])
    assert (closes(sent), application.messages) == ([1008], [entries(most, name)])


# Of a widget's state, by kind: whether any page of ours sends it.
STATES = dict.fromkeys(
    ["trigger_value", "bool_value", "double_value", "int_value", "string_value", "double_array_value", "int_array_value", "string_array_value",
     "json_value", "file_uploader_state_value", "string_trigger_value", "json_trigger_value"], True
) | dict.fromkeys(["arrow_value", "bytes_value", "chat_input_value"], False)  # fmt: skip


def test_every_kind_of_a_widgets_state_is_decided() -> None:
    """If Streamlit has a new one, look whether pages send it, and what it does with one that is made up."""
    assert set(STATES) == {field.name for field in WidgetState.DESCRIPTOR.oneofs_by_name["value"].fields}


@pytest.mark.parametrize("kind", STATES)
def test_a_kind_of_state_that_no_page_sends_ends_the_socket(clock: Clock, kind: str) -> None:
    """Streamlit opens a table of Arrow's for any widget, in its own process: one of 1 kB with an offset out of bounds ended the server."""

    def fill(back: BackMsg) -> None:
        back.rerun_script.widget_states.widgets.add(id="fits", int_value=1)
        state = back.rerun_script.widget_states.widgets.add(id="map")
        field = WidgetState.DESCRIPTOR.fields_by_name[kind]
        if field.message_type:
            getattr(state, kind).SetInParent()
        else:
            setattr(state, kind, type(getattr(state, kind))())

    application = Application(clock)
    too_many = entries(MOST_ENTRIES["widgets"] + 1, "widgets")
    sent = play(application, clock, [message(fill), too_many])
    assert (closes(sent), len(application.messages)) == ([1008], int(STATES[kind]))


@pytest.mark.parametrize(
    ("name", "most"), [("query_string", 4096), ("page_name", 1024), ("page_script_hash", 1024), ("fragment_id", 1024)]
)
def test_a_text_may_be_so_long(clock: Clock, name: str, most: int) -> None:
    application = Application(clock)
    fits = fill_run(**{name: "x" * most})
    sent = play(application, clock, [fits, fill_run(**{name: "x" * (most + 1)}), rerun()])
    assert (closes(sent), application.messages) == ([1008], [fits])


@pytest.mark.parametrize(("name", "most"), [("url", 8192), ("timezone", 1024), ("locale", 1024)])
def test_a_text_about_the_browser_may_be_so_long(clock: Clock, name: str, most: int) -> None:
    application = Application(clock)
    fits, exceeds = (
        message(lambda back, length=length: setattr(back.rerun_script.context_info, name, "x" * length))
        for length in (most, most + 1)
    )
    sent = play(application, clock, [fits, exceeds, rerun()])
    assert (closes(sent), application.messages) == ([1008], [fits])


def answering(answer: str, received: asyncio.Event, answered: asyncio.Event) -> Callable[..., Any]:
    """Return an application that says when a message has arrived, and answers it with the field ``answer`` when it may."""

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        received.set()
        await answered.wait()
        if answer:
            outgoing = ForwardMsg()
            getattr(outgoing, answer).SetInParent()
            await send({"type": "websocket.send", "bytes": outgoing.SerializeToString()})
        await asyncio.Event().wait()

    return application


@pytest.mark.parametrize(
    ("fill", "answer", "waiting"),
    [
        (lambda back: back.file_urls_request.SetInParent(), "file_urls_response", True),
        (lambda back: back.backend_operation_request.dataframe_chunk.SetInParent(), "backend_operation_response", True),
        (lambda back: setattr(back, "stop_script", True), "", False),
        (lambda back: setattr(back, "app_heartbeat", True), "", False),
    ],
)
def test_whatever_makes_the_server_work_waits_for_its_turn(
    clock: Clock, fill: Callable[[BackMsg], object], answer: str, waiting: bool
) -> None:
    async def run() -> list[bool]:
        turns = Turns(most=1, seconds=60)
        await turns.take("somebody", "10.0.0.9")
        received, answered = asyncio.Event(), asyncio.Event()

        async def receive() -> dict[str, Any]:
            return message(fill)

        async def send(outgoing: Any) -> None: ...

        async def rest() -> None:
            for _ in range(20):
                await asyncio.sleep(0)

        scope = {"type": "websocket", "client": ("10.0.0.1", 1), "subprotocols": []}
        application = answering(answer, received, answered)
        visit = asyncio.create_task(Pacing(application, clock, turns)(scope, receive, send))
        await rest()
        seen = [received.is_set()]
        turns.end("somebody")
        await rest()
        seen.append(received.is_set())
        following = asyncio.create_task(turns.take("next", "10.0.0.9"))
        await rest()
        seen.append(following.done())
        answered.set()
        await rest()
        seen.append(following.done())
        visit.cancel()
        await asyncio.gather(visit, return_exceptions=True)
        return seen

    assert asyncio.run(run()) == [not waiting, True, not waiting, True]


@pytest.mark.parametrize("shown", ["progress", "spinner"])
def test_a_run_that_shows_how_far_it_is_leaves_its_turn_to_others(clock: Clock, shown: str) -> None:
    async def run() -> list[bool]:
        turns = Turns(most=1, seconds=60)
        seen: list[bool] = []

        async def application(scope: Any, receive: Any, send: Any) -> None:
            await receive()
            for element in ("markdown", shown):
                outgoing = ForwardMsg()
                getattr(outgoing.delta.new_element, element).SetInParent()
                await send({"type": "websocket.send", "bytes": outgoing.SerializeToString()})
                seen.append(not turns._taken)

        async def receive() -> dict[str, Any]:
            return rerun()

        async def send(outgoing: Any) -> None: ...

        scope = {"type": "websocket", "client": ("10.0.0.1", 1), "subprotocols": []}
        async with asyncio.timeout(20):
            await Pacing(application, clock, turns)(scope, receive, send)
        return seen

    assert asyncio.run(run()) == [False, True]


def test_a_visitor_is_served_before_those_who_flood(clock: Clock) -> None:
    # Nobody's run ends by itself here: the turns are handed out by hand.
    order: list[str] = []

    async def run() -> None:
        turns = Turns(most=1, seconds=60, lasting=math.inf)
        pacer = Pacing(lambda scope, receive, send: reading(scope, receive), clock, turns)

        async def reading(scope: Any, receive: Any) -> None:
            for _ in range(scope["messages"]):
                incoming = await receive()
                order.extend([scope["client"][0]] if incoming["type"] == "websocket.receive" else [])

        def visit(address: str, count: int) -> asyncio.Task[None]:
            queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
            for one in [{"type": "websocket.connect"}, *[rerun()] * count]:
                queue.put_nowait(one)

            async def send(outgoing: Any) -> None: ...

            scope = {"type": "websocket", "client": (address, 1), "subprotocols": [], "messages": 1 + count}
            return asyncio.create_task(pacer(scope, queue.get, send))

        await turns.take("somebody", "10.0.0.9")
        flood = [visit("10.0.0.1", 50) for _ in range(80)]
        for _ in range(20):
            await asyncio.sleep(0)
        calm = visit("10.0.0.2", 1)
        for _ in range(20):
            await asyncio.sleep(0)
        assert order == []
        turns.end("somebody")
        async with asyncio.timeout(20):
            await asyncio.gather(*flood, calm)

    asyncio.run(run())
    assert order.index("10.0.0.2") <= 50, "one socket of the other address at most comes before it"
    assert order.count("10.0.0.1") == 80 * 50


def test_who_leaves_before_their_turn_comes_has_no_run(clock: Clock) -> None:
    application, turns = Application(clock), Turns(most=1, seconds=60)

    async def run() -> None:
        queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        for one in ({"type": "websocket.connect"}, *[rerun()] * BURST, GONE):
            queue.put_nowait(one)

        async def send(outgoing: Any) -> None: ...

        await turns.take("somebody", "10.0.0.9")
        scope = {"type": "websocket", "client": ("10.0.0.1", 1), "subprotocols": []}
        async with asyncio.timeout(20):
            await Pacing(application, clock, turns)(scope, queue.get, send)
        turns.end("somebody")
        assert await turns.take("another", "10.0.0.9"), "nobody who has left holds or awaits a turn"

    asyncio.run(run())
    assert application.messages == []


def test_what_comes_while_somebody_waits_is_passed_on_in_its_order(clock: Clock) -> None:
    application, turns = Application(clock), Turns(most=1, seconds=60)
    asked = [rerun(number) for number in range(3)] + [
        fill_run(query_string="x" * 4000, page_name=str(number)) for number in range(20)
    ]

    async def run() -> None:
        queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        for one in ({"type": "websocket.connect"}, *asked):
            queue.put_nowait(one)

        async def send(outgoing: Any) -> None: ...

        await turns.take("somebody", "10.0.0.9")
        scope = {"type": "websocket", "client": ("10.0.0.1", 1), "subprotocols": []}
        visit = asyncio.create_task(Pacing(application, clock, turns)(scope, queue.get, send))
        for _ in range(30):
            await asyncio.sleep(0)
        assert application.messages == []
        turns.end("somebody")
        queue.put_nowait(GONE)
        async with asyncio.timeout(20):
            await visit

    asyncio.run(run())
    assert application.messages == asked


def test_other_connections_pass_untouched(clock: Clock) -> None:
    seen = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        seen.append((receive, send))

    asyncio.run(Pacing(application, clock)({"type": "http"}, "receive", "send"))
    assert seen == [("receive", "send")]


@pytest.mark.parametrize(("ends", "counts"), [(False, 1), (True, 0)])
def test_the_run_of_who_leaves_during_it_counts_on(clock: Clock, ends: bool, counts: int) -> None:
    async def run() -> int:
        turns = Turns(most=1, seconds=60)
        incoming = iter([rerun(), GONE])

        async def receive() -> dict[str, Any]:
            return next(incoming)

        async def send(outgoing: Any) -> None: ...

        scope = {"type": "websocket", "client": ("10.0.0.1", 1), "subprotocols": []}
        async with asyncio.timeout(20):
            await Pacing(Application(clock, ends), clock, turns)(scope, receive, send)
        assert not turns._taken, "others need not wait for the turn"
        return len(turns._lasting)

    assert asyncio.run(run()) == counts
