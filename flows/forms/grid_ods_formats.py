"""How the cells of an .ods show numbers and dates, in the words of a workbook of Excel: ``#,##0.00``.

Source: OpenDocument 1.3, part 3, chapters 16.29 (styles of data), 19.480 (of cells) and 19.517 (conditions).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from flows import bounds
from flows.forms.grid_sheet import Spot

_STYLES = {f"number:{kind}-style" for kind in ("number", "percentage", "currency", "date", "time")}
_DATE_PARTS = {
    "number:year": "y", "number:month": "m", "number:day": "d", "number:hours": "h", "number:minutes": "m",
    "number:seconds": "s",
}  # fmt: skip
_NOT_SHOWN_ALIKE = {"number:fraction", "number:scientific-number", "number:text-content", "number:boolean"}
_DECIMALS = ("number:min-decimal-places", "loext:min-decimal-places", "number:decimal-places")
"""How many stand there whatever they are: of the newest edition first."""
_MAX_DIGITS, _MAX_LETTERS = 30, 100
_BELOW_ZERO, _ABOVE_ZERO, _NOT_BELOW = "value()<0", "value()>0", "value()>=0"


@dataclass(slots=True)
class _Style:
    """A style of data while it is read."""

    code: str = ""
    is_known: bool = True
    others: dict[str, str] = field(default_factory=dict)
    """Condition → name of the style that holds then."""


class OdsFormats:
    """Gathers the formats of cells while the elements of ``styles.xml`` and then ``content.xml`` pass by."""

    def __init__(self) -> None:
        self._styles: dict[str, _Style] = {}
        self._of_cells: dict[str, str] = {}
        """Name of a style of cells → name of its style of data."""
        self._parents: dict[str, str] = {}
        self._style: _Style | None = None
        self._codes: dict[str, str] = {}
        self._columns: list[tuple[int, str]] = []
        """Where the columns of a style end, from 0, and its name."""
        self._row_style = ""
        self._text: list[str] | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if tag in _STYLES:
            self._style = self._styles.setdefault(attributes.get("style:name", ""), _Style())
        elif tag == "style:style" and attributes.get("style:family") == "table-cell":
            name = attributes.get("style:name", "")
            self._of_cells[name] = attributes.get("style:data-style-name", "")
            self._parents[name] = attributes.get("style:parent-style-name", "")
        elif self._style is not None:
            self._part(self._style, tag, attributes)

    def _part(self, style: _Style, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in _DATE_PARTS:
            style.code += _DATE_PARTS[tag]
        elif tag == "number:number":
            style.code += _digits(attributes)
        elif tag in ("number:text", "number:currency-symbol"):
            self._text = []
        elif tag == "style:map":
            condition = "".join(attributes.get("style:condition", "").split())
            style.others[condition] = attributes.get("style:apply-style-name", "")
        elif tag in _NOT_SHOWN_ALIKE:
            style.is_known = False

    def characters(self, text: str) -> None:
        """Part of what stands in an element."""
        if self._text is not None and len(self._text) < _MAX_LETTERS:
            self._text.append(text[:_MAX_LETTERS])

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._text is not None and tag in ("number:text", "number:currency-symbol") and self._style:
            self._style.code += "".join(map(_written, "".join(self._text)))
            self._text = None
        elif tag in _STYLES:
            self._style = None

    def begin_sheet(self) -> None:
        """Columns are told anew."""
        self._columns = []

    def column(self, end: int, attributes: Mapping[str, str]) -> None:
        """Columns up to ``end``, from 0 and exclusive, have been told."""
        self._columns.append((end, attributes.get("table:default-cell-style-name", "")))

    def row(self, attributes: Mapping[str, str]) -> None:
        """A row begins."""
        self._row_style = attributes.get("table:default-cell-style-name", "")

    def of_cells(self, rows: range, columns: range, attributes: Mapping[str, str]) -> Iterator[tuple[Spot, str]]:
        """The formats of a cell and those that repeat it; of none that is empty."""
        if attributes.get("office:value-type", "string") in ("string", "boolean"):
            return
        own = attributes.get("table:style-name") or self._row_style
        for column in columns[: bounds.SHEET_COLUMNS]:
            code = self._code(own or next((name for end, name in self._columns if column < end), ""))
            if code:
                yield from (((row, column), code) for row in rows[: bounds.ANNEX_TABLE_ROWS])

    def _code(self, name: str) -> str:
        """The format of a style of cells, which may be that of the style it builds upon."""
        if name not in self._codes:
            seen = {""}
            data, at = "", name
            while not data and at not in seen:
                seen.add(at)
                data, at = self._of_cells.get(at, ""), self._parents.get(at, "")
            self._codes[name] = self._sections(self._styles.get(data))
        return self._codes[name]

    def _sections(self, style: _Style | None) -> str:
        """The code of a style: positive numbers, negative ones, zero."""
        if style is None:
            return ""
        others = {condition: self._styles.get(name) for condition, name in style.others.items()}
        if not all((style.is_known, *(each and each.is_known and not each.others for each in others.values()))):
            return ""
        codes = {condition: each.code for condition, each in others.items() if each}
        if not codes:
            return style.code
        if set(codes) == {_NOT_BELOW}:
            return f"{codes[_NOT_BELOW]};{style.code}"
        if set(codes) == {_ABOVE_ZERO, _BELOW_ZERO}:
            return f"{codes[_ABOVE_ZERO]};{codes[_BELOW_ZERO]};{style.code}"
        return ""


def _digits(attributes: Mapping[str, str]) -> str:
    least = min(_count(attributes, "number:min-integer-digits"), _MAX_DIGITS)
    places = next((name for name in _DECIMALS if name in attributes), "")
    decimals = min(_count(attributes, places), _MAX_DIGITS)
    whole = "0" * least or "#"
    if attributes.get("number:grouping") == "true":
        whole = "#,##" + whole
    thousands = attributes.get("number:display-factor", "1")
    scaled = "," * ((len(thousands) - 1) // 3) if thousands.strip("0") == "1" else ""
    return whole + ("." + "0" * decimals if decimals else "") + scaled[:3]


def _written(letter: str) -> str:
    """A letter that stands for itself; a sign of per cent is what it is."""
    return letter if letter == "%" else "\\" + letter


def _count(attributes: Mapping[str, str], name: str) -> int:
    text = attributes.get(name, "0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0  # noqa: PLR2004 - a thousand
