"""A small cache on disk: texts by namespace and key, shared by threads and processes. It only ever spares work.

SQLite and not a JSON file, because several cities may be gathered at once by several processes into the same state
folder: each writes only its own rows, and nobody reads or rewrites the rows of all others. The journal is SQLite's
default (write-ahead logging does not work on network shares). Whatever SQLite complains about - a lock held too long,
a full disk, a damaged file - the run goes on without the cache; a damaged file is removed so that the next run starts
with a fresh one. Callers treat a text they cannot make sense of as absent.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

BUSY_SECONDS = 5.0
"""How long to wait for another process that writes."""
_PRIVATE = 0o600
_CHUNK = 500
"""Keys in one query; SQLite allows at least 999 variables."""
_TABLE = (
    "CREATE TABLE IF NOT EXISTS entries (namespace TEXT, key TEXT, value TEXT NOT NULL,"
    " PRIMARY KEY (namespace, key)) WITHOUT ROWID"
)


class Store:
    """Texts by namespace and key in one SQLite file. No method ever raises because of the file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        with self._guarded():
            path.parent.mkdir(parents=True, exist_ok=True)
            # Titles of documents stand in it, those of the vault too, which nobody else of this computer may read.
            with contextlib.suppress(OSError):
                path.touch(mode=_PRIVATE)
                path.chmod(_PRIVATE)
            self._connection = sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False)
            self._connection.execute(_TABLE)
            self._connection.commit()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def is_working(self) -> bool:
        """Whether the cache can be used; without it everything is computed anew."""
        return self._connection is not None

    def get_many(self, namespace: str, keys: Sequence[str]) -> dict[str, str]:
        """The texts stored under ``keys``; what is not stored is absent from the answer."""
        found: dict[str, str] = {}
        with self._guarded():
            for start in range(0, len(keys), _CHUNK):
                if self._connection is None:
                    break
                chunk = keys[start : start + _CHUNK]
                marks = ",".join("?" * len(chunk))
                query = f"SELECT key, value FROM entries WHERE namespace = ? AND key IN ({marks})"  # noqa: S608  # marks only
                found.update(self._connection.execute(query, [namespace, *chunk]))
        return found

    def put_many(self, namespace: str, texts: Mapping[str, str]) -> None:
        """Store ``texts`` by key, all or none, replacing what was there."""
        rows = [(namespace, key, value) for key, value in texts.items()]
        with self._guarded():
            if self._connection is not None and rows:
                with self._connection:
                    self._connection.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)", rows)

    def close(self) -> None:
        """Let go of the file."""
        with self._guarded():
            self._disconnect()

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[None]:
        """One thread at a time, and every complaint of SQLite or the disk ends the cache instead of the run."""
        with self._lock:
            try:
                yield
            except (sqlite3.Error, OSError) as error:
                self._disconnect()
                if type(error) is sqlite3.DatabaseError:  # the class SQLite keeps for damage; its children are others
                    with contextlib.suppress(OSError):
                        self._path.unlink(missing_ok=True)

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(sqlite3.Error):
                connection.close()
