"""What a backup holds, whichever its format, and whether it is whole."""

from dataclasses import dataclass, field
from pathlib import Path

from store.database.migrating import is_known
from store.errors import BackupError
from store.schema import blob, pointer, version_table

__all__ = ["NEEDED", "REVISIONS", "Contents"]

REVISIONS = "alembic_version"
NEEDED = (REVISIONS, pointer.name, version_table.name, blob.name)  # what is read of a backup


@dataclass
class Contents:
    """What was read of a backup."""

    path: Path
    revisions: list[str] = field(default_factory=list)  # of its tables
    current: int | None = None  # the version everyone sees
    schema: str = ""  # of its tables, as SQL writes it; PostgreSQL has them
    tables: dict[int, dict[str, str]] = field(default_factory=dict)  # version → file → hash
    whole: set[str] = field(default_factory=set)  # hashes of bytes that are what they were

    @property
    def lost(self) -> list[str]:
        """The tables of the version everyone sees whose bytes are missing or not what they were."""
        return [name for name, sha256 in self.tables.get(self.current or 0, {}).items() if sha256 not in self.whole]

    def check(self) -> int:
        """Return the version everyone sees.

        Raises
        ------
        BackupError
            If it cannot be read, or comes from a newer release.
        """
        unknown = [revision for revision in self.revisions if not is_known(revision)]
        if unknown:
            raise BackupError(
                f"{self.path} comes from a newer release (revision {', '.join(unknown)}); install that release, then try again."
            )
        if self.current is None or self.lost or not self.tables.get(self.current):
            said = f"version {self.current} lacks {', '.join(self.lost)}" if self.lost else "it has no version"
            raise BackupError(f"{self.path} is incomplete: {said}. Use another backup.")
        return self.current
