"""What a city's pages may look like on a screen and cannot in an archive that lasts: told before the work begins."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.errors import Problem
from flows.render.template_references import HOUSE

_BESIDE_THE_ARCHIVE = "control/"
"""Templates of the report that stays in the office."""
_REMARK = re.compile(r"/\*.*?\*/|\{#.*?#\}|<!--.*?-->", re.DOTALL)
_FAINT = (
    "opacity membuat isinya tidak terbaca pembaca layar dan tidak dapat disimpan dalam dosir-arsip; "
    "tulis warnanya yang lebih muda, misalnya #999999, atau pudarkan gambarnya lebih dahulu"
)
_INKS = "warna cetak device-cmyk(…) tidak dapat disimpan dalam dosir-arsip; tulis warnanya sebagai #rrggbb"
_EFFECTS = (
    (re.compile(r"(?<![\w-])opacity\s*:(?!\s*1(?:\.0*)?(?:[;}\"'!\s]|\Z))", re.IGNORECASE), _FAINT),
    (re.compile(r"device-cmyk\s*\(", re.IGNORECASE), _INKS),
)
"""What the typesetter takes out of the structure (ISO 19005-3, 6.7.3) or writes as CMYK (6.2.4.3), and what to do."""


def unlasting(name: str, source: str) -> Iterator[Problem]:
    """Effects for which the archive edition would be refused after everything is printed.

    Args:
        name: of the template.
        source: as the city wrote it.
    """
    if name.startswith(_BESIDE_THE_ARCHIVE):
        return
    plain = _REMARK.sub(lambda found: "\n" * found[0].count("\n"), source)
    for effect, said in _EFFECTS:
        for found in effect.finditer(plain):
            yield Problem(HOUSE + name, plain.count("\n", 0, found.start()) + 1, said)
