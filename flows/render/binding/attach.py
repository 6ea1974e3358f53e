"""Files are embedded in a finished PDF without ever being held in memory: their bytes are appended as an update.

The PDF is first saved with an empty stream for every file, so that a library writes all of the structure; then each
stream is written anew behind the end of the file, as ISO 32000-1, 7.5.6 describes, and the bytes stay as they are.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, Object, Pdf, Stream, String

from flows import page_wording
from flows.errors import RenderError, os_reason
from flows.render.binding.order import DEFECT
from flows.render.binding.seal import hash_next, last_table
from flows.render.originals import Attachment, Content

_MEDIA_TYPE = re.compile(r"[-\w.+]+/[-\w.+]+", re.ASCII)
_UNKNOWN = "application/octet-stream"
_PIECE_BYTES = 1 << 20
_WIDTHS = (1, 6, 2)
"""Bytes of the columns of the cross-reference: kind, place, generation."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where the bytes of a file lie in the PDF."""

    attachment: Attachment
    start: int


def reserve(pdf: Pdf, attachments: Sequence[Attachment]) -> None:
    """Name every file in ``pdf``, tie it to the document, and leave an empty stream in the place of each content."""
    names = NameTree.new(pdf)
    specifications: list[Object] = []
    places: dict[Content, Stream] = {}
    for attachment in attachments:
        if attachment.content not in places:
            places[attachment.content] = Stream(pdf, b"", Type=Name.EmbeddedFile)
        specification = pdf.make_indirect(_specification(attachment, places[attachment.content]))
        names[attachment.name] = specification
        specifications.append(specification)
    if not specifications:
        return
    if Name.Names not in pdf.Root:
        pdf.Root.Names = pdf.make_indirect(Dictionary())
    pdf.Root.Names.EmbeddedFiles = names.obj
    pdf.Root.AF = pdf.make_indirect(Array(specifications))
    pdf.Root.PageMode = Name.UseAttachments


def _specification(attachment: Attachment, place: Stream) -> Dictionary:
    original = attachment.original
    described = page_wording.archive_description(original.description, original.label, original.sha256)
    return Dictionary(
        Type=Name.Filespec,
        F=String(attachment.name.encode("ascii", "replace").decode().replace("?", "_")),
        UF=String(attachment.name),
        EF=Dictionary(F=place, UF=place),
        Desc=String(described),
        AFRelationship=Name(f"/{original.relationship}"),
    )


def append(path: Path, attachments: Sequence[Attachment]) -> tuple[Span, ...]:
    """Write the bytes of the files into the PDF at ``path``, in which :func:`reserve` kept a place for each content.

    What was written is compared with the hashes by :func:`verify`.

    Raises:
        RenderError: a file cannot be read, or has another size than it had.
    """
    if not attachments:
        return ()
    with pikepdf.open(path) as pdf:
        tree = NameTree(pdf.Root.Names.EmbeddedFiles)
        numbers = [tree[each.name].EF.F.objgen[0] for each in attachments]
        trailer = {key: pdf.trailer[key].objgen[0] for key in ("/Root", "/Info")}
        size, first_id = int(pdf.trailer.Size), bytes(pdf.trailer.ID[0])
    with path.open("r+b") as out:
        previous = _last_table(out)
        out.seek(0, io.SEEK_END)
        places, spans = {}, []
        for number, attachment in zip(numbers, attachments, strict=True):
            if number in places:
                continue
            places[number] = out.tell()
            spans.append(_stream(out, number, attachment))
        places[size] = out.tell()
        embedded = "".join(span.attachment.original.sha256 for span in spans)
        last_id = sha256(first_id + embedded.encode()).digest()[: len(first_id)]
        ids = b"<%b> <%b>" % (first_id.hex().encode(), last_id.hex().encode())
        out.write(_table(places, trailer, previous, ids))
    return tuple(spans)


def _last_table(out: BinaryIO) -> int:
    try:
        return last_table(out)
    except ValueError as error:
        raise RenderError(
            "Naskah arsip tidak dapat dilengkapi dengan berkas asli: akhir PDF-nya tidak dikenali.", DEFECT
        ) from error


def _stream(out: BinaryIO, number: int, attachment: Attachment) -> Span:
    """Write one file as object ``number``."""
    original = attachment.original
    media_type = original.media_type if _MEDIA_TYPE.fullmatch(original.media_type) else _UNKNOWN
    out.write(b"%d 0 obj\n<< /Type /EmbeddedFile /Subtype /%b " % (number, media_type.replace("/", "#2f").encode()))
    out.write(b"/Length %d /Params << /Size %d " % (original.bytes, original.bytes))
    out.write(
        b"/ModDate (D:%b) /CheckSum <%b> >> >>\n" % (original.since.strftime("%Y%m%d").encode(), original.md5.encode())
    )
    out.write(b"stream\n")
    span = Span(attachment, out.tell())
    out.writelines(_pieces(attachment))
    if out.tell() - span.start != original.bytes:
        raise _altered(attachment)
    out.write(b"\nendstream\nendobj\n")
    return span


def _pieces(attachment: Attachment) -> Iterator[bytes]:
    original = attachment.original
    try:
        with original.path.open("rb") as source:
            left = original.bytes + 1
            while left and (piece := source.read(min(_PIECE_BYTES, left))):
                left -= len(piece)
                yield piece
    except OSError as error:
        raise RenderError(
            f"Salinan bukti {original.label} di brankas tidak dapat dibaca ({os_reason(error)}).",
            "Periksa folder brankas dengan kla dokter KOTA TAHUN, lalu ulangi.",
        ) from error


def _altered(attachment: Attachment) -> RenderError:
    return RenderError(
        f"Salinan bukti {attachment.original.label} di brankas rusak: isinya tidak lagi sama dengan sidiknya.",
        "Jalankan kla dokter KOTA TAHUN; salinan yang disebut rusak diambil dari cadangan, atau dipindahkan ke luar "
        "brankas selagi berkasnya masih ada di folder masukan. Sesudah itu ulangi.",
    )


def _table(places: dict[int, int], trailer: dict[str, int], previous: int, ids: bytes) -> bytes:
    """The cross-reference of the update, itself the last object."""
    number = max(places)
    rows = b"".join(
        b"\1" + place.to_bytes(_WIDTHS[1], "big") + bytes(_WIDTHS[2]) for _, place in sorted(places.items())
    )
    index = b" ".join(b"%d 1" % each for each in sorted(places))
    references = b" ".join(b"%b %d 0 R" % (key.encode(), value) for key, value in sorted(trailer.items()))
    head = b"<< /Type /XRef /Size %d /W [%d %d %d] /Index [%b] /Prev %d %b /ID [%b] /Length %d >>" % (
        number + 1,
        *_WIDTHS,
        index,
        previous,
        references,
        ids,
        len(rows),
    )
    return b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (
        number,
        head,
        rows,
        places[number],
    )


def verify(path: Path, spans: Sequence[Span]) -> str:
    """Read the finished file back, once for all that is to be known of its bytes.

    Args:
        path: the file.
        spans: what :func:`append` wrote, in that order.

    Returns:
        SHA-256 of the file in hexadecimal.

    Raises:
        RenderError: its embedded bytes are not those of the originals.
    """
    whole = sha256()
    with path.open("rb") as file:
        for span in spans:
            hash_next(file, span.start - file.tell(), whole)
            found = sha256()
            hash_next(file, span.attachment.original.bytes, found, whole)
            if found.hexdigest() != span.attachment.original.sha256:
                raise _altered(span.attachment)
        hash_next(file, path.stat().st_size - file.tell(), whole)
    return whole.hexdigest()
