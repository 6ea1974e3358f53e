"""Tables that have not changed are judged once in a process, and whatever has changed is judged anew."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from flows.model import City, TableRow, TableSchema
from flows.settings import validations_root
from flows.validate import TableVerdict, judge_tables, tables
from flows.validate.expectations import Checked, Suite, run_suite
from tests.builders import manifests
from tests.validate.table_kit import LAST, SOUTH, counts, framework, full, schema, table, town

ONCE = replace(town(), name="Uji Sekali")


def test_tables_are_judged_anew_when_anything_is_another_and_only_then(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Whoever judges for a city whose tables have not changed has its verdict of before."""
    asked: list[str] = []

    def examine(frame: pd.DataFrame, suite: Suite) -> tuple[Checked, ...]:
        asked.append(suite.name)
        return run_suite(frame, suite)

    def verdict(rows: tuple[TableRow, ...], place: City, wanted: TableSchema) -> TableVerdict:
        asked.clear()
        return judge_tables(place, framework(wanted), manifests.manifest({}, tables=[table(rows, wanted)]), examine)

    first = verdict(full(), ONCE, schema())
    assert asked
    assert verdict(full(), ONCE, schema()) is first
    assert not asked
    others = [
        (full({(SOUTH, LAST): counts(persen=91)}), ONCE, schema()),
        (full(), replace(ONCE, name="Uji Dua Kali"), schema()),
        (full(), ONCE, replace(schema(), jump_ratio=0.01)),
    ]
    for rows, place, wanted in others:
        assert verdict(rows, place, wanted) is not first
        assert asked
    shutil.copytree(validations_root(), tmp_path / "validations")
    with (tmp_path / "validations" / "suites" / "tabel-sel.yaml").open("a", encoding="utf-8") as file:
        file.write("# lain\n")
    monkeypatch.setattr(tables, "validations_root", lambda: tmp_path / "validations")
    assert verdict(full(), ONCE, schema()) is not first
    assert asked
