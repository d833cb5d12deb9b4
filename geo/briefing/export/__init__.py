"""The story in files."""
