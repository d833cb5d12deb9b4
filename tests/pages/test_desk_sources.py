"""What the desk offers for rows that name no source."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import Desk
from tests.pages.test_data_desk import NANSHA_2024, SOURCE, name_source, sign_and_publish
from ui import data

pytestmark = pytest.mark.slow

TITLED = "2024年南沙区经济运行情况\n区,2024年地区生产总值（亿元）\n南沙区,2301\n资料来源：南沙区统计局  发布日期：2025年3月1日\n"


def suggested(app: AppTest) -> dict[str, str]:
    """Return what is offered, by key."""
    return {str(button.key): button.label for button in app.button if str(button.key).startswith("suggested")}


def test_rows_without_a_source_are_counted_and_nothing_is_chosen_for_anybody(desk: Desk) -> None:
    app = desk(NANSHA_2024)
    assert any("Rows without a source: 1." in caption.value for caption in app.caption)
    assert not suggested(app), "nothing was published before, and the file says nothing"
    name_source(app)
    assert not any("Rows without a source" in caption.value for caption in app.caption)


def test_the_source_of_the_last_file_of_the_kind_is_offered(desk: Desk) -> None:
    app = sign_and_publish(name_source(desk(NANSHA_2024)))
    app.button(key="next_file").click().run()
    app.file_uploader[0].upload("next.csv", NANSHA_2024.replace(b"23000000", b"23000001")).run()
    assert list(suggested(app)) == [f"suggested {SOURCE}"]
    assert app.selectbox(key="said_source").value == "", "offered, not taken"
    app.button(key=f"suggested {SOURCE}").click().run()
    assert app.selectbox(key="said_source").value == SOURCE
    sign_and_publish(app, "again")
    assert data.of_version(3)[1].column("gdp", "2024")["440115"].source_ids == (SOURCE,)


def test_a_new_source_is_filled_in_with_what_the_file_says(desk: Desk) -> None:
    app = desk(TITLED.encode("gb18030"))
    assert list(suggested(app)) == ["suggested new"]
    assert "南沙区统计局, 2024年南沙区经济运行情况, 2025-03-01" in suggested(app)["suggested new"].replace("\\", "")
    app.button(key="suggested new").click().run()
    given = {name: app.text_input(key=f"source_{name}").value for name in ("publisher_zh", "document_zh", "date")}
    assert given == {"publisher_zh": "南沙区统计局", "document_zh": "2024年南沙区经济运行情况", "date": "2025-03-01"}
    assert app.text_input(key="source_publisher_en").value == "", "Chinese is not put where English stands"
    next(button for button in app.button if button.label == "Use this source").click().run()
    sign_and_publish(app)
    atlas, table = data.of_version(2)
    (id_,) = table.column("gdp", "2024")["440115"].source_ids
    assert atlas.sources.loc[id_, "document_zh"] == "2024年南沙区经济运行情况"


def test_a_known_source_that_the_file_names_is_offered(desk: Desk) -> None:
    known = data.newest_atlas().sources.loc[SOURCE]
    text = f"区,2024年地区生产总值（亿元）\n南沙区,2301\n资料来源：{known['publisher_zh']}《{known['document_zh']}》\n"
    assert list(suggested(desk(text.encode()))) == [f"suggested {SOURCE}"]


def test_steps_are_numbered_without_holes(desk: Desk) -> None:
    unread = desk(b"no table at all")
    heads = [
        element.value for element in unread.markdown if element.value.startswith("**") and element.value[2:3].isdigit()
    ]
    assert heads == ["**1 File**", "**2 Check**", "**3 Publish**"]
