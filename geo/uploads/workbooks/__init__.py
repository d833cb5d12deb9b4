"""Workbooks we hand out: templates, and files with their problems marked."""
