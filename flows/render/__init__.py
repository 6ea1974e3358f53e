"""From an Assessment to the PDFs of a dossier."""

from flows.render.book import Provenance, render_block
from flows.render.dossier import Printer, render
from flows.render.engine import check_dress, read_templates
from flows.render.evidence import Evidence
from flows.render.pdf import require_engine
from flows.render.press import Press, press_room
from flows.render.words import Catalogue, Described

__all__ = [
    "Catalogue",
    "Described",
    "Evidence",
    "Press",
    "Printer",
    "Provenance",
    "check_dress",
    "press_room",
    "read_templates",
    "render",
    "render_block",
    "require_engine",
]
