"""The table of all figures, and what may be said of it."""
