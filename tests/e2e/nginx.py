"""The distribution's nginx in front of the dashboard, with the very lines that docs/operations.md gives."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.e2e.conftest import ROOT, free_port, wait_until_healthy

STOP_SECONDS = 20
_CONFIGURATION = """
{account}
pid {folder}/nginx.pid;
daemon off;
error_log stderr warn;
events {{}}
http {{
    access_log {folder}/access.log;
    {temporary}
    {outside}
    server {{
        listen 127.0.0.1:{port};
        {inside}
    }}
}}
"""
_KEPT = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")  # what nginx keeps in folders that belong to root


def snippets() -> list[str]:
    """Return the lines for nginx in the order of the document: path passed on, path taken off, and what both need outside of ``server``."""
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    return re.findall(r"```nginx\n(.*?)```", text, re.DOTALL)


def _program() -> str:
    """Return the path of nginx; fail with how to install it."""
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found is None:
        pytest.fail("tests behind a proxy need nginx; run tests/e2e/install_nginx.sh")
    return found


@contextmanager
def proxying(server: str, location: str, outside: str, folder: Path) -> Iterator[str]:
    """Run nginx before a server, with a ``location`` of the document; yield its address without a path."""
    port = free_port()
    configuration = _CONFIGURATION.format(
        account="user root;" if os.geteuid() == 0 else "",
        folder=folder,
        port=port,
        temporary=" ".join(f"{name}_temp_path {folder}/{name};" for name in _KEPT),
        outside=outside,
        inside=location.replace("127.0.0.1:8501", urlsplit(server).netloc),
    )
    file, log = folder / "nginx.conf", folder / "nginx.txt"
    file.write_text(configuration, encoding="utf-8")
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen([_program(), "-c", str(file)], stdout=output, stderr=output, text=True)
        try:
            address = f"http://127.0.0.1:{port}"
            wait_until_healthy(process, f"{address}/gz/_stcore/health", log)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=STOP_SECONDS)
