"""A PostgreSQL server of the tests' own, from the distribution's packages, on a free loopback port."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from store.backup import programs
from store.errors import StoreError
from tests.e2e.conftest import free_port

OWNER = "postgres"  # PostgreSQL refuses to run as root
# Processes die here, not machines.
SETTINGS = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "off"}
GONE_SECONDS = 20


def program(name: str) -> str:
    """Return the path of a program of PostgreSQL; fail with how to install it."""
    try:
        return programs.program(name)
    except StoreError:
        pytest.fail("tests of the store need PostgreSQL; run tests/store/install_postgresql.sh")


class Server:
    """A server that can be stopped, frozen and killed."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._data, self._log = folder, folder / "data", folder / "log.txt"
        self._account: dict[str, Any] = {}
        if os.geteuid() == 0:
            shutil.chown(folder, OWNER, OWNER)
            self._account = {"user": OWNER, "group": OWNER, "extra_groups": ()}
        port = free_port()
        self._options = " ".join(f"--{name}={value}" for name, value in (SETTINGS | {"port": port}).items())
        self.address = f"postgresql://{OWNER}@127.0.0.1:{port}"  # of its databases, without a name at the end
        self._run(
            program("initdb"), "-D", str(self._data), "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C", "-N"
        )

    def start(self) -> None:
        """Return when it answers."""
        self._control("-w", "-l", str(self._log), "-o", self._options, "start")

    def stop(self) -> None:
        """Return when it has ended."""
        self._control("-w", "-m", "fast", "stop")

    def kill(self) -> None:
        """Kill all its processes; return when the first has gone."""
        processes = self._processes()
        self._signal(signal.SIGKILL, processes)
        deadline = time.monotonic() + GONE_SECONDS
        while any(_runs(process) for process in processes):
            assert time.monotonic() < deadline, "a killed server still runs"
            time.sleep(0.01)
        # Where nobody reaps the dead the next server would take this number for a living one's.
        (self._data / "postmaster.pid").unlink()

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Let none of its processes run while in the block."""
        self._signal(signal.SIGSTOP, self._processes())
        try:
            yield
        finally:
            self._signal(signal.SIGCONT, self._processes())

    def close(self) -> None:
        """Stop it if it runs."""
        if (self._data / "postmaster.pid").exists():
            self._signal(signal.SIGCONT, self._processes())
            self._control("-m", "immediate", "stop", check=False)

    def _processes(self) -> list[int]:
        """Return its processes, the first one first: stopped, it starts no more."""
        main = int((self._data / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{main}/task/{main}/children")
        return [main, *map(int, children.read_text().split())] if children.exists() else []

    def _signal(self, number: int, processes: list[int]) -> None:
        for process in processes:
            try:
                os.kill(process, number)
            except ProcessLookupError:
                continue

    def _control(self, *arguments: str, check: bool = True) -> None:
        self._run(program("pg_ctl"), "-D", str(self._data), "-s", *arguments, check=check)

    def _run(self, *command: str, check: bool = True) -> None:
        done = subprocess.run(command, cwd=self._folder, stdout=subprocess.DEVNULL, check=False, **self._account)
        if check and done.returncode:
            pytest.fail(f"{command} failed:\n{self._log.read_text(encoding='utf-8') if self._log.exists() else ''}")


def _runs(process: int) -> bool:
    """Whether a process runs; one that has ended may wait for its parent to notice."""
    stat = Path(f"/proc/{process}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@contextmanager
def serving() -> Iterator[Server]:
    """Run a server."""
    folder = Path(tempfile.mkdtemp(prefix="store-postgresql-"))
    try:
        server = Server(folder)
        server.start()
        try:
            yield server
        finally:
            server.close()
    finally:
        shutil.rmtree(folder)
