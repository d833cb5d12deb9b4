"""The desk from upload to publication and back, in process."""

import io
import re
from collections.abc import Callable
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from streamlit.testing.v1 import AppTest

from geo.uploads.parse.periods import read_period
from geo.uploads.parse.units import read_unit
from geo.uploads.read.sheets.choice import ALL_SHEETS
from geo.uploads.workbooks import templates
from store import Publication
from tests.pages.conftest import ROOT, Desk
from tests.pages.test_versions import changed_tables, publication, publish
from ui import data
from ui.auth import access
from ui.auth.identity import Person, Reason, Role, Standing

pytestmark = pytest.mark.slow

SOURCE = "ranking-2024"
NANSHA_2024 = "区,2024年地区生产总值（万元）\n南沙区,23000000\n".encode("gb18030")
UNKNOWN_DISTRICT = "区,2024年地区生产总值（亿元）\n南纱区,2300\n".encode()


def name_source(app: AppTest) -> AppTest:
    """Say where the figures come from."""
    return app.selectbox(key="said_source").set_value(SOURCE).run()


def sign_and_publish(app: AppTest, note: str = "Nansha added") -> AppTest:
    """Fill in what publication needs, and publish."""
    app.text_input(key="author").set_value("Han Meimei")
    app.text_input(key="note").set_value(note).run()
    for box in app.checkbox:
        box.check().run()
    assert not app.button(key="publish").disabled
    app.button(key="publish").click().run()
    assert not app.exception, app.exception
    return app


def test_a_gb18030_file_is_published_and_taken_back(desk: Desk) -> None:
    app = name_source(desk(NANSHA_2024))
    assert any("GB18030" in element.value for element in app.markdown)
    sign_and_publish(app)
    assert data.current() == 2
    assert data.of_version(2)[1].column("gdp", "2024")["440115"].value == 2300.0
    version = data.versions().version(2)
    assert (version.author, version.note, version.file_name) == ("Han Meimei", "Nansha added", "figures.csv")
    assert data.versions().original(2) == ("figures.csv", NANSHA_2024)
    app.button(key="undo").click().run()
    assert data.current() == 3
    assert "440115" not in data.of_version(3)[1].column("gdp", "2024")


def test_after_publishing_the_desk_is_empty_for_the_next_file(desk: Desk) -> None:
    app = sign_and_publish(name_source(desk(NANSHA_2024)))
    assert not app.file_uploader
    app.button(key="next_file").click().run()
    assert app.file_uploader[0].value is None
    assert not any("GB18030" in element.value for element in app.markdown)


def test_another_page_or_language_loses_nothing(desk: Desk) -> None:
    app = name_source(desk(NANSHA_2024))
    app.switch_page(str(ROOT / "pages" / "sources.py")).run()
    app.switch_page(str(ROOT / "pages" / "data_desk.py")).run()
    assert any("GB18030" in element.value for element in app.markdown)
    app.segmented_control(key="language").set_value("zh").run()
    assert any("GB18030" in element.value for element in app.markdown)


def test_a_file_taken_out_of_the_uploader_leaves_the_desk(desk: Desk) -> None:
    app = desk(NANSHA_2024)
    app.file_uploader[0].set_value(None).run()
    assert not any("GB18030" in element.value for element in app.markdown)


def test_a_new_source_is_published_with_the_figures_and_shown_with_them(desk: Desk) -> None:
    app = desk(NANSHA_2024)
    app.selectbox(key="said_source").set_value("new").run()
    app.text_input(key="source_publisher_zh").set_value("南沙区统计局")
    app.text_input(key="source_document_zh").set_value("2024 年统计公报")
    app.text_input(key="source_address").set_value("https://www.gzns.gov.cn/a?b=1")
    app.text_input(key="source_date").set_value("2024年3月")
    next(button for button in app.button if button.label == "Use this source").click().run()
    sign_and_publish(app)
    atlas, book = data.of_version(2)
    (id_,) = book.column("gdp", "2024")["440115"].source_ids
    source = atlas.sources.loc[id_]
    assert (source.publisher_zh, source.publisher_en, source.host) == ("南沙区统计局", "南沙区统计局", "official")
    assert source.date == "2024-03"


def test_a_file_that_cannot_be_decoded_can_be_read_in_another_encoding(desk: Desk) -> None:
    app = desk(NANSHA_2024)
    app.selectbox(key=next(box.key for box in app.selectbox if box.key.startswith("encoding"))).set_value("utf-8").run()
    assert "no table was found" in " ".join(element.value for element in app.markdown)
    (choice,) = [box for box in app.selectbox if box.key.startswith("encoding")]
    choice.set_value("").run()
    assert any("GB18030" in element.value for element in app.markdown)


def test_what_was_said_of_one_file_does_not_hold_for_the_next(desk: Desk) -> None:
    app = name_source(desk(NANSHA_2024))
    app.text_input(key="said_unit").set_value("亿元").run()
    app.file_uploader[0].set_value(None).run()
    app.file_uploader[0].upload("other.csv", NANSHA_2024 + b"\n").run()
    assert app.selectbox(key="said_source").value == ""
    assert app.text_input(key="said_unit").value == ""


def test_a_file_about_one_district_is_published_once_somebody_says_which(desk: Desk) -> None:
    app = name_source(desk("年份,地区生产总值（亿元）\n2024,2300\n".encode()))
    assert any("District" in element.value.to_string() for element in app.table)
    app.selectbox(key="said_district").set_value("440115").run()
    sign_and_publish(app)
    assert data.of_version(2)[1].column("gdp", "2024")["440115"].value == 2300


def test_nothing_can_be_published_without_a_source(desk: Desk) -> None:
    app = desk(NANSHA_2024)
    assert not [button for button in app.button if button.key == "publish"]
    assert any("source" in element.value.to_string().lower() for element in app.table)
    assert data.current() == 1


@pytest.mark.parametrize(
    ("lang", "all_sheets"), [("en", "All sheets with a table, together"), ("zh", "全部含有表格的工作表，一并读取")]
)
def test_sheets_of_a_workbook_are_read_together_where_somebody_chose_so(desk: Desk, lang: str, all_sheets: str) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for year, value in (("2024年", 2300), ("2025年", "约")):
        sheet = book.create_sheet(year)
        for row in (["区", "地区生产总值（亿元）"], ["南沙区", value], ["越秀区", 4000]):
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    app = desk(out.getvalue(), "years.xlsx", lang=lang)
    box = next(box for box in app.selectbox if (box.key or "").startswith("sheet "))
    assert box.options == ["2024年", "2025年", all_sheets]
    app = box.set_value(ALL_SHEETS).run()
    assert not app.exception, app.exception
    assert any("2024年" in element.value and "2025年" in element.value for element in app.markdown)
    places = [row for table in app.table for row in table.value.iloc[:, 0]]
    assert any(place.startswith("2025年: 2") for place in places)


def test_an_error_names_row_value_and_remedy_and_stops(desk: Desk) -> None:
    app = name_source(desk(UNKNOWN_DISTRICT, "t.csv"))
    table = next(frame.value for frame in app.table if "Problem" in frame.value.columns)
    row = table.iloc[0]
    assert (row["Row"], row["Found"]) == ("2", "南纱区")
    assert "南沙区" in row["What to do"]
    assert not [button for button in app.button if button.key == "publish"]


def test_twenty_values_of_one_cause_are_one_line_with_their_number_and_rows(desk: Desk) -> None:
    rows = [f"南沙区,{year},甲{year}" for year in range(1990, 2010)]
    app = name_source(desk("\n".join(["区,年份,地区生产总值（亿元）", *rows]).encode(), "t.csv"))
    table = next(frame.value for frame in app.table if "Problem" in frame.value.columns)
    (row,) = [row for row in table.to_dict("records") if row["Problem"] == "This is not a number."]
    assert (row["Row"], row["Column"]) == ("2–21", "C 地区生产总值（亿元）")
    assert row["Found"].startswith("20 in all: 甲1990; 甲1991; ")


def test_bytes_that_are_no_table_are_refused_in_words(desk: Desk) -> None:
    app = desk(b"%PDF-1.7 \x00\x01\x02", "report.csv")
    assert any("Problem" in frame.value.columns for frame in app.table)
    assert "no table was found" in " ".join(element.value for element in app.markdown)
    assert "said_source" not in [box.key for box in app.selectbox], "there is nothing to ask of it"
    assert data.current() == 1


def test_somebody_elses_publication_in_between_stops_and_offers_to_check_again(desk: Desk) -> None:
    app = name_source(desk(NANSHA_2024))
    text = (
        data.versions().tables(1)["indicators.csv"].decode().replace("440106,gdp,2023,6551.26", "440106,gdp,2023,7000")
    )
    data.versions().publish(
        Publication({"indicators.csv": text.encode()}, "indicators", "update", "Li Lei", "Tianhe", "b.csv", b"b"),
        expected=1,
    )
    app.run()
    assert any("Li Lei" in element.value for element in app.warning)
    assert not [button for button in app.button if button.key == "publish"]
    app.button(key="rebase").click().run()
    sign_and_publish(app)
    column = data.of_version(data.current())[1]
    assert column.column("gdp", "2023")["440106"].value == 7000
    assert column.column("gdp", "2024")["440115"].value == 2300


def test_a_column_chosen_by_hand_is_remembered(desk: Desk) -> None:
    content = "地方,产值合计（亿元）,年份\n南沙区,2300,2024\n".encode()
    app = name_source(desk(content))
    unknown = next(box for box in app.selectbox if "产值合计" in box.label)
    unknown.set_value("metric:gdp").run()
    sign_and_publish(app)
    assert "metric:gdp" in data.versions().aliases("indicators").values()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_draft_of_one_is_published_by_another(
    desk: Desk, stand: Callable[..., None], monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("DASHBOARD_REVIEW", "required")
    stand("li@example.org", Role.REVIEWER, local=False)
    app = name_source(desk(NANSHA_2024, lang=language))
    app.text_input(key="note").set_value("for review").run()
    for box in app.checkbox:
        box.check().run()
    app.button(key="publish").click().run()
    assert data.current() == 1, "a draft is not published"
    app.segmented_control(key="desk_part").set_value("drafts").run()
    assert not [button for button in app.button if (button.key or "").startswith("approve")], "one's own draft"
    stand("han@example.org", Role.REVIEWER, local=False)
    app.run()
    app.button(key="approve-2").click().run()
    assert not app.exception, app.exception
    assert data.current() == 2
    assert data.versions().version(2).reviewer == "han@example.org"


def test_a_draft_that_was_overtaken_is_checked_again_on_the_newest_data(
    desk: Desk, stand: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_REVIEW", "required")
    stand("li@example.org", Role.REVIEWER, local=False)
    app = name_source(desk(NANSHA_2024))
    (mode,) = [control for control in app.segmented_control if control.key.startswith("mode ")]
    mode.set_value("replace_period").run()
    app.text_input(key="note").set_value("for review").run()
    for box in app.checkbox:
        box.check().run()
    app.button(key="publish").click().run()
    text = (
        data.versions().tables(1)["indicators.csv"].decode().replace("440106,gdp,2023,6551.26", "440106,gdp,2023,7000")
    )
    other = Publication({"indicators.csv": text.encode()}, "indicators", "update", "Han", "Tianhe", "b.csv", b"b")
    data.versions().publish(other, expected=1)
    app.segmented_control(key="desk_part").set_value("drafts").run()
    stand("han@example.org", Role.REVIEWER, local=False)
    app.run()
    keys = [button.key for button in app.button]
    assert "reject-2" in keys
    assert "approve-2" not in keys, "it could only be refused"
    app.button(key="again-2").click().run()
    assert not app.exception, app.exception
    assert app.segmented_control(key="desk_part").value == "upload"
    assert any("figures.csv" in element.value.replace("\\", "") for element in app.markdown)
    name_source(app)
    (mode,) = [control for control in app.segmented_control if control.key.startswith("mode ")]
    assert mode.value == "replace_period", "as whoever handed it in had chosen"


def test_a_restoration_that_was_overtaken_says_so_and_stores_nothing(desk: Desk) -> None:
    app = sign_and_publish(name_source(desk(NANSHA_2024)))
    app.segmented_control(key="desk_part").set_value("history").run()
    app.selectbox(key="history_version").set_value(1).run()
    text = (
        data.versions().tables(2)["indicators.csv"].decode().replace("440106,gdp,2023,6551.26", "440106,gdp,2023,7000")
    )
    other = Publication({"indicators.csv": text.encode()}, "indicators", "update", "Li Lei", "Tianhe", "b.csv", b"b")
    data.versions().publish(other, expected=2)
    app.text_input(key="restore_note").set_value("too late")
    app.button(key="restore-button-1").click().run()
    assert data.current() == 3
    assert any("Li Lei" in element.value for element in app.error)


def test_a_remembered_column_can_be_taken_back_and_others_are_left_alone(desk: Desk) -> None:
    data.versions().remember("indicators", {"产值合计": "metric:gdp", "另一列": "ignore"}, "Li Lei")
    app = name_source(desk("地方,产值合计（亿元）,年份,地区生产总值（亿元）\n南沙区,1,2024,2300\n".encode()))
    chosen = next(box for box in app.selectbox if "产值合计" in box.label)
    chosen.set_value("ignore").run()
    data.versions().remember("indicators", {"另一列": "note"}, "Han")
    sign_and_publish(app)
    assert data.versions().aliases("indicators") == {"产值合计": "ignore", "另一列": "note"}


def test_nobody_approves_without_having_signed_in(
    desk: Desk, stand: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_REVIEW", "required")
    app = sign_and_publish(name_source(desk(NANSHA_2024)))
    app.segmented_control(key="desk_part").set_value("drafts").run()
    assert not [button for button in app.button if (button.key or "").startswith("approve")]
    assert data.current() == 1


TENFOLD_WARNING = {
    "code": "half_translated", "rows": [3], "column": 2, "heading": "说明", "value": "*文*",
    "params": {"field": "text_zh", "keys": "extra"},
}  # fmt: skip


def propose(warnings: tuple[dict, ...] = ()) -> int:
    """Store a draft as the command line does."""
    made = publication(changed_tables(), "nightly export")
    return data.versions().submit(replace(made, author="city feed", warnings=warnings), base=data.current()).id


def test_a_proposed_draft_is_approved_where_one_person_may_publish(desk: Desk) -> None:
    assert "drafts" not in desk().segmented_control(key="desk_part").options
    draft = propose()
    app = desk()
    app.segmented_control(key="desk_part").set_value("drafts").run()
    assert any("city feed" in element.value for element in app.markdown)
    assert not [button for button in app.button if (button.key or "").startswith("approve")], "by nobody"
    app.text_input(key="author").set_value("Han Meimei").run()
    app.button(key=f"approve-{draft}").click().run()
    assert not app.exception, app.exception
    assert (data.current(), data.versions().version(draft).reviewer) == (draft, "Han Meimei")
    assert any("No drafts" in element.value for element in app.caption), "the section stays where somebody is in it"


@pytest.mark.parametrize(("review", "may"), [("", True), ("required", False)])
def test_an_editor_approves_a_draft_only_where_one_may_publish(
    desk: Desk, stand: Callable[..., None], monkeypatch: pytest.MonkeyPatch, review: str, may: bool
) -> None:
    monkeypatch.setenv("DASHBOARD_REVIEW", review)
    draft = propose()
    stand("li@example.org", Role.EDITOR, local=False)
    app = desk()
    app.segmented_control(key="desk_part").set_value("drafts").run()
    assert (f"approve-{draft}" in {button.key for button in app.button}) == may


@pytest.mark.parametrize(("language", "title"), [("en", "Warnings about this file"), ("zh", "该文件的提醒")])
def test_the_reviewer_sees_the_warnings_a_draft_came_with(desk: Desk, language: str, title: str) -> None:
    propose((TENFOLD_WARNING,))
    app = desk(lang=language)
    app.segmented_control(key="desk_part").set_value("drafts").run()
    assert any(title in element.value for element in app.markdown)
    (table,) = [table.value for table in app.table if "说明" in str(table.value.to_numpy())]
    assert table.iloc[0, 0] == "3"
    assert table.iloc[0, 2] == "\\*文\\*"


def test_a_file_of_the_desk_hands_its_warnings_to_the_reviewer(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_REVIEW", "required")
    sign_and_publish(name_source(desk("区,2023年地区生产总值（亿元）\n天河区,65512.6\n".encode())))
    count = len(data.versions().warnings(2))
    assert count
    app = desk()
    app.segmented_control(key="desk_part").set_value("audit").run()
    details = app.dataframe[0].value["Details"].tolist()
    assert any(f"Warnings: {count}" in detail for detail in details)
    app = desk(lang="zh")
    app.segmented_control(key="desk_part").set_value("audit").run()
    details = app.dataframe[0].value["详情"].tolist()
    assert any(f"警告：{count}" in detail for detail in details)


@pytest.mark.parametrize("review", ["", "required"])
def test_the_way_to_the_map_leads_to_what_was_published_or_handed_over(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, review: str
) -> None:
    monkeypatch.setenv("DASHBOARD_REVIEW", review)
    app = sign_and_publish(name_source(desk(NANSHA_2024)))
    app.button(key="see").click().run()
    assert (app.query_params["metric"], app.query_params["period"]) == ("gdp", "2024")
    assert ("v" in app.query_params) == bool(review)
    # Eight districts as shipped, some of secondary sources, and 230.0.
    assert app.metric[0].value == "RMB 2,775.9 bn†"


def test_the_history_compares_any_two_and_restores_any(desk: Desk) -> None:
    app = sign_and_publish(name_source(desk(NANSHA_2024)))
    app.segmented_control(key="desk_part").set_value("history").run()
    assert not app.exception, app.exception
    difference = next(frame.value for frame in app.dataframe if "Field" in frame.value.columns)
    assert difference["After"].tolist()[0] == "2300"
    assert difference["Row"].tolist()[0] == "Nansha · GDP (RMB 100 million) · 2024"
    app.selectbox(key="history_version").set_value(1).run()
    assert app.text_input(key="author").value == "Han Meimei", "the name is remembered"
    app.text_input(key="restore_note").set_value("back to the start")
    app.button(key="restore-button-1").click().run()
    assert not app.exception, app.exception
    assert data.current() == 3
    assert data.versions().version(3).restored_from == 1
    assert data.versions().tables(3) == data.versions().tables(1)


@pytest.mark.parametrize(
    ("lang", "metric", "row", "covered", "note"),
    [
        (
            "en", "GDP per head* · 2022", ("Huadu", "Rank 2 of 2 with data", "Rank 3 of 3 with data"), "3 of 11 districts",
            ": * divided by figures for another year: Residents, 2020.",
        ),
        (
            "zh", "人均地区生产总值* · 2022", ("花都", "第 2 位（有数据的 2 区中）", "第 3 位（有数据的 3 区中）"), "11 个区中的 3 个",
            "：* 除数为其他年份数据：常住人口，2020。",
        ),
    ],
)  # fmt: skip
def test_what_follows_says_what_ranks_are_of_and_marks_figures_per_head(
    desk: Desk, lang: str, metric: str, row: tuple[str, ...], covered: str, note: str
) -> None:
    """Huadu stays the last of those that have a figure."""
    app = name_source(desk("区,2022年地区生产总值（亿元）\n天河区,7000\n".encode()))
    app.segmented_control(key="language").set_value(lang).run()
    app.segmented_control(key="effect_part").set_value("meaning").run()
    assert not app.exception, app.exception
    rows = [tuple(row) for frame in app.dataframe for row in frame.value.astype(str).to_numpy()]
    assert (metric, *row) in rows
    assert any(cells[0] == metric and cells[-1] == covered for cells in rows)
    said = [caption.value.replace("\\", "") for caption in app.caption]
    assert any(metric + note in text for text in said)


@pytest.mark.parametrize(("role", "may"), [(Role.EDITOR, False), (Role.REVIEWER, True)])
def test_where_two_must_agree_only_a_reviewer_restores(
    desk: Desk, stand: Callable[..., None], monkeypatch: pytest.MonkeyPatch, role: Role, may: bool
) -> None:
    sign_and_publish(name_source(desk(NANSHA_2024)))
    monkeypatch.setenv("DASHBOARD_REVIEW", "required")
    stand("li@example.org", role, local=False)
    app = desk()
    app.segmented_control(key="desk_part").set_value("history").run()
    app.selectbox(key="history_version").set_value(1).run()
    assert any((button.key or "").startswith("restore-button") for button in app.button) == may


def test_a_role_taken_away_while_the_page_is_open_publishes_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = name_source(desk(NANSHA_2024))
    app.text_input(key="author").set_value("Han Meimei")
    app.text_input(key="note").set_value("too late").run()
    for box in app.checkbox:
        box.check().run()
    monkeypatch.setattr(access, "standing", lambda: Standing(Person("", Role.VIEWER, local=False), Reason.REMOTE))
    app.button(key="publish").click().run()
    assert data.current() == 1
    assert not app.file_uploader


def test_a_viewer_sees_no_uploader(desk: Desk, stand: Callable[..., None]) -> None:
    stand("guest@example.org", Role.VIEWER, local=False)
    assert not desk().file_uploader


def test_the_audit_log_lists_what_was_done(desk: Desk) -> None:
    app = sign_and_publish(name_source(desk(NANSHA_2024)))
    app.segmented_control(key="desk_part").set_value("audit").run()
    log = next(frame.value for frame in app.dataframe if "Details" in frame.value.columns)
    assert log["Content"].tolist()[:1] == ["published"] or "published" in log["Content"].tolist()


def plain(text: str) -> str:
    """Return a text without what keeps it from being markdown."""
    return text.replace("\\", "")


def story_workbook(change: Callable[[Worksheet], None]) -> bytes:
    """Return the template of the story in Chinese, changed."""
    book = openpyxl.load_workbook(io.BytesIO(templates.template("slides", data.newest_atlas(), "zh")))
    change(book["slides"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def story_desk(desk: Desk, change: Callable[[Worksheet], None], lang: str = "en") -> AppTest:
    """Open the desk with a changed story on it."""
    app = desk(lang=lang)
    app.segmented_control(key="kind").set_value("slides").run()
    app.file_uploader[0].upload("story.xlsx", story_workbook(change)).run()
    assert not app.exception, app.exception
    return app


def move_and_reword(sheet: Worksheet) -> None:
    """Put the first slide last, and write another title in both languages."""
    cells = [cell.value for cell in sheet[2]]
    sheet.delete_rows(2)
    sheet.append(cells)
    sheet["B2"], sheet["C2"] = "Pazhou today", "今日琶洲"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_changed_story_is_published_and_seen(desk: Desk, lang: str) -> None:
    app = story_desk(desk, move_and_reword, lang)
    assert not [box for box in app.selectbox if box.key == "said_source"], "a story has no source of its own"
    cells = next(table.value for table in app.table if len(table.value.columns) == 5)
    assert {"Pazhou today", "今日琶洲"} <= set(cells.iloc[:, 4])
    assert any({"en": "Previous slide", "zh": "前一张幻灯片"}[lang] == name for name in cells.iloc[:, 2])
    app.segmented_control(key="effect_part").set_value("map").run()
    assert not app.exception, app.exception
    app.segmented_control(key="effect_part").set_value("meaning").run()
    assert not app.exception, app.exception
    sign_and_publish(app, "reordered")
    slides = data.of_version(2)[0].slides
    assert (slides[0].id, slides[0].title, slides[-1].id) == (
        "pazhou",
        {"en": "Pazhou today", "zh": "今日琶洲"},
        "plan",
    )
    assert data.versions().version(2).upload == "slides"
    assert app.button(key="see").label == {"en": "View the briefing", "zh": "查看汇报"}[lang]


def test_a_new_slide_is_listed_with_its_sentence_before_it_is_published(desk: Desk) -> None:
    row = ["extra", "More", "更多", "City {gdp.city.2023}.", "全市 {gdp.city.2023}。"]
    app = story_desk(desk, lambda sheet: sheet.append(row))
    app.segmented_control(key="effect_part").set_value("meaning").run()
    assert not app.exception, app.exception
    sentences = next(table.value for table in app.table if "Slide" in table.value.columns)
    assert [plain(text) for text in sentences.iloc[0]] == ["extra", "", "City RMB 3,035.6 bn."]


def test_a_slip_in_a_story_names_the_figure_and_what_is_meant(desk: Desk) -> None:
    def spoil(sheet: Worksheet) -> None:
        sheet["D2"] = "GDP {gpd.city.2023}"

    app = story_desk(desk, spoil)
    row = next(table.value for table in app.table if "Problem" in table.value.columns).iloc[0]
    assert (row["Row"], row["Column"]) == ("2", "D 正文（英文）")
    assert plain(row["Found"]) == "{gpd.city.2023}"
    assert "{gdp.city.2023}" in plain(row["What to do"])
    assert not [button for button in app.button if button.key == "publish"]


def test_the_history_shows_how_two_stories_differ(desk: Desk) -> None:
    app = sign_and_publish(story_desk(desk, move_and_reword), "reordered")
    app.segmented_control(key="desk_part").set_value("history").run()
    assert not app.exception, app.exception
    cells = next(table.value for table in app.table if "Field" in table.value.columns)
    assert "Pazhou today" in set(cells["After"])
    listed = next(frame.value for frame in app.dataframe if "Content" in frame.value.columns)
    assert listed["Content"].iloc[0] == "Briefing slides, rows updated"


def test_a_story_put_in_as_figures_is_recognised(desk: Desk) -> None:
    app = desk()
    app.file_uploader[0].upload("story.xlsx", story_workbook(move_and_reword)).run()
    rows = next(table.value for table in app.table if "Problem" in table.value.columns)
    assert len(rows) == 1
    assert "Briefing slides" in rows["What to do"].iloc[0]


# ---- while the database is away ----


@pytest.mark.parametrize(("lang", "words"), [("en", "Nothing was saved"), ("zh", "未保存任何内容")])
def test_publishing_is_refused_and_keeps_everything_for_the_next_try(
    desk: Desk, database_away, lang: str, words: str
) -> None:
    app = name_source(desk(NANSHA_2024, lang=lang))
    app.text_input(key="author").set_value("Han Meimei")
    app.text_input(key="note").set_value("Nansha added").run()
    for box in app.checkbox:
        box.check().run()
    with database_away():
        app.button(key="publish").click().run()
        assert not app.exception, app.exception
        assert any(words in error.value and "dashboard" in error.value for error in app.error)
        assert "see" not in [button.key for button in app.button], "nothing was published"
        app.run()
        assert app.text_input(key="note").value == "Nansha added"
        assert app.selectbox(key="said_source").value == SOURCE
    assert data.current() == 1
    app.button(key="publish").click().run()
    assert "see" in [button.key for button in app.button]
    assert data.current() == 2


def test_a_file_that_comes_meanwhile_is_taken_once_the_database_is_back(desk: Desk, database_away) -> None:
    app = desk()
    with database_away():
        app.file_uploader[0].upload("figures.csv", NANSHA_2024).run()
        assert not app.exception, app.exception
        assert "Try again in a moment" in app.warning[-1].value
    app.run()
    assert name_source(app).selectbox(key="said_source").value == SOURCE
    sign_and_publish(app)
    assert data.current() == 2


def test_restoring_is_refused_and_keeps_the_reason(desk: Desk, database_away) -> None:
    publish()
    app = desk()
    app.segmented_control(key="desk_part").set_value("history").run()
    app.selectbox(key="history_version").set_value(1).run()
    app.text_input(key="author").set_value("Han Meimei")
    app.text_input(key="restore_note").set_value("as it was")
    with database_away():
        app.button(key="restore-button-1").click().run()
        assert not app.exception, app.exception
        assert "Nothing was saved" in app.error[0].value
        app.run()
        assert app.text_input(key="restore_note").value == "as it was"
    assert data.current() == 2
    app.button(key="restore-button-1").click().run()
    assert data.current() == 3


def test_approving_is_refused_and_keeps_the_note(
    desk: Desk, stand: Callable[..., None], database_away, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASHBOARD_REVIEW", "required")
    draft = data.versions().submit(publication(changed_tables(), "a draft"), base=data.current())
    stand("Chen", Role.REVIEWER, local=False)
    app = desk()
    app.segmented_control(key="desk_part").set_value("drafts").run()
    app.text_input(key=f"review_note-{draft.id}").set_value("checked")
    with database_away():
        app.button(key=f"approve-{draft.id}").click().run()
        assert not app.exception, app.exception
        assert "Nothing was saved" in app.error[0].value
        app.run()
        assert app.text_input(key=f"review_note-{draft.id}").value == "checked"
    assert data.current() == 1
    app.button(key=f"approve-{draft.id}").click().run()
    assert data.current() == draft.id


def test_the_desk_asks_for_what_is_missing_and_says_that_headings_are_counted(desk: Desk) -> None:
    app = name_source(desk(NANSHA_2024))
    assert any("2 rows, headings included" in element.value for element in app.markdown)
    assert not app.checkbox, "there is no warning to confirm"
    before = lambda: [one.value for one in app.caption if one.value.startswith("Before publishing")]  # noqa: E731
    assert before() == ["Before publishing: enter your name, say what is new."]
    app.text_input(key="author").set_value("Han Meimei").run()
    assert before() == ["Before publishing: say what is new."]
    app.text_input(key="note").set_value("Nansha added").run()
    assert before() == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_example_periods_and_units_speak_the_language_of_the_page(desk: Desk, lang: str) -> None:
    app = desk(NANSHA_2024)
    app.segmented_control(key="language").set_value(lang).run()
    between = {"en": ", ", "zh": "、"}[lang]
    units, periods = (app.text_input(key=f"said_{name}").placeholder.split(between) for name in ("unit", "period"))
    assert all(read_unit(unit) for unit in units)
    understood = ["2024H1", "2024M05", "undated"]
    assert [read_period(period) for period in periods] == [(period, "") for period in understood]
    assert any(re.search("[\u4e00-\u9fff]", text) for text in units + periods) == (lang == "zh")
