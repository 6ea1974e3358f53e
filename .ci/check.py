"""Every check of this project, one after the other: a failure stops nothing, all are counted at the end.

``make check`` runs all of them, ``make lint`` those that take seconds; both with the Python of ``.venv``. The wheel is
installed in a fresh environment, with the versions of the lock and without the tools for development, and run from a
folder that knows nothing of this checkout.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
WHEELS = ROOT / ".venv" / "cache" / "wheels"
BINARIES = "Scripts" if os.name == "nt" else "bin"
COVERAGE = "--cov --cov-report=term:skip-covered"
PACKED = {
    "flows": "flows",
    "templates": "flows/data/templates",
    "validations": "flows/data/validations",
    "inputs/kota-contoh": "flows/data/inputs/kota-contoh",
}
"""Folder of the checkout → its place in the wheel; nothing else belongs there."""
FOREIGN_TO_SDIST = ("outputs", ".venv", "dist", "build")
INSTRUMENT = {"year": 2024, "blocks": 7, "indicators": 31, "questions": 274, "points": 1000}
STOP_SERVER = """
from pathlib import Path
from flows.server import stop_server
from flows.settings import Settings
stop_server(Settings(inputs=Path("inputs"), outputs=Path("outputs").absolute()))
"""


class CheckError(Exception):
    """A check failed; the message says how."""


@dataclass(frozen=True)
class Check:
    """One line of the summary."""

    name: str
    run: Callable[[], None]


def main(wanted: str) -> int:
    """Run the checks, print the summary, and give the number of failures."""
    with tempfile.TemporaryDirectory(prefix="kla-check-", ignore_cleanup_errors=True) as scratch:
        results = [(check.name, *_timed(check)) for check in _checks(wanted, Path(scratch))]
    print("\n== summary")
    for name, error, seconds in results:
        print(f"{'ok    ' if not error else 'FAILED'} {seconds:7.1f} s  {name}{': ' * bool(error)}{error}")
    failures = sum(1 for _, error, _ in results if error)
    print(f"{len(results) - failures} of {len(results)} checks passed")
    return failures


def _checks(wanted: str, scratch: Path) -> Iterator[Check]:
    python = (sys.executable, "-m")
    yield Check("ruff format", partial(_call, [*python, "ruff", "format", "--check", "."]))
    yield Check("ruff check", partial(_call, [*python, "ruff", "check", "."]))
    yield Check("mypy --strict", partial(_call, [*python, "mypy"]))
    yield Check("import contracts", partial(_call, [str(Path(sys.executable).parent / "lint-imports")]))
    if wanted == "lint":
        return
    # The command of the README, so that it is the tested one; the suite runs once, with coverage.
    yield Check("make test", partial(_call, ["make", "--no-print-directory", "test", f"PYTEST_ARGS={COVERAGE}"]))
    yield Check("sdist and wheel", partial(_build, scratch / "dist"))
    yield Check("wheel in a fresh environment", partial(_install, scratch / "dist", scratch / "venv"))
    yield Check("wheel elsewhere: help, instrument", partial(_run_elsewhere, scratch))
    yield Check("wheel elsewhere: demo", partial(_demo_elsewhere, scratch))


def _timed(check: Check) -> tuple[str, float]:
    """What went wrong, and how long it took."""
    print(f"\n== {check.name}", flush=True)
    started = time.monotonic()
    try:
        check.run()
    except CheckError as error:
        return str(error), time.monotonic() - started
    except Exception as error:  # noqa: BLE001  # a check that breaks is a check that failed; the next ones still count
        traceback.print_exc()
        return repr(error), time.monotonic() - started
    return "", time.monotonic() - started


def _call(command: Sequence[str], cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> None:
    code = subprocess.run(command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, check=False).returncode
    if code:
        raise CheckError(f"{PurePosixPath(command[0]).name} ended with {code}")


def _build(dist: Path) -> None:
    """The sdist, and from it the wheel: so the sdist is complete. Both hold what they should and nothing else."""
    _call([sys.executable, "-m", "build", "--no-isolation", "--outdir", str(dist), str(ROOT)])
    with tarfile.open(_only(dist, "*.tar.gz")) as sdist:
        tops = {PurePosixPath(name).parts[1] for name in sdist.getnames() if "/" in name}
    with zipfile.ZipFile(_only(dist, "*.whl")) as wheel:
        found = {name for name in wheel.namelist() if ".dist-info/" not in name}
    expected = {
        f"{place}/{path.relative_to(ROOT / folder).as_posix()}"
        for folder, place in PACKED.items()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    if slipped := sorted(tops.intersection(FOREIGN_TO_SDIST)):
        raise CheckError(f"slipped into the sdist: {', '.join(slipped)}")
    if wrong := sorted(found ^ expected):
        raise CheckError(f"{len(wrong)} files too many or too few in the wheel, e.g. {', '.join(wrong[:5])}")
    print(f"{len(found)} files in the wheel, {_only(dist, '*.whl').stat().st_size / 1e6:.1f} MB")


def _install(dist: Path, environment: Path) -> None:
    """The wheel and what it requires, in the versions of the lock, from the packages that ``make setup`` verified."""
    pins = re.findall(r"^[a-z0-9][^\\\n]*==[^\\\n]*", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    constraints = dist / "constraints.txt"
    constraints.write_text("\n".join(pins), encoding="utf-8")
    _call([sys.executable, "-m", "venv", str(environment)])
    pip = [str(environment / BINARIES / "python"), "-m", "pip", "--disable-pip-version-check"]
    source = ["--no-index", "--find-links", str(WHEELS), "--constraint", str(constraints)]
    quiet = ["--quiet", "--no-compile", "--no-warn-script-location"]
    _call([*pip, "install", *quiet, *source, str(_only(dist, "*.whl"))])
    _call([*pip, "check"])


def _run_elsewhere(scratch: Path) -> None:
    """The command knows itself and its instrument where there is no checkout."""
    for words in (["--help"], ["--versi"]):
        _call([_kla(scratch), *words], cwd=_elsewhere(scratch), env=_bare(scratch))
    command = [_kla(scratch), "instrumen", "periksa", "2024", "--json"]
    done = subprocess.run(command, cwd=_elsewhere(scratch), env=_bare(scratch), stdout=subprocess.PIPE, check=False)
    found = json.loads(done.stdout or "{}")
    if {name: found.get(name) for name in INSTRUMENT} != INSTRUMENT:
        raise CheckError(f"kla instrumen periksa 2024 --json ended with {done.returncode} and says {found}")


def _demo_elsewhere(scratch: Path) -> None:
    """The demo city is in the wheel, its dossier is made, and nothing is written beside ``outputs/``."""
    folder = _elsewhere(scratch)
    try:
        _call([_kla(scratch), "demo"], cwd=folder, env=_bare(scratch))
    finally:
        python = str(scratch / "venv" / BINARIES / "python")
        subprocess.run([python, "-c", STOP_SERVER], cwd=folder, env=_bare(scratch), check=False)
    dossiers = list(folder.glob("outputs/kota-contoh/2024/*/dosir.pdf"))
    if not dossiers or not dossiers[0].read_bytes().startswith(b"%PDF"):
        raise CheckError("kla demo left no dosir.pdf")
    strays = [path for place in (folder, scratch / "home") for path in place.iterdir() if path.name != "outputs"]
    if strays:
        raise CheckError(f"kla demo wrote beside outputs: {', '.join(map(str, strays))}")


def _kla(scratch: Path) -> str:
    return str(scratch / "venv" / BINARIES / "kla")


def _elsewhere(scratch: Path) -> Path:
    folder = scratch / "elsewhere"
    folder.mkdir(exist_ok=True)
    return folder


def _bare(scratch: Path) -> dict[str, str]:
    """The environment of somebody who has set nothing, with a home of their own that can be looked into."""
    home = scratch / "home"
    home.mkdir(exist_ok=True)
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR", "SYSTEMROOT") if name in os.environ}
    return {**kept, "HOME": str(home), "USERPROFILE": str(home)}


def _only(folder: Path, pattern: str) -> Path:
    found = list(folder.glob(pattern))
    if len(found) != 1:
        raise CheckError(f"{len(found)} files {pattern} where one was to be built")
    return found[0]


if __name__ == "__main__":
    sys.exit(1 if main(" ".join(sys.argv[1:])) else 0)
