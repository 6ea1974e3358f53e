"""The latest values of a slow function, by all that they follow from, for as long as the process lives."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from hashlib import sha256
from typing import Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """Values that were made before, the last asked for; for any number of threads.

    Args:
        most: how many are kept.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[bytes, T] = OrderedDict()
        self._lock = threading.Lock()

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
        with self._lock:
            self._values[key] = made
            while len(self._values) > self._most:
                self._values.popitem(last=False)
        return made
