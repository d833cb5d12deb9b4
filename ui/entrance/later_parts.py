"""Parts of Streamlit's browser scripts that it asks for only once it draws what they draw, though each of our pages begins with them."""

import re
from collections.abc import Iterable
from pathlib import Path

from streamlit import file_util

__all__ = ["PARTS", "addresses"]

# What stands on a page when its map comes: a choice of buttons and of a list, a figure, a style sheet, the map's frame and the ranking.
PARTS = ("ButtonGroup", "Html", "Selectbox", "Metric", "ComponentInstance", "BidiComponent")
_IMPORTED = re.compile(r'(?:from|import)\s*"\./([\w.-]+\.js)"')
_NAMED = re.compile(r"static/js/([\w.-]+\.js)")


def addresses(page: str, parts: Iterable[str] = PARTS) -> tuple[str, ...]:
    """Return the files of some parts and all they import, as Streamlit's page spells addresses, without those the page names itself.

    Parameters
    ----------
    page : Streamlit's index.html.
    parts : names of files in its folder of scripts, up to the first dot.

    Raises
    ------
    RuntimeError
        If Streamlit has not one file of a name, as another release may not.

    Examples
    --------
    >>> addresses((Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8"), ["Html"])[0]
    './static/js/Html.CzLZZ4bP.js'
    """
    folder = Path(file_util.get_static_dir()) / "static" / "js"
    found: dict[str, None] = {}
    there = set(_NAMED.findall(page))
    asked = [_file(folder, part) for part in parts]
    while asked:
        name = asked.pop(0)
        if name not in there and name not in found:
            found[name] = None
            asked += _IMPORTED.findall((folder / name).read_text(encoding="utf-8"))
    return tuple(f"./static/js/{name}" for name in found)


def _file(folder: Path, part: str) -> str:
    """Return the name of a part's file, which carries a hash."""
    names = [path.name for path in folder.glob(f"{part}.*.js")]
    if len(names) != 1:
        raise RuntimeError(
            f"ui/entrance/later_parts.py finds {len(names)} files of Streamlit's called {part}.….js; see what this release calls them."
        )
    return names[0]
