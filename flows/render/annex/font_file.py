"""The shipped fonts as they lie in their files, and what every PDF says about them, however they are encoded."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from flows.render.way_back import arabic_file
from flows.settings import templates_root

EM = 1000
"""Units of an em in which PDF measures glyphs."""
_NON_SYMBOLIC = 32
_STEM = {False: 88, True: 144}
_TAG_LETTERS = 6
_CAP_HEIGHT = 729
_TABLES_DROPPED = ("OS/2", "name", "GSUB", "GPOS", "GDEF", "kern", "gasp", "hdmx", "VDMX", "LTSH", "DSIG", "FFTM")


def font_file(*, is_bold: bool) -> Path:
    """Where the face of Latin letters lies."""
    return templates_root() / "fonts" / f"LiberationSans-{'Bold' if is_bold else 'Regular'}.ttf"


@lru_cache(maxsize=64)
def subset_of(letters: frozenset[str], *, is_bold: bool, keeps_numbers: bool = False) -> bytes:
    """The font program with these letters only; the same for the same letters, whenever it is made.

    Args:
        letters: characters that are drawn.
        is_bold: the bold face.
        keeps_numbers: whether glyphs keep the numbers they have in the file.
    """
    return _cut(font_file(is_bold=is_bold), keeps_numbers=keeps_numbers, unicodes=sorted(map(ord, letters)))


@lru_cache(maxsize=64)
def arabic_subset(numbers: frozenset[int]) -> bytes:
    """The font program of Arabic letters with these glyphs only, which keep their numbers."""
    return _cut(arabic_file(is_bold=False), keeps_numbers=True, gids=sorted(numbers))


def _cut(path: Path, *, keeps_numbers: bool, **kept: list[int]) -> bytes:
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(
        hinting=False, layout_features=[], glyph_names=False, legacy_cmap=False, notdef_outline=True,
        recalc_timestamp=False, drop_tables=[*subset.Options().drop_tables, *_TABLES_DROPPED],
        retain_gids=keeps_numbers,
    )  # fmt: skip
    with TTFont(path, recalcTimestamp=False, lazy=True) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(**kept)
        cutter.subset(font)
        out = io.BytesIO()
        font.save(out)
    return out.getvalue()


def name_of(program: bytes, *, is_bold: bool, family: str = "LiberationSans") -> str:
    """What a PDF calls the font: before its name six capitals that tell subsets of one font apart."""
    digest = hashlib.sha256(program).digest()
    tag = "".join(chr(ord("A") + byte % 26) for byte in digest[:_TAG_LETTERS])
    return f"/{tag}+{family}{'-Bold' if is_bold else ''}"


def descriptor(  # pikepdf is imported where it is used
    pdf: Any,  # noqa: ANN401
    name: Any,  # noqa: ANN401
    program: bytes,
    *,
    is_bold: bool,
    path: Path | None = None,
) -> Any:  # noqa: ANN401
    """The font's descriptor as an indirect object of ``pdf``, its program embedded.

    Args:
        pdf: what the font is embedded in.
        name: what it is called there.
        program: what of it is embedded.
        is_bold: the bold face.
        path: its file, where it is not the face of Latin letters.
    """
    import pikepdf

    ascent, descent, box = _measures(path or font_file(is_bold=is_bold))
    stream = pdf.make_stream(program)
    stream.Length1 = len(program)
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.FontDescriptor,
            FontName=name,
            Flags=_NON_SYMBOLIC,
            FontBBox=list(box),
            ItalicAngle=0,
            Ascent=ascent,
            Descent=descent,
            CapHeight=_CAP_HEIGHT,
            StemV=_STEM[is_bold],
            FontFile2=stream,
        )
    )


def composite(pdf: Any, name: Any, about: Any, widths: Mapping[int, int], letters: Mapping[int, str]) -> Any:  # noqa: ANN401
    """A font whose text names glyphs by number, as an indirect object of ``pdf``.

    Args:
        pdf: what the font is embedded in.
        name: what it is called there.
        about: its descriptor.
        widths: of the glyphs in thousandths of an em, by number in rising order.
        letters: what every glyph stands for.
    """
    import pikepdf

    inner = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=pikepdf.Dictionary(
            Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0
        ),
        DW=0,
        W=[item for number, width in widths.items() for item in (number, pikepdf.Array([width]))],
        CIDToGIDMap=pikepdf.Name.Identity,
        FontDescriptor=about,
    )
    pairs = ((f"{number:04X}", letters[number]) for number in widths)
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type0,
            BaseFont=name,
            Encoding=pikepdf.Name("/Identity-H"),
            DescendantFonts=[pdf.make_indirect(inner)],
            ToUnicode=pdf.make_stream(way_back(pairs, digits=4)),
        )
    )


def way_back(pairs: Iterable[tuple[str, str]], *, digits: int) -> bytes:
    """From codes in hexadecimal to letters, in pieces of at most a hundred as the format asks."""
    entries = [f"<{code}> <{letter.encode('utf-16-be').hex().upper()}>" for code, letter in pairs]
    pieces = [entries[start : start + 100] for start in range(0, len(entries), 100)]
    body = "".join(f"{len(piece)} beginbfchar\n" + "\n".join(piece) + "\nendbfchar\n" for piece in pieces)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<{'0' * digits}> <{'F' * digits}>\nendcodespacerange\n"
        f"{body}endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")


@cache
def _measures(path: Path) -> tuple[int, int, tuple[int, ...]]:
    """Ascent, descent and the box around all glyphs, in thousandths of an em."""
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        head, across = font["head"], font["hhea"]
        numbers = (across.ascent, across.descent, head.xMin, head.yMin, head.xMax, head.yMax)
        ascent, descent, *box = (round(number * EM / head.unitsPerEm) for number in numbers)
    return ascent, descent, tuple(box)
