"""The latest values of a function: made once for the same, never taken for another."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from flows.recent import Recent, remember, remembered


def counting(calls: list[str], value: str) -> str:
    calls.append(value)
    return value


def test_a_value_is_made_once_for_what_looks_the_same_and_anew_for_anything_else() -> None:
    recent, calls = Recent[str](8), list[str]()
    for given in ((1, "a"), (1, "a"), (1.0, "a"), ("1", "a"), (1, None), (1, float("nan")), (1, float("nan"))):
        recent.value(*given, make=lambda given=given: counting(calls, repr(given)))  # type: ignore[misc]
    assert calls == ["(1, 'a')", "(1.0, 'a')", "('1', 'a')", "(1, None)", "(1, nan)"]


def test_what_was_not_asked_for_longest_is_made_anew() -> None:
    recent, calls = Recent[str](2), list[str]()
    for name in ("a", "b", "a", "c", "a", "b"):
        assert recent.value(name, make=lambda name=name: counting(calls, name)) == name  # type: ignore[misc]
    assert calls == ["a", "b", "c", "b"]


def test_an_error_is_not_kept() -> None:
    recent = Recent[int](2)
    with pytest.raises(ZeroDivisionError):
        recent.value("a", make=lambda: 1 // 0)
    assert recent.value("a", make=lambda: 7) == 7


def test_threads_get_their_own() -> None:
    recent = Recent[int](3)
    with ThreadPoolExecutor(4) as threads:
        numbers = [number % 5 for number in range(400)]
        assert list(threads.map(lambda number: recent.value(number, make=lambda: number), numbers)) == numbers


def test_what_has_a_name_is_known_to_another_process() -> None:
    named, nameless = Recent[int](2, "contoh"), Recent[int](2)
    for recent in (named, nameless):
        recent.value("a", make=lambda: 1)
    given = remembered()
    assert list(given["contoh"].values()) == [1]

    later = Recent[int](2, "contoh")  # as in that other process
    remember({**given, "tidak dikenal": {b"": 2}})
    assert later.value("a", make=lambda: 3) == 1
    remember({"contoh": {bytes([number]): number for number in range(5)}})
    assert list(later.values.values()) == [3, 4], "no more than it keeps of its own"
