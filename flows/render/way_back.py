"""Letters that the typesetter forgets to name: where several make one shape, only the first is told as text.

Arabic vowel signs stand above and below letters; put together with them in another order than they are written, a sign
or its letter would be shown without a way back to text, and what cannot be read aloud is no archive (PDF/A-3a).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from flows.settings import templates_root

_FIRST = b"/CIDInit /ProcSet findresource begin"
"""How the typesetter begins what tells letters of shapes."""
_NOTHING = b" <>"
_UNKNOWN = "\ufffd"


def name_all_letters(pdf: Any) -> None:  # noqa: ANN401 - pydyf has no types
    """Give every shape of every font its letters, where the typesetter holds the PDF's objects.

    Args:
        pdf: what is about to be written.
    """
    maps = [each for each in pdf.objects if getattr(each, "stream", None) and each.stream[0] == _FIRST]
    for each in maps:
        places = [place for place, line in enumerate(each.stream) if line.endswith(_NOTHING)]
        if places:
            names = letters_of_shapes(is_bold=b"Bold" in _font_name(pdf, each.reference))
            for place in places:
                code = each.stream[place][1:5]
                letters = names.get(int(code, 16), _UNKNOWN)
                each.stream[place] = b"<%b> <%b>" % (code, letters.encode("utf-16-be").hex().encode())


def _font_name(pdf: Any, reference: bytes) -> bytes:  # noqa: ANN401 - pydyf has no types
    """What the font is called whose shapes are told at ``reference``."""
    for each in pdf.objects:
        if isinstance(each, dict) and each.get("ToUnicode") == reference:
            name = each["BaseFont"]
            return name if isinstance(name, bytes) else str(name).encode()
    return b""


def arabic_file(*, is_bold: bool) -> Path:
    """Where the face of Arabic letters lies."""
    return templates_root() / "fonts" / f"DejaVuSansArab-{'Bold' if is_bold else 'Regular'}.ttf"


@cache
def letters_of_shapes(*, is_bold: bool = False) -> Mapping[int, str]:
    """Letters of every shape of the Arabic face, by its number; a shape of the middle is told as its plain letter."""
    from fontTools.ttLib import TTFont

    with TTFont(arabic_file(is_bold=is_bold), lazy=True) as font:
        told = {name: unicodedata.normalize("NFKC", chr(code)).strip() for code, name in font.getBestCmap().items()}
        tables = [table for lookup in font["GSUB"].table.LookupList.Lookup for table in lookup.SubTable]
        for table in tables:
            for plain, shape in getattr(table, "mapping", {}).items():
                told.setdefault(shape, told.get(plain, ""))
        for table in tables:
            for first, joined in getattr(table, "ligatures", {}).items():
                for each in joined:
                    told.setdefault(each.LigGlyph, "".join(told.get(part, "") for part in (first, *each.Component)))
        return {font.getGlyphID(name): letters for name, letters in told.items() if letters}
