"""A large invented city's evidence as offices hand it in: reports, scans, photos, workbooks and letters."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pikepdf
import xlsxwriter
from docx import Document
from PIL import Image

SEED = 2024
_WORDS = (  # noqa: SIM905  # words are read more easily than a list
    "anak kota contoh rekaan layanan laporan kegiatan tahun data jumlah kecamatan kelurahan puskesmas sekolah forum "
    "pelatihan pencegahan perlindungan bersama perangkat daerah mitra hasil capaian sasaran program evaluasi"
).split()
_LINES, _LINE_WORDS = 38, 11
_SHARES = (("report", 0.52), ("scan", 0.18), ("photo", 0.16), ("workbook", 0.09), ("letter", 0.05))
_LONGEST = 24
"""Pages of the longest report; most are short."""
_MARK, _END_OF_PICTURE = b"\xff", b"\xff\xd9"
_PICTURES = 12
"""Different pictures; each copy of one differs in its bytes."""
_WEIGHT = {"report": 1.0, "scan": 2.0, "photo": 1.8, "workbook": 0.0, "letter": 0.0}
"""How the bytes asked for are spread; workbooks and letters have the size they have."""


def write_city(folders: Sequence[Path], questions: Sequence[str], *, files: int, total_bytes: int) -> int:
    """Spread evidence over folders, the same at every call, and give the number of pages of its PDFs.

    Args:
        folders: Of the agencies.
        questions: Ids that the names begin with, in turn.
        files: How many.
        total_bytes: About how much in all.
    """
    chance = random.Random(SEED)  # noqa: S311  # the same bytes every time, nothing secret
    kinds = [kind for kind, share in _SHARES for _ in range(round(files * share))][:files]
    kinds += ["report"] * (files - len(kinds))
    chance.shuffle(kinds)
    weight = sum(_WEIGHT[kind] for kind in kinds) or 1.0
    pictures = list(_pictures(chance))
    pages = 0
    for number, kind in enumerate(kinds):
        room = int(total_bytes * _WEIGHT[kind] / weight)
        stem = f"{questions[number % len(questions)]} {kind} rekaan {number:04}"
        pages += _WRITERS[kind](folders[number % len(folders)] / stem, chance, room, pictures)
    return pages


def ordinary_pages(count: int) -> list[str]:
    """Pages of running text, to be looked through."""
    chance = random.Random(SEED)  # noqa: S311  # same
    return ["\n".join(_lines(chance)) for _ in range(count)]


def _lines(chance: random.Random) -> Iterator[str]:
    yield f"LAPORAN KEGIATAN REKAAN TAHUN {chance.choice((2022, 2023))}"
    for _ in range(_LINES):
        words = chance.choices(_WORDS, k=_LINE_WORDS)
        words[chance.randrange(_LINE_WORDS)] = str(chance.randrange(10_000))
        yield " ".join(words)


def _report(stem: Path, chance: random.Random, room: int, pictures: Sequence[bytes]) -> int:
    """A PDF of text, filled up with a picture that is on its last page."""
    pages = 1 + min(int(chance.expovariate(1 / 5)), _LONGEST - 1)
    with pikepdf.new() as pdf:
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        fonts = pikepdf.Dictionary(F1=pdf.make_indirect(font))
        for _ in range(pages):
            page = pdf.add_blank_page(page_size=(595, 842))
            text = "".join(f"({line}) Tj T*\n" for line in _lines(chance))
            page.obj.Contents = pdf.make_stream(f"BT /F1 10 Tf 60 780 Td 14 TL\n{text}ET".encode())
            page.obj.Resources = pikepdf.Dictionary(Font=fonts)
        _paint(pdf, len(pdf.pages) - 1, _padded(chance.choice(pictures), chance, room))
        pdf.save(stem.with_name(stem.name + ".pdf"), compress_streams=True, deterministic_id=True)
    return pages


def _scan(stem: Path, chance: random.Random, room: int, pictures: Sequence[bytes]) -> int:
    """A PDF whose pages are pictures."""
    pages = 1 + chance.randrange(4)
    with pikepdf.new() as pdf:
        for number in range(pages):
            pdf.add_blank_page(page_size=(595, 842))
            _paint(pdf, number, _padded(chance.choice(pictures), chance, room // pages))
        pdf.save(stem.with_name(stem.name + ".pdf"), deterministic_id=True)
    return pages


def _photo(stem: Path, chance: random.Random, room: int, pictures: Sequence[bytes]) -> int:
    stem.with_name(stem.name + ".jpg").write_bytes(_padded(chance.choice(pictures), chance, room))
    return 0


def _workbook(stem: Path, chance: random.Random, room: int, pictures: Sequence[bytes]) -> int:
    del room, pictures
    with xlsxwriter.Workbook(stem.with_name(stem.name + ".xlsx")) as book:
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, ["No", "Kelurahan", "L", "P", "L+P", "Keterangan"])
        for row in range(1, 250):
            male, female = chance.randrange(900), chance.randrange(900)
            note = " ".join(chance.choices(_WORDS, k=4))
            sheet.write_row(row, 0, [row, f"Contoh {row}", male, female, male + female, note])
    return 0


def _letter(stem: Path, chance: random.Random, room: int, pictures: Sequence[bytes]) -> int:
    del room, pictures
    document = Document()
    for line in _lines(chance):
        document.add_paragraph(line)
    document.save(str(stem.with_name(stem.name + ".docx")))
    return 0


_WRITERS: dict[str, Callable[[Path, random.Random, int, Sequence[bytes]], int]] = {
    "report": _report,
    "scan": _scan,
    "photo": _photo,
    "workbook": _workbook,
    "letter": _letter,
}


def _pictures(chance: random.Random) -> Iterator[bytes]:
    """Pictures of the size of a telephone's, each different: coarse noise made large, so that they are quickly made."""
    for _ in range(_PICTURES):
        noise = Image.frombytes("RGB", (32, 24), chance.randbytes(32 * 24 * 3))
        stream = io.BytesIO()
        noise.resize((2400, 1800), Image.Resampling.BICUBIC).save(stream, "JPEG", quality=60)
        yield stream.getvalue()


def _padded(picture: bytes, chance: random.Random, size: int) -> bytes:
    """The JPEG with more of what is drawn, up to ``size`` bytes, so that no two are equal.

    A camera's many bytes are drawn ones; as comments they would be searched for words, as no real photo's are.
    """
    drawn = chance.randbytes(max(size - len(picture), 16)).replace(_MARK, b"\0")
    return picture[: -len(_END_OF_PICTURE)] + drawn + _END_OF_PICTURE


def _paint(pdf: pikepdf.Pdf, number: int, picture: bytes) -> None:
    """Put a picture onto a page, below what is there."""
    image = pdf.make_stream(picture)
    image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    image.Width, image.Height, image.BitsPerComponent = 2400, 1800, 8
    image.ColorSpace, image.Filter = pikepdf.Name.DeviceRGB, pikepdf.Name.DCTDecode
    page = pdf.pages[number]
    page.add_resource(image, pikepdf.Name.XObject, pikepdf.Name.Im0)
    page.contents_add(b"q 595 0 0 300 0 20 cm /Im0 Do Q", prepend=True)
