"""The menu: one table, in menu order, that the shell draws and the tests walk."""

from dataclasses import dataclass
from pathlib import Path

from ui.i18n import mark

__all__ = ["PAGES", "PageSpec"]

_FOLDER = Path(__file__).resolve().parent.parent / "pages"


@dataclass(frozen=True)
class PageSpec:
    """One entry of the menu."""

    file: str
    url: str  # "" is the start page
    title: str  # English text to translate
    icon: str
    bare: bool = False  # fills the window: neither header nor footer
    beside: tuple[str, ...] = ()  # its own parameters in the address, beside the view's

    @property
    def path(self) -> Path:
        """The page's script, absolute: Streamlit would look beside the shell otherwise."""
        return _FOLDER / self.file


PAGES = (
    PageSpec("overview.py", "", mark("Overview"), ":material/map:"),
    PageSpec("pazhou.py", "pazhou", mark("Pazhou"), ":material/apartment:"),
    PageSpec("baietan.py", "baietan", mark("Baietan"), ":material/sailing:"),
    PageSpec("districts.py", "districts", mark("Nine districts"), ":material/grid_view:"),
    PageSpec(
        "briefing.py",
        "briefing",
        mark("Briefing"),
        ":material/slideshow:",
        bare=True,
        beside=("slide", "auto", "screen", "room"),
    ),
    PageSpec("prepare.py", "prepare", mark("Prepare"), ":material/co_present:"),
    PageSpec("data_desk.py", "data-desk", mark("Data desk"), ":material/upload_file:"),
    PageSpec("sources.py", "sources", mark("Sources"), ":material/menu_book:"),
)
