"""From an Assessment to the PDFs of a dossier."""

from flows.render.book import Provenance
from flows.render.chapters import Evidence, render_block
from flows.render.dossier import render
from flows.render.pdf import require_engine
from flows.render.words import Catalogue, Described

__all__ = ["Catalogue", "Described", "Evidence", "Provenance", "render", "render_block", "require_engine"]
