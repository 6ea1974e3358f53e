"""What stands beside names in the rows of lists, whoever reads them: schools, classes, sexes, and what looks like them.

Years and couples are not among them: a year of birth in a row begins earlier than the years that papers are dated by,
and two ages in the headings say more than words about a wedding above them.
"""

from __future__ import annotations

import re

SCHOOL = re.compile(
    r"\b(?:SD|SDN|SDIT|SDS|MI|MIN|SMP|SMPN|MTs|MTsN|MTS|MTSN|SMA|SMAN|SMK|SMKN|MAN|TK|PAUD|SLB|SLBN|KB|RA|SMPIT|PKBM|"
    r"SMPLB|SDLB|Paket [ABC])\b"
)
CLASS = re.compile(
    r"\b(?i:kelas|kls)\.? ?(?:[IVXivx]{1,4}|\d{1,2})\b|(?<![\w.])(?:[IVX]{1,4}|[1-9]|1[0-2])[ -]?[A-H](?![\w.])|"
    r"(?<![\w.])(?:IV|VI{1,3}|IX|XI{0,2})(?:[ -]\d)?(?![\w.])"
)
BARE_CLASS = re.compile(r"(?<!\S)(?:[1-9]|1[0-2])(?!\S)")
"""Below a heading that says so."""
SEX = re.compile(r"(?:\A|\s)(?:L|P|Lk|Pr|Laki-laki|Perempuan)\b")
OF_A_SEAT = re.compile(
    r"\b(?:kamar|kursi|seat|blok|ruang|rumah|warga|parkir|gerbong|kabin|tenda|meja|stand|lapak|kios|perumahan|unit|"
    r"iuran|rt|rw)\b",
    re.IGNORECASE,
)
"""What is numbered as classes are, and has people in it."""
COUNTED = re.compile(r"\b(?:jumlah|jml|dosis|harga|porsi|stok|satuan|unit|volume|merk|halaman)\b", re.IGNORECASE)
"""Told of things that are for an age, as a toy is."""
SERVICE = re.compile(r"\b(?:masa (?:kerja|tugas|bakti)|lama|pengalaman|durasi|sisa)\b", re.IGNORECASE)
"""How long somebody works, or has yet to serve, is told in years as an age is."""
