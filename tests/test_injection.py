"""What an agency calls a file or types into a form stays text in every sheet that we write, and leads nowhere."""

from __future__ import annotations

import io
import os
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from flows.errors import InputsError
from flows.forms.plan import plan_by_key
from flows.forms.writer import write_form
from flows.framework import load_city
from flows.framework.sheet_writer import profile_sheet
from flows.model import Assessment, Finding, Severity
from flows.publish.findings_sheet import write_findings
from flows.request import load_year
from flows.settings import Settings, demo_root
from flows.validate import conclude, judge_block
from tests.builders.filled_forms import filled, instrument, region
from tests.builders.manifests import city, instrument_2024, manifest
from tests.builders.served import write_city

HOSTILE = (
    '=HYPERLINK("http://contoh.invalid","x")',
    "+cmd|' /C calc'!A0",
    "-1+1",
    "@SUM(1+1)",
    "\t=1+1",
    "{=1+1}",
    "http://contoh.invalid/x",
    "mailto:rekaan@contoh.invalid",
    "internal:'Sheet1'!A1",
    "\uff1d1+1",
)


def cells(content: bytes) -> tuple[list[str], list[str]]:
    """Formulas and links of a workbook, and all its texts."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    found = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    active = [str(cell.value) for cell in found if cell.data_type == "f" or cell.hyperlink]
    return sorted(active), [str(cell.value) for cell in found if cell.data_type != "f"]


def test_findings_hold_no_formula_and_no_link(tmp_path: Path) -> None:
    framework = instrument_2024()
    where = city(framework)
    named = replace(where, agencies=(replace(where.agencies[0], name=HOSTILE[0]), *where.agencies[1:]))
    blocks = [judge_block(block, named, framework, manifest({})) for block in framework.blocks]
    findings = tuple(
        Finding("uncited-file", Severity.ADVICE, named.agencies[0].id, "", path, {"suggestion": path})
        for path in HOSTILE
    )
    assessment: Assessment = replace(conclude(blocks, (), named, framework), findings=findings)
    write_findings(tmp_path / "temuan.xlsx", assessment, named)
    active, texts = cells((tmp_path / "temuan.xlsx").read_bytes())
    assert active == []
    assert {HOSTILE[0], *HOSTILE} <= set(texts)


def test_the_city_profile_holds_no_formula_and_no_link() -> None:
    where = load_city(demo_root() / "kota-contoh" / "2024", "kota-contoh", 2024, (2024,))
    agencies = [replace(one, name=text) for one, text in zip(where.agencies, HOSTILE, strict=False)]
    active, texts = cells(profile_sheet(replace(where, agencies=(*agencies, *where.agencies[len(agencies) :]))))
    assert active == []
    assert set(HOSTILE[:4]) <= set(texts)


def test_what_stood_in_a_form_is_put_back_as_text() -> None:
    plan = plan_by_key("opd:dinkes", region(), instrument())
    assert plan is not None
    rows = [{"berkas": text, "keterangan": text} for text in HOSTILE]
    harmless = [{"berkas": "a.pdf", "keterangan": "b"} for _ in HOSTILE]
    active, texts = cells(write_form(plan, filled(plan, evidence=rows)))
    assert active == cells(write_form(plan, filled(plan, evidence=harmless)))[0], "only our own formulas"
    assert set(HOSTILE[:4]) <= set(texts)


@pytest.mark.skipif(os.name != "posix", reason="needs links as on POSIX")
@pytest.mark.parametrize("place", ["outputs/kota-uji", "outputs/.kla"])
def test_results_never_lie_among_evidence_through_a_link(place: str, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "inputs", tmp_path / "outputs")
    write_city(settings.inputs)
    [home] = settings.inputs.iterdir()
    [year] = [child for child in home.iterdir() if child.name.isdecimal()]
    settings.outputs.mkdir()
    link = tmp_path / place.replace("kota-uji", home.name)
    link.symlink_to(year / "Dinkes", target_is_directory=True)
    (year / "Dinkes").mkdir(exist_ok=True)
    with pytest.raises(InputsError, match="lewat tautan"):
        load_year(home.name, int(year.name), settings)
    link.unlink()
    assert load_year(home.name, int(year.name), settings)[0].id == home.name
