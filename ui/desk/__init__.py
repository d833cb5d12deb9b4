"""The data desk, step by step: file, columns, check, effect, publication; and the history behind it."""
