"""Whether a story is ready to be shown."""
