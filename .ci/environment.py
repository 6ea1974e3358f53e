"""Makes the environment of this project: ``.venv`` from the lock, its bytecode, Prefect's database, and Pango.

``setup`` does nothing when all of it is there. Only the standard library is used, and no syntax newer than Python 3.8,
so that an old Python can still say what it lacks. Nothing is written outside the project's folder, except the packages
of the operating system that apt-get installs. What people read here is Indonesian.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import importlib.util
import io
import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
ENVIRONMENT = ROOT / ".venv"
CACHE = ENVIRONMENT / "cache"
"""What pip and libraries keep under the user's home otherwise; survives a new environment."""
WHEELS = CACHE / "wheels"
"""The packages of the lock as downloaded; ``make check`` makes a second environment from them without a network."""
STAMP = ENVIRONMENT / "kla-setup.json"
"""What the environment was made from; written last, so a half-made environment has none."""
BINARIES = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BINARIES / ("python.exe" if os.name == "nt" else "python")
OLDEST = (3, 11)
NEWER_PYTHONS = ("python3.13", "python3.12", "python3.11")
PANGO_LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0")
FASTER_FONTS = "libharfbuzz-subset.so.0"
"""Makes the fonts in a PDF smaller and in less time; the pages are set without it too."""
PANGO_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
OPTIONAL_PACKAGES = {"clamd": ("clamav-daemon",), "tesseract": ("tesseract-ocr", "tesseract-ocr-ind")}
"""Program → its packages: a virus scanner and the reader of scans, for their tests; nothing needs them."""
WITHOUT_BYTECODE = ("--no-compile", "--no-warn-script-location")
"""All of it is compiled together afterwards, on all cores."""
LOG_LINES = 25
"""How much of a failed command's talk is shown."""
MIGRATE = """
from flows.errors import KlaError
from flows.service import migrate
from flows.settings import Settings
try:
    migrate(Settings.from_environment())
except KlaError as error:
    raise SystemExit(error.message + "\\n" + error.repair)
"""


class SetupError(Exception):
    """The environment cannot be made; the message says why and what to do."""


def main(job: str) -> int:
    """Do one job, ``setup``, ``pango`` or ``optional``, and give the exit code."""
    try:
        {"setup": set_up, "pango": require_pango, "optional": want_optional}[job]()
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"Persiapan gagal: {error}. Perbaiki, lalu ulangi perintah ini.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nDihentikan. Ulangi perintah ini; unduhan yang sudah selesai tidak diulang.", file=sys.stderr)
        return 130
    return 0


def set_up() -> None:
    """Make or complete ``.venv`` and the database of the local Prefect server."""
    _require_python()
    wanted = {"environment": _environment_key(), "project": _digest(ROOT / "pyproject.toml")}
    found = _stamp()
    if found != wanted:
        STAMP.unlink(missing_ok=True)
        if found.get("environment") != wanted["environment"]:
            _make_environment()
        _install_project()
        STAMP.write_text(json.dumps(wanted), encoding="utf-8")
    _run([str(PYTHON), "-c", MIGRATE], "Basis data server Prefect lokal tidak dapat disiapkan.")


def require_pango() -> None:
    """See that Pango, which sets the pages, is there; install it where that is allowed."""
    if not sys.platform.startswith("linux") or _can_load(*PANGO_LIBRARIES, FASTER_FONTS):
        return  # elsewhere the program itself says how to get it
    _apt_install(PANGO_PACKAGES)
    if not _can_load(*PANGO_LIBRARIES):
        raise SetupError(
            "Pango belum ada di komputer ini. Pustaka sistem itu diperlukan untuk menata halaman PDF.\n"
            f"Jalankan baris berikut, lalu ulangi perintah ini:\n\n  {_apt_line(PANGO_PACKAGES)}\n"
        )


def want_optional() -> None:
    """Try to get the optional programs that tests would use, without a word where that fails: they are skipped then."""
    places = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"])
    missing = [
        packages for program, packages in OPTIONAL_PACKAGES.items() if shutil.which(program, path=places) is None
    ]
    for packages in missing:
        with contextlib.redirect_stderr(io.StringIO()):
            _apt_install(packages)


def _require_python() -> None:
    """Go on under a newer Python of this computer where the one that was asked is too old, or say what is missing."""
    if sys.version_info < OLDEST:
        newer = next(filter(None, map(shutil.which, NEWER_PYTHONS)), None)
        if newer:
            sys.exit(subprocess.call([newer, *sys.argv]))
        raise SetupError(
            f"Python 3.11 atau yang lebih baru diperlukan; di komputer ini ada versi {sys.version.split()[0]}.\n"
            "Pasang, misalnya dengan baris berikut, lalu ulangi perintah ini:\n\n"
            f"  {_apt_line(('python3.11', 'python3.11-venv'))}\n"
        )
    if _can_make_environments():
        return
    package = _venv_package()
    if not (_apt_install((package,)) and _can_make_environments()):
        raise SetupError(
            "Python di komputer ini belum dapat membuat lingkungan kerja (modul venv dan ensurepip tidak ada).\n"
            f"Jalankan baris berikut, lalu ulangi perintah ini:\n\n  {_apt_line((package,))}\n"
        )


def _make_environment() -> None:
    """A fresh ``.venv`` with exactly what the lock names; only the downloads of an earlier one are kept."""
    _say("Membuat lingkungan kerja di .venv ...")
    for path in ENVIRONMENT.iterdir() if ENVIRONMENT.is_dir() else ():
        if path != CACHE:
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    base = getattr(sys, "_base_executable", sys.executable)  # ours may be the one just removed
    _run([base, "-m", "venv", str(ENVIRONMENT)], "Lingkungan kerja .venv tidak dapat dibuat.")
    _install_locked()


def _install_locked() -> None:
    """What the lock names, by its hashes; the network is only asked for what was not downloaded before."""
    # The lock is complete, so nothing is resolved: pip would look for newer versions of what an extra asks for.
    locked = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--requirement", str(LOCK)]
    install = [*WITHOUT_BYTECODE, "--no-index", "--find-links", str(WHEELS), *locked]
    if WHEELS.is_dir():
        with contextlib.suppress(SetupError):
            _pip("install", install)
            return
    _say("Mengunduh pustaka yang disebut requirements.lock (sekali saja, sekitar 190 MB) ...")
    WHEELS.mkdir(parents=True, exist_ok=True)
    _pip("download", ["--find-links", str(WHEELS), "--dest", str(WHEELS), *locked])
    shutil.rmtree(CACHE / "pip", ignore_errors=True)  # it only served to go on after an interruption
    _say("Memasang pustaka ...")
    _pip("install", install)


def _install_project() -> None:
    """The project itself, editable, and bytecode for all, without which every start takes twice as long."""
    _say("Memasang kla-dosir dan menyiapkan kode agar cepat dimulai ...")
    _pip("install", [*WITHOUT_BYTECODE, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
    libraries = sysconfig.get_path("purelib", "venv", {"base": str(ENVIRONMENT)})
    # Their tests are never run. Some ship files for other Pythons that do not compile here: no reason to stop.
    command = [str(PYTHON), "-m", "compileall", "-qq", "-j0", "-x", r"[/\\]tests?[/\\]", libraries, str(ROOT / "flows")]
    subprocess.run(command, env=_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def _pip(job: str, arguments: list[str]) -> None:
    _run(
        [str(PYTHON), "-m", "pip", job, "--quiet", *arguments],
        "Pustaka tidak dapat dipasang.",
        "Periksa sambungan internet, lalu ulangi perintah ini; unduhan yang sudah selesai tidak diulang.",
    )


def _run(command: list[str], failure: str, repair: str = "") -> None:
    """Run a command silently; where it fails, show the end of its talk.

    Raises:
        SetupError: it failed.
    """
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode:
        talk = done.stdout.decode("utf-8", "replace").splitlines()[-LOG_LINES:]
        raise SetupError("\n".join(filter(None, [*talk, "", failure, repair])))


def _environment() -> dict[str, str]:
    """Our variables for children: bytecode is written, caches stay in the project, pip does not ask or advise."""
    unwanted = {"PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONHOME", "PIP_USER", "PIP_TARGET", "PIP_PREFIX"}
    return {
        **{name: value for name, value in os.environ.items() if name not in unwanted},
        "PIP_CACHE_DIR": str(CACHE / "pip"),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_INPUT": "1",
        "PIP_ROOT_USER_ACTION": "ignore",
        "XDG_CACHE_HOME": str(CACHE),
    }


def _environment_key() -> str:
    """What decides whether ``.venv`` can be kept: the lock, the Python, and the folder (its scripts name it)."""
    return "\n".join([_digest(LOCK), sys.version, sys.base_prefix, str(ROOT)])


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _stamp() -> dict[str, str]:
    with contextlib.suppress(OSError, ValueError):
        if PYTHON.exists():
            return dict(json.loads(STAMP.read_text(encoding="utf-8")))
    return {}


def _can_make_environments() -> bool:
    importlib.invalidate_caches()
    return all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))


def _venv_package() -> str:
    default = Path("/usr/bin/python3").resolve().name
    own = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    return "python3-venv" if default == own else f"{own}-venv"


def _can_load(*libraries: str) -> bool:
    try:
        for name in libraries:
            ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _apt_line(packages: tuple[str, ...]) -> str:
    """The line a person types. The list of packages is renewed first: on a fresh computer it is empty."""
    return f"sudo apt-get update && sudo apt-get install -y {' '.join(packages)}"


def _apt_install(packages: tuple[str, ...]) -> bool:
    """Install packages of the operating system, where there is apt-get and we may; say whether that worked."""
    rights = _rights()
    if shutil.which("apt-get") is None or rights is None:
        return False
    _say(f"Memasang paket sistem {' '.join(packages)} ...")
    apt = [*rights, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    with contextlib.suppress(SetupError):  # one source that does not answer is no reason to give up
        _run([*apt, "update"], "")
    try:
        _run([*apt, "install", "-y", "--no-install-recommends", *packages], "Paket sistem tidak dapat dipasang.")
    except SetupError as error:
        _say(str(error))
        return False
    return True


def _rights() -> list[str] | None:
    """What to put before a command that needs an administrator; None where we are none and would have to ask."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.call([sudo, "-n", "true"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0:
        return [sudo, "-n"]
    return None


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
