"""A part of the demo city that a run prints in seconds, with every kind of evidence and one document for three blocks.

``python -m tests.builders.small_city masukan keluaran [--segar]`` runs it as a program of its own.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem

from flows.model import Declaration, Framework, Manifest, Place
from flows.settings import Settings, demo_root
from tests.builders import demo_file_problems as hidden
from tests.builders.plain_run import Ran, issue_now, judge
from tests.gather.kit import pdf

CITY, YEAR = "kota-contoh", 2024
FOLDERS = ("Dinas PUPR Perkim", "Dinsos", "Polres Contoh", "UPTD PPA")
PAPERS = (
    "kota.yaml",
    "naskah",
    "Bappeda/3.2 SK pengurus forum APSAI (TTE).pdf",
    "Bappeda/3.2 SK Forum APSAI.pdf",
    "Kesbangpol/V/24B",
)
INDICATORS = {"3", "10", "16", "21A", "21B", "23A", "24A", "24B"}
"""Of four blocks; sensitive ones among them."""
SHARED = "Dinsos/3.1c, 10.4, 16.7 Laporan kemitraan lintas klaster 2023.pdf"
"""Serves three blocks; a form names its pages 2 and 3."""
SHARED_MARKS = ("Pendahuluan contoh", "Hasil contoh")
EDITED = "Dinas PUPR Perkim/16/16.8 Inovasi sumur komunal.pdf"
"""Serves one question of one block."""
WORD, WORD_FROM = "Dinsos/10/10.4 Catatan pelatihan.docx", "Kelurahan/Anggrek Contoh/26.15 Catatan PATBM.docx"
SECRET = {hidden.CASES: ("anakcontohdua", "smprekaan2"), hidden.MINUTES: ("rapatpencegahanradikalisme",)}
"""Documents of sensitive questions, with words of theirs (folded) that may not leave the house."""


def write_small_city(inputs: Path) -> Path:
    """Copy the part of the demo city below ``inputs`` and add to it; its year's input folder."""
    whole, root = demo_root() / CITY / str(YEAR), inputs / CITY / str(YEAR)
    for name in (*FOLDERS, *PAPERS):
        source, target = whole / name, root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copyfile(source, target)
    (root / SHARED).write_bytes(shared_document())
    if shutil.which("soffice"):
        shutil.copyfile(whole / WORD_FROM, root / WORD)
    return root


def shared_document() -> bytes:
    """Three pages, one of them lying, with an outline, a script, a form's action, a link and an attachment."""
    lines = "LAPORAN KEMITRAAN CONTOH", "DOKUMEN REKAAN", "Lembaga contoh bermitra dengan dinas contoh."
    target = BytesIO()
    with pikepdf.open(BytesIO(pdf(lines, lines, lines))) as document:
        document.pages[1].rotate(90, relative=False)
        with document.open_outline() as outline:
            outline.root.extend(OutlineItem(title, page) for page, title in zip((0, 2), SHARED_MARKS, strict=True))
        script = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
        document.Root.OpenAction = document.make_indirect(script)
        document.pages[0].obj.AA = Dictionary(O=script)
        launch = Dictionary(S=Name.Launch, F="buka.bat")
        document.pages[0].Annots = Array(
            [document.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[40, 700, 200, 760], A=launch))]
        )
        document.attachments["lampiran.txt"] = b"rekaan"
        document.save(target, deterministic_id=True)
    return target.getvalue()


def run_small(settings: Settings, *, fresh: bool = False) -> Ran:
    """Everything, from the input folder to the run folder."""
    judged = judge(settings, CITY, YEAR, fresh=fresh, cut=cut, complete=declared)
    return issue_now(judged)


def cut(framework: Framework) -> Framework:
    """Only the indicators of this city, and the blocks that have some."""
    blocks = (
        replace(block, indicators=tuple(each for each in block.indicators if each.id in INDICATORS))
        for block in framework.blocks
    )
    return replace(framework, blocks=tuple(block for block in blocks if block.indicators))


def declared(manifest: Manifest) -> Manifest:
    """With what a form says of the shared document's pages."""
    place = Place("Dinsos/Formulir KLA 2024 - Dinas Sosial.xlsx", "Daftar Bukti", "A9")
    row = Declaration("dinsos", "", (SHARED,), ("10.4",), place, first_page=2, last_page=3)
    return replace(manifest, declarations=(*manifest.declarations, row))


if __name__ == "__main__":
    masukan, keluaran, *options = sys.argv[1:]
    print(run_small(Settings(Path(masukan), Path(keluaran)), fresh="--segar" in options).folder)
