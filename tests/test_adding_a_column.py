"""Another column of the tenants takes a table in fields.toml, its cells in the CSV file and its words: tried on a copy of the whole project."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
RELEASE = ROOT / "tests" / "store" / "releases" / "0.1.0"
COLUMN = """
["tenants.csv".columns.website]
label = { en = "Website", zh = "官网" }
help = { en = "Website of the company; may be empty.", zh = "企业官网；可留空。" }
holds = "address"
aliases = ["公司网址"]
added = { since = "9.0.0", default = "", why = "Nobody had written it down." }

["tenants.csv".columns.stage]
label = { en = "Stage", zh = "阶段" }
help = { en = "How far it is.", zh = "所处阶段。" }
added = { since = "9.0.0", default = "", why = "Nobody had written it down." }
["tenants.csv".columns.stage.values]
"" = {}
early = { en = "early", zh = "早期", aliases = ["起步"] }
late = { en = "late", zh = "后期" }
"""
GOOD = "企业,集聚区,状态,公司网址,阶段\n腾讯（微信）,琶洲,据称考虑入驻,https://www.tencent.com/,起步\n"
BAD = GOOD.replace("https://www.tencent.com/", "tencent").replace("起步", "半途")
HEADER = "from geo.data import loading; import settings; raw = loading.checked(settings.data_folder())\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project that differs in two columns, their cells and their words."""
    project = tmp_path_factory.mktemp("project")
    for name in ("geo", "store", "ui", "cli", "locale", "data"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "settings.py", project)
    fields = project / "data" / "fields.toml"
    before, mark, after = fields.read_text(encoding="utf-8").partition('\n["statements.csv"]\n')
    fields.write_text(before + COLUMN + mark + after, encoding="utf-8")
    tenants = project / "data" / "tenants.csv"
    head, *rows = tenants.read_text(encoding="utf-8").splitlines()
    tenants.write_text(
        "\n".join([f"{head},website,stage", *(f"{row},https://a.cn/,late" for row in rows)]) + "\n", encoding="utf-8"
    )
    shutil.copy(RELEASE / "dashboard.sqlite3", project)
    return project


def run(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the copy, on the database that release 0.1.0 left."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DASHBOARD_")}
    ours = {"DASHBOARD_DATABASE_URL": f"sqlite:///{project / 'dashboard.sqlite3'}", "PYTHONPATH": str(project)}
    command = [sys.executable, "-X", "utf8", *arguments]
    return subprocess.run(
        command, cwd=project, env=kept | ours, capture_output=True, text=True, encoding="utf-8", check=False
    )


def said(project: Path, code: str) -> list:
    """Return what code run in the copy prints as JSON."""
    done = run(project, "-c", HEADER + code)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_check_takes_it_and_sees_what_must_not_stand_there(project: Path):
    found = said(
        project,
        "import json\n"
        "raw.tables['tenants.csv'].loc[0, ['website', 'stage']] = ['tencent', 'soon']\n"
        "print(json.dumps([[problem.row, problem.field, problem.value] for problem in loading.check(raw)]))",
    )
    assert found == [[2, "stage", "soon"], [2, "website", "tencent"]]


def test_a_template_has_it_with_its_help_and_its_words(project: Path):
    found = said(
        project,
        "import io, json, openpyxl\n"
        "from geo.uploads.workbooks.templates import template\n"
        "book = openpyxl.load_workbook(io.BytesIO(template('tenants', loading.load(settings.data_folder()), 'zh')))\n"
        "heads = [[cell.value, cell.comment.text] for cell in book['tenants'][1]][-2:]\n"
        "words = next(book['lists'].iter_cols(book['tenants'].max_column))\n"
        "print(json.dumps([heads, [cell.value for cell in words if cell.value]]))",
    )
    assert found == [[["website", "企业官网；可留空。"], ["stage", "所处阶段。"]], ["early", "late"]]


def test_the_desk_calls_it_by_its_name(project: Path):
    found = said(
        project,
        "import json\n"
        "from ui import state\n"
        "from ui.desk import columns\n"
        "from ui.desk.effects import cells as changes\n"
        "state.language = lambda: 'zh'\n"
        "print(json.dumps([changes.field_name('website'), columns._options('tenants')['website']]))",
    )
    assert found == ["官网", "官网"]


def test_a_file_is_understood_and_published_upon_what_an_older_release_left(project: Path):
    file = project / "数据.csv"
    file.write_bytes(BAD.encode("gb18030"))
    refused = run(project, "-m", "store", "check", str(file), "--kind", "tenants", "--format", "json")
    codes = {finding["code"] for finding in json.loads(refused.stdout)["findings"]}
    assert (refused.returncode, {"address_form", "word_unknown"} <= codes) == (1, True)
    file.write_bytes(GOOD.encode("gb18030"))
    done = run(project, "-m", "store", "publish", str(file), "--kind", "tenants", "--note", "官网", "--yes")
    assert done.returncode == 0, done.stdout + done.stderr
    listed = json.loads(run(project, "-m", "store", "history", "--format", "json").stdout)
    assert all(version["readable"] and not version["left_out"] for version in listed)
    rows = said(
        project,
        "import json\n"
        "from store import Store\n"
        "from store.reading.opening import open_version\n"
        "store = Store.open(settings.database_url())\n"
        "tenants = [open_version(store, raw, number).tenants for number in (1, store.current())]\n"
        "print(json.dumps([table[['website', 'stage']].drop_duplicates().to_numpy().tolist() for table in tenants]))",
    )
    assert rows == [[["", ""]], [["https://www.tencent.com/", "early"], ["", ""]]]
