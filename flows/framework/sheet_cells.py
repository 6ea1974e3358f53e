"""A city as flat text cells, each with a stable path: what ``profil-kota.xlsx`` shows and what it may change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flows.framework.city_agencies import known_roles
from flows.framework.city_sections import SIGNATORY_KEYS
from flows.framework.texts import one_line, render_text, yaml_quoted
from flows.model import City

YES, NO = "ya", "tidak"
_YES_WORDS = frozenset({"ya", "y", "sudah", "true", "1", "x", "v"})
_NO_WORDS = frozenset({"", "tidak", "t", "belum", "false", "0", "-"})

LISTS = ("perangkat_daerah", "dasar_hukum", "gambaran_umum")
"""Sections of ``kota.yaml`` that are lists; the other sheets have fixed rows."""
FLAGS = frozenset({"terkonfirmasi"})
TEXT_LISTS = frozenset({"peran", "alias"})
_YEARS = "tahun_data"

CellPath = tuple[str, ...]
"""Where a value stands: ``("nama",)``, ``("penanda_tangan", "sekda", "nip")``, ``("dasar_hukum", "2", "teks")``."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The words of the workbook, from ``templates/siapkan/profil-kota.yaml.j2``."""

    guide: tuple[str, ...]
    sheets: Mapping[str, str]
    """Section → name of its sheet."""
    key_heading: str
    choice: tuple[str, str]
    """What Excel says, title and sentence, where something else is typed than it offers."""
    columns: Mapping[str, Mapping[str, str]]
    """Section → field → heading, in order."""
    city_rows: Mapping[str, tuple[str, str]]
    """Field of the sheet "Kota" → label and explanation, in order."""
    reasons: Mapping[str, str]

    def place(self, path: CellPath) -> str:
        """Where a cell stands, for people: "Perangkat Daerah, dinkes, Nama folder"."""
        if len(path) == 1:
            return f"{self.sheets['kota']}, {self.city_rows[path[0]][0]}"
        section, key, *rest = path
        field = [self.columns[section][name] for name in rest]
        return ", ".join([self.sheets[section], key, *field])


def load_layout(city: City | None = None) -> Layout:
    """The words of the workbook; ``city`` is named in its guide, which only a writer needs."""
    from ruamel.yaml import YAML

    names = ("", "", "") if city is None else (city.name, city.id, str(city.evaluation_year))
    values = dict(zip(("name", "city_id", "year"), names, strict=True))
    found: Any = YAML(typ="safe").load(render_text("profil-kota.yaml.j2", roles=known_roles(), **values))
    return Layout(
        guide=tuple(found["petunjuk"]),
        sheets=found["lembar"],
        key_heading=found["kunci"],
        choice=(found["pilihan"][0], found["pilihan"][1]),
        columns=found["kolom"],
        city_rows={field: (label, note) for field, (label, note) in found["kota"].items()},
        reasons=found["alasan"],
    )


def cells_of(city: City) -> dict[CellPath, str]:
    """Every value the workbook shows, in the order of its sheets."""
    cells: dict[CellPath, str] = {
        ("nama",): city.name,
        ("kode",): city.code,
        ("provinsi",): city.province,
        ("tempat",): city.seat,
        ("alamat",): city.contact.address,
        ("telepon",): city.contact.phone,
        ("pos_el",): city.contact.email,
        ("laman",): city.contact.website,
        ("zona_waktu",): city.time_zone,
        (_YEARS,): _joined(map(str, city.data_years)),
        ("kertas",): city.paper,
    }
    for agency in city.agencies:
        row = {
            "nama": agency.name,
            "folder": agency.folder,
            "peran": _joined(agency.roles),
            "alias": _joined(agency.aliases),
            "kelompok": agency.group,
            "sumber": agency.source,
            "terkonfirmasi": _flag(agency.is_confirmed),
        }
        cells |= {("perangkat_daerah", agency.id, field): value for field, value in row.items()}
    cells |= _signatory_cells(city)
    for number, item in enumerate(city.legal_basis, start=1):
        cells["dasar_hukum", str(number), "teks"] = item.text
        cells["dasar_hukum", str(number), "terkonfirmasi"] = _flag(item.is_confirmed)
    for number, fact in enumerate(city.facts, start=1):
        values = (fact.label, fact.value, fact.unit, fact.year, fact.source)
        for field, value in zip(("uraian", "nilai", "satuan", "tahun", "sumber"), values, strict=True):
            cells["gambaran_umum", str(number), field] = value
    return cells


def normalised(field: str, text: str) -> str:
    """``text`` as it is compared: on one line, yes and no in one spelling."""
    line = one_line(text)
    if field in FLAGS:
        word = line.casefold()
        return YES if word in _YES_WORDS else NO if word in _NO_WORDS else line
    if field in TEXT_LISTS:
        return _joined(_parts(line))
    return _joined(re.findall(r"\d+", line)) if field == _YEARS else line


def refusal(field: str, text: str) -> str:
    """Reason code why the normalised ``text`` cannot stand in ``field``; empty where it can."""
    if field in FLAGS and text not in (YES, NO):
        return "ya-tidak"
    if field == _YEARS and not re.fullmatch(r"\d{4}; \d{4}", text):
        return "tahun"
    return ""


def as_yaml(field: str, text: str) -> str:
    """The normalised ``text`` of a cell as it is written into ``kota.yaml``."""
    if field in FLAGS:
        return "true" if text == YES else "false"
    if field in TEXT_LISTS:
        return "[" + ", ".join(yaml_quoted(part) for part in _parts(text)) + "]"
    return f"[{text.replace(';', ',')}]" if field == _YEARS else yaml_quoted(text)


def _signatory_cells(city: City) -> dict[CellPath, str]:
    """All three officials, also those ``kota.yaml`` does not have yet."""
    known = {signatory.role: signatory for signatory in city.signatories}
    cells: dict[CellPath, str] = {}
    for key, role in SIGNATORY_KEYS.items():
        one = known.get(role)
        values = ("", "", "", "") if one is None else (one.office, one.name, one.rank, one.nip)
        for field, value in zip(("jabatan", "nama", "pangkat", "nip"), values, strict=True):
            cells["penanda_tangan", key, field] = value
    return cells


def _flag(value: bool) -> str:  # noqa: FBT001 - the one value it converts
    return YES if value else NO


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(parts)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]
