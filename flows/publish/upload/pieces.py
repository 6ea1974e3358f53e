"""PDFs made to fit: passive, without the notes of cameras, in one piece where it can be, else in parts of pages.

Runs in child processes; no other module of publishing opens PDFs. Signed files are looked at and never saved again.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from flows import bounds
from flows.jpeg import says_where
from flows.pdf_photos import file_of, filters_of, is_photo, strip_notes

_PAGE_KEYS = frozenset(
    "/Type /MediaBox /CropBox /BleedBox /TrimBox /ArtBox /Rotate /UserUnit /Resources /Contents /Group".split()  # noqa: SIM905
)
"""What a page needs to be seen; everything else would act, or lead elsewhere."""
_INHERITED = ("/MediaBox", "/CropBox", "/Rotate", "/Resources")
_NOTES = ("/Metadata", "/PieceInfo", "/LastModified", "/AF")
_PLAIN_COLOURS = frozenset({"/DeviceRGB", "/DeviceGray", "/CalRGB", "/CalGray", "/ICCBased"})
_SCAN_STEPS = ((200, 75), (150, 65))
"""Points per inch and quality of scans that are made smaller; print at 150 is still read without effort."""
_WORTH = 6
"""A scan that is more times too large is not tried: it would be unreadable before it fits."""
_POINTS_PER_INCH = 72
_ROOM = 0.97
"""Share of the limit that parts are planned for; fonts and tables come on top of the pages."""


class TooLargeError(Exception):
    """A single page is larger than a file may be."""


class PortfolioError(Exception):
    """The pages are but the cover of other files, which would be lost."""


def needs_care(source: Path) -> bool:
    """Whether the pictures of a signed PDF say where they were taken."""
    with _opened(source) as pdf:
        return any(says_where(file_of(each)) for each in _photos(pdf))


def fit_pdf(source: Path, folder: Path, most: int, *, is_scan: bool) -> tuple[list[Path], str]:
    """Write a PDF into ``folder`` as files of at most ``most`` bytes, passive and without notes.

    Returns:
        The files in the order of their pages, and what was done: ``bersih``, ``diperkecil`` or ``dibagi``.

    Raises:
        PortfolioError: see there.
        TooLargeError: a page alone is too large, or there would be too many parts.
    """
    with _opened(source) as pdf:
        if "/Collection" in pdf.Root:
            raise PortfolioError
        _make_passive(pdf)
        pages = len(pdf.pages)
        whole = folder / "utuh.pdf"
        if source.stat().st_size <= most * _WORTH or pages == 1:
            for step in (None, *(_SCAN_STEPS if is_scan else ())):
                if _write(pdf, range(pages), whole, step) <= most:
                    return [whole], "diperkecil" if step else "bersih"
            whole.unlink()
        return list(_parts(pdf, folder, most, source.stat().st_size, is_scan=is_scan)), "dibagi"


def _opened(source: Path) -> Any:  # noqa: ANN401  # pikepdf is imported where it is used
    import pikepdf

    return pikepdf.open(source, suppress_warnings=True)


def _parts(pdf: Any, folder: Path, most: int, size: int, *, is_scan: bool) -> Iterator[Path]:  # noqa: ANN401
    """As few equal stretches of pages as may do; one that is still too large is halved."""
    waiting = _stretches(len(pdf.pages), size, most)[::-1]
    done = 0
    while waiting:
        stretch = waiting.pop()
        path = folder / f"bagian-{done + 1:04}.pdf"
        if _write(pdf, stretch, path, None) > most:
            if len(stretch) > 1:
                middle = stretch.start + len(stretch) // 2
                waiting += [range(middle, stretch.stop), range(stretch.start, middle)]
                continue
            if not (is_scan and any(_write(pdf, stretch, path, each) <= most for each in _SCAN_STEPS)):
                raise TooLargeError
        done += 1
        if done + len(waiting) > bounds.UPLOAD_PARTS:
            raise TooLargeError
        yield path


def _stretches(pages: int, size: int, most: int) -> list[range]:
    """All pages in stretches that differ by one page at most, by what a page takes on average."""
    together = max(1, math.floor(pages * most * _ROOM / size))
    count = math.ceil(pages / together)
    ends = [pages * number // count for number in range(count + 1)]
    return [range(start, end) for start, end in pairwise(ends)]


def _make_passive(pdf: Any) -> None:  # noqa: ANN401
    """What forms, stamps and notes show becomes part of the page; what they would do is gone."""
    if any("/Annots" in page for page in pdf.pages):
        if "/AcroForm" in pdf.Root and "/XFA" not in pdf.Root.AcroForm:
            pdf.generate_appearance_streams()
        pdf.flatten_annotations("screen")
    for page in pdf.pages:
        _settle(page.obj)
        _strip(pdf, page.obj)


def _settle(page: Any) -> None:  # noqa: ANN401
    """Write down on the page itself what it has from the nodes above it, which stay behind."""
    for key in _INHERITED:
        node, depth = page, bounds.PDF_DEPTH
        while depth and key not in node and "/Parent" in node:
            node, depth = node.Parent, depth - 1
        if key in node and key not in page:
            page[key] = node[key]


def _strip(pdf: Any, page: Any) -> None:  # noqa: ANN401
    import pikepdf

    links = [kept for each in page.get("/Annots", ()) if (kept := _plain_link(each)) is not None]
    for key in [key for key in page.keys() if key not in _PAGE_KEYS and key != "/Parent"]:  # noqa: SIM118  # of a PDF
        del page[key]
    if links:
        page.Annots = pdf.make_indirect(pikepdf.Array(links))


def _write(pdf: Any, stretch: range, path: Path, scan_step: tuple[int, int] | None) -> int:  # noqa: ANN401
    """Save some pages by themselves; the size of the file."""
    import pikepdf

    with pikepdf.new() as part:
        for number in stretch:
            part.pages.append(pdf.pages[number])
        if "/OCProperties" in pdf.Root:  # what is hidden must stay hidden
            part.Root.OCProperties = part.copy_foreign(pdf.make_indirect(pdf.Root.OCProperties))
        _clean(part)
        if scan_step:
            _shrink(part, *scan_step)
        part.remove_unreferenced_resources()
        part.save(path, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return path.stat().st_size


def _plain_link(note: Any) -> Any:  # noqa: ANN401
    """A link to a web address that a reader may click on; None for any other annotation."""
    import pikepdf

    if not isinstance(note, pikepdf.Dictionary) or note.get("/Subtype") != "/Link" or "/Rect" not in note:
        return None
    action = note.get("/A")
    address = (
        str(action.get("/URI", "")) if isinstance(action, pikepdf.Dictionary) and action.get("/S") == "/URI" else ""
    )
    if not address.lower().startswith(("https://", "http://", "mailto:")):
        return None
    link = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(address))
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=note.Rect, Border=[0, 0, 0], F=4, A=link
    )


def _clean(pdf: Any) -> None:  # noqa: ANN401
    """Take the notes of programs and cameras out of everything that is kept."""
    import pikepdf

    for each in pdf.objects:
        if isinstance(each, pikepdf.Stream | pikepdf.Dictionary):
            for key in _NOTES:
                if key in each:
                    del each[key]
    for photo in _photos(pdf):
        strip_notes(photo)


def _photos(pdf: Any) -> Iterator[Any]:  # noqa: ANN401
    """Pictures kept as JPEG files."""
    import pikepdf

    return (each for each in pdf.objects if isinstance(each, pikepdf.Stream) and is_photo(each))


def _shrink(pdf: Any, dots: int, quality: int) -> None:  # noqa: ANN401
    """Draw plain pictures of scanned pages at no more than so many points per inch; masks and fax stay as they are."""
    done: set[tuple[int, int]] = set()
    for page in pdf.pages:
        box = [float(each) for each in page.mediabox]
        inches = (
            max(abs(box[2] - box[0]), abs(box[3] - box[1])) * float(page.obj.get("/UserUnit", 1)) / _POINTS_PER_INCH
        )
        for image in _images(page.obj):
            if image.objgen not in done and _is_plain(image):
                done.add(image.objgen)
                _draw(image, max(1, round(inches * dots)), quality)


def _images(page: Any) -> Iterator[Any]:  # noqa: ANN401
    """Pictures that a page itself names."""
    import pikepdf

    named = page.get("/Resources", {}).get("/XObject", {})
    for key in named.keys():  # noqa: SIM118  # of a PDF
        image = named[key]
        if isinstance(image, pikepdf.Stream) and image.get("/Subtype") == "/Image":
            yield image


def _is_plain(image: Any) -> bool:  # noqa: ANN401
    """Whether a picture is nothing but eight bits of grey or three colours, which a JPEG holds as well."""
    import pikepdf

    if any(key in image for key in ("/SMask", "/Mask", "/Decode", "/ImageMask", "/Matte")):
        return False
    space = image.get("/ColorSpace")
    name = str(space[0]) if isinstance(space, pikepdf.Array) and len(space) else str(space)
    if name not in _PLAIN_COLOURS or image.get("/BitsPerComponent") != 8:  # noqa: PLR2004
        return False
    if name == "/ICCBased" and int(space[1].get("/N", 0)) not in (1, 3):
        return False
    pixels = int(image.get("/Width", 0)) * int(image.get("/Height", 0))
    return filters_of(image) in (["/DCTDecode"], ["/FlateDecode"]) and pixels <= bounds.PICTURE_DECODED_PIXELS


def _draw(image: Any, longest: int, quality: int) -> None:  # noqa: ANN401
    import pikepdf

    picture = pikepdf.PdfImage(image).as_pil_image()
    if picture.mode not in ("L", "RGB"):
        return
    picture.thumbnail((longest, longest))
    packed = io.BytesIO()
    picture.save(packed, "JPEG", quality=quality, optimize=True)
    if packed.tell() < len(image.read_raw_bytes()):
        image.write(packed.getvalue(), filter=pikepdf.Name.DCTDecode)
        image.Width, image.Height = picture.size
