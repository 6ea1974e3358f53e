"""What the archive edition says of its originals beside their bytes: the day on which these were recorded first."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain
from pathlib import Path

import pytest

from flows.history import HISTORY
from flows.model import Framework
from flows.render.enclosing import originals_of
from flows.render.exhibits import exhibits_by_block
from flows.settings import Settings, demo_root
from tests.builders.plain_run import AS_OF, judge
from tests.gather.kit import pdf, write

CITY, YEAR = "kota-contoh", 2024
OLD, NEW, MOVED = (f"Dinas PUPR Perkim/{name}.pdf" for name in ("16.7 lama", "16.8 baru", "16.8 lama"))
SECOND, THIRD = AS_OF + timedelta(days=1), AS_OF + timedelta(days=9)


def _one_indicator(whole: Framework) -> Framework:
    blocks = (
        replace(block, indicators=tuple(one for one in block.indicators if one.id == "16")) for block in whole.blocks
    )
    return replace(whole, blocks=tuple(block for block in blocks if block.indicators))


class Year:
    """A city of one indicator, run after run."""

    def __init__(self, root: Path) -> None:
        self.settings = Settings(root / "masukan", root / "keluaran")
        self.inputs = self.settings.input_root(CITY, YEAR)

    def run(self, files: Mapping[str, bytes], as_of: date) -> dict[str, date]:
        """Path of each original in the archive → its date there, after a run that finds exactly ``files``."""
        shutil.rmtree(self.inputs, ignore_errors=True)
        write(self.inputs, {"kota.yaml": (demo_root() / CITY / str(YEAR) / "kota.yaml").read_bytes(), **files})
        judged = judge(self.settings, CITY, YEAR, as_of=as_of, cut=_one_indicator)
        exhibits = chain.from_iterable(exhibits_by_block(judged.evidence).values())
        found = originals_of(judged.evidence, exhibits, judged.content, lambda sums: dict.fromkeys(sums, ""), as_of)
        return {each.name: each.since for each in found}


@pytest.fixture
def year(tmp_path: Path) -> Year:
    return Year(tmp_path)


def test_an_original_keeps_the_day_on_which_its_bytes_were_seen_first(year: Year) -> None:
    """Files that never changed bore the day of each dossier, so that an archive changed though nothing else did."""
    first, other, third = pdf(["SATU"]), pdf(["DUA"]), pdf(["TIGA"])
    assert year.run({OLD: first}, AS_OF) == {OLD: AS_OF}, "a tree without a history begins one"
    assert year.run({OLD: first, NEW: other}, SECOND) == {OLD: AS_OF, NEW: SECOND}
    assert year.run({OLD: first, NEW: other}, THIRD) == {OLD: AS_OF, NEW: SECOND}
    assert year.run({OLD: first, NEW: third}, THIRD) == {OLD: AS_OF, NEW: THIRD}, "other bytes are of another day"
    assert year.run({OLD: first, NEW: other}, THIRD) == {OLD: AS_OF, NEW: SECOND}, "what is put back is not new"


def test_the_day_is_that_of_the_bytes_wherever_they_lie(year: Year) -> None:
    """Also of a copy that another path got later: bytes that are embedded once have one date."""
    content = pdf(["SATU"])
    year.run({OLD: content}, AS_OF)
    assert year.run({MOVED: content}, SECOND) == {MOVED: AS_OF}
    assert year.run({MOVED: content, "Dinsos/16.7 salinan.pdf": content}, THIRD) == {
        MOVED: AS_OF,
        "Dinsos/16.7 salinan.pdf": AS_OF,
    }


def test_who_loses_the_history_begins_it_anew(year: Year) -> None:
    """It is an input as the register is: equal input gives equal bytes, with its own day."""
    year.run({OLD: pdf(["SATU"])}, AS_OF)
    (year.settings.output_root(CITY, YEAR) / HISTORY).unlink()
    assert year.run({OLD: pdf(["SATU"])}, SECOND) == {OLD: SECOND}


def test_two_files_in_one_are_never_embedded(year: Year) -> None:
    """The archive goes to the ministry: nobody there shall unpack a program that hung behind a report."""
    plain, behind = pdf(["SATU"]), io.BytesIO(pdf(["DUA"]))
    with zipfile.ZipFile(behind, "a") as archive:
        archive.writestr("rekap.exe", "MZ rekaan")
    found = year.run({OLD: plain, NEW: behind.getvalue()}, AS_OF)

    assert set(found) == {OLD}
