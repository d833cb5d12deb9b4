"""The server refuses to start on bad data, with one message that lists everything."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.e2e.conftest import ROOT, free_port


def start(folder: Path) -> subprocess.CompletedProcess[str]:
    """Start the server on a data folder and wait until it has given up."""
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(free_port())]
    environment = os.environ | {"DASHBOARD_DATA_DIR": str(folder)}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_bad_data_stops_the_start_with_every_problem_and_no_traceback(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(ROOT / "data", folder)
    (folder / "context.geojson").unlink()
    indicators = folder / "indicators.csv"
    lines = indicators.read_text(encoding="utf-8").splitlines()
    lines[1] = lines[1] + ",one,field,too,many"
    indicators.write_text("\n".join(lines), encoding="utf-8")

    ended = start(folder)

    assert ended.returncode == 1
    assert "2 problems" in ended.stderr
    assert "context.geojson: found 'no such file'" in ended.stderr
    assert "indicators.csv, row 2" in ended.stderr
    assert "expected 7 fields, as in the header" in ended.stderr
    assert "Traceback" not in ended.stderr + ended.stdout
