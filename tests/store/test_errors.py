"""One tree of errors, drawn as it is."""

import inspect
import re

import store
from store import errors


def test_the_tree_in_the_docstring_is_the_tree_of_the_classes():
    drawn = re.findall(r"^ {4}([ │├└─]*)(\w+Error)\b", inspect.getdoc(errors), re.MULTILINE)
    assert {name for _, name in drawn} == set(errors.__all__)
    parents: list[str] = []
    for lead, name in drawn:
        depth = len(lead) // 4
        assert getattr(errors, name).__base__.__name__ == ["Exception", *parents[:depth]][-1]
        parents[depth:] = [name]


def test_every_error_can_be_imported_from_the_store():
    assert set(errors.__all__) <= set(store.__all__)
