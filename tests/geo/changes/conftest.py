"""The frozen data as a version that files are compared with."""

import pytest

from geo.data import loading
from geo.data.raw import Raw
from geo.schema import Atlas
from tests.fixtures import DATA


@pytest.fixture(scope="session")
def raw() -> Raw:
    """Return the folder as text."""
    return Raw.read(DATA)


@pytest.fixture(scope="session")
def before(raw: Raw) -> Atlas:
    """Return the same, typed."""
    return loading.typed(raw)
