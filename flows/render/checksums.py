"""MD5 of contents: PDF wants it said of embedded files, and it is the slowest sum there is, so it is kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import TypeAlias

from flows.bounded import BoundedPool
from flows.errors import RenderError
from flows.render.children import run_in_children
from flows.store import Store

Checksums: TypeAlias = Callable[[Mapping[str, Path]], Mapping[str, str]]
"""Works out the MD5 of contents, in hexadecimal: their SHA-256 and where they lie → SHA-256 and MD5."""
STORE_NAME = "md5.sqlite3"
_NAMESPACE = "md5"
_SUM = re.compile(r"[0-9a-f]{32}")
_UNREADABLE = "-"


def checksums(folder: Path, pool: BoundedPool, *, fresh: bool = False) -> Checksums:
    """What works out the sums in the children of ``pool``, each once for its content.

    A content that cannot be read has none, an empty text; whoever embeds it will meet the same trouble, and name it.

    Args:
        folder: where sums are kept from one run to the next.
        pool: bounded for evidence.
        fresh: work out all of them again, whatever is kept.

    What it returns raises:
        RenderError: a child died twice.
    """

    def work_out(paths: Mapping[str, Path]) -> Mapping[str, str]:
        with Store(folder / STORE_NAME) as store:
            kept = {} if fresh else store.get_many(_NAMESPACE, list(paths))
            found = {sha256: md5 for sha256, md5 in kept.items() if _SUM.fullmatch(md5)}
            missing = [_Content(sha256, path) for sha256, path in paths.items() if sha256 not in found]
            made = dict(
                zip((each.sha256 for each in missing), run_in_children(pool, _md5, missing, _given_up), strict=True)
            )
            store.put_many(_NAMESPACE, {sha256: md5 for sha256, md5 in made.items() if md5 != _UNREADABLE})
            return found | {sha256: md5.removeprefix(_UNREADABLE) for sha256, md5 in made.items()}

    return work_out


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
