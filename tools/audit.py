"""Ask the advisory database which packages of the lock have known vulnerabilities; say in words where it cannot be asked.

A database that is not reached never fails the check, and never lets it pass for one that was made: pip-audit itself says "No known
vulnerabilities found" and ends with 0 where a mirror knows no advisories and every package was skipped.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

__all__ = ["ask", "main", "report"]

LOCK = Path(__file__).resolve().parents[1] / "requirements.txt"
ANSWER_SECONDS = 10  # one request
ALL_SECONDS = 180  # the whole audit


def ask(command: Sequence[str], seconds: float = ALL_SECONDS) -> list[dict[str, Any]] | str:
    """Run pip-audit and return what it says of each package, or why it could not.

    Parameters
    ----------
    command
        pip-audit with its arguments, told to write JSON on its output.
    seconds
        How long it may take, in seconds.
    """
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return f"no answer within {seconds:g} seconds"
    try:
        found: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        return (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
    return found


def report(found: list[dict[str, Any]] | str) -> tuple[list[str], int]:
    """Return what to print and the exit status: 1 for a known vulnerability, else 0."""
    if isinstance(found, str):
        return [f"Vulnerabilities: NOT CHECKED, the advisory database was not reached ({found})."], 0
    asked = [package for package in found if "skip_reason" not in package]
    known = [
        f"{package['name']} {package['version']}: {each['id']}, mended in {', '.join(each['fix_versions']) or 'no version yet'}"
        for package in asked
        for each in package["vulns"]
    ]
    lines = [*known]
    if asked:
        lines.append(
            f"Vulnerabilities: {len(known)} known in {len(asked)} of the {len(found)} packages of {LOCK.name}."
        )
    if len(asked) < len(found):
        unknown = len(found) - len(asked)
        lines.append(
            f"Vulnerabilities: {unknown} packages NOT CHECKED, the database that was reached does not know them."
        )
    return lines, int(bool(known))


def main() -> int:
    """Audit the lock and return the exit status."""
    options = ["--require-hashes", "--disable-pip", "--progress-spinner", "off", "--format", "json"]
    command = [sys.executable, "-m", "pip_audit", "-r", str(LOCK), "--timeout", str(ANSWER_SECONDS), *options]
    lines, status = report(ask(command))
    print("\n".join(lines))
    return status


if __name__ == "__main__":
    sys.exit(main())
