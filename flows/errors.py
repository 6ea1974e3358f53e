"""Errors that end a run, each with its exit code and an Indonesian sentence that names the repair.

What is wrong with evidence is never an exception but a :class:`flows.model.Finding`: missing and unreadable files are
the normal content of this program. An exception here means that the work cannot go on.
"""

from __future__ import annotations

import errno
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum


class ExitCode(IntEnum):
    """What the program's end means to a script."""

    COMPLETE = 0
    FINDINGS = 1
    USAGE = 2
    INPUTS = 3
    RULES = 4
    RENDERING = 5
    DEFECT = 70


class KlaError(Exception):
    """Base of all errors this program raises on purpose: a sentence in Indonesian and, below it, the repair."""

    exit_code = ExitCode.DEFECT

    def __init__(self, message: str, repair: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.repair = repair

    def __reduce__(self) -> tuple[type[KlaError], tuple[str, str]]:
        """Survive the way from a child process."""
        return type(self), (self.message, self.repair)


class UsageError(KlaError):
    """The command was given something it does not know."""

    exit_code = ExitCode.USAGE


class InputsError(KlaError):
    """The city's folder or its ``kota.yaml`` cannot be used."""

    exit_code = ExitCode.INPUTS


class BusyError(InputsError):
    """Another process is writing to the same city and year."""


class RenderError(KlaError):
    """The PDF could not be made."""

    exit_code = ExitCode.RENDERING


class ServiceError(KlaError):
    """The local Prefect server could not be started or reached."""

    exit_code = ExitCode.DEFECT


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a rule or city file: where, what, and what to write instead."""

    file: str
    line: int | None
    message: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file} baris {self.line}"
        return f"{place}: {self.message}"


class ProblemsError(KlaError):
    """A file has mistakes; all of them are listed, in the order of the file."""

    headline = "Ada {count} kesalahan yang harus diperbaiki."

    def __init__(self, problems: Sequence[Problem], repair: str = "") -> None:
        self.problems = tuple(problems)
        lines = [self.headline.format(count=len(self.problems)), *(f"  - {problem}" for problem in self.problems)]
        super().__init__("\n".join(lines), repair)

    def __reduce__(self) -> tuple[type[ProblemsError], tuple[tuple[Problem, ...], str]]:  # type: ignore[override]
        return type(self), (self.problems, self.repair)


class RulesError(ProblemsError):
    """The instrument, a suite or the catalogue of findings is wrong."""

    exit_code = ExitCode.RULES
    headline = "Instrumen atau aturan pemeriksaan tidak dapat dipakai: {count} kesalahan."


class CityFileError(ProblemsError):
    """``kota.yaml`` is wrong."""

    exit_code = ExitCode.INPUTS
    headline = "Berkas kota tidak dapat dipakai: {count} kesalahan."


class AreasError(ProblemsError):
    """The city's list of kecamatan and desa is wrong."""

    exit_code = ExitCode.INPUTS
    headline = "Daftar wilayah tidak dapat dipakai: {count} kesalahan."


class DressError(ProblemsError):
    """The city's own folder ``naskah/`` holds something that its books cannot wear."""

    exit_code = ExitCode.INPUTS
    headline = "Folder naskah kota tidak dapat dipakai: {count} kesalahan."


_REASONS = {
    "EACCES": "akses ditolak",
    "EPERM": "akses ditolak",
    "EROFS": "tempat penyimpanan hanya dapat dibaca",
    "ENOSPC": "tempat penyimpanan penuh",
    "EDQUOT": "jatah tempat penyimpanan habis",
    "ENOENT": "tidak ditemukan",
    "EEXIST": "sudah ada berkas dengan nama itu",
    "ENOTDIR": "bukan folder",
    "EISDIR": "ternyata sebuah folder",
    "ENOTEMPTY": "folder tujuan tidak kosong",
    "ENAMETOOLONG": "nama terlalu panjang",
    "EMFILE": "terlalu banyak berkas terbuka",
    "EFBIG": "berkas melampaui batas ukuran di tempat penyimpanan itu",
    "EBUSY": "sedang dipakai aplikasi lain",
    "EIO": "gangguan pada tempat penyimpanan",
    "ELOOP": "tautannya berputar",
    "ETIMEDOUT": "jaringan tidak menjawab",
    "ESTALE": "folder bersama terputus",
}
"""By the names of the codes, whose numbers differ between systems."""


def os_reason(error: OSError) -> str:
    """The system's reason for ``error`` in Indonesian, for the end of a sentence."""
    code = error.errno
    if code is None:
        return "sebab tidak diketahui"
    return _REASONS.get(errno.errorcode.get(code, ""), f"kesalahan sistem nomor {code}")
