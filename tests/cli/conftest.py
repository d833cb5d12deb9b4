"""Commands run against both databases, as the store's tests do."""

from tests.store.conftest import new_database, server, url  # noqa: F401 (fixtures)
