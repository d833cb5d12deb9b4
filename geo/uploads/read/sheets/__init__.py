"""Workbooks and web pages to rows, inside the worker."""
