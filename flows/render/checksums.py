"""MD5 of contents: PDF wants it said of embedded files, and it is the slowest sum there is, so it is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import TypeAlias

from flows.bounded import BoundedPool
from flows.cabinet import Cabinet, key_of
from flows.errors import RenderError
from flows.render.children import run_in_children
from flows.render.press import storing

Checksums: TypeAlias = Callable[[Mapping[str, Path]], Mapping[str, str]]
"""Works out the MD5 of contents, in hexadecimal: their SHA-256 and where they lie → SHA-256 and MD5."""
_KIND, _NAME = "md5", "md5.txt"
_UNREADABLE = "-"


def checksums(cabinet: Cabinet, pool: BoundedPool) -> Checksums:
    """What works out the sums in the children of ``pool``, each once for its content.

    A content that cannot be read has none, an empty text; whoever embeds it will meet the same trouble, and name it.

    What it returns raises:
        RenderError: a child died twice, or the sums cannot be kept.
    """

    def sums(paths: Mapping[str, Path]) -> Mapping[str, str]:
        with storing():
            keys = {sha256: key_of(_KIND, sha256) for sha256 in paths}
            found = {
                sha256: (kept / _NAME).read_text("ascii") for sha256 in paths if (kept := cabinet.get(keys[sha256]))
            }
            missing = [_Content(sha256, path) for sha256, path in paths.items() if sha256 not in found]
            for content, md5 in zip(missing, run_in_children(pool, _md5, missing, _given_up), strict=True):
                found[content.sha256] = md5.removeprefix(_UNREADABLE)
                if found[content.sha256]:
                    cabinet.put(keys[content.sha256], {_NAME: md5.encode("ascii")})
            return found

    return sums


@dataclass(frozen=True, slots=True)
class _Content:
    sha256: str
    path: Path


def _md5(content: _Content) -> str:
    """Runs in a child."""
    try:
        with content.path.open("rb") as stream:
            return file_digest(stream, "md5").hexdigest()
    except OSError:
        return _UNREADABLE


def _given_up(content: _Content, reason: str) -> RenderError:
    return RenderError(
        f"Salinan bukti {content.sha256[:12]} di brankas tidak dapat dibaca: {reason}, dua kali.",
        "Tutup aplikasi lain supaya memori komputer cukup, lalu ulangi. Bila tetap, jalankan kla dokter KOTA TAHUN.",
    )
