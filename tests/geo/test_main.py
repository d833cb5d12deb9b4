"""The command line: exit status 0 good, 1 problems found, 2 wrong usage; text or JSON."""

import json
import subprocess
import sys

import pytest

from cli.geo import main
from tests.fixtures import SHIPPED_DATA, house


def test_check_of_good_data_says_so_and_exits_with_0(shipped, capsys):
    assert main(["check", str(shipped)]) == 0
    assert capsys.readouterr().out == f"{shipped}: no problems\n"


def test_check_of_bad_data_lists_a_problem_a_line_and_exits_with_1(folder, capsys):
    (folder.path / "zones.geojson").unlink()
    folder.replace("metrics.toml", 'kind = "count"', 'kind = "sum"')
    assert main(["check", str(folder.path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines == [
        f"zones.geojson: found 'no such file', expected the file in {folder.path}",
        "metrics.toml, field 'gdp.kind': found 'sum', expected one of count, rate, published",
    ]


def test_check_finds_a_sentence_that_cannot_be_computed(folder, capsys):
    folder.replace("slides.toml", "{gdp.city.default}", "{gdp.city.2099}")
    assert main(["check", str(folder.path)]) == 1
    assert capsys.readouterr().out.startswith(
        "slides.toml, field 'gdp.text_en': found '{gdp.city.2099}', expected a figure"
    )


def test_check_for_machines_writes_one_json_list(folder, capsys):
    row = folder.replace("indicators.csv", ",3281.61,", ",约,")
    assert main(["check", str(folder.path), "--format", "json"]) == 1
    out = capsys.readouterr().out
    assert json.loads(out) == [
        {
            "file": "indicators.csv",
            "row": row,
            "field": "value",
            "value": "约",
            "expected": "a finite number without unit or thousands separator",
        }
    ]
    assert "约" in out


def test_check_for_machines_of_good_data_is_an_empty_list(shipped, capsys):
    assert main(["check", str(shipped), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_check_without_a_folder_reads_data_beside(shipped, monkeypatch, capsys):
    monkeypatch.chdir(shipped.parent)
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "data: no problems\n"


@pytest.mark.parametrize("arguments", [[], ["chekc"], ["check", "--format", "xml"], ["check", "a", "b"]])
def test_wrong_usage_exits_with_2_and_says_how_it_is_used(arguments: list[str], capsys):
    with pytest.raises(SystemExit) as raised:
        main(arguments)
    assert raised.value.code == 2
    assert "usage: python -m geo" in capsys.readouterr().err


def test_the_exit_status_reaches_the_shell(folder):
    (folder.path / "zones.geojson").unlink()
    command = [sys.executable, "-m", "geo", "check", str(folder.path)]
    done = subprocess.run(command, cwd=SHIPPED_DATA.parent, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (1, "")


def test_check_lists_what_is_wrong_with_the_layers_of_the_office_too(shipped, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DASHBOARD_LAYERS_DIR", str(house.write(tmp_path)))
    assert main(["check", str(shipped)]) == 0
    house.write(tmp_path, stations=[house.PARK])
    assert main(["check", str(shipped)]) == 1
    assert "stations.geojson, row 1, field 'geometry'" in capsys.readouterr().out
