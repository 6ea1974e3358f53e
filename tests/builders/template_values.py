"""What the page on templates says of each: ``python -m tests.builders.template_values`` prints its table anew."""

from __future__ import annotations

import re

from jinja2.meta import find_undeclared_variables

from flows.framework.dress import changeable_templates
from flows.render.engine import environment

PAGES = {
    "sampul": "sampul",
    "penerbit": "halaman penerbit di balik sampul",
    "pengesahan": "lembar pengesahan",
    "pengantar": "kata pengantar",
    "daftar": "daftar isi, tabel, dan gambar",
    "singkatan": "daftar singkatan",
    "ringkasan": "ringkasan",
    "pendahuluan": "Bab I Pendahuluan",
    "gambaran": "Bab II Gambaran Umum Daerah",
    "blok": "bab setiap blok",
    "lampiran": "daftar lampiran setiap bab",
    "pengganti": "lembar pengganti dokumen",
    "penutup": "bab Penutup",
    "asal-usul": "lembar asal-usul",
    "sampul-blok": "sampul dan daftar isi jilid per blok",
}
"""Name of each template that makes pages of its own, and which ones."""


def values_of(name: str) -> list[str]:
    """The values a shipped template uses, without what the engine has for all and what it sets itself."""
    engine = environment()
    if engine.loader is None:
        raise AssertionError(name)
    source = engine.loader.get_source(engine, name)[0]
    own = set(re.findall(r"{%-? set (\w+)", source))
    return sorted(find_undeclared_variables(engine.parse(source)) - set(engine.globals) - own)


def blocks_of(name: str) -> list[str]:
    """The named stretches of a shipped template that can be changed alone, in their order."""
    engine = environment()
    if engine.loader is None:
        raise AssertionError(name)
    return re.findall(r"{%-? block (\w+)", engine.loader.get_source(engine, name)[0])


def table() -> str:
    """The table of the page: template, pages, stretches, values."""
    lines = ["| templat | halaman | bagian bernama | nilai |", "|---|---|---|---|"]
    for key, pages in PAGES.items():
        name = f"dossier/{key}.html"
        if name not in changeable_templates():
            raise AssertionError(name)
        blocks = ", ".join(f"`{block}`" for block in blocks_of(name)) or "–"
        lines.append(f"| `{name}` | {pages} | {blocks} | {', '.join(f'`{value}`' for value in values_of(name))} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
