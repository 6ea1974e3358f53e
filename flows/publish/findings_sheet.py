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
from flows.publish.row_heights import LINE_POINTS, row_points
from flows.settings import validations_root
from flows.wording import without_loose_end
from flows.yaml_files import Problems, read_mapping

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_NAME_LENGTH = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_WIDTHS = (6, 19, 26, 12, 8, 50, 50, 40, 16, 8, 14, 40)
_PRINTED = 10
"""So many columns go on paper, where all of them would come out in letters of four points: the code and who lifted a
finding are for the screen."""
_SUMMARY_WIDTHS = (52, 14, 14, 18, 10, 10, 20, 10)
_CELL_LENGTH = 32_767
_A4 = 9
_HEADER_CHARS = 100
_HEAD_LINES = 2
"""Room below a heading for the arrow of the filter."""
_MARGINS = {"left": 0.3, "right": 0.3, "top": 0.7, "bottom": 0.6}
"""In inches."""
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
        number=workbook.add_format({"valign": "top", "align": "center"}),
    )
    by_agency: dict[str, list[Finding]] = {}
    for finding in assessment.findings:
        by_agency.setdefault(finding.agency_id, []).append(finding)
    names = {**agency_names(city), "": words.nobody}
    names |= {agency_id: agency_id for agency_id in by_agency if agency_id not in names}
    order = [agency_id for agency_id in names if agency_id in by_agency or agency_id in assessment.agencies]
    region = f"{city.name} {city.evaluation_year}"
    summary = workbook.add_worksheet(words.summary)
    _fill_summary(summary, order, names, by_agency, assessment, words, styles)
    _lay_out(summary, words.summary, region)
    used = {words.summary.casefold()}
    folders = {agency.id: agency.folder for agency in city.agencies}
    for agency_id in order:
        if agency_id in by_agency:
            name = names[agency_id]
            sheet = workbook.add_worksheet(_sheet_name(name, folders.get(agency_id, ""), used))
            _fill_sheet(sheet, by_agency[agency_id], words, styles, catalogue)
            _lay_out(sheet, name, region)


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
        sheet.write_number(number, 4, finding.points, styles.number)
        more = (said.sentence, said.repair, finding.path, finding.sheet, finding.cell, finding.id)
        cells = [*enumerate(texts, start=1), *enumerate((*more, catalogue.lifted(finding)), start=5)]
        for column, text in cells:
            _write(sheet, number, column, text, styles.text)
        sheet.set_row(number, row_points((text, _WIDTHS[column]) for column, text in cells))
    sheet.autofilter(0, 0, len(findings), len(words.headings) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:L{len(findings) + 1}"})
    sheet.print_area(0, 0, len(findings), _PRINTED - 1)


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
    sheet.set_row(0, LINE_POINTS * _HEAD_LINES)
    sheet.freeze_panes(1, 0)


def _lay_out(sheet: Worksheet, name: str, region: str) -> None:
    """How it comes out on paper: across one page, with whose list it is on each, for its own name may not fit."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_margins(**_MARGINS)
    left, right = (mask_numbers(text)[:_HEADER_CHARS].replace("&", "&&") for text in (name, region))
    sheet.set_header(f"&L{left}&R{right}")
    sheet.set_footer("&R&P / &N")


def _sheet_name(name: str, folder: str, used: set[str]) -> str:
    """A name Excel accepts, unique in the workbook whatever the case.

    An office whose name is too long is called as its folder is: ``DP3A`` says more than half a name.
    """
    whole = _allowed(name)
    base = whole if len(whole) <= _NAME_LENGTH else _cut(_allowed(folder)) or _cut(whole)
    base = base or "-"
    found, number = base, 1
    while found.casefold() in used:
        number += 1
        suffix = f" {number}"
        found = base[: _NAME_LENGTH - len(suffix)] + suffix
    used.add(found.casefold())
    return found


def _allowed(name: str) -> str:
    return " ".join(mask_numbers(name).translate(_FORBIDDEN).split())


def _cut(name: str) -> str:
    """As many whole words as fit."""
    if len(name) <= _NAME_LENGTH:
        return name
    cut = name[: _NAME_LENGTH + 1].rpartition(" ")[0] or name[:_NAME_LENGTH]
    return without_loose_end(cut)


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
