"""What someone changed in ``profil-kota.xlsx`` since ``kla siapkan`` last looked: what it would take, and what not."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from flows.framework.city import parse_city, read_city_text
from flows.framework.profile_sheet import SHEET_FILE, read_profile_sheet
from flows.framework.sheet_changes import TakeOver, take_over
from flows.model import City


def waiting_changes(input_root: Path, city: City) -> TakeOver:
    """What the next ``kla siapkan`` would take over from ``profil-kota.xlsx``, keep against it, and refuse.

    Nothing is written. A workbook with a cell that cannot be used is left as it is, so what was taken over from it
    already differs from its hidden copy for good; such changes wait no more and are not among these.

    Args:
        input_root: The year's input folder.
        city: What ``kota.yaml`` says.

    Raises:
        SheetUnreadableError: there is such a workbook, and nobody can say what was changed in it.
    """
    path = input_root / SHEET_FILE
    text = read_city_text(input_root) if path.exists() else None
    reading = read_profile_sheet(path) if text is not None else None
    if text is None or reading is None or not reading.change_count:
        return TakeOver("", city)
    years = (city.framework_year,)
    parse = partial(parse_city, city_id=city.id, year=city.evaluation_year, framework_years=years)
    return take_over(text, city, reading, parse)
