"""A cell's value as text. Read by the worker too, so nothing heavy is imported here."""

import datetime
from decimal import Decimal

__all__ = ["Value", "text"]

Value = str | bool | float | datetime.date | datetime.time | datetime.timedelta


def text(value: Value, *, shift: int = 0) -> str:
    """Return a cell's value as text: numbers as short as they are exact, dates in ISO 8601.

    Parameters
    ----------
    shift
        Places by which the point of a number moves to the left.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(Decimal(repr(value)).scaleb(-shift)) if shift else _number_of(value)
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)


def _number_of(value: float) -> str:
    """Return a number without exponent and without a fraction of zeros."""
    words = repr(value)
    return words.removesuffix(".0") if "e" not in words else _number(Decimal(words))


def _number(value: Decimal) -> str:
    """Return a decimal number without exponent and without zeros at its end."""
    words = f"{value:f}"
    return words.rstrip("0").rstrip(".") if "." in words else words
