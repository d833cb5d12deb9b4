"""The connection: which database, how it is read and written, how long it is waited for, and its migrations."""

from store.database.access import Database, connect
from store.database.addresses import address, shown
from store.database.migrating import migrate

__all__ = ["Database", "address", "connect", "migrate", "shown"]
