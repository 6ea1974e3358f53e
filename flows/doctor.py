"""What this machine lacks, and how to get it: the examination behind ``kla dokter``."""

from __future__ import annotations

import ctypes.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from flows.gather import Antivirus
from flows.libreoffice import is_installed, office_version
from flows.settings import Settings, demo_root, templates_root, validations_root

_NEEDED_BYTES = 2_000_000_000
_LIBRARIES = {
    "pango-1.0": ("libpango-1.0-0", "pango-1.0-0"),
    "pangoft2-1.0": ("libpangoft2-1.0-0", "pangoft2-1.0-0"),
}
"""Library as the linker knows it → Debian package, name of the Windows library."""
_SECONDS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One thing that was looked at."""

    id: str
    label: str
    is_good: bool
    is_required: bool
    state: str
    """What was found, in Indonesian."""
    repair: str
    """How to get what is missing, in Indonesian."""
    items: tuple[str, ...] = ()
    """All that is wrong, where there may be many."""

    def record(self) -> dict[str, object]:
        """The condition as values for ``--json``."""
        return {
            "id": self.id,
            "nama": self.label,
            "baik": self.is_good,
            "wajib": self.is_required,
            "keadaan": self.state,
            "perbaikan": "" if self.is_good else self.repair,
            **({"rincian": list(self.items)} if self.items else {}),
        }


def examine(settings: Settings) -> tuple[Condition, ...]:
    """Look at everything the program needs or can use, required things first; nothing is changed."""
    return tuple(condition for look in _LOOKS for condition in look(settings))


def pango_missing() -> tuple[str, ...]:
    """Debian packages of the text layout libraries that WeasyPrint needs and this machine lacks."""
    return tuple(
        package
        for library, (package, windows) in _LIBRARIES.items()
        if ctypes.util.find_library(library) is None and ctypes.util.find_library(windows) is None
    )


def _python(_: Settings) -> Iterable[Condition]:
    found = ".".join(str(part) for part in sys.version_info[:3])
    good = sys.version_info >= (3, 11)
    yield Condition(
        id="python",
        label="Python 3.11 atau lebih baru",
        is_good=good,
        is_required=True,
        state=found,
        repair="Pasang Python 3.11 atau lebih baru.",
    )


def _pango(_: Settings) -> Iterable[Condition]:
    missing = pango_missing()
    yield Condition(
        id="pango",
        label="Pango (tata huruf untuk PDF)",
        is_good=not missing,
        is_required=True,
        state="tidak ada: " + ", ".join(missing) if missing else "ada",
        repair="Debian/Ubuntu: sudo apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    )


def _data(_: Settings) -> Iterable[Condition]:
    wanted = (
        templates_root() / "fonts",
        templates_root() / "dossier",
        validations_root() / "findings.yaml",
        demo_root(),
    )
    missing = [str(path) for path in wanted if not path.exists()]
    yield Condition(
        id="data",
        label="Huruf, templat, dan aturan program",
        is_good=not missing,
        is_required=True,
        state="tidak lengkap: " + ", ".join(missing) if missing else f"di {templates_root().parent}",
        repair="Pasang ulang kla-dosir.",
    )


def _outputs(settings: Settings) -> Iterable[Condition]:
    place = _existing(settings.outputs)
    try:
        with tempfile.TemporaryDirectory(dir=place, prefix=".kla-dokter-"):
            writable = True
    except OSError:
        writable = False
    yield Condition(
        id="keluaran",
        label="Folder keluaran dapat ditulisi",
        is_good=writable,
        is_required=True,
        state=str(settings.outputs),
        repair="Beri hak tulis pada folder itu, atau pilih folder lain dengan --outputs.",
    )
    free = shutil.disk_usage(place).free
    yield Condition(
        id="ruang",
        label="Ruang disk sedikitnya 2 GB",
        is_good=free >= _NEEDED_BYTES,
        is_required=False,
        state=f"{free / 1e9:.1f} GB".replace(".", ","),
        repair="Kosongkan ruang pada disk folder keluaran.",
    )


def _inputs(settings: Settings) -> Iterable[Condition]:
    cities = (
        sorted(path.name for path in settings.inputs.glob("*") if path.is_dir()) if settings.inputs.is_dir() else []
    )
    yield Condition(
        id="masukan",
        label="Folder masukan",
        is_good=bool(cities),
        is_required=False,
        state=f"{settings.inputs}: {', '.join(cities)}" if cities else f"{settings.inputs} belum ada atau kosong",
        repair="Mulai dengan: kla siapkan KOTA TAHUN",
    )


def _prefect(settings: Settings) -> Iterable[Condition]:
    from flows.service import server_status

    server = server_status(settings)
    yield Condition(
        id="prefect",
        label="Layanan Prefect setempat",
        is_good=True,
        is_required=False,
        state=f"berjalan di {server.ui_url}" if server else "belum berjalan; dinyalakan sendiri oleh kla susun",
        repair="",
    )


def _office(_: Settings) -> Iterable[Condition]:
    is_there = is_installed()
    yield Condition(
        id="libreoffice",
        label="LibreOffice (pilihan, untuk mencetak Word dan PowerPoint pada lampiran dan menyiapkan unggahan)",
        is_good=is_there,
        is_required=False,
        state=(office_version() or "terpasang, tetapi tidak menjawab") if is_there else "tidak ada",
        repair="Tanpa LibreOffice, lembar pengganti menggantikan dokumen Word dan PowerPoint pada lampiran. Bila"
        " diperlukan: sudo apt-get install -y libreoffice-writer libreoffice-impress libreoffice-calc",
    )


def _reader(_: Settings) -> Iterable[Condition]:
    found = shutil.which("tesseract")
    yield Condition(
        id="tesseract",
        label="Tesseract (pilihan, untuk membaca teks hasil pindai dengan --ocr)",
        is_good=found is not None,
        is_required=False,
        state=_version(found) if found else "tidak ada",
        repair="Bila diperlukan: sudo apt-get install -y tesseract-ocr tesseract-ocr-ind",
    )


def _antivirus(_: Settings) -> Iterable[Condition]:
    found = Antivirus.find()
    state = f"berjalan di {found.address}: {found.version}" if found else "tidak berjalan"
    if found is None and shutil.which("clamd"):
        state = "terpasang, tetapi layanannya tidak menjawab"
    yield Condition(
        id="clamav",
        label="ClamAV (pilihan, untuk memeriksa virus)",
        is_good=found is not None,
        is_required=False,
        state=state,
        repair="Bila diperlukan: sudo apt-get install -y clamav-daemon, lalu sudo systemctl start clamav-daemon."
        " Bila alamatnya tidak lazim, sebutkan dalam KLA_CLAMD (host:port, atau letak soketnya).",
    )


def _version(program: str) -> str:
    try:
        done = subprocess.run(
            [program, "--version"], capture_output=True, text=True, timeout=_SECONDS, check=False, errors="replace"
        )
    except (OSError, subprocess.TimeoutExpired):
        return program
    lines = (done.stdout or done.stderr).splitlines()
    return lines[0].strip() if lines else program


def _existing(path: Path) -> Path:
    """``path`` or the nearest folder above it that exists."""
    return next(each for each in (path, *path.parents, Path(os.curdir)) if each.is_dir())


_LOOKS: tuple[Callable[[Settings], Iterable[Condition]], ...] = (
    _python, _pango, _data, _outputs, _inputs, _prefect, _antivirus, _office, _reader,
)  # fmt: skip
