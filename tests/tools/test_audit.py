"""Vulnerabilities that are known fail the check; a database that is not reached neither fails it nor passes for one that was asked."""

import json
import sys
import time

from tools import audit

SOUND = {"name": "numpy", "version": "2.4.6", "vulns": []}
UNKNOWN = {"name": "pandas", "skip_reason": "Dependency not found on PyPI and could not be audited: pandas (3.1.1)"}
BAD = {
    "name": "lxml",
    "version": "1.0",
    "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1", "2.0"]}, {"id": "PYSEC-2", "fix_versions": []}],
}


def printing(text: str) -> list[str]:
    """Return a command that prints a text, as pip-audit prints what it found."""
    return [sys.executable, "-c", f"print({text!r})"]


def test_what_is_known_is_listed_and_fails() -> None:
    lines, status = audit.report(audit.ask(printing(json.dumps({"dependencies": [SOUND, BAD]}))))
    assert lines == [
        "lxml 1.0: PYSEC-1, mended in 1.1, 2.0",
        "lxml 1.0: PYSEC-2, mended in no version yet",
        "Vulnerabilities: 2 known in 2 of the 2 packages of requirements.txt.",
    ]
    assert status == 1


def test_nothing_known_passes() -> None:
    lines, status = audit.report([SOUND])
    assert lines == ["Vulnerabilities: 0 known in 1 of the 1 packages of requirements.txt."]
    assert status == 0


def test_packages_that_were_skipped_are_not_said_to_be_sound() -> None:
    lines, status = audit.report([SOUND, UNKNOWN])
    assert lines == [
        "Vulnerabilities: 0 known in 1 of the 2 packages of requirements.txt.",
        "Vulnerabilities: 1 packages NOT CHECKED, the database that was reached does not know them.",
    ]
    assert status == 0


def test_where_all_were_skipped_nothing_is_said_to_be_known() -> None:
    assert audit.report([UNKNOWN]) == (
        ["Vulnerabilities: 1 packages NOT CHECKED, the database that was reached does not know them."],
        0,
    )


def test_a_database_that_is_not_reached_is_said_and_fails_nothing() -> None:
    failing = [sys.executable, "-c", "import sys; sys.exit('Traceback\\nConnectionError: no route')"]
    lines, status = audit.report(audit.ask(failing))
    assert lines == ["Vulnerabilities: NOT CHECKED, the advisory database was not reached (ConnectionError: no route)."]
    assert status == 0


def test_a_database_that_never_answers_is_not_waited_for() -> None:
    began = time.monotonic()
    assert (
        audit.ask([sys.executable, "-c", "import time; time.sleep(60)"], seconds=0.5) == "no answer within 0.5 seconds"
    )
    assert time.monotonic() - began < 30
