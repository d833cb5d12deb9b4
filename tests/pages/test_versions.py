"""Data that is published while pages are open: seen at the next run, said quietly; earlier versions and drafts by link."""

import pytest

from store import Publication, clock
from store.reading.loading import parsed, table_bytes
from tests.pages.conftest import Opener
from tests.store.conftest import days_ago
from ui import data
from ui.auth import access
from ui.auth.identity import Person, Role

pytestmark = pytest.mark.slow

TIANHE_2023, CHANGED = "440106,gdp,2023,6551.26", "440106,gdp,2023,7000"


def changed_tables() -> dict[str, bytes]:
    """Return the shipped figures with Tianhe's GDP of 2023 at 7,000."""
    text = data.versions().tables(1)["indicators.csv"].decode()
    assert TIANHE_2023 in text
    return {"indicators.csv": text.replace(TIANHE_2023, CHANGED).encode()}


def publication(tables: dict[str, bytes], note: str) -> Publication:
    """Return tables as somebody would publish them."""
    return Publication(tables, "indicators", "update", "Li Lei", note, "a.csv", b"a")


def publish() -> int:
    """Publish that."""
    return data.versions().publish(publication(changed_tables(), "Tianhe revised"), expected=data.current()).id


def kpi(app) -> str:
    """Return the first of the four figures."""
    return app.metric[0].value


def test_an_open_page_shows_new_data_at_its_next_run_and_says_so(open_page: Opener) -> None:
    app = open_page(metric="gdp", period="2023", sel="440106", lang="en")
    assert kpi(app) == "RMB 655.1 bn"
    assert not app.toast
    number = publish()
    app.run()
    assert kpi(app) == "RMB 700.0 bn"
    assert [f"version {number}," in toast.value and "Tianhe revised" in toast.value for toast in app.toast] == [True]
    assert "v" not in app.query_params
    app.run()
    assert not app.toast, "the notice is given once"


def test_an_earlier_version_opens_by_link_and_says_that_it_is_one(open_page: Opener) -> None:
    publish()
    app = open_page(metric="gdp", period="2023", sel="440106", lang="en", v="1")
    assert kpi(app) == "RMB 655.1 bn"
    assert any(
        "earlier version of the data" in element.value and "version 1, published" in element.value
        for element in app.markdown
    )
    app.button(key="show_newest").click().run()
    assert kpi(app) == "RMB 700.0 bn"
    assert "v" not in app.query_params
    assert not any("earlier version" in element.value for element in app.markdown)


def test_an_unknown_version_is_dropped_with_a_notice(open_page: Opener) -> None:
    app = open_page(metric="gdp", period="2023", sel="440106", lang="en", v="99")
    assert kpi(app) == "RMB 655.1 bn"
    assert "v=99" in app.warning[0].value


@pytest.mark.parametrize(("role", "seen"), [(Role.VIEWER, "RMB 655.1 bn"), (Role.EDITOR, "RMB 700.0 bn")])
def test_a_draft_is_for_those_who_edit_and_bears_a_watermark(
    open_page: Opener, monkeypatch: pytest.MonkeyPatch, role: Role, seen: str
) -> None:
    monkeypatch.setattr(access, "person", lambda: Person("li@example.org", role, local=False))
    draft = data.versions().submit(publication(changed_tables(), "a draft"), base=data.current())
    app = open_page(metric="gdp", period="2023", sel="440106", lang="en", v=str(draft.id))
    assert kpi(app) == seen
    watermarks = [element for element in app.get("html") if "DRAFT" in element.proto.body]
    assert len(watermarks) == (role >= Role.EDITOR)
    assert bool(app.warning) == (role < Role.EDITOR), "who may not see it is told that the link was not understood"


def test_a_draft_leaves_the_screen_of_who_may_not_see_it_any_more(
    open_page: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Signed out in another window, or the role taken away: gone with the next click, whatever that is."""
    monkeypatch.setattr(access, "person", lambda: Person("li@example.org", Role.EDITOR, local=False))
    draft = data.versions().submit(publication(changed_tables(), "a draft"), base=data.current())
    app = open_page(metric="gdp", period="2023", sel="440106", lang="en", v=str(draft.id))
    assert kpi(app) == "RMB 700.0 bn"
    monkeypatch.setattr(access, "person", lambda: Person("", Role.VIEWER, local=False))
    app.run()
    assert kpi(app) == "RMB 655.1 bn"
    assert f"v={draft.id}" in app.warning[0].value
    assert "v" not in app.query_params
    assert not [element for element in app.get("html") if "DRAFT" in element.proto.body]


def test_an_earlier_version_stays_on_the_screen_of_who_signs_out(
    open_page: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish()
    monkeypatch.setattr(access, "person", lambda: Person("li@example.org", Role.EDITOR, local=False))
    app = open_page(metric="gdp", period="2023", sel="440106", lang="en", v="1")
    monkeypatch.setattr(access, "person", lambda: Person("", Role.VIEWER, local=False))
    app.run()
    assert kpi(app) == "RMB 655.1 bn"
    assert not app.warning


def test_a_view_the_new_data_no_longer_has_falls_back_with_a_notice(open_page: Opener) -> None:
    app = open_page(metric="gdp", period="2025", lang="en")
    frame = parsed({"indicators.csv": data.versions().tables(1)["indicators.csv"]})["indicators.csv"]
    rest = frame[~((frame["metric"] == "gdp") & (frame["period"] == "2025"))]
    withdrawn = publication({"indicators.csv": table_bytes(rest)}, "2025 withdrawn")
    data.versions().publish(withdrawn, expected=data.current())
    app.run()
    assert "period=2025" in app.warning[0].value
    assert app.query_params["period"] == "2023"


def test_the_footer_names_the_version(open_page: Opener) -> None:
    assert "最新数据为 2024 年（个别 2025 年） · 第 1 版（" in open_page(lang="zh").caption[-1].value
    footer = open_page(lang="en").caption[-1].value.replace("\\", "")
    assert footer.startswith("Latest figures: 2024 (some 2025) · version 1, published 20")
    assert "figures to" not in footer.casefold(), "residents, on the same page, end in 2020"
    assert "Data:" not in footer, "the day of publication is not that of the data"


def banners(app) -> list[str]:
    """Return what is said of the version that the address asks for."""
    return [element.value.replace("\\", "") for element in app.markdown if ":material/history:" in element.value]


def test_a_draft_approved_weeks_later_is_dated_by_its_approval(open_page: Opener) -> None:
    with days_ago(30):
        draft = data.versions().submit(publication(changed_tables(), "a draft"), base=1)
    approved = data.versions().approve(draft.id, "Wang", "fine", expected=1)
    day, handed_in = clock.day(approved.published_at), clock.day(approved.created_at)
    app = open_page(metric="gdp", period="2023", lang="en", v=str(draft.id))
    (banner,) = banners(app)
    assert banner.endswith(f"This link is locked to version 2, published {day}.")
    footer = app.caption[-1].value.replace("\\", "")
    assert f"version 2, published {day}" in footer
    assert handed_in not in banner + footer


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "data supplied with a release that nobody has adopted: version 3, supplied {day}, never published."),
        ("zh", "随新版程序提供、尚未采用的数据：第 3 版（{day} 随程序提供，从未发布）。"),
    ],
)
def test_data_that_nobody_adopted_is_neither_earlier_nor_published(open_page: Opener, language: str, said: str) -> None:
    publish()
    tables = data.versions().tables(1)
    offered = data.versions().ensure_shipped(tables | {"tenants.csv": tables["tenants.csv"].split(b"\n")[0] + b"\n"})
    assert offered.state == "offered"
    app = open_page(metric="gdp", period="2023", lang=language, v=str(offered.id))
    (banner,) = banners(app)
    assert banner.endswith(said.format(day=clock.day(offered.created_at)))
    footer = app.caption[-1].value.replace("\\", "")
    assert ("never published" if language == "en" else "从未发布") in footer
