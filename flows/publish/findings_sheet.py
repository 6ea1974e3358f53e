"""``temuan.xlsx``: a summary and one sheet per agency with every finding, its question, points, repair and cell."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flows.agency_names import agency_names
from flows.errors import RenderError, RulesError, os_reason
from flows.files import NO_TIME, write_bytes
from flows.findings import Catalogue, load_catalogue
from flows.model import Assessment, City, Finding, Outcome, Severity
from flows.privacy import mask_numbers
from flows.settings import validations_root
from flows.yaml_files import Problems, read_mapping

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_NAME_LENGTH = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_WIDTHS = (5, 20, 30, 12, 8, 60, 60, 50, 20, 10, 14, 50)
_SUMMARY_WIDTHS = (52, 14, 14, 18, 10, 10, 20, 10)
_CELL_LENGTH = 32_767
_LINE_POINTS = 15
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""What an agency typed is written as text and never becomes a formula or a link."""


@dataclass(frozen=True, slots=True)
class _Words:
    summary: str
    nobody: str
    headings: tuple[str, ...]
    summary_headings: tuple[str, ...]
    total: str


@dataclass(frozen=True, slots=True)
class _Styles:
    heading: Format
    text: Format
    number: Format


def write_findings(path: Path, assessment: Assessment, city: City) -> None:
    """Write all findings as a workbook.

    Raises:
        RenderError: the workbook cannot be written.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import XlsxWriterException

    stream = io.BytesIO()
    try:
        workbook = xlsxwriter.Workbook(stream, _OPTIONS)
        workbook.set_properties({"created": NO_TIME})
        _fill(workbook, assessment, city)
        workbook.close()
        write_bytes(path, stream.getvalue())
    except (XlsxWriterException, OSError) as error:
        reason = f" ({os_reason(error)})" if isinstance(error, OSError) else ""
        raise RenderError(
            f"Daftar temuan {path.name} tidak dapat ditulis{reason}.",
            "Periksa sisa ruang dan hak tulis folder keluaran, lalu ulangi.",
        ) from error


def _fill(workbook: Workbook, assessment: Assessment, city: City) -> None:
    words, catalogue = _load_words(), load_catalogue()
    wrapped = {"text_wrap": True, "valign": "top"}
    styles = _Styles(
        heading=workbook.add_format({**wrapped, "bold": True, "bottom": 1, "bg_color": "#E8EEF4"}),
        text=workbook.add_format(wrapped),
        number=workbook.add_format({"valign": "top", "align": "center", "num_format": "#,##0.##"}),
    )
    by_agency: dict[str, list[Finding]] = {}
    for finding in assessment.findings:
        by_agency.setdefault(finding.agency_id, []).append(finding)
    names = {**agency_names(city), "": words.nobody}
    names |= {agency_id: agency_id for agency_id in by_agency if agency_id not in names}
    order = [agency_id for agency_id in names if agency_id in by_agency or agency_id in assessment.agencies]
    summary = workbook.add_worksheet(words.summary)
    _fill_summary(summary, order, names, by_agency, assessment, words, styles)
    used = {words.summary.casefold()}
    for agency_id in order:
        if agency_id in by_agency:
            sheet = workbook.add_worksheet(_sheet_name(names[agency_id], used))
            _fill_sheet(sheet, by_agency[agency_id], words, styles, catalogue)


def _fill_summary(
    sheet: Worksheet,
    order: Sequence[str],
    names: dict[str, str],
    by_agency: dict[str, list[Finding]],
    assessment: Assessment,
    words: _Words,
    styles: _Styles,
) -> None:
    _head(sheet, words.summary_headings, _SUMMARY_WIDTHS, styles)
    rows: list[tuple[str, tuple[int, ...]]] = []
    for agency_id in order:
        findings = by_agency.get(agency_id, [])
        counts = [_count(findings, Severity.BLOCKING)]
        counts.append(sum(finding.lifted is not None for finding in findings))
        counts += [_count(findings, severity) for severity in (Severity.REQUIRED, Severity.ADVICE)]
        group = assessment.agencies.get(agency_id)
        owed = (group.questions, group.counts[Outcome.COMPLETE]) if group else (0, 0)
        rows.append((names[agency_id], (*counts, len(findings), *owed)))
    totals = tuple(sum(column) for column in zip(*(values for _, values in rows), strict=True))
    for number, (name, values) in enumerate([*rows, (words.total, totals)], start=1):
        style = styles.heading if number > len(rows) else styles.text
        _write(sheet, number, 0, name, style)
        for column, value in enumerate(values, start=1):
            sheet.write_number(number, column, value, style)


def _fill_sheet(
    sheet: Worksheet, findings: Sequence[Finding], words: _Words, styles: _Styles, catalogue: Catalogue
) -> None:
    _head(sheet, words.headings, _WIDTHS, styles)
    for number, finding in enumerate(findings, start=1):
        said = catalogue.describe(finding)
        sheet.write_number(number, 0, number, styles.number)
        texts = (said.severity_label, said.title, finding.question_id)
        for column, text in enumerate(texts, start=1):
            _write(sheet, number, column, text, styles.text)
        sheet.write_number(number, 4, finding.points, styles.number)
        long_texts = (said.sentence, said.repair, finding.path)
        for column, text in enumerate(long_texts, start=5):
            _write(sheet, number, column, text, styles.text)
        lifted = catalogue.lifted(finding)
        for column, text in enumerate((finding.sheet, finding.cell, finding.id, lifted), start=5 + len(long_texts)):
            _write(sheet, number, column, text, styles.text)
        sheet.set_row(number, _LINE_POINTS * max(_line_count(text, _WIDTHS[5]) for text in long_texts))
    sheet.autofilter(0, 0, len(findings), len(words.headings) - 1)


def _count(findings: Sequence[Finding], severity: Severity) -> int:
    """How many of ``findings`` have that severity and are not lifted."""
    return sum(finding.severity is severity and finding.lifted is None for finding in findings)


def _write(sheet: Worksheet, row: int, column: int, text: str, style: Format) -> None:
    """Write ``text`` as it is, but for numbers of persons and what Excel has no room for."""
    sheet.write_string(row, column, mask_numbers(text)[:_CELL_LENGTH], style)


def _head(sheet: Worksheet, headings: Sequence[str], widths: Sequence[int], styles: _Styles) -> None:
    for column, (heading, width) in enumerate(zip(headings, widths, strict=True)):
        sheet.write_string(0, column, heading, styles.heading)
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _line_count(text: str, width: int) -> int:
    """How many lines a wrapped cell of ``width`` characters needs; few programs find that out when they open a file."""
    return sum(max(1, -(-len(line) // width)) for line in text.splitlines() or [""])


def _sheet_name(name: str, used: set[str]) -> str:
    """A name Excel accepts, unique in the workbook whatever the case."""
    base = " ".join(mask_numbers(name).translate(_FORBIDDEN).split())[:_NAME_LENGTH].strip() or "-"
    found, number = base, 1
    while found.casefold() in used:
        number += 1
        suffix = f" {number}"
        found = base[: _NAME_LENGTH - len(suffix)] + suffix
    used.add(found.casefold())
    return found


def _load_words() -> _Words:
    problems = Problems()
    top = read_mapping(validations_root() / "tables.yaml", "validations/tables.yaml", problems)
    section = top.mapping("findings", required=True) if top is not None else None
    if section is None:
        raise RulesError(problems.items)
    words = _Words(
        summary=section.text("summary"),
        nobody=section.text("nobody"),
        headings=section.texts("headings", required=True),
        summary_headings=section.texts("summary_headings", required=True),
        total=section.text("total"),
    )
    section.close()
    if problems.items:
        raise RulesError(problems.items)
    return words
