"""What installs the program: a lock to be trusted, dependencies that have a reason, commands that are explained."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import flows
from flows.render.pdf import APT_LINE
from flows.settings import data_root, demo_root

ROOT = Path(__file__).resolve().parent.parent
if not (ROOT / "pyproject.toml").is_file():  # pragma: no cover
    pytest.skip("the tests run from a checkout", allow_module_level=True)

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PYPROJECT_TEXT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
PYPROJECT: dict[str, Any] = tomllib.loads(PYPROJECT_TEXT)


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def names(requirements: list[str]) -> set[str]:
    return {normal(re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0]) for requirement in requirements}


def locked_blocks() -> dict[str, str]:
    """Pin line of each package of the lock → the lines that belong to it."""
    blocks: dict[str, str] = {}
    pin = ""
    for line in LOCK.splitlines():
        if line[:1].isalnum():
            pin = line
        blocks[pin] = blocks.get(pin, "") + line + "\n"
    return blocks


def locked_names() -> set[str]:
    return names([pin.split("==")[0] for pin in locked_blocks()])


@pytest.fixture(scope="module")
def environment() -> ModuleType:
    """The module that makes the environment; it is a script, so it is loaded by hand."""
    from importlib.util import module_from_spec, spec_from_file_location

    spec = spec_from_file_location("environment", ROOT / ".ci" / "environment.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_package_of_the_lock_is_pinned_with_hashes() -> None:
    for pin, block in locked_blocks().items():
        assert re.match(r"[a-z0-9-]+==\S+( ; .+)? \\$", pin), pin
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), pin


def test_the_lock_names_no_address() -> None:
    """An office may have its own mirror; where packages come from is said by its pip, not by us."""
    assert not re.search(r"https?:|file:|--(extra-)?index|--find-links|--trusted-host", LOCK)


def test_the_lock_covers_what_the_project_asks_for() -> None:
    project = PYPROJECT["project"]
    asked = names([*project["dependencies"], *project["optional-dependencies"]["dev"]])

    assert asked <= locked_names()


def test_the_build_tools_are_locked_too() -> None:
    """``pip install --no-build-isolation`` fetches nothing: what builds the project is in the environment already."""
    assert names(PYPROJECT["build-system"]["requires"]) <= locked_names()


def test_every_runtime_dependency_says_why() -> None:
    """A comment stands above the dependency or above the group it belongs to."""
    lines = re.search(r"^dependencies = \[\n(.*?)^\]", PYPROJECT_TEXT, re.MULTILINE | re.DOTALL)
    assert lines is not None
    reasons = [line for line in lines[1].splitlines() if line.strip()]

    assert reasons[0].strip().startswith("# ")
    assert all(line.strip().startswith(("# ", '"')) for line in reasons)


def test_every_library_the_code_imports_is_declared() -> None:
    """Otherwise the wheel works here, where the tools for development happen to bring the library along."""
    declared = names(PYPROJECT["project"]["dependencies"])
    distributions = packages_distributions()

    for path in sorted((ROOT / "flows").rglob("*.py")):
        for module in imported_modules(path) - sys.stdlib_module_names - {"flows", "__future__"}:
            owners = {normal(name) for name in distributions.get(module, [])}
            assert owners & declared, f"{path.relative_to(ROOT)} imports {module}: not a dependency in pyproject.toml"


def imported_modules(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def test_the_version_is_said_once() -> None:
    assert PYPROJECT["project"]["version"] == flows.__version__


def test_a_checkout_reads_its_own_rules_and_demo() -> None:
    """Not a copy that an editable install once left in the environment."""
    assert data_root() == ROOT
    assert demo_root() == ROOT / "inputs"


def test_every_exception_to_a_lint_rule_has_its_reason() -> None:
    lint = PYPROJECT["tool"]["ruff"]["lint"]
    for code in [*lint["ignore"], *(code for codes in lint["per-file-ignores"].values() for code in codes)]:
        assert re.search(rf'"{code}"[],]*  # \S', PYPROJECT_TEXT), code


def test_every_make_target_is_explained() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony is not None
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))

    assert set(phony[1].split()) == targets
    for target in targets - {"help", "pango"}:
        assert re.search(rf"^{target}:.* ## ", makefile, re.MULTILINE), target
        assert f"`make {target}`" in contributing, target


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
@pytest.mark.parametrize(("answer", "is_taken"), [("exit 0", True), ("exit 1", False), ("", False)])
def test_setup_takes_the_python_of_the_system_where_it_will_do(tmp_path: Path, answer: str, *, is_taken: bool) -> None:
    system = tmp_path / "python3"
    if answer:
        system.write_text(f"#!/bin/sh\n{answer}\n", encoding="utf-8")
        system.chmod(0o755)
    show = ["--no-print-directory", "--eval", "show: ; @echo $(PYTHON)", "show"]

    taken = subprocess.run(
        ["make", *show, f"SYSTEM_PYTHON={system}"], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert taken.stdout.strip() == (str(system) if is_taken else "python3")
    assert not taken.stderr


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_a_python_of_the_system_must_be_able_to_make_environments() -> None:
    """What the Makefile asks is a program of its own; this Python, which the suite runs with, answers yes."""
    show = ["--no-print-directory", "--eval", "show: ; @echo $(PYTHON)", "show"]
    taken = subprocess.run(
        ["make", *show, f"SYSTEM_PYTHON={sys.executable}"], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert taken.stdout.strip() == sys.executable


def test_setup_installs_the_pango_that_the_program_asks_for(environment: ModuleType) -> None:
    assert " ".join(environment.PANGO_PACKAGES) in APT_LINE


def test_a_missing_pango_ends_with_the_line_that_repairs_it(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(environment.sys, "platform", "linux")
    monkeypatch.setattr(environment, "_can_load", lambda *_: False)
    monkeypatch.setattr(environment, "_rights", lambda: None)

    assert environment.main("pango") == 1
    assert f"sudo apt-get install -y {' '.join(environment.PANGO_PACKAGES)}" in capsys.readouterr().err


def test_what_only_makes_fonts_faster_may_be_missing(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(environment.sys, "platform", "linux")
    monkeypatch.setattr(environment, "_can_load", lambda *libraries: environment.FASTER_FONTS not in libraries)
    monkeypatch.setattr(environment, "_rights", lambda: None)

    assert environment.main("pango") == 0
    assert capsys.readouterr().err == ""


def test_a_python_without_venv_ends_with_the_line_that_repairs_it(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(environment, "_can_make_environments", lambda: False)
    monkeypatch.setattr(environment, "_rights", lambda: None)
    monkeypatch.setattr(environment, "_venv_package", lambda: "python3-venv")

    assert environment.main("setup") == 1
    assert "sudo apt-get install -y python3-venv" in capsys.readouterr().err


def test_an_old_python_ends_with_the_line_that_repairs_it(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(environment, "OLDEST", (99, 0))
    monkeypatch.setattr(environment, "NEWER_PYTHONS", ())

    assert environment.main("setup") == 1
    err = capsys.readouterr().err
    assert "3.11" in err
    assert "sudo apt-get install -y python3.11 python3.11-venv" in err


def test_the_setup_script_can_be_read_by_an_old_python() -> None:
    """It must get as far as saying what is missing."""
    ast.parse((ROOT / ".ci" / "environment.py").read_text(encoding="utf-8"), feature_version=(3, 8))


@pytest.fixture
def checkout(environment: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """A project folder in which ``setup`` only notes what it would do; the notes are the value."""
    done: list[str] = []

    def make_environment() -> None:
        done.append("environment")
        environment.PYTHON.parent.mkdir(parents=True, exist_ok=True)
        environment.PYTHON.touch()

    venv = tmp_path / ".venv"
    for name, path in {
        "ROOT": tmp_path,
        "LOCK": tmp_path / "requirements.lock",
        "ENVIRONMENT": venv,
        "STAMP": venv / "kla-setup.json",
        "PYTHON": venv / "bin" / "python",
    }.items():
        monkeypatch.setattr(environment, name, path)
    for name in ("requirements.lock", "pyproject.toml"):
        (tmp_path / name).write_text("one", encoding="utf-8")
    monkeypatch.setattr(environment, "_make_environment", make_environment)
    monkeypatch.setattr(environment, "_install_project", lambda: done.append("project"))
    monkeypatch.setattr(environment, "_run", lambda *_: None)
    return done


def test_a_second_setup_does_nothing(environment: ModuleType, checkout: list[str]) -> None:
    assert environment.main("setup") == environment.main("setup") == 0
    assert checkout == ["environment", "project"]


def test_a_new_lock_makes_a_new_environment(environment: ModuleType, checkout: list[str]) -> None:
    environment.main("setup")
    environment.LOCK.write_text("two", encoding="utf-8")
    environment.main("setup")

    assert checkout == ["environment", "project"] * 2


def test_a_new_pyproject_only_installs_the_project_again(environment: ModuleType, checkout: list[str]) -> None:
    environment.main("setup")
    (environment.ROOT / "pyproject.toml").write_text("two", encoding="utf-8")
    environment.main("setup")

    assert checkout == ["environment", "project", "project"]


def test_an_interrupted_setup_starts_again(
    environment: ModuleType, checkout: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(environment, "_install_project", interrupt)
        assert environment.main("setup") == 130

    assert environment.main("setup") == 0
    assert checkout == ["environment", "environment", "project"]


def test_a_failed_command_shows_its_last_words_and_the_repair(environment: ModuleType) -> None:
    command = [sys.executable, "-c", "import sys; print('talk'); sys.exit(3)"]

    with pytest.raises(environment.SetupError) as caught:
        environment._run(command, "Gagal.", "Ulangi.")
    assert str(caught.value) == "talk\nGagal.\nUlangi."


def test_children_of_setup_write_bytecode_and_keep_caches_in_the_project(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("PIP_USER", "1")
    variables = environment._environment()

    assert not {"PYTHONDONTWRITEBYTECODE", "PIP_USER"} & variables.keys()
    assert Path(variables["PIP_CACHE_DIR"]).is_relative_to(ROOT)
    assert Path(variables["XDG_CACHE_HOME"]).is_relative_to(ROOT)


def test_nothing_private_or_generated_is_in_git() -> None:
    """Only the invented demo city is under ``inputs/``; nothing under ``outputs/`` but its placeholder."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        pytest.skip("not a git checkout")
    files = [name for name in done.stdout.decode("utf-8").split("\0") if name]

    assert [name for name in files if name.startswith("outputs/")] in ([], ["outputs/.gitkeep"])
    allowed = ("inputs/kota-contoh/", "inputs/README.md")
    assert [name for name in files if name.startswith("inputs/") and not name.startswith(allowed)] == []
