"""Modules that are imported at their first use, for the sake of those who never use them."""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from flows.imports import import_at_use


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package that writes down when it is imported."""
    package = tmp_path / "paket_uji"
    package.mkdir()
    for name, value in (("__init__", 1), ("dalam", 2)):
        note = f"from pathlib import Path\nPath({str(tmp_path)!r}, {name!r} + '.dibaca').touch()\nNILAI = {value}\n"
        (package / f"{name}.py").write_text(note, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    before = dict(sys.modules)
    yield tmp_path
    for name in sys.modules.keys() - before.keys():
        del sys.modules[name]


def read(folder: Path) -> set[str]:
    return {path.stem for path in folder.glob("*.dibaca")}


def test_a_module_is_imported_when_something_of_it_is_used(made: Path) -> None:
    import_at_use("paket_uji.dalam")
    assert read(made) == {"__init__"}, "the package that holds it is needed to name it"
    user: dict[str, ModuleType] = {}
    exec("from paket_uji import dalam\nimport paket_uji.dalam as lagi\nimport paket_uji.dalam", user)  # noqa: S102
    assert read(made) == {"__init__"}
    assert user["dalam"].NILAI == 2
    assert read(made) == {"__init__", "dalam"}
    assert user["lagi"].NILAI == 2, "who has it already, as it stood there before, has the module"
    assert type(importlib.import_module("paket_uji.dalam")) is ModuleType
    assert user["dalam"].NILAI == user["paket_uji"].dalam.NILAI


def test_a_module_that_is_imported_already_stays(made: Path) -> None:
    there = importlib.import_module("paket_uji")
    import_at_use("paket_uji")
    assert sys.modules["paket_uji"] is there
    assert read(made) == {"__init__"}


def test_what_is_not_in_a_module_is_missing_in_it_as_ever(made: Path) -> None:
    import_at_use("paket_uji")
    assert read(made) == set()
    with pytest.raises(AttributeError, match="paket_uji"):
        sys.modules["paket_uji"].LAIN  # noqa: B018
    assert read(made) == {"__init__"}


def test_suites_get_along_without_scipy_and_altair_and_have_them_where_they_are_used() -> None:
    """In a Python of its own: in this one they may have been used before."""
    program = (
        "import sys\n"
        "from flows.validate.expectations import warm_up\n"
        "warm_up()\n"
        "from great_expectations.expectations.core import expect_column_kl_divergence_to_be_less_than as kl\n"
        "heavy = {'scipy.linalg', 'scipy.stats._stats_py', 'altair.vegalite'}\n"
        "assert not heavy & sys.modules.keys(), heavy & sys.modules.keys()\n"
        "assert kl.stats.entropy([1, 1]) > 0.69\n"
        "assert kl.alt.Chart.__name__ == 'Chart'\n"
        "assert heavy <= sys.modules.keys()\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
