"""The colours of ground and ink, by theme and role: for maps, pages, the wall, and files. Those of classes are in :mod:`geo.figures.classification`.

Nobody else writes one down: style sheets read :func:`css_variables`, PowerPoint and Typst take them by role, and tests hold Streamlit's
``config.toml``, which cannot be made, together with them.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass

__all__ = ["HALO_OPACITY", "PAPER", "THEMES", "Paper", "Theme", "css_variables"]


@dataclass(frozen=True)
class Theme:
    """The colours of a theme, each ``#rrggbb`` in small letters."""

    # maps
    water: str
    land: str  # beyond the districts, and what hatching is drawn on
    land_line: str
    ink: str  # text, on pages and walls too
    faint: str  # names of cities around
    edge: str  # between districts
    river: str
    accent: str  # outlines and marks of clusters; what is bad
    select: str  # outline of the selected district
    shade: str  # its rim, against light ground
    halo: str  # of a name, see HALO_OPACITY
    muted: str  # districts that are not spoken of
    hatch: str  # lines where there is no figure
    home: str  # the district whose cluster is shown
    panel: str  # boxes above something: tooltips, the show's panels
    # pages and the presenter's window
    ground: str
    raised: str  # beside the ground: fields, bars
    line: str
    primary: str
    grey: str
    small: str  # small print, which the map's faint ink is too faint for
    good: str
    warn: str
    check_good: str  # the check-up's, as text of a table
    check_warn: str
    # the wall, where stray light takes contrast away
    wall: str  # around the slide
    wall_soft: str
    wall_primary: str
    wall_warn: str
    gap: str  # in place of a bar without a figure


@dataclass(frozen=True)
class Paper:
    """What only files and printed pages have, beside the light theme."""

    heading: str = "#1f4e79"
    badge: str = "#ffe2a8"
    rule: str = "#c9d0d7"
    bar: str = "#5f9ed1"  # without a colour of its own
    bar_edge: str = "#8a939c"
    curve: str = "#1f5f99"
    teal: str = "#2f7f86"  # for what a reader adds to a presentation, as the two below
    orange: str = "#d9812f"
    violet: str = "#6b5b95"


THEMES: Mapping[str, Theme] = {
    "light": Theme(
        water="#d5e6f1", land="#f1f0ec", land_line="#d3d0c8", ink="#1d2733", faint="#77808a", edge="#ffffff", river="#9cc4de",
        accent="#b3261e", select="#ffb703", shade="#1d2733", halo="#ffffff", muted="#e6e4df", hatch="#aab1b8", home="#b5d2ec", panel="#ffffff",
        ground="#ffffff", raised="#f4f6f8", line="#d9dee4", primary="#1c60a2", grey="#66707a", small="#5d6670",
        good="#2a7d46", warn="#a3480f", check_good="#1c6b3a", check_warn="#8a5a00",
        wall="#f4f6f8", wall_soft="#4c5864", wall_primary="#1c60a2", wall_warn="#9a5b00", gap="#aab1b8",
    ),
    "dark": Theme(
        water="#16222e", land="#232b33", land_line="#39434d", ink="#f0f3f6", faint="#8e98a3", edge="#1a222b", river="#2c506b",
        accent="#ff8a7a", select="#ffb703", shade="#1d2733", halo="#10161d", muted="#2c343c", hatch="#66717c", home="#274a6b", panel="#1b242d",
        ground="#10161d", raised="#1b242d", line="#35404b", primary="#5b9fe0", grey="#9aa5b1", small="#a3adb8",
        good="#62c486", warn="#f0a060", check_good="#7ddb9d", check_warn="#ffc266",
        wall="#0b1016", wall_soft="#b4bec8", wall_primary="#7db8f0", wall_warn="#ffc46b", gap="#aab1b8",
    ),
}  # fmt: skip
PAPER = Paper()
HALO_OPACITY = 0.92


def css_variables(theme: str, sheet: str) -> str:
    """Return declarations of the variables of a theme that a style sheet reads: ``--land-line: #d3d0c8;`` and so on.

    Parameters
    ----------
    theme
        ``"light"`` or ``"dark"``.
    sheet
        The style sheet's text: a role's variable is declared where ``var(--role)`` stands in it, with hyphens for underscores.
    """
    colours = asdict(THEMES[theme]) | {f"paper_{role}": colour for role, colour in asdict(PAPER).items()}
    red, green, blue = bytes.fromhex(colours["halo"][1:])
    colours["halo"] = f"rgba({red}, {green}, {blue}, {HALO_OPACITY})"
    read = set(re.findall(r"var\(--([a-z-]+)", sheet))
    names = {role.replace("_", "-"): colour for role, colour in colours.items()}
    return " ".join(f"--{name}: {colour};" for name, colour in names.items() if name in read)
