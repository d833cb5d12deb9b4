"""The supported Pythons are read from one place; what is not found is said, and nothing found fails."""

import ast
import os
import stat
import sys
from pathlib import Path

import pytest

from tools import pythons

RUNNING = "{}.{}".format(*sys.version_info[:2])


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that is the whole path, and no pyenv; the interpreter that runs is of another version."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(pythons.sys, "executable", str(tmp_path / "none"))
    return tmp_path


def fake(folder: Path, name: str, says: str) -> Path:
    """Put a program into a folder that says which version it is."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{says}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def test_the_range_is_that_of_the_project() -> None:
    assert pythons.supported() == ["3.11", "3.12", "3.13"]
    assert RUNNING in pythons.supported()


def test_the_readme_names_the_range() -> None:
    needs = (pythons.ROOT / "README.md").read_text(encoding="utf-8").split("## Needs\n")[1]
    assert needs.startswith(f"Python {pythons.supported()[0]} to {pythons.supported()[-1]}")


def test_a_range_without_an_upper_bound_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyproject.toml").write_text('requires-python = ">=3.11"\n', encoding="utf-8")
    monkeypatch.setattr(pythons, "ROOT", tmp_path)
    with pytest.raises(ValueError, match="expected requires-python"):
        pythons.supported()


def test_this_interpreter_is_found_and_a_version_nobody_has_is_not() -> None:
    assert pythons.version(pythons.find(RUNNING) or "") == RUNNING
    assert pythons.find("3.99") is None


def test_a_shim_that_runs_nothing_is_not_taken_for_an_interpreter(alone: Path) -> None:
    fake(alone, "python3.12", "echo 'pyenv: python3.12: command not found' >&2; exit 127")
    assert pythons.find("3.12") is None
    good = fake(alone, "python3", "echo 3.12")
    assert pythons.find("3.12") == str(good)


def test_pyenv_is_asked_for_what_is_not_on_the_path(alone: Path) -> None:
    fake(alone, "pyenv", f"echo {alone}/root")
    for patch in ("3.12.9", "3.12.10"):
        (alone / "root" / "versions" / patch / "bin").mkdir(parents=True)
        fake(alone / "root" / "versions" / patch / "bin", "python3.12", "echo 3.12")
    assert pythons.find("3.12") == str(alone / "root" / "versions" / "3.12.10" / "bin" / "python3.12")


def test_nothing_found_fails_and_says_so(alone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert pythons.main(["test"]) == 1
    said = capsys.readouterr()
    assert said.out.splitlines() == [f"Python {version}: not found, not tested" for version in pythons.supported()]
    assert "None of the supported versions (3.11, 3.12, 3.13)" in said.err


@pytest.mark.parametrize(("broken", "status"), [(None, 0), ("3.12", 1)])
def test_each_is_tested_and_one_that_fails_fails_all(
    alone: Path, monkeypatch, capsys, broken: str | None, status: int
) -> None:
    for version in ("3.12", "3.13"):
        fake(alone, f"python{version}", f"echo {version}")
    seen: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(
        pythons, "_passes", lambda wanted, _, arguments: seen.append((wanted, arguments)) or wanted != broken
    )
    assert pythons.main(["test", "-m", "not equipment"]) == status
    assert seen == [("3.12", ["-m", "not equipment"]), ("3.13", ["-m", "not equipment"])]
    assert capsys.readouterr().out.splitlines() == [
        "Python 3.11: not found, not tested",
        f"Python 3.12: {'FAILED' if broken else 'passed'}",
        "Python 3.13: passed",
    ]


def test_check_accepts_a_supported_python_and_refuses_another(monkeypatch, capsys) -> None:
    assert pythons.main(["check"]) == 0
    monkeypatch.setattr(pythons, "supported", lambda: ["3.98", "3.99"])
    assert pythons.main(["check"]) == 1
    assert "was tested on Python 3.98 to 3.99" in capsys.readouterr().err


def test_an_environment_is_made_once_and_again_after_a_new_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in pythons.LOCKS:
        (tmp_path / name).touch()
    ran: list[list[str]] = []

    def run(command: list[str], **_: object) -> None:
        ran.append(command)
        (tmp_path / ".venv-3.12").mkdir(exist_ok=True)

    monkeypatch.setattr(pythons, "ROOT", tmp_path)
    monkeypatch.setattr(pythons.subprocess, "run", run)
    inside = pythons._environment("3.12", "python3.12")
    assert inside == str(tmp_path / ".venv-3.12" / "bin" / "python")
    assert ran[0][:4] == ["python3.12", "-m", "venv", "--clear"]
    assert "--require-hashes" in ran[1]
    pythons._environment("3.12", "python3.12")
    assert len(ran) == 2
    os.utime(tmp_path / "requirements.txt", (2e9, 2e9))
    pythons._environment("3.12", "python3.12")
    assert len(ran) == 4


def test_the_interpreter_may_be_older_than_the_dashboard_when_it_is_asked() -> None:
    assert ast.parse(Path(pythons.__file__).read_text(encoding="utf-8"), feature_version=(3, 8)).body


def test_wrong_usage_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert pythons.main([]) == 2
    assert "usage" in capsys.readouterr().err
