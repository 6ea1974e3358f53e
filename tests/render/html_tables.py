"""Reading tables out of HTML as a screen reader would: cells with what they span, heads with their scope."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class FoundCell:
    """One cell as it was written."""

    tag: str
    columns: int
    lines: int
    scope: str
    style: str
    text: str = ""


@dataclass
class FoundTable:
    """One table as it was written."""

    widths: list[str] = field(default_factory=list)
    caption: str = ""
    caption_id: str = ""
    rows: list[list[FoundCell]] = field(default_factory=list)

    def grid(self) -> list[list[FoundCell]]:
        """Every place of the table with the cell that covers it; AssertionError where cells overlap or are missing."""
        places: dict[tuple[int, int], FoundCell] = {}
        for line, cells in enumerate(self.rows):
            column = 0
            for cell in cells:
                while (line, column) in places:
                    column += 1
                for down in range(cell.lines):
                    for across in range(cell.columns):
                        assert (line + down, column + across) not in places
                        places[line + down, column + across] = cell
                column += cell.columns
        grid = [[places[line, column] for column in range(len(self.widths))] for line in range(len(self.rows))]
        assert len(places) == len(self.rows) * len(self.widths), self.caption
        return grid

    @property
    def texts(self) -> list[list[str]]:
        """Texts of its rows as written."""
        return [[cell.text for cell in row] for row in self.rows]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[FoundTable] = []
        self._at = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        if tag == "table":
            self.tables.append(FoundTable())
        elif tag == "col":
            self.tables[-1].widths.append(values.get("style", ""))
        elif tag == "caption":
            self._at = tag
            self.tables[-1].caption_id = values.get("id", "")
        elif tag == "tr":
            self.tables[-1].rows.append([])
        elif tag in ("td", "th"):
            self._at = tag
            spans = int(values.get("colspan", "1")), int(values.get("rowspan", "1"))
            self.tables[-1].rows[-1].append(FoundCell(tag, *spans, values.get("scope", ""), values.get("class", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "caption"):
            self._at = ""

    def handle_data(self, data: str) -> None:
        if self._at == "caption":
            self.tables[-1].caption += data
        elif self._at:
            self.tables[-1].rows[-1][-1].text += data


def tables_in(html: str) -> list[FoundTable]:
    """Every table of a document, in order."""
    reader = _Reader()
    reader.feed(html)
    for table in reader.tables:
        table.caption = " ".join(table.caption.split())
    return reader.tables
