"""The latest values of a slow function, by all that they follow from, for as long as the process lives."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any, Generic, TypeVar

T = TypeVar("T")
Remembered = Mapping[str, Mapping[bytes, Any]]
"""What a process remembers, by the name of what it was made by; to be pickled."""
_OF_PROCESS: dict[str, Recent[Any]] = {}


class Recent(Generic[T]):
    """Values that were made before, the last asked for; for any number of threads.

    Args:
        most: how many are kept.
        name: under which another process may be given them (:func:`remembered`); empty for none.
    """

    def __init__(self, most: int, name: str = "") -> None:
        self._most = most
        self._values: OrderedDict[bytes, T] = OrderedDict()
        self._lock = threading.Lock()
        if name:
            _OF_PROCESS[name] = self

    def value(self, *given: object, make: Callable[[], T]) -> T:
        """What ``make`` gives, or gave when everything ``given`` had the same representation.

        Args:
            given: all that the value follows from; equal ones, and only equal ones, must look alike.
            make: makes it; an error is not kept.
        """
        key = sha256("\0".join(map(repr, given)).encode("utf-8", "surrogatepass")).digest()
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        made = make()
        self.add({key: made})
        return made

    def add(self, values: Mapping[bytes, T]) -> None:
        """Keep values that were made elsewhere, by what :attr:`values` has them under."""
        with self._lock:
            self._values.update(values)
            while len(self._values) > self._most:
                self._values.popitem(last=False)

    @property
    def values(self) -> Mapping[bytes, T]:
        """What is kept, by the hash of what it follows from."""
        with self._lock:
            return dict(self._values)


def remembered() -> Remembered:
    """Whatever this process keeps under a name, for one that runs the same program."""
    return {name: recent.values for name, recent in _OF_PROCESS.items()}


def remember(values: Remembered) -> None:
    """Keep what another process that runs the same program gave as :func:`remembered`; unknown names are left out."""
    for name, of_name in values.items():
        if name in _OF_PROCESS:
            _OF_PROCESS[name].add(of_name)
