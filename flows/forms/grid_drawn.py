"""How many charts and pictures a workbook has, which no grid shows: counted by the parts they lie in, in every format.

Sources: ECMA-376 part 1, chapter 14.2.1; OpenDocument 1.3, part 2, chapter 3; [MS-XLS] 2.4.21.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import NamedTuple

from flows.forms.grid_xls_shown import chart_count

_CHART = re.compile(r"xl/charts/chart(?:ex)?\d*\.xml|object \d+/content\.xml", re.IGNORECASE)
_PICTURE = re.compile(r"(?:xl/media|pictures)/[^/]+", re.IGNORECASE)


class Drawn(NamedTuple):
    """What lies on or beside the cells of a workbook."""

    charts: int
    pictures: int
    """Different ones; those of an .xls are not counted."""


def drawn(path: Path) -> Drawn:
    """The charts and pictures of the workbook at ``path``, which :func:`flows.forms.grid.open_workbook` opens."""
    if not zipfile.is_zipfile(path):
        return Drawn(chart_count(path.read_bytes()), 0)
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    return Drawn(*(sum(pattern.fullmatch(name) is not None for name in names) for pattern in (_CHART, _PICTURE)))
