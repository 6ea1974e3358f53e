"""The shipped Liberation Sans as it lies in its files, and what every PDF says about it, however it is encoded."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from flows.settings import templates_root

EM = 1000
"""Units of an em in which PDF measures glyphs."""
_NON_SYMBOLIC = 32
_STEM = {False: 88, True: 144}
_TAG_LETTERS = 6
_CAP_HEIGHT = 729
_TABLES_DROPPED = ("OS/2", "name", "GSUB", "GPOS", "GDEF", "kern", "gasp", "hdmx", "VDMX", "LTSH", "DSIG", "FFTM")


def font_file(*, is_bold: bool) -> Path:
    """Where the face lies."""
    return templates_root() / "fonts" / f"LiberationSans-{'Bold' if is_bold else 'Regular'}.ttf"


@lru_cache(maxsize=64)
def subset_of(letters: frozenset[str], *, is_bold: bool, keeps_numbers: bool = False) -> bytes:
    """The font program with these letters only; the same for the same letters, whenever it is made.

    Args:
        letters: characters that are drawn.
        is_bold: the bold face.
        keeps_numbers: whether glyphs keep the numbers they have in the file.
    """
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(
        hinting=False, layout_features=[], glyph_names=False, legacy_cmap=False, notdef_outline=True,
        recalc_timestamp=False, drop_tables=[*subset.Options().drop_tables, *_TABLES_DROPPED],
        retain_gids=keeps_numbers,
    )  # fmt: skip
    with TTFont(font_file(is_bold=is_bold), recalcTimestamp=False, lazy=True) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=sorted(map(ord, letters)))
        cutter.subset(font)
        out = io.BytesIO()
        font.save(out)
    return out.getvalue()


def name_of(program: bytes, *, is_bold: bool) -> str:
    """What a PDF calls the font: before its name six capitals that tell subsets of one font apart."""
    digest = hashlib.sha256(program).digest()
    tag = "".join(chr(ord("A") + byte % 26) for byte in digest[:_TAG_LETTERS])
    return f"/{tag}+LiberationSans{'-Bold' if is_bold else ''}"


def descriptor(pdf: Any, name: Any, program: bytes, *, is_bold: bool) -> Any:  # noqa: ANN401  # pikepdf is imported where it is used
    """The font's descriptor as an indirect object of ``pdf``, its program embedded."""
    import pikepdf

    ascent, descent, box = _measures(is_bold)
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
def _measures(is_bold: bool) -> tuple[int, int, tuple[int, ...]]:  # noqa: FBT001  # a key of the cache
    """Ascent, descent and the box around all glyphs, in thousandths of an em."""
    from fontTools.ttLib import TTFont

    with TTFont(font_file(is_bold=is_bold), lazy=True) as font:
        head, across = font["head"], font["hhea"]
        numbers = (across.ascent, across.descent, head.xMin, head.yMin, head.xMax, head.yMax)
        ascent, descent, *box = (round(number * EM / head.unitsPerEm) for number in numbers)
    return ascent, descent, tuple(box)
