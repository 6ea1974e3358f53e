"""Which pictures a chapter shows among the proof of a question, and their small copies, made in children and kept."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import version
from pathlib import Path

from markupsafe import Markup

from flows.bounded import BoundedPool, run_twice
from flows.cabinet import Cabinet, key_of
from flows.errors import RenderError, os_reason
from flows.model import EvidenceFile
from flows.render.evidence import Evidence
from flows.render.thumbnails import QUALITY, thumbnail

_KIND = "foto-kecil-2"
_NAME = "foto.jpg"


def small_photos(
    evidence: Evidence, cabinet: Cabinet, pool: BoundedPool, source: Callable[[str], Path]
) -> Mapping[str, Markup]:
    """Addresses (``data:``) of the small copies of every picture that a chapter shows, by hash of the original.

    A picture whose bytes are not there, or that cannot be decoded within the bounds, is left out: its row in the list
    of proof and its page in the annex stay.

    Args:
        evidence: the proof of the run.
        cabinet: where small copies are kept between runs.
        pool: children to decode in.
        source: where the bytes of a content lie.

    Raises:
        RenderError: the disk is full, or the cabinet cannot be used.
    """
    try:
        return _small_photos(evidence, cabinet, pool, source)
    except OSError as error:
        raise RenderError(
            f"Foto pada bab tidak dapat disiapkan ({os_reason(error)}).",
            "Periksa sisa ruang dan hak tulis folder keluaran, lalu ulangi.",
        ) from error


def _small_photos(
    evidence: Evidence, cabinet: Cabinet, pool: BoundedPool, source: Callable[[str], Path]
) -> Mapping[str, Markup]:
    wanted = {file.sha256: source(file.sha256) for file in _shown(evidence)}
    tool = version("pillow")
    keys = {sha256: key_of(_KIND, str(QUALITY), tool, sha256) for sha256 in wanted}
    found = {sha256: folder for sha256, key in keys.items() if (folder := cabinet.get(key)) is not None}
    missing = {path: sha256 for sha256, path in wanted.items() if sha256 not in found and path.is_file()}
    for result in run_twice(pool, thumbnail, list(missing)):
        if result.value is not None:
            sha256 = missing[result.item]
            found[sha256] = cabinet.put(keys[sha256], {_NAME: result.value})
    return {sha256: _address((found[sha256] / _NAME).read_bytes()) for sha256 in wanted if sha256 in found}


def _shown(evidence: Evidence) -> Iterable[EvidenceFile]:
    return (file for question in evidence.framework.questions for file in evidence.photos(question))


def _address(jpeg: bytes) -> Markup:
    return Markup("data:image/jpeg;base64,") + b64encode(jpeg).decode("ascii")
