"""Three hundred damaged and hostile files in one folder: each is accounted for, none stops anything."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from flows import bounds
from flows.model import Condition
from tests.gather import spoilt_more, spoilt_office, spoilt_others, spoilt_pdfs, spoilt_pictures
from tests.gather.kit import age, take, write

ROOT = Path(__file__).resolve().parents[2]
FEWEST = 300
_DEPTH = 2
MOST_SECONDS = 400.0
"""On a busy computer; alone it takes less than half a minute."""


@dataclass(frozen=True)
class Taken:
    """What one gathering saw of the folder."""

    expected: dict[str, Condition]
    seen: dict[str, tuple[str, ...]]
    """Path → state, detail, active content."""
    paths: list[str]
    seconds: float
    children_bytes: int


def folder() -> dict[str, tuple[bytes, Condition]]:
    files = {f"pdf/{name}.pdf": case for name, case in spoilt_pdfs.CASES.items()}
    kinds = {
        "gambar": spoilt_pictures.CASES,
        "office": spoilt_office.CASES,
        "lain": spoilt_others.FILES,
        "lagi": spoilt_more.CASES,
    }
    for kind, cases in kinds.items():
        files |= {f"{kind}/{name}.{suffix}": (content, state) for name, (suffix, content, state) in cases.items()}
    return files | {f"nama/{name}": (spoilt_pdfs.SOUND, state) for name, state in spoilt_others.NAMES.items()}


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Taken:
    root = tmp_path_factory.mktemp("rusak")
    files = {f"Dinkes/{path}": case for path, case in folder().items()}
    write(root, {path: content for path, (content, _) in files.items()})
    age(root)  # what was written a moment ago would be said to be half copied
    command = [sys.executable, "-m", "tests.gather.spoilt_run", str(root)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=MOST_SECONDS, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    assert done.stderr == b"", "no library speaks to the person at the terminal"
    return Taken(
        {path: state for path, (_, state) in files.items()},
        {path: tuple(rest) for path, *rest in found["files"]},
        [path for path, *_ in found["files"]],
        found["seconds"],
        found["children_kb"] * 1024,
    )


def test_every_file_is_accounted_for_exactly_once(taken: Taken) -> None:
    own = [path for path in taken.paths if path.count("/") == _DEPTH]
    assert len(own) == len(taken.expected) >= FEWEST, "what lies in an archive comes on top"
    assert max(Counter(taken.paths).values()) == 1
    masked = {path for path in taken.expected if path not in taken.seen}
    assert masked <= {"Dinkes/nama/12.1 NIK 9971014505120001.pdf"}, "only numbers are masked"


def test_every_file_is_in_the_state_it_deserves(taken: Taken) -> None:
    wrong = {
        path: (state.value, *taken.seen[path])
        for path, state in taken.expected.items()
        if path in taken.seen and taken.seen[path][0] != state.value
    }
    assert wrong == {}


def test_nothing_crashes_or_hangs_a_child(taken: Taken) -> None:
    details = {path: seen[1] for path, seen in taken.seen.items()}
    assert {path for path, detail in details.items() if detail in ("inspection-timeout", "inspection-crash")} == set()


def test_memory_and_time_stay_within_the_bounds(taken: Taken) -> None:
    print(f"{len(taken.paths)} files, {taken.seconds:.1f} s, largest child {taken.children_bytes / 1e6:.0f} MB")
    assert 0 < taken.children_bytes < bounds.INSPECTION_MEMORY_BYTES
    assert taken.seconds < MOST_SECONDS


def test_what_is_dangerous_is_named(taken: Taken) -> None:
    """Being openable is not being harmless."""
    expected = {
        "pdf/script and program.pdf": {"pdf-launch", "pdf-javascript"},
        "office/macros.xlsm": {"macro"},
        "office/object within.docx": {"embedded-object"},
        "gambar/drawing with a script.svg": {"script"},
        "lain/formula that calls a program.csv": {"dde"},
        "lain/picture and archive.jpg": {"polyglot-zip"},
        "lain/page and document.pdf": {"polyglot-html"},
        "lagi/form sent away.pdf": {"pdf-submit"},
        "lagi/script spelled in digits.pdf": {"pdf-javascript"},
        "lagi/drawing that acts at once.svg": {"script"},
        "lagi/drawing with a page in it.svg": {"script"},
        "lagi/drawing with a link that acts.svg": {"script"},
        "lagi/drawing with a picture from outside.svg": {"remote-image"},
        "lagi/drawing in wide letters.svg": {"script"},
        "lagi/drawing called png.png": {"script"},
        "lagi/formula that asks the internet.xlsx": {"remote-formula"},
        "lagi/formula that asks a program.xlsx": {"remote-formula"},
        "lagi/formula that asks the internet in an ods.ods": {"remote-formula"},
        "lagi/connections of an xlsb.xlsb": {"data-connection"},
        "lagi/query of an xlsb.xlsb": {"data-connection"},
        "lagi/macros of an xlsb.xlsb": {"xlm-macro"},
        "lagi/another book of an xls.xls": {"external-link"},
        "lagi/template from outside.docx": {"external-template"},
        "lagi/object from outside.docx": {"remote-object", "external-link"},
    }
    assert {path: set(taken.seen[f"Dinkes/{path}"][2:]) for path in expected} == expected


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a name be no text")
def test_names_that_are_no_text_are_listed(tmp_path: Path) -> None:
    write(tmp_path, {"Dinkes/a.pdf": spoilt_pdfs.SOUND})
    for name in spoilt_others.BYTE_NAMES:
        (tmp_path / "Dinkes" / os.fsdecode(name)).write_bytes(spoilt_pdfs.SOUND)
    files = take(tmp_path).files
    assert len(files) == 1 + len(spoilt_others.BYTE_NAMES)
    assert {file.condition for file in files} == {Condition.GOOD}
    assert all(file.path.encode() for file in files)
