"""From an Assessment to the PDFs of a dossier."""
