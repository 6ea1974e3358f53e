"""From rendered PDFs to a run folder that appears whole or not at all."""
