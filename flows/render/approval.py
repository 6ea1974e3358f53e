"""The approval sheet that has been signed: its scanned pages stand in the book in place of the blank one.

A scan is bound as pictures of its pages within the typeset sheet, so that numbers, contents and tags are those of the
book and nothing of the file but what is seen gets into it. A file signed electronically is not drawn: the pages of a
book are not what was signed. The sheet then says who signed the file, and where it lies untouched.
A file that cannot be used costs nobody the book: the sheet stays blank, and a finding has said why
(:mod:`flows.approval_sheet`).
"""

from __future__ import annotations

import base64
import io
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from flows import bounds
from flows.approval_sheet import sheet_flaw
from flows.bounded import BoundedPool, run_twice
from flows.errors import RenderError
from flows.model import OWN_FOLDER, ElectronicSignature, EvidenceFile, Manifest
from flows.render.annex.pictures import pictures

if TYPE_CHECKING:
    from PIL import Image

_POINTS_AN_INCH = 72.0
_QUALITY = 82
_BSRE = re.compile(r"\b(?:bsre|balai sertifikasi elektronik|bssn)\b", re.IGNORECASE)
"""How the authority of the state is called in its certificates."""
_PDF_STARTS, _PDF = 1_024, b"%PDF-"


@dataclass(frozen=True, slots=True)
class Approval:
    """What stands on the approval sheet of a book; blank where the city has laid down nothing."""

    pages: tuple[str, ...] = ()
    """Pictures of the scanned pages as ``data:`` addresses."""
    signatures: tuple[ElectronicSignature, ...] = ()
    """Of a file signed electronically, all of them whole."""
    sha256: str = ""

    @property
    def short_hash(self) -> str:
        """First eight characters of the hash, as printed."""
        return self.sha256[:8]

    @property
    def names_bsre(self) -> bool:
        """Whether every certificate names the BSrE as its authority: only then may the footer say so, and no more.

        A certificate that somebody has made out to himself is nobody's, whatever it is called.
        """
        return bool(self.signatures) and all(
            _BSRE.search(signature.issuer) and signature.issuer != signature.signer for signature in self.signatures
        )


BLANK = Approval()


def approval_of(manifest: Manifest, source: Callable[[str], Path], pool: BoundedPool) -> Approval:
    """The approval sheet that the city has laid into its folder, ready to be printed.

    Args:
        manifest: what was gathered.
        source: where the bytes of a content lie.
        pool: children to draw its pages in.

    Raises:
        RenderError: its pages cannot be drawn although gathering has counted them: nobody was told, so a blank sheet
            would pass for the signed one. The repair is named.
    """
    file = manifest.approval
    if file is None or sheet_flaw(file):
        return BLANK
    if file.has_signature:
        return Approval(signatures=file.signatures, sha256=file.sha256)
    (result,) = run_twice(pool, draw_pages, [source(file.sha256)], seconds=bounds.APPROVAL_SECONDS)
    if result.value is None:
        raise _undrawn(file)
    return Approval(pages=result.value, sha256=file.sha256)


def draw_pages(path: Path) -> tuple[str, ...]:
    """The pages of a scan, PDF or picture. Runs in a child process."""
    with path.open("rb") as stream:
        is_pdf = _PDF in stream.read(_PDF_STARTS)
    pages = _pages(path) if is_pdf else _pictures(path)
    return tuple(map(_address, islice(pages, bounds.APPROVAL_PAGES)))


def _pages(path: Path) -> Iterator[Image.Image]:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pdf:
        pdf.init_forms()
        yield from (_drawn(pdf[number]) for number in range(len(pdf)))


def _pictures(path: Path) -> Iterator[Image.Image]:
    """Upright and bounded, as the annexes show photos."""
    yield from (picture.convert("RGB") for picture, _ in pictures(path))


def _drawn(page: object) -> Image.Image:
    width, height = page.get_width(), page.get_height()  # type: ignore[attr-defined]  # pdfium has no types
    most = math.sqrt(bounds.ANNEX_RASTER_PIXELS / (width * height))
    longest = bounds.APPROVAL_SIDE / max(width, height)
    scale = min(bounds.APPROVAL_DPI / _POINTS_AN_INCH, most, longest)
    picture: Image.Image = page.render(scale=scale, may_draw_forms=True).to_pil()  # type: ignore[attr-defined]  # same
    return picture.convert("RGB")


def _address(picture: Image.Image) -> str:
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=_QUALITY, dpi=(bounds.APPROVAL_DPI, bounds.APPROVAL_DPI))
    return f"data:image/jpeg;base64,{base64.b64encode(stream.getvalue()).decode('ascii')}"


def _undrawn(file: EvidenceFile) -> RenderError:
    return RenderError(
        f"Lembar pengesahan {file.path} tidak dapat dipakai: halamannya tidak dapat digambar.",
        "Pindai ulang sebagai PDF, JPG, atau PNG (paling banyak "
        f"{bounds.APPROVAL_PAGES} halaman), atau letakkan berkas bertanda tangan elektronik yang belum diubah; tanpa "
        f"berkas itu di folder {OWN_FOLDER}/ dosir memuat lembar kosong.",
    )
