"""Prefect flows that gather, check and bind the evidence of a child-friendly city (KLA) into one dossier."""

__version__ = "0.1.0"
