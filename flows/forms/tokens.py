"""What people type in cells, folded: words for "there is none", for yes and no, and units behind numbers."""

from __future__ import annotations

import re

NOT_AVAILABLE = frozenset(
    (
        "n a",
        "na",
        "td",
        "tad",
        "tidak ada data",
        "tdk ada data",
        "belum ada data",
        "blm ada data",
        "data tidak ada",
        "data belum ada",
        "data tidak tersedia",
        "data belum tersedia",
        "tidak tersedia",
        "belum tersedia",
    )
)
"""There is no value, whatever the column asks."""
NO_NUMBER = frozenset(("tidak ada", "tdk ada", "belum ada", "blm ada", "kosong", "tidak diketahui"))
"""Said of a number they leave open whether it is zero; said of a text or a yes they are an answer."""
ZERO = frozenset(("nihil", "nol"))
YES = frozenset(("ya", "y", "iya", "yes", "ada", "sudah", "sudah ada", "ya ada", "ya sudah", "true", "benar", "v", "1"))
"""A cross is missing on purpose: beside ticks it means no, alone it may mark what applies. The office is asked."""
NO = frozenset(
    ("tidak", "tdk", "t", "n", "no", "belum", "blm", "tidak ada", "tdk ada", "belum ada", "blm ada", "false", "0")
)
NEGATIONS = frozenset(("tidak", "tdk", "belum", "blm", "bukan", "tanpa", "non"))
UNITS = frozenset(
    re.findall(
        r"\w+",
        """
        orang org jiwa anak bayi balita remaja ibu siswa siswi murid pelajar peserta didik guru pasien laki perempuan
        pasangan perkawinan kelahiran persalinan kasus unit buah bh kali kegiatan dokumen berkas lembar eksemplar
        kk kepala keluarga rumah tangga rt rw desa kelurahan kecamatan sekolah satuan pendidikan madrasah paud
        sd mi smp mts sma smk ma puskesmas pustu posyandu kelompok forum lembaga organisasi panti lks lksa
        perusahaan pekerja ruang lokasi tempat titik poin point
        """,
    )
)
"""What may stand behind a count without changing it. Thousands, millions and "about" are none: not readable."""
