"""Start Streamlit with the time of every script run appended, in milliseconds, to the file named in BENCH_RUNS."""

import os
import sys
import time
from pathlib import Path
from typing import Any

from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.web import cli

_run_script = ScriptRunner._run_script


def _timed(self: ScriptRunner, *args: Any, **kwargs: Any) -> Any:
    """Run a script and note how long it took."""
    started = time.perf_counter()
    try:
        return _run_script(self, *args, **kwargs)
    finally:
        with Path(os.environ["BENCH_RUNS"]).open("a", encoding="ascii") as file:
            file.write(f"{1000 * (time.perf_counter() - started):.2f}\n")


ScriptRunner._run_script = _timed  # type: ignore[method-assign]
sys.argv = ["streamlit", "run", *sys.argv[1:]]
sys.exit(cli.main())
