"""Which way imports run, and which walls the big neighbours live behind (docs/design.md says why)."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FLOWS = ROOT / "flows"

STAGES = ("framework", "gather", "validate", "render", "publish")
FLOORS: tuple[frozenset[str], ...] = (
    frozenset({"model", "errors", "bounds"}),
    frozenset(
        {
            "settings",
            "commands",
            "examples",
            "names",
            "agency_names",
            "words",
            "spelled_numbers",
            "jpeg",
            "pdf_photos",
            "approval_sheet",
            "formats",
            "files",
            "wording",
            "page_wording",
            "yaml_files",
            "findings",
            "register",
            "history",
            "store",
            "detached",
            "recent",
            "cabinet",
            "cloning",
            "libreoffice",
            "suites",
            "bounded",
            "nursery",
            "nursery_start",
            "imports",
            "overrides",
            "privacy",
        }
    ),
    frozenset({"forms"}),
    frozenset(STAGES),
    frozenset(
        {
            "request",
            "artifacts",
            "prefect_home",
            "server_process",
            "coat",
            "check",
            "lift",
            "since",
            "server",
            "annual",
            "annual_run",
        }
    ),
    frozenset({"service", "standby", "province"}),
    frozenset({"standby_process"}),
    frozenset(
        {
            "console",
            "doctor",
            "options",
            "telling",
            "telling_privacy",
            "telling_upload",
            "telling_history",
            "telling_since",
            "telling_preparation",
            "progress",
            "asked",
            "vault_doctor",
            "look_back",
            "exits",
            "cli",
        }
    ),
    frozenset({"__main__"}),
)
"""From the ground up. A module may import its own floor (without a circle) and every floor below."""

WALLS = {
    "prefect": {"annual", "coat", "province", "service"},
    "great_expectations": {"validate.expectations"},
    "weasyprint": {"render.pdf"},
    "pikepdf": {
        "pdf_photos",
        "gather.pdfs",
        "gather.pdf_active",
        "gather.pdf_earlier",
        "gather.pdf_objects",
        "gather.pdf_notes",
        "gather.pdf_places",
        "publish.upload.pieces",
    },
    "sqlite3": {"store"},
}
"""The only modules that may import each of these; a quirk of theirs is mended in one place."""
WALLED_FOLDERS = {"pikepdf": ("render.annex", "render.binding")}
"""Folders whose modules may all do so."""

HEAVY = (
    "prefect",
    "great_expectations",
    "weasyprint",
    "pikepdf",
    "pypdfium2",
    "pandas",
    "jinja2",
    "sqlalchemy",
    "fastapi",
)


def name_of(path: Path) -> str:
    """``gather.cite`` for flows/gather/cite.py, ``gather`` for its package."""
    return ".".join(path.relative_to(FLOWS).with_suffix("").parts).removesuffix(".__init__")


MODULES = {
    name_of(path): path
    for path in sorted(FLOWS.rglob("*.py"))
    if path != FLOWS / "__init__.py" and "data" not in path.parts
}


def imports(path: Path, *, at_top_only: bool = False) -> Iterator[str]:
    """Full names of everything a module imports; ``from a import b`` gives ``a.b``."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = tree.body if at_top_only else ast.walk(tree)
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def ours(path: Path) -> set[str]:
    """The modules of ours that a module imports."""
    found = set()
    for name in imports(path):
        inner = name.removeprefix("flows.")
        if inner != name:
            found.add(inner if inner in MODULES else inner.rpartition(".")[0])
    return found - {""}


@cache
def every_import() -> Mapping[str, set[str]]:
    """What each module of ours imports of ours; read when the first test asks, not while tests are looked for."""
    return {name: ours(path) for name, path in MODULES.items()}


def floor(module: str) -> int:
    top = module.split(".", maxsplit=1)[0]
    return next(number for number, names in enumerate(FLOORS) if top in names)


def test_every_module_has_a_floor() -> None:
    """A new module at the top of ``flows`` is given its place here, on purpose."""
    known = frozenset().union(*FLOORS)
    assert {module.split(".")[0] for module in MODULES} - known == set()


def test_imports_run_downward() -> None:
    upward = [
        (module, used)
        for module, all_used in every_import().items()
        for used in all_used
        if floor(used) > floor(module)
    ]
    assert upward == []


def test_the_ground_stands_on_nothing_of_ours() -> None:
    ground = [module for module in MODULES if floor(module) == 0]
    assert {used.split(".")[0] for module in ground for used in every_import()[module]} <= {"model"}


def test_stages_do_not_import_each_other() -> None:
    across = [
        (module, used)
        for module, all_used in every_import().items()
        for used in all_used
        if {module.split(".")[0], used.split(".")[0]} <= set(STAGES) and module.split(".")[0] != used.split(".")[0]
    ]
    assert across == []


def test_no_imports_run_in_a_circle() -> None:
    graph = {module: used - {module} for module, used in every_import().items()}
    assert list(TopologicalSorter(graph).static_order())


@pytest.mark.parametrize("library", WALLS)
def test_each_big_neighbour_is_behind_its_wall(library: str) -> None:
    users = {module for module, path in MODULES.items() if any(name.split(".")[0] == library for name in imports(path))}
    folders = tuple(f"{folder}." for folder in WALLED_FOLDERS.get(library, ()))
    assert {user for user in users if not f"{user}.".startswith(folders)} <= WALLS[library]


def test_stages_are_plain_functions_without_a_coat() -> None:
    """A stage can be called without Prefect, a server or a command line."""
    forbidden = {"prefect", "click", "rich"}
    for module, path in MODULES.items():
        if module.split(".")[0] in STAGES:
            assert not forbidden & {name.split(".")[0] for name in imports(path)}, module


def test_processes_are_never_forked() -> None:
    """Windows has no fork, and a forked child of a threaded parent hangs."""
    for module, path in MODULES.items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute):
                assert ast.unparse(node) not in {"os.fork", "os.forkpty"}, module
            if isinstance(node, ast.Constant):
                assert node.value != "fork", module


def test_heavy_libraries_are_imported_where_they_are_used() -> None:
    """``kla --help`` answers at once, because the command line imports none of them."""
    program = f"import sys, flows.cli; print(sorted(set({HEAVY!r}) & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_no_module_reads_the_file_system_when_imported() -> None:
    """Only definitions at the top of a module: no open file, no folder made, no process started by an import."""
    acting = {
        "open",
        "mkdir",
        "write_text",
        "write_bytes",
        "read_text",
        "read_bytes",
        "unlink",
        "run",
        "Popen",
        "print",
    }
    for module, path in MODULES.items():
        if module == "__main__":
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign | ast.AnnAssign | ast.Expr):
                calls = [each.func for each in ast.walk(node) if isinstance(each, ast.Call)]
                names = {each.attr if isinstance(each, ast.Attribute) else getattr(each, "id", "") for each in calls}
                assert not names & acting, f"{module} line {node.lineno}"


def test_the_program_offers_no_module_without_a_description() -> None:
    for module, path in MODULES.items():
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), module
