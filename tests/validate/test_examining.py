"""The child in which suites run finds what the process itself would find, whatever becomes of it."""

from __future__ import annotations

import importlib
import os
import signal
import subprocess
import time
from collections.abc import Iterator

import pandas as pd
import pytest

from flows import bounded, suites
from flows.errors import RulesError
from flows.validate import expectations
from flows.validate.examining import Examine, examiner, remembering
from flows.validate.expectations import Checked, Rule, Suite, load_suite, run_suite
from tests.validate.quiet import require_silence

UNIQUE = Suite("uji", (Rule("expect_column_values_to_be_unique", {"column": "a"}, "", "x"),))
TABLE = pd.DataFrame({"a": [1, 2, 1, 3]}, index=[4, 5, 6, 7])


@pytest.fixture(scope="module")
def examine() -> Iterator[Examine]:
    with examiner() as made:
        yield made


def test_it_finds_what_would_be_found_here(examine: Examine) -> None:
    assert examine(TABLE, UNIQUE) == run_suite(TABLE, UNIQUE)
    assert examine(TABLE, UNIQUE)[0].failed == (4, 6)
    odd = pd.DataFrame({"a": [None, float("nan"), "Ümlaut \x00", 10**30]})
    assert examine(odd, UNIQUE) == run_suite(odd, UNIQUE)


def test_who_remembers_asks_once_for_the_same_and_again_for_any_other_cell_suite_or_row() -> None:
    asked: list[str] = []

    def examine(table: pd.DataFrame, suite: Suite) -> tuple[Checked, ...]:
        asked.append(suite.name)
        return run_suite(table, suite)

    remembered = remembering(examine)
    for _ in range(3):
        assert remembered(TABLE, UNIQUE) == run_suite(TABLE, UNIQUE)
    assert len(asked) == 1
    other = TABLE.copy()
    other.loc[7, "a"] = 2
    later = TABLE.set_axis([1, 2, 3, 4])
    named = Suite("lain", UNIQUE.rules)
    for table, suite in ((other, UNIQUE), (later, UNIQUE), (TABLE, named), (TABLE.astype(float), UNIQUE)):
        assert remembered(table, suite) == run_suite(table, suite)
    assert len(asked) == 5


def test_who_remembers_asks_again_for_those_rules_only_whose_cells_have_changed() -> None:
    asked: list[tuple[str, ...]] = []

    def examine(table: pd.DataFrame, suite: Suite) -> tuple[Checked, ...]:
        asked.append(tuple(sorted(rule.finding for rule in suite.rules)))
        return run_suite(table, suite)

    unique, whole = "expect_column_values_to_be_unique", "expect_table_row_count_to_equal"
    rules = (
        Rule(unique, {"column": "a"}, "c", "of-some"),
        Rule(unique, {"column": "b"}, "", "of-all"),
        Rule(unique, {"column": "a"}, "c", "of-some-too"),
        Rule(unique, {"column": "a"}, "not c and a > 7", "of-none"),
        Rule("expect_column_pair_values_to_be_equal", {"column_A": "a", "column_B": "b"}, "a == 1", "of-two"),
    )
    suite, remembered = Suite("uji-bagian", rules), remembering(examine)
    table = pd.DataFrame({"a": [1, 2, 1, 3], "b": [1, 1, 2, 3], "c": [True, True, True, False], "d": [0] * 4})
    assert remembered(table, suite) == run_suite(table, suite)
    assert sorted(asked) == [("of-all",), ("of-none",), ("of-some", "of-some-too"), ("of-two",)]
    for column, row, value, again in (
        ("d", 0, 7, [("of-two",)]),  # a rule about more than one column is given all of them
        ("a", 3, 5, []),
        ("b", 3, 1, [("of-all",)]),
        ("c", 3, True, [("of-some", "of-some-too")]),
    ):
        asked.clear()
        table.loc[row, column] = value
        assert remembered(table, suite) == run_suite(table, suite)
        assert asked == again
    with pytest.raises(RulesError, match="tidak dapat dijalankan"):
        remembered(table, Suite("uji", (Rule(unique, {"column": "tidak_ada"}, "", "x"),)))
    with pytest.raises(RulesError, match="tidak dapat dijalankan"):
        remembered(table, Suite("uji", (Rule(unique, {"column": "a"}, "tidak_ada > 1", "x"),)))
    assert remembered(table, Suite("uji", (Rule(whole, {"value": 4}, "", "x"),)))[0].failed == ()


def test_an_empty_table_needs_no_child(examine: Examine) -> None:
    assert examine(TABLE.iloc[:0], load_suite("manifest")) == run_suite(TABLE.iloc[:0], load_suite("manifest"))


def test_a_suite_with_mistakes_is_refused_in_words(examine: Examine) -> None:
    broken = Suite("uji", (Rule("expect_column_values_to_be_unique", {"column": "tidak_ada"}, "", "x"),))
    with pytest.raises(RulesError, match=r"uji.*tidak dapat dijalankan"):
        examine(TABLE, broken)


def test_a_child_that_is_killed_costs_nothing_but_time() -> None:
    before = _children()
    with examiner() as examine:
        (child,) = _born_since(before)
        os.kill(child, signal.SIGKILL)
        assert examine(TABLE, UNIQUE)[0].failed == (4, 6)


def test_where_children_cannot_be_had_suites_run_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded.BoundedPool, "_has_started", lambda _: False)
    with examiner() as examine:
        assert examine(TABLE, UNIQUE)[0].failed == (4, 6)


def test_the_process_that_asks_does_not_import_great_expectations() -> None:
    program = (
        "import sys\n"
        "import pandas as pd\n"
        "from flows.validate.examining import examiner\n"
        "from flows.validate.expectations import Rule, Suite\n"
        "if __name__ == '__main__':\n"
        "    rules = (Rule('expect_column_values_to_be_unique', {'column': 'a'}, '', 'x'),)\n"
        "    with examiner() as examine:\n"
        "        assert examine(pd.DataFrame({'a': [1, 1]}), Suite('uji', rules))[0].failed == (0, 1)\n"
        "    assert 'great_expectations' not in sys.modules\n"
    )
    require_silence(program)


def test_the_child_can_be_begun_before_anything_heavy_is_imported() -> None:
    """It takes longest to be ready: what is imported before it keeps everybody waiting."""
    require_silence(
        "import sys\n"
        "from flows.suites import suites_pool\n"
        "if __name__ == '__main__':\n"
        "    with suites_pool():\n"
        "        assert not {'pandas', 'prefect', 'great_expectations'} & sys.modules.keys()\n"
    )


def test_what_it_makes_itself_ready_by_is_there() -> None:
    """A wrong name would cost no run and every run seconds."""
    module, _, name = suites._READY.partition(":")
    assert getattr(importlib.import_module(module), name) is expectations.warm_up


def _born_since(before: set[int]) -> set[int]:
    """Children that were not there before, as soon as there is one."""
    for _ in range(300):
        if born := _children() - before:
            return born
        time.sleep(0.1)
    raise AssertionError("no child was born")


def _children() -> set[int]:
    """Processes whose parent this one is, those that only keep books of others left out."""
    found = subprocess.run(
        ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(os.getpid())], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    return {int(line.split()[0]) for line in found if "spawn_main" in line}
