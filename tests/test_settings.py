"""What the environment says."""

from pathlib import Path

import pytest

import settings


@pytest.mark.parametrize("setting", settings.SETTINGS, ids=lambda setting: setting.name)
def test_each_row_of_the_table_names_the_function_that_reads_it(monkeypatch: pytest.MonkeyPatch, setting):
    asked = []
    monkeypatch.setattr(settings, "_read", lambda name: asked.append(name) or "")
    setting.read()
    assert asked == [setting.name]


@pytest.mark.parametrize("setting", settings.SETTINGS, ids=lambda setting: setting.name)
def test_the_start_reads_every_setting(monkeypatch: pytest.MonkeyPatch, setting):
    def refuse() -> None:
        raise settings.SettingError(setting.name)

    changed = [one._replace(read=refuse) if one is setting else one for one in settings.SETTINGS]
    monkeypatch.setattr(settings, "SETTINGS", changed)
    with pytest.raises(settings.SettingError, match=setting.name):
        settings.check()
    assert "    settings.check()\n" in (Path(settings.__file__).parent / "app.py").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("word", "required"), [(None, False), ("", False), ("off", False), ("required", True), (" Required ", True)]
)
def test_review_is_off_unless_required(monkeypatch: pytest.MonkeyPatch, word: str | None, required: bool):
    monkeypatch.delenv("DASHBOARD_REVIEW", raising=False)
    if word is not None:
        monkeypatch.setenv("DASHBOARD_REVIEW", word)
    assert settings.review_required() is required


@pytest.mark.parametrize("word", ["yes", "require"])
def test_a_slip_does_not_switch_the_review_off(monkeypatch: pytest.MonkeyPatch, word: str):
    monkeypatch.setenv("DASHBOARD_REVIEW", word)
    with pytest.raises(settings.SettingError, match=word):
        settings.review_required()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, ""),
        ("", ""),
        (" http://10.0.0.5:8501/ ", "http://10.0.0.5:8501"),
        ("https://a.example/base", "https://a.example/base"),
    ],
)
def test_the_public_address_has_no_slash_at_its_end(monkeypatch: pytest.MonkeyPatch, text: str | None, expected: str):
    monkeypatch.delenv("DASHBOARD_ADDRESS", raising=False)
    if text is not None:
        monkeypatch.setenv("DASHBOARD_ADDRESS", text)
    assert settings.public_address() == expected


@pytest.mark.parametrize(("text", "expected"), [(None, ""), ("  ", ""), (" 粤S(2026)1号 ", "粤S(2026)1号")])
def test_the_map_approval_number_is_what_is_set(monkeypatch: pytest.MonkeyPatch, text: str | None, expected: str):
    monkeypatch.delenv("DASHBOARD_MAP_APPROVAL", raising=False)
    if text is not None:
        monkeypatch.setenv("DASHBOARD_MAP_APPROVAL", text)
    assert settings.map_approval() == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [(None, "Asia/Shanghai"), ("", "Asia/Shanghai"), (" Europe/Berlin ", "Europe/Berlin"), ("UTC", "UTC")],
)
def test_the_time_zone_is_the_citys_unless_another_is_set(
    monkeypatch: pytest.MonkeyPatch, name: str | None, expected: str
):
    monkeypatch.delenv("DASHBOARD_TIME_ZONE", raising=False)
    if name is not None:
        monkeypatch.setenv("DASHBOARD_TIME_ZONE", name)
    assert settings.time_zone().key == expected


@pytest.mark.parametrize("name", ["Asia/Canton City", "+08:00", "../etc/passwd", "/etc/localtime", "Asia", "a\0b"])
def test_what_is_not_a_time_zone_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, name: str):
    monkeypatch.setattr(settings.os, "environ", {"DASHBOARD_TIME_ZONE": name})
    with pytest.raises(settings.SettingError, match="IANA time zone"):
        settings.time_zone()


@pytest.mark.parametrize(
    ("text", "origins"),
    [
        ("", ()),
        ("https://portal.example.org", ("https://portal.example.org",)),
        (" http://10.0.0.5:8080\thttps://*.example.org ", ("http://10.0.0.5:8080", "https://*.example.org")),
        ("'self' self http://portal", ("http://portal",)),
    ],
)
def test_origins_that_may_frame_the_dashboard(
    monkeypatch: pytest.MonkeyPatch, text: str, origins: tuple[str, ...]
) -> None:
    monkeypatch.setenv("DASHBOARD_FRAME_ANCESTORS", text)
    assert settings.frame_ancestors() == origins


@pytest.mark.parametrize(
    "word",
    [
        "portal.example.org",
        "https://portal.example.org/",
        "https://portal.example.org/page",
        "https://a.example,https://b.example",
        "https://a.example;script-src",
        "*",
        "https://*",
        "'none'",
        "data:",
        "https://portal.example.org:123456",
        "https://门户.example",
    ],
)
def test_what_is_not_an_origin_is_named_and_refused(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    monkeypatch.setenv("DASHBOARD_FRAME_ANCESTORS", f"https://portal.example.org {word}")
    with pytest.raises(settings.SettingError) as refused:
        settings.frame_ancestors()
    assert f'DASHBOARD_FRAME_ANCESTORS holds "{word}"; expected origins such as https://' in str(refused.value)


def test_by_default_nobody_else_may_frame_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DASHBOARD_FRAME_ANCESTORS", raising=False)
    assert settings.frame_ancestors() == ()


def test_layers_lie_in_a_folder_that_is_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.delenv("DASHBOARD_LAYERS_DIR", raising=False)
    assert settings.layers_folder() is None
    monkeypatch.setenv("DASHBOARD_LAYERS_DIR", str(tmp_path))
    assert settings.layers_folder() == tmp_path
    monkeypatch.setenv("DASHBOARD_LAYERS_DIR", str(tmp_path / "none"))
    with pytest.raises(settings.SettingError, match=r"none.*expected a folder with layers\.toml"):
        settings.layers_folder()


def test_a_data_folder_that_is_a_file_is_named_and_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_DATA_DIR", __file__)
    with pytest.raises(settings.SettingError) as refused:
        settings.check()
    assert str(refused.value).startswith(f'DASHBOARD_DATA_DIR is "{__file__}", which is not a folder; expected')
