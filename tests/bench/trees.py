"""Synthetic evidence for measurements: as many files and bytes as asked, the same at every call."""

from __future__ import annotations

import random
from pathlib import Path

import pikepdf

PAGES = 4
SEED = 2024


def write_evidence(folders: list[Path], questions: list[str], *, files: int, total_bytes: int) -> None:
    """Spread PDFs over folders, each named after a question and filled up with bytes that do not compress."""
    chance = random.Random(SEED)  # noqa: S311  # the same bytes every time, nothing secret
    for number in range(files):
        question = questions[number % len(questions)]
        path = folders[number % len(folders)] / f"{question} Laporan rekaan {number:04}.pdf"
        _write_pdf(path, chance.randbytes(total_bytes // files))


def long_page(rows: int) -> str:
    """A document of one long table, as HTML: the hardest ordinary work of a typesetter."""
    style = "@page{size:A4;margin:2cm}table{width:100%;table-layout:fixed;border-spacing:0}td{border-bottom:1px solid}"
    cells = "".join(
        f"<tr><td>{row}</td><td>Bukti rekaan {row}</td><td>{row * 7919:032x}</td></tr>" for row in range(rows)
    )
    head = f'<head><meta charset="utf-8"><title>Tabel</title><style>{style}</style></head>'
    return f'<!doctype html><html lang="id">{head}<body><h1>Tabel</h1><table>{cells}</table></body></html>'


def _write_pdf(path: Path, ballast: bytes) -> None:
    with pikepdf.new() as pdf:
        for _ in range(PAGES):
            pdf.add_blank_page()
        pdf.Root.Ballast = pdf.make_stream(ballast)
        pdf.save(path, deterministic_id=True)
