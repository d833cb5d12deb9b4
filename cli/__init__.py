"""The commands behind `python -m geo` and `python -m store`."""
