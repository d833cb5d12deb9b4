"""Words and units of growth in a heading."""

import re

from geo.uploads.parse.units import read_unit
from geo.uploads.parse.words import key

__all__ = ["GROWN", "GROWTH", "is_change", "share_unit"]

GROWTH = re.compile(
    r"(?:[比较]上年(?:同期)?|同比|实际|±%|yoy)?(?:增长率?|增速|增减|增幅|±%|growth(?:rate)?)(?:yoy|%|率)*|同比|±%|yoy"
)
GROWN = "_growth"  # behind the id of a metric: that of its published growth
_SHARES = ("%", "‰", "百分点", "个百分点")
# Growth that may be in the unit of the metric where no per cent says otherwise.
_CHANGE = re.compile(r"(?:比?上年(?:同期)?|较上年|同比)?增减|增长")


def is_change(word: str, unit: str) -> bool:
    """Return whether a word for growth may mean a change in the unit of the metric, given the unit of its heading.

    Examples
    --------
    >>> is_change("增减", "亿元"), is_change("增减", "%"), is_change("增速", "亿元")
    (True, False, False)
    """
    return _CHANGE.fullmatch(key(word)) is not None and unit not in _SHARES


def share_unit(unit: str) -> str:
    """Return the unit of a growth: that of its heading where it is one of shares or their changes, not that of the metric above it.

    Examples
    --------
    >>> share_unit("‰"), share_unit("亿元"), share_unit("")
    ('‰', '%', '%')
    """
    known = read_unit(unit)
    return unit if known and known.dimension in ("share", "points") else "%"
