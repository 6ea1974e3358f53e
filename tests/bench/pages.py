"""A page for measurements, the same at every call."""

from __future__ import annotations


def long_page(rows: int) -> str:
    """A document of one long table, as HTML: the hardest ordinary work of a typesetter."""
    style = "@page{size:A4;margin:2cm}table{width:100%;table-layout:fixed;border-spacing:0}td{border-bottom:1px solid}"
    cells = "".join(
        f"<tr><td>{row}</td><td>Bukti rekaan {row}</td><td>{row * 7919:032x}</td></tr>" for row in range(rows)
    )
    head = f'<head><meta charset="utf-8"><title>Tabel</title><style>{style}</style></head>'
    return f'<!doctype html><html lang="id">{head}<body><h1>Tabel</h1><table>{cells}</table></body></html>'
