"""Pages of any PDF become pages that can be bound: each one drawing, upright from the origin, a blank strip below."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from flows import bounds
from flows.render.annex.cleaning import clean
from flows.render.annex.geometry import Frame, inherited
from flows.render.annex.job import TroubleError

_NAME = "Hlm"
"""The drawing's name on its page."""
_OF_THE_FILE = frozenset({"/Root", "/Size", "/Encrypt"})
"""What of a trailer the library itself needs until it writes a new one."""
_CHUNK = 1_000_000
_OFTEN = 2


def save_wrapped(pdf: Any, frames: Iterable[Frame], out: Path) -> None:  # noqa: ANN401  # pikepdf is imported where it is used
    """Write the pages of an open PDF to ``out``, wrapped and clean; ``pdf`` is of no more use afterwards.

    Args:
        pdf: its pages are drawn as they stand; nothing else of it is kept.
        frames: of every page in order.
        out: file to write; the same bytes for the same pages.

    Raises:
        TroubleError: a page holds more than any page does.
        pikepdf.PdfError: the drawing of a page is damaged, or the pages cannot be read back.
    """
    import pikepdf

    placed = [(frame, _drawing(pdf, page.obj, frame)) for page, frame in zip(pdf.pages, frames, strict=True)]
    groups = [page.obj.get("/Group") for page in pdf.pages]
    clean([form for _, form in placed] + [group for group in groups if isinstance(group, pikepdf.Dictionary)])
    _keep_only(pdf, [_page(pdf, *each, group) for each, group in zip(placed, groups, strict=True)])
    pdf.save(
        out,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        encryption=False,
        fix_metadata_version=False,
    )
    with pikepdf.open(
        out, suppress_warnings=True
    ) as again:  # what cannot be read back would keep a book from being bound
        if len(again.pages) != len(placed):
            raise pikepdf.PdfError(out.name)


def _drawing(pdf: Any, page: Any, frame: Frame) -> Any:  # noqa: ANN401  # same
    """All that a page draws, as one form; what lies outside its visible box is cut off."""
    import pikepdf

    contents = page.get("/Contents")
    if isinstance(contents, pikepdf.Array) and len(contents) == 1:
        contents = contents[0]
    if isinstance(contents, pikepdf.Array):
        form = pikepdf.Page(page).as_form_xobject(handle_transformations=False)
        if "/Group" in form:
            del form["/Group"]
    else:
        form = _copied(pdf, contents) if isinstance(contents, pikepdf.Stream) else pdf.make_stream(b"")
    resources = inherited(page, "/Resources")
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.Resources = resources if isinstance(resources, pikepdf.Dictionary) else pikepdf.Dictionary()
    form.BBox = _rounded(frame.box)
    form.Matrix = _rounded(frame.matrix)
    return form


def _copied(pdf: Any, contents: Any) -> Any:  # noqa: ANN401  # same
    """The stream with its bytes as they are packed, which mends nothing: what cannot be unpacked is no drawing."""
    raw = contents.read_raw_bytes()
    filters = contents.get("/Filter")
    _measure(raw, str(filters))
    contents.read_bytes()
    form = pdf.make_stream(raw)
    if filters is not None:
        form.Filter = filters
        if "/DecodeParms" in contents:
            form.DecodeParms = contents.DecodeParms
    return form


def _measure(raw: bytes, filters: str) -> None:
    """Unpack a large drawing, however often it is packed, and throw away what comes out: is it too much?"""
    if len(raw) < bounds.ANNEX_CONTENT_MATTERS_BYTES and filters.count("/Fl") < _OFTEN:
        return
    pieces: Iterable[bytes] = [raw]
    for _ in range(filters.count("FlateDecode") or filters.count("/Fl ")):
        pieces = _unpacked(pieces)
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > bounds.ANNEX_CONTENT_BYTES:
            raise TroubleError("too-large")


def _unpacked(pieces: Iterable[bytes]) -> Iterable[bytes]:
    unpacker = zlib.decompressobj()
    try:
        for piece in pieces:
            waiting = piece
            while waiting and not unpacker.eof:
                yield unpacker.decompress(waiting, _CHUNK)
                waiting = unpacker.unconsumed_tail
    except zlib.error:  # viewers draw what came so far
        return


def _page(pdf: Any, frame: Frame, form: Any, group: Any) -> Any:  # noqa: ANN401  # same
    import pikepdf

    drawn = f"/Figure <</MCID 0>> BDC\nq 1 0 0 1 0 {frame.strip:.4f} cm /{_NAME} Do Q\nEMC\n"
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=_rounded((0, 0, frame.width, frame.height + frame.strip)),
        Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary({f"/{_NAME}": form})),
        Contents=pdf.make_stream(drawn.encode("ascii")),
    )
    if isinstance(group, pikepdf.Dictionary):
        page.Group = group  # colours are mixed as on the original page
    return pdf.make_indirect(page)


def _keep_only(pdf: Any, pages: list[Any]) -> None:  # noqa: ANN401  # same
    """A document of these pages and nothing else; what nothing refers to any more is not written."""
    import pikepdf

    tree = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Pages, Kids=pages, Count=len(pages)))
    for page in pages:
        page.Parent = tree
    for key in list(pdf.Root.keys()):
        del pdf.Root[key]
    pdf.Root.Type, pdf.Root.Pages = pikepdf.Name.Catalog, tree
    for key in set(pdf.trailer.keys()) - _OF_THE_FILE:  # names of programs, check sums, half of an old id
        del pdf.trailer[key]
    pdf.trailer.Size = 1  # the library sets it right, but only where there is one


def _rounded(values: Iterable[float]) -> list[float]:
    return [round(float(value), 4) for value in values]
