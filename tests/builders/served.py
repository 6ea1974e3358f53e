"""A small city on disk, and a migrated database for a server that is not to take ten seconds."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pikepdf

from flows.prefect_home import home
from flows.settings import Settings

CITY = "kota-uji"
YEAR = 2024
_CITY_FILE = """\
format: 1
nama: "Kota Uji"
tahun_evaluasi: 2024
perangkat_daerah:
  - {id: dp3a, nama: "Dinas Uji Perlindungan Anak", folder: "DP3A", peran: [pppa]}
  - {id: dinkes, nama: "Dinas Uji Kesehatan", folder: "Dinkes", peran: [dinkes]}
"""
_EVIDENCE = ("DP3A/1.1 Perda KLA.pdf", "DP3A/lain.pdf", "Dinkes/12.1 Persalinan.pdf", "Dinkes/12.1 Salinan.pdf")


def write_city(inputs: Path, city_id: str = CITY) -> Path:
    """An invented city with two agencies, four PDFs and an empty file; its year's input folder."""
    root = inputs / city_id / str(YEAR)
    for name in _EVIDENCE:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with pikepdf.Pdf.new() as pdf:
            pdf.add_blank_page()
            pdf.save(path)
    (root / "Dinkes" / "kosong.pdf").touch()
    (root / "kota.yaml").write_text(_CITY_FILE, encoding="utf-8")
    return root


def copy_database(source: Settings, target: Settings) -> None:
    """Give ``target`` the migrated database of ``source``: a cold server would migrate for ten seconds."""
    home(target).mkdir(parents=True)
    old = sqlite3.connect(home(source) / "prefect.db")
    new = sqlite3.connect(home(target) / "prefect.db")
    old.backup(new)
    old.close()
    new.close()
