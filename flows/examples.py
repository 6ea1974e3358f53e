"""How each command is typed: the examples below its help."""

from __future__ import annotations

EXAMPLES: dict[str, tuple[str, ...]] = {
    "kla": (
        'kla siapkan kab-madiun 2026 --instrumen 2024 --nama "Kabupaten Madiun"',
        "kla periksa kab-madiun 2026",
        "kla susun kab-madiun 2026",
    ),
    "kla siapkan": (
        'kla siapkan kab-madiun 2026 --instrumen 2024 --nama "Kabupaten Madiun"',
        "kla siapkan kab-madiun 2026 --coba",
    ),
    "kla periksa": (
        "kla periksa kab-madiun 2026",
        'kla periksa kab-madiun 2026 --opd Dinkes --opd "Dinas Sosial"',
        "kla periksa kab-madiun 2026 --sejak 20260310T091500",
    ),
    "kla kecualikan": (
        "kla kecualikan kab-madiun 2026",
        'kla kecualikan kab-madiun 2026 T-3f9a2c1b --nama "…" --jabatan "…" --alasan "…"',
        'kla kecualikan kab-madiun 2026 T-3f9a2c1b --cabut --nama "…"',
    ),
    "kla susun": ("kla susun kab-madiun 2026", "kla susun kab-madiun 2026 --per-tanggal 2026-03-31"),
    "kla demo": ("kla demo", "kla demo --outputs hasil-demo"),
    "kla instrumen": ("kla instrumen periksa 2024",),
    "kla instrumen periksa": ("kla instrumen periksa 2024",),
    "kla riwayat": (
        "kla riwayat kab-madiun 2026",
        'kla riwayat kab-madiun 2026 "SK Gugus Tugas" --ambil hasil-brankas',
    ),
    "kla dokter": ("kla dokter", "kla dokter kab-madiun 2026"),
}
"""Command with its whole name → lines as a person types them; the city is an example."""
