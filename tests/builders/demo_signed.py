"""Really signed documents of the invented city: an invented authority signs, and what happens to them afterwards.

A signature holds keys and a time, so no two signings give the same bytes. The signed files are therefore made once and
kept: the builder copies them from the demo city, and ``python -m tests.builders.demo_city FOLDER tanda-tangan`` signs
anew.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence

from flows.settings import demo_root
from tests.builders.demo_model import Doc
from tests.gather.signing_kit import changed_afterwards, signatory, signed

TTE_GOOD = "Dinkes/klaster 3/15/15.1 SK Puskesmas Ramah Anak tahap II (TTE).pdf"
TTE_BROKEN = "DP3A/Kelembagaan/2/2.1 SK Sekretariat Gugus Tugas (TTE).pdf"
TTE_ADDED_TO = "Disdikbud/19/19.1 SK Fasilitator SRA tambahan (TTE).pdf"
TTE_OTHER = "Bappeda/3.2 SK pengurus forum APSAI (TTE).pdf"
_OWN, _OTHER = "NAMA CONTOH SATU", "PEJABAT REKAAN"
SIGNED: Mapping[str, str] = {TTE_GOOD: _OWN, TTE_BROKEN: _OWN, TTE_ADDED_TO: _OWN, TTE_OTHER: _OTHER}
"""Electronically signed documents of the catalogue, and in whose name the certificate is."""
_KEPT = demo_root() / "kota-contoh" / "2024"
_PLACE, _OTHER_PLACE = b"Jalan Rekaan Nomor 1", b"Jalan Rekaan Nomor 7"


def kept(path: str) -> bytes:
    """The bytes of a signed document as it lies in the demo city."""
    return _KEPT.joinpath(*path.split("/")).read_bytes()


def sign(docs: Sequence[Doc], drawn: Callable[[Doc], bytes]) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of every signed document, signed now.

    Args:
        docs: The documents of the catalogue.
        drawn: What a document looks like before it is signed.
    """
    people = {name: signatory(name) for name in sorted(set(SIGNED.values()))}
    for doc in docs:
        if doc.path in SIGNED:
            paper = signed(_with_address(drawn(doc)), people[SIGNED[doc.path]])
            yield doc.path, _afterwards(paper, doc.path)


def _afterwards(paper: bytes, path: str) -> bytes:
    if path == TTE_ADDED_TO:
        return changed_afterwards(paper)
    return paper.replace(_PLACE, _OTHER_PLACE) if path == TTE_BROKEN else paper


def _with_address(paper: bytes) -> bytes:
    """``paper`` with a line in its properties that can be changed later without moving anything."""
    import pikepdf

    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        pdf.docinfo["/Subject"] = pikepdf.String(_PLACE.decode())
        pdf.save(
            target,
            deterministic_id=True,
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return target.getvalue()
