"""A store of invented contents, and an upload set packed from them as a run packs it."""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

import pikepdf
from PIL import Image

from flows.bounded import BoundedPool
from flows.model import Block, Hindrance, Indicator, Media, Ticks, Upload, UploadItem
from flows.publish.upload import Packed, UploadLimits, UploadOrder, pack
from tests.builders.values import question

LIMITS = UploadLimits(1_000_000, ("pdf", "jpg", "png", "xlsx", "docx"), 100, "#%&;", 20, "dugaan")
QUESTIONS = ("1.1", "1.2a", "12.1", "12.2")
BLOCKS = (
    Block("KL", "Kelembagaan", "Kelembagaan", 4.0, (Indicator("1", "Contoh", 4.0, ()),)),
    Block("III", "Klaster III", "Kesehatan Dasar dan Kesejahteraan", 4.0, (Indicator("12", "Contoh", 4.0, ()),)),
)


@dataclass
class Store:
    """Contents by hash below a folder, as the vault keeps them."""

    root: Path
    contents: dict[str, bytes] = field(default_factory=dict)

    def path(self, sha256_: str) -> Path:
        """Where a content lies."""
        return self.root / sha256_

    def item(self, content: bytes, media: Media = Media.PDF, suffix: str = ".pdf", **changes: object) -> UploadItem:
        """A document of these bytes."""
        self.root.mkdir(exist_ok=True)
        name = sha256(content).hexdigest()
        self.path(name).write_bytes(content)
        self.path(name).chmod(0o400)
        base = UploadItem("III/12.1-01", "Dokumen Contoh", name, len(content), media, suffix)
        return replace(base, **changes)  # type: ignore[arg-type]


def upload(question_id: str = "12.1", *items: UploadItem, **changes: object) -> Upload:
    """A question with its documents."""
    block = "KL" if question_id.startswith("1.") else "III"
    text = question(question_id).title
    base = Upload(block, question_id.partition(".")[0], question_id, text, "Ada", "Catatan contoh", items)
    return replace(base, **changes)  # type: ignore[arg-type]


def packed(
    store: Store,
    work: Path,
    *uploads: Upload,
    limits: UploadLimits = LIMITS,
    ticks: Ticks | None = None,
    last_run: Path | None = None,
    hindrance: Hindrance | None = None,
    fresh: bool = False,
    pool: BoundedPool | None = None,
) -> Packed:
    """The set of ``uploads``, below ``work``; made by children of its own where no ``pool`` is given."""
    order = UploadOrder(limits, ticks or Ticks(), store.path, store.root.parent / "lemari", fresh)
    with pool or BoundedPool() as children:
        return pack(work, uploads, BLOCKS, order, children, last_run=last_run, hindrance=hindrance)


def files(work: Path) -> list[Path]:
    """Everything below ``unggah`` but the sheet, in order."""
    found = (path for path in (work / "unggah").rglob("*") if path.is_file() and path.name != "jawaban.xlsx")
    return sorted(found)


def scan(pages: int, side: int = 900, seed: int = 1, exif: Image.Exif | None = None) -> bytes:
    """A PDF of scanned pages: noise, which packs badly, as JPEG files within."""
    target = io.BytesIO()
    with pikepdf.new() as pdf:
        for number in range(pages):
            pdf.add_blank_page(page_size=(595, 842))
            page = pdf.pages[-1]
            picture = pikepdf.Stream(pdf, _jpeg(side, seed * 1_000 + number, exif))
            picture.update(
                {
                    "/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": side, "/Height": side,
                    "/ColorSpace": pikepdf.Name.DeviceRGB, "/BitsPerComponent": 8, "/Filter": pikepdf.Name.DCTDecode,
                }
            )  # fmt: skip
            page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=pdf.make_indirect(picture)))
            page.obj.Contents = pdf.make_stream(f"q 595 0 0 842 0 0 cm /Im0 Do Q % halaman {number + 1}".encode())
        pdf.save(target, deterministic_id=True)
    return target.getvalue()


def _jpeg(side: int, seed: int, exif: Image.Exif | None) -> bytes:
    import random

    noise = random.Random(seed).randbytes(side * side * 3)  # noqa: S311  # invented pictures
    stream = io.BytesIO()
    options = {"exif": exif} if exif else {}
    Image.frombytes("RGB", (side, side), noise).save(stream, "JPEG", quality=92, **options)
    return stream.getvalue()
