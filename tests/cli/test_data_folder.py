"""Commands beside a data folder that somebody edits: what it says is published by the server's start, and by no command."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cli import geo
from cli.store import main
from store import Store
from store.reading.loading import shipped_tables
from tests.fixtures import DATA

pytestmark = pytest.mark.slow

GOOD = "地区,指标,期间,数值,单位,来源\n天河区,gdp,2025,7000,亿元,plan-article\n"
TYPED = "440106,gdp,2023,6551.26"
SIGNED = ["--note", "n", "--author", "feed"]
COMMANDS = [["check", "FILE"], ["propose", "FILE", *SIGNED], ["history"], ["restore", "1", *SIGNED]]


@pytest.fixture
def edit(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return what puts another text in the place of a figure in the data folder that commands use."""
    folder = Path(shutil.copytree(DATA, tmp_path / "data"))
    monkeypatch.setenv("DASHBOARD_DATABASE_URL", url)
    monkeypatch.setenv("DASHBOARD_DATA_DIR", str(folder))

    def put(text: str) -> None:
        whole = (DATA / "indicators.csv").read_text(encoding="utf-8")
        assert TYPED in whole
        (folder / "indicators.csv").write_text(whole.replace(TYPED, text), encoding="utf-8")

    return put


def run(command: list[str], file: Callable[..., str], tmp_path: Path) -> int:
    """Run a command of the store or, named "export", of geo."""
    if command == ["export"]:
        return geo.main(["export", str(tmp_path / "out.csv")])
    return main([file(GOOD) if word == "FILE" else word for word in command])


def states(store: Store) -> list[str]:
    """Return the states of all versions, oldest first, and the current one."""
    return [*(version.state for version in reversed(store.versions())), str(store.current())]


@pytest.mark.parametrize("command", [*COMMANDS[:-1], ["export"]], ids=lambda command: command[0])
def test_a_figure_half_typed_is_neither_published_nor_offered(command, edit, file, seen, tmp_path):
    seen(lambda store: store.ensure_shipped(shipped_tables(DATA)))  # as a running server has
    edit("440106,gdp,2023,6")
    assert run(command, file, tmp_path) == 0
    assert seen(states) == ["published", *(["waiting"] if command[0] == "propose" else []), "1"]


@pytest.mark.parametrize("command", [*COMMANDS, ["export"]], ids=lambda command: command[0])
@pytest.mark.parametrize("served", [True, False])
def test_a_folder_in_which_something_is_wrong_stores_nothing(command, served, edit, file, seen, tmp_path, capsys):
    if served:
        seen(lambda store: store.ensure_shipped(shipped_tables(DATA)))
    edit("440106,gdp,2023,abc")
    assert run(command, file, tmp_path) == 1
    assert "found 'abc'" in "".join(capsys.readouterr())
    assert seen(lambda store: [version.id for version in store.versions()]) == ([1] if served else [])


def test_an_empty_database_gets_the_folder_once(edit, file, seen):
    edit("440106,gdp,2023,6551.27")
    assert main(["check", file(GOOD)]) == 0
    assert b"440106,gdp,2023,6551.27" in seen(lambda store: store.tables(1)["indicators.csv"])
    edit(TYPED)
    assert main(["check", file(GOOD)]) == 0
    assert seen(states) == ["published", "1"]
