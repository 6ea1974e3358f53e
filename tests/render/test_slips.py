"""Slip sheets: every reason for which pages may be missing has words, and those for the house say who is to mend it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from flows.model import Media
from flows.render.slips import slip_for, slip_words
from flows.render.values import Exhibit

RENDER = Path(__file__).resolve().parents[2] / "flows" / "render"
REASONS = re.compile(r'(?:TroubleError\(|trouble=|MISSING = |VERIFICATION = )"([a-z-]+)"')


def exhibit(slip: str, agency: str = "Dinas Kesehatan") -> Exhibit:
    return Exhibit("III/12.1-01", "Perda KLA", agency, "0" * 64, Media.PDF, ("12.1",), slip)


def test_every_reason_that_the_program_gives_has_words() -> None:
    given = {reason for path in RENDER.rglob("*.py") for reason in REASONS.findall(path.read_text(encoding="utf-8"))}
    assert len(given) >= 8
    assert given <= set(slip_words())


@pytest.mark.parametrize("reason", sorted(slip_words()))
def test_words_name_the_agency_and_the_repair_stays_in_the_house(reason: str) -> None:
    inside, sent = slip_for(exhibit(reason), is_internal=True), slip_for(exhibit(reason), is_internal=False)
    assert "Dinas Kesehatan" in inside.where
    assert inside.repair
    assert "{" not in inside.reason + inside.where + inside.repair
    assert sent.repair == ""


def test_a_document_of_no_agency_is_with_the_secretariat() -> None:
    assert "sekretariat Gugus Tugas" in slip_for(exhibit("locked", ""), is_internal=False).where
