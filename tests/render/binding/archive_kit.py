"""A small archive edition of real typeset parts, with invented originals of the kinds agencies hand in."""

from __future__ import annotations

import shutil
import subprocess
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import md5, sha256
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from flows.model import Document, Media
from flows.render.archive_volumes import archive_volumes
from flows.render.binding.archive import enclose
from flows.render.originals import exhibits_of, originals_parts
from flows.render.pdf import typeset
from flows.render.values import Exhibit, Numbering, Original, Part, Relationship, Sheets, Typeset, Volume
from tests.builders.values import city
from tests.render.binding import kit

NAME = "dosir-arsip.pdf"
CONTENTS = {
    "Dinas Contoh/1.1 Perda KLA.pdf": b"%PDF-1.4\n% isi contoh, dibiarkan apa adanya \x00\r\nendstream endobj\n" * 40,
    "Dinas Contoh/2.1 rekap.xlsx": b"PK\x03\x04 contoh",
    "Kecamatan Utara/foto.jpg": b"",
}
"""Names and bytes; one holds what ends a stream of PDF, one is empty."""


@dataclass(frozen=True)
class Desk:
    """Makes archives in a folder."""

    folder: Path

    def original(self, label: str, name: str, content: bytes, *, kind: str = "application/pdf") -> Original:
        """An original whose bytes lie in the folder by their hash."""
        digest = sha256(content).hexdigest()
        path = self.folder / digest
        path.write_bytes(content)
        number = int(label[-2:])
        relationship = Relationship.DATA if name.endswith("xlsx") else Relationship.SOURCE
        about = "Dokumen contoh, Dinas Contoh"
        day, total = date(2024, 5, number), md5(content, usedforsecurity=False).hexdigest()
        return Original(label, path, digest, len(content), name, kind, about, day, relationship, total)

    def originals(self) -> tuple[Original, ...]:
        """One of each of :data:`CONTENTS`."""
        return tuple(
            self.original(f"III/1.1-{number:02}", name, content)
            for number, (name, content) in enumerate(CONTENTS.items(), start=1)
        )

    def volume(self, labels: Sequence[str]) -> Volume:
        """A book with a picture, links to evidence, and a slip sheet for each of ``labels`` and one that is masked."""
        press = kit.Press(self.folder)
        links = "".join(f'<p><a href="kla:bukti-{label}@2">bukti {label}</a></p>' for label in (*labels, "IV/2.1-01"))
        body = f'<h1 id="bab-9">Bab 9 Foto</h1><p><img src="{picture()}" alt="Dua bidang warna" width="60"></p>{links}'
        slip = press.sheets("pengganti", "Lembar pengganti", "<h1>Pengganti</h1>", Numbering("s-"))
        slips = (
            replace(slip, part=replace(slip.part, key=f"pengganti-{label}"), slip_of=exhibit(label))
            for label in (*labels, "IV/2.1-01")
        )
        leaves = (*kit.book(press), press.sheets("bab-9", "Bab 9", body, Numbering("9-")), *slips)
        return replace(kit.volume(leaves), name=NAME)

    def archive(self, originals: Sequence[Original], out: Path) -> tuple[Document, ...]:
        """The archive edition in ``out``."""
        volume = self.volume([original.label for original in originals])
        parts = originals_parts(volume, exhibits_of(volume), originals, city())
        lists = [Sheets(part, self.typeset(part)) for part in parts]
        return tuple(
            enclose(each.volume, each.attachments or (), out) for each in archive_volumes(volume, originals, lists)
        )

    def typeset(self, part: Part) -> Typeset:
        """A part as a PDF in the folder."""
        return typeset(part.html, self.folder / f"{part.key}.pdf", as_of=kit.DAY, title=part.title, part=part.key)


def exhibit(label: str) -> Exhibit:
    """An invented document that serves two questions."""
    return Exhibit(label, "Dokumen contoh", "Dinas Contoh", "0" * 64, Media.PDF, ("1.1", "2.1"), "uji")


def picture() -> str:
    """A small picture with transparency as a ``data:`` address."""
    image = Image.new("RGBA", (8, 8), (31, 58, 95, 255))
    image.putpixel((3, 3), (155, 28, 28, 90))
    stream = BytesIO()
    image.save(stream, "PNG")
    return f"data:image/png;base64,{b64encode(stream.getvalue()).decode()}"


needs_verapdf = pytest.mark.skipif(shutil.which("verapdf") is None, reason="veraPDF is not installed here")
"""For what asks the public checker."""


def verapdf(path: Path) -> str:
    """What the public checker says against the file as PDF/A-3a; empty only where it examined it and found nothing."""
    program = shutil.which("verapdf")
    assert program is not None
    done = subprocess.run(
        [program, "--format", "text", "--flavour", "3a", "-v", str(path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    agrees = done.returncode == 0 and done.stdout.startswith("PASS ")
    return "" if agrees else f"{done.stdout}{done.stderr}\nexit code {done.returncode}"
