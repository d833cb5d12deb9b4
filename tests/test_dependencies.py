"""What is installed is what the locks name: exactly, with hashes, on every supported Python, and nothing else."""

import re
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.pythons import supported

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements", "requirements-dev", "requirements-data")
# Comes with the interpreter's venv module, or is a newer one of it that pip-audit brings.
OF_VENV = {"pip", "setuptools", "wheel"}


def entries(lock: str) -> list[tuple[Requirement, list[str]]]:
    """Return what a lock names, and the hashes of each."""
    text = re.sub(r"\s*\\\n\s*", " ", (ROOT / f"{lock}.txt").read_text(encoding="utf-8"))
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    return [(Requirement(line.split(" --hash=")[0]), line.split(" --hash=")[1:]) for line in lines]


def wanted(lock: str) -> list[Requirement]:
    """Return what we ask for ourselves."""
    lines = (ROOT / f"{lock}.in").read_text(encoding="utf-8").splitlines()
    plain = (line.split("#")[0].strip() for line in lines)
    return [Requirement(line) for line in plain if line and not line.startswith("-")]


def environments() -> Iterator[dict[str, str]]:
    """Yield the markers of the platforms and Pythons a lock must serve."""
    for version in supported():
        for platform, system in (("linux", "Linux"), ("darwin", "Darwin"), ("win32", "Windows")):
            names = {"sys_platform": platform, "platform_system": system, "python_version": version}
            yield names | {"python_full_version": f"{version}.9", "implementation_name": "cpython"}


def pinned(lock: str, environment: dict[str, str] | None = None) -> dict[str, str]:
    """Return the version of each package a lock installs, on this machine or in another environment."""
    return {
        canonicalize_name(entry.name): next(iter(entry.specifier)).version
        for entry, _ in entries(lock)
        if entry.marker is None or entry.marker.evaluate(environment)
    }


def installed() -> dict[str, str]:
    """Return the version of each package in the running environment."""
    return {canonicalize_name(found.name): found.version for found in metadata.distributions()}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_entry_of_a_lock_has_one_exact_version_and_hashes(lock: str) -> None:
    assert len(entries(lock)) > 15
    for entry, hashes in entries(lock):
        assert [specifier.operator for specifier in entry.specifier] == ["=="], entry
        assert "*" not in str(entry.specifier), entry
        assert hashes, entry
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", one.strip()) for one in hashes), entry


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_satisfies_every_line_of_ours_on_every_platform(lock: str) -> None:
    assert wanted(lock)
    for environment in environments():
        versions = pinned(lock, environment)
        for line in wanted(lock):
            version = versions.get(canonicalize_name(line.name), "nothing")
            assert line.specifier.contains(version), f"{lock}.in asks for {line}, {lock}.txt has {version}: make lock"


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host_and_no_place_on_a_disk(lock: str) -> None:
    text = (ROOT / f"{lock}.txt").read_text(encoding="utf-8")
    assert not re.search(r"://|^\s*-(?!-hash=)|@ |(^|\s)[/~]|[A-Z]:\\", text, re.MULTILINE)
    assert "make lock" in text.split("==")[0]


def test_both_locks_name_the_same_version_of_what_they_share() -> None:
    run, dev = pinned("requirements"), pinned("requirements-dev")
    shared = run.keys() & dev.keys()
    assert shared
    assert {name: run[name] for name in shared} == {name: dev[name] for name in shared}


def test_nothing_that_is_installed_floats() -> None:
    locked = pinned("requirements") | pinned("requirements-dev")
    floating = {
        name: version for name, version in installed().items() if name not in OF_VENV and locked.get(name) != version
    }
    assert floating == {}, (
        "installed, but not as the locks name it: make clean, or add it to requirements*.in and make lock"
    )


@pytest.mark.parametrize("locks", [("requirements",), ("requirements", "requirements-dev")])
def test_whatever_a_locked_package_asks_for_is_in_the_lock_as_it_asks(locks: tuple[str, ...]) -> None:
    locked = dict(found for lock in locks for found in pinned(lock).items())
    for name in locked.keys() & installed().keys():
        for line in map(Requirement, metadata.requires(name) or []):
            if line.marker is None or line.marker.evaluate({"extra": ""}):
                version = locked.get(canonicalize_name(line.name), "nothing")
                assert line.specifier.contains(version, prereleases=True), (
                    f"{name} asks for {line}; {version} is locked"
                )


def test_make_installs_with_hashes_only() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"^INSTALL := .*--require-hashes$", makefile, re.MULTILINE)
    commands = [line for line in makefile.splitlines() if line.startswith("\t") and "requirements" in line]
    installing = [line for line in commands if " -r requirements" in line]
    assert len(installing) >= 3
    assert all("$(INSTALL)" in line for line in installing)
    assert not re.search(r"pip install", makefile.replace("-m pip install --quiet", "", 1))


def test_the_lock_is_made_for_the_oldest_python_that_is_supported() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert f"--universal --python-version {supported()[0]} --generate-hashes" in makefile
