"""Write ``docs/temuan.md`` from the catalogue of findings: ``python -m tests.builders.findings_page``.

The words of the page's frame lie beside this module in ``findings_page.md.j2``; all others come from
``validations/findings.yaml`` and :mod:`flows.wording`, so the page cannot say anything else than the program.
"""

from __future__ import annotations

import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from flows import wording
from flows.files import write_text
from flows.findings import Catalogue, load_catalogue
from flows.model import Condition, Outcome, Severity

PAGE = Path(__file__).resolve().parents[2] / "docs" / "temuan.md"
_TEMPLATE = "findings_page.md.j2"
_VALUE = re.compile(r"\{(\w+)\}")


def findings_page(catalogue: Catalogue) -> str:
    """The page as Markdown: outcomes, severities, every finding with its repair, reasons and conditions.

    Raises:
        jinja2.UndefinedError: a value, an outcome, a severity or a condition has no words in the template yet.
    """
    engine = Environment(
        loader=FileSystemLoader(Path(__file__).parent, encoding="utf-8"),
        autoescape=False,  # noqa: S701 - Markdown from our own catalogue, never from evidence
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    engine.filters["parts"] = _parts
    return engine.get_template(_TEMPLATE).render(
        catalogue=catalogue,
        groups=[
            (wording.severity_label(each), [entry for entry in catalogue.entries.values() if entry.severity is each])
            for each in sorted(Severity, reverse=True)
        ],
        outcomes=[(each.value, wording.outcome_label(each)) for each in Outcome],
        conditions=[(each.value, wording.condition_label(each)) for each in Condition],
    )


def main() -> None:
    """Write the page where it belongs."""
    write_text(PAGE, findings_page(load_catalogue()))


def _parts(sentence: str) -> list[tuple[str, str]]:
    """A sentence template as plain text and names of values in turn, each pair ending with a name or with nothing."""
    pieces = [*_VALUE.split(sentence), ""]
    return list(zip(pieces[::2], pieces[1::2], strict=True))


if __name__ == "__main__":
    main()
