"""Values to bars: all from one zero, those below it to the left."""

from collections.abc import Collection

__all__ = ["bar_spans"]


def bar_spans(values: Collection[float]) -> list[tuple[float, float]]:
    """Return where the bar of each value begins and ends, as shares of the room they have together.

    Examples
    --------
    >>> bar_spans([3, 1])
    [(0.0, 1.0), (0.0, 0.3333333333333333)]
    >>> bar_spans([1, -3])
    [(0.75, 1.0), (0.0, 0.75)]
    """
    low, high = min((0.0, *values)), max((0.0, *values))
    room = (high - low) or 1.0
    return [((min(value, 0.0) - low) / room, (max(value, 0.0) - low) / room) for value in values]
