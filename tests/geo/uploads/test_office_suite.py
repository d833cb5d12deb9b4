"""Templates saved by an office suite come back as they were handed out."""

import subprocess
from pathlib import Path

import pytest

from geo.data.story import frame_of
from geo.fields import COLUMNS
from geo.schema import Atlas
from geo.uploads.cleaning import clean
from geo.uploads.model import KINDS, Choices, Kind
from geo.uploads.read.reading import read
from geo.uploads.workbooks.templates import template, template_csv

LANGUAGES = ("zh", "en")


def assert_as_handed_out(content: bytes, name: str, kind: Kind, today: Atlas) -> None:
    """Check that a file of a template is understood as exactly today's table, and nothing is wrong with it."""
    upload = clean(read(content, name), name, kind, today, Choices())
    table = frame_of(today.slides) if kind == "slides" else getattr(today, kind)
    if kind == "clusters":
        table = table.assign(assumption=table["assumption"].map({True: "yes", False: "no"}))
    names = list(COLUMNS[f"{kind}.csv"])
    assert upload.table[names].to_numpy().tolist() == table[names].to_numpy().tolist()
    assert upload.findings == ()


@pytest.fixture(scope="module", params=["xlsx", "ods", "xls"])
def saved(request: pytest.FixtureRequest, today: Atlas, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with all templates as LibreOffice Calc saves them in a format."""
    folder = tmp_path_factory.mktemp(request.param)
    for kind in KINDS:
        for language in LANGUAGES:
            (folder / f"{kind}-{language}.xlsx").write_bytes(template(kind, today, language))
    office = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to"]
    command = [*office, request.param, "--outdir", "saved", *(path.name for path in folder.glob("*.xlsx"))]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=240)
    return folder / "saved"


@pytest.mark.equipment
@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_template_saved_by_calc_comes_back(saved: Path, today: Atlas, kind: Kind, language: str):
    (path,) = saved.glob(f"{kind}-{language}.*")
    assert_as_handed_out(path.read_bytes(), path.name, kind, today)


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_template_saved_in_the_encoding_of_a_chinese_windows_comes_back(today: Atlas, kind: Kind, language: str):
    text = template_csv(kind, today, language).decode("utf-8-sig")
    assert "km²" in text or kind in {"tenants", "clusters", "slides"}
    assert_as_handed_out(text.encode("gb18030"), "a.csv", kind, today)
