"""A PostgreSQL server of the tests' own, from the distribution's packages, on a free loopback port."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import free_port

OWNER = "postgres"  # PostgreSQL refuses to run as root
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
}  # processes die here, not machines


def program(name: str) -> str:
    """Return the path of a program of PostgreSQL, the newest; fail with how to install it."""
    places = [*map(str, Path("/usr/lib/postgresql").glob("*/bin"))]
    newest = sorted(places, key=lambda place: int(Path(place).parent.name), reverse=True)
    found = shutil.which(name, path=os.pathsep.join([*newest, os.environ.get("PATH", "")]))
    if found is None:
        pytest.fail("tests of the store need PostgreSQL; run tests/store/install_postgresql.sh")
    return found


@contextmanager
def serving() -> Iterator[str]:
    """Run a server and yield the address of its databases, without a name at the end."""
    account: dict[str, Any] = {"user": OWNER, "group": OWNER, "extra_groups": ()} if os.geteuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="store-postgresql-"))
    if account:
        shutil.chown(folder, OWNER, OWNER)
    log, control = folder / "log.txt", [program("pg_ctl"), "-D", str(folder / "data"), "-s", "-w"]

    def run(*command: str) -> None:
        done = subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, check=False, **account)
        if done.returncode:
            pytest.fail(f"{command} failed:\n{log.read_text(encoding='utf-8') if log.exists() else ''}")

    try:
        run(program("initdb"), "-D", str(folder / "data"), "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        port = free_port()
        settings = " ".join(f"--{name}={value}" for name, value in (SETTINGS | {"port": port}).items())
        run(*control, "-l", str(log), "-o", settings, "start")
        try:
            yield f"postgresql://{OWNER}@127.0.0.1:{port}"
        finally:
            run(*control, "-m", "fast", "stop")
    finally:
        shutil.rmtree(folder)
