"""Whether this Python is one of those ``pyproject.toml`` supports, and whether the quick tests pass on each of them.

Run before anything is installed, by whatever Python there is: only the standard library, and nothing newer than Python 3.8 knows.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.txt", "requirements-dev.txt")
USAGE = "usage: pythons.py check | pythons.py test [arguments of pytest]"


def supported() -> list[str]:
    """Return the supported versions, such as "3.11", oldest first.

    Raises
    ------
    ValueError
        If ``requires-python`` in ``pyproject.toml`` is not a range of versions of Python 3.
    """
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    bounds = re.search(r'^requires-python = ">=3\.(\d+),<3\.(\d+)"$', text, re.MULTILINE)
    if bounds is None:
        raise ValueError('pyproject.toml: expected requires-python = ">=3.A,<3.B"')
    return [f"3.{minor}" for minor in range(int(bounds[1]), int(bounds[2]))]


def version(python: str) -> str | None:
    """Return the version of an interpreter, such as "3.11"; None where it does not run, as a shim of pyenv for a Python that is not chosen."""
    try:
        command = [python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return None


def _of_pyenv(wanted: str) -> list[str]:
    """Return the interpreters of a version that pyenv has installed, newest first; none without pyenv."""
    pyenv = shutil.which("pyenv")
    if pyenv is None:
        return []
    root = subprocess.run([pyenv, "root"], capture_output=True, text=True, check=False).stdout.strip()
    found = Path(root).glob(f"versions/{wanted}.*/bin/python{wanted}")
    return [str(path) for path in sorted(found, key=_numbers, reverse=True)]


def _numbers(path: Path) -> list[int]:
    """Return the numbers in the name of a version's folder, so that 3.12.10 comes after 3.12.9."""
    return [int(number) for number in re.findall(r"\d+", path.parts[-3])]


def find(wanted: str) -> str | None:
    """Return an interpreter of a version: this one, on the path, or one of pyenv; None where there is none."""
    on_path = (shutil.which(name) for name in (f"python{wanted}", "python3"))
    candidates = [sys.executable, *filter(None, on_path), *_of_pyenv(wanted)]
    return next((python for python in candidates if version(python) == wanted), None)


def check() -> int:
    """Say whether the dashboard runs on this Python; 1 where it does not, with what to do."""
    versions, ours = supported(), "{}.{}".format(*sys.version_info[:2])
    if ours in versions:
        return 0
    found = next(filter(None, map(find, reversed(versions))), "python" + versions[-1])
    print(
        f"The dashboard was tested on Python {versions[0]} to {versions[-1]}; {sys.executable} is {ours}. "
        f"Run make with another one: make SYSTEM_PYTHON={found} …",
        file=sys.stderr,
    )
    return 1


def _environment(wanted: str, python: str) -> str:
    """Return the interpreter of an environment with exactly what the locks name, made where it is missing or older than they are."""
    folder = ROOT / f".venv-{wanted}"
    inside, done = str(folder / "bin" / "python"), folder / ".done"
    locks = [ROOT / name for name in LOCKS]
    if not done.exists() or done.stat().st_mtime < max(lock.stat().st_mtime for lock in locks):
        subprocess.run([python, "-m", "venv", "--clear", str(folder)], check=True)
        install = [inside, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
        subprocess.run([*install, *(f"-r{lock}" for lock in locks)], check=True)
        done.touch()
    return inside


def _passes(wanted: str, python: str, arguments: list[str]) -> bool:
    """Return whether the tests pass on a Python."""
    print(f"== Python {wanted}: {python}", flush=True)
    try:
        inside = _environment(wanted, python)
    except subprocess.CalledProcessError as error:
        print(f"its environment could not be made: {error}", flush=True)
        return False
    return subprocess.run([inside, "-m", "pytest", *arguments], cwd=ROOT, check=False).returncode == 0


def test(arguments: list[str]) -> int:
    """Run the tests on every supported Python found and say which were not; 1 where one failed or none was found."""
    found = {wanted: find(wanted) for wanted in supported()}
    passed = {wanted: _passes(wanted, python, arguments) for wanted, python in found.items() if python}
    for wanted in found:
        words = ("passed" if passed[wanted] else "FAILED") if wanted in passed else "not found, not tested"
        print(f"Python {wanted}: {words}")
    if not passed:
        print(f"None of the supported versions ({', '.join(found)}) is on the path or in pyenv.", file=sys.stderr)
    return 0 if passed and all(passed.values()) else 1


def main(arguments: list[str]) -> int:
    """Run the command and return its exit status."""
    if arguments == ["check"]:
        return check()
    if arguments[:1] == ["test"]:
        return test(arguments[1:])
    print(USAGE, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
