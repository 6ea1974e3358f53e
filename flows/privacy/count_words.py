"""Words by which a table shows that it counts children in difficulty, or something else."""

from __future__ import annotations

import re

from flows.words import Words, holds_any

GATE = Words(
    *("kekerasan", "korban", "abh", "berhadapan dengan hukum", "diversi", "napza", "narkoba", "hiv", "odha"),
    *("pekerja", "eksploitasi", "perdagangan", "tppo", "terlantar", "jalanan", "kawin", "nikah", "diska", "dispensasi"),
    *("disabilitas", "berkebutuhan khusus", "abk", "tuna", "cabul", "setubuh", "pelecehan", "pornografi", "radikal"),
    *("terori", "perundungan", "bullying", "ampk", "andikpas", "kehamilan", "kdrt", "binaan", "perkara", "siber"),
    *("lpka", "ppks", "pmks", "uptd ppa", "p2tp2a", "puspaga", "bpta", "bunuh diri", "menular seksual", "kasus anak"),
    *(
        " kta",
        "\nkta",
        "\tkta",
        "ktpa",
        " ims",
        "\nims",
        "\tims",
        "perkosa",
        "sodomi",
        "penelantaran",
        "aborsi",
        "kbgo",
    ),
)
"""Words of which a table must have one to speak of children in difficulty; asked of every page."""
DIFFICULTY = re.compile(
    r"\b(?:kekerasan|korban|abh|berhadapan dengan hukum|diversi|napza|narkoba|narkotika|hiv|aids|odha|"
    r"pekerja(?:an terburuk)? anak|eksploitasi|perdagangan (?:orang|anak|manusia)|tppo|(?:anak|balita|"
    r"bayi) ?ter?lantar|anak jalanan|bpta|(?:perkawinan|pernikahan) (?:anak|usia|dini)|dispensasi|diska|disabilitas|"
    r"berkebutuhan khusus|abk|tuna(?:netra|rungu|grahita|daksa|wicara)|pencabulan|persetubuhan|pelecehan|pornografi|"
    r"radikalisme|terorisme|perundungan|bullying|ampk|andikpas|binaan lpka|lpka|kehamilan (?:usia|remaja|tidak)|"
    r"kdrt|perkara (?:pidana )?anak|kejahatan siber|ppks|pmks|uptd ppa|p2tp2a|bunuh diri|infeksi menular seksual|"
    r"kasus anak|kta|ktpa|ims|(?:pem)?perkosaan|sodomi|penelantaran(?: anak)?|aborsi|kbgo)\b"
)
CASES = re.compile(
    r"\b(?:kasus|korban|abh|perkara|pelaku|saksi|penyintas|klien|dispensasi|diska|diversi|pekerja anak|anak jalanan|"
    r"anak (?:yang|korban|pelaku|dengan|penyandang|berkebutuhan|terlantar|disabilitas|binaan)|jumlah (?:anak|siswa|"
    r"remaja|balita|bayi)|(?:pernikahan|perkawinan) (?:anak|usia|dini)|penderita|pengaduan|dirujuk|ditangani|"
    r"penjangkauan|pendampingan|andikpas|odha|kta|ktpa|ims)\b"
)
"""What counts persons in difficulty whatever stands around it."""
PERSONS = re.compile(
    r"\b(?:l|p|lk|pr|l\+p|laki|laki-laki|perempuan|anak|orang|jiwa|siswa|siswi|balita|bayi|remaja|jumlah|jml|total|"
    r"fisik|psikis|seksual|penelantaran|eksploitasi|tppo|lainnya|pencabulan|persetubuhan|(?:19|20)\d\d|"
    r"\d{1,2} ?(?:-|–|s/d|sd) ?\d{1,2}(?: (?:th|thn|tahun))?)(?!\w)|[<>≤≥] ?\d{1,2}\b"
)
"""Headings of columns that count persons where the table is about children in difficulty."""
THINGS = re.compile(
    r"\b(?:peserta|undangan|sosialisasi|pelatihan|penyuluhan|kampanye|bimtek|workshop|petugas|kader|fasilitator|"
    r"pengurus|relawan|aktivis|penyidik|aparat|aph|personel|personil|responden|sdm|tenaga|psikolog|konselor|kepala|"
    r"guru|gpk|anggaran|pagu|realisasi|dana|biaya|rp|volume|vol|sarana|prasarana|fasilitas|lembaga|lksa|tpa|uptd|"
    r"kegiatan|dokumen|berkas|kelengkapan|indikator|bobot|skor|nilai|poin|target|capaian|jadwal|anggota|gugus tugas|"
    r"satgas|perangkat|sekolah|ruang|mobil|motor|kursi roda|meja|barang|kondisi|toilet|jalur|taman|trotoar|"
    r"rumah aman|ketersediaan|puskesmas|rs|media|leaflet|baliho|spanduk|video|berita|unit|mitra|persen|persentase|"
    r"prosentase|frekuensi|rasio|indeks|rata-rata|kemungkinan|dampak|skala|tingkat|level|baik|cukup|kurang|setuju|"
    r"pre|post|output|waktu|menit|lama|durasi|hari|jam|halaman|hal|pasal|tahapan|semester|triwulan|tw|nomor|no|kode|"
    r"rt|rw|kolom|tanda tangan|ttd|juara|kategori|jawaban|kunjungan|usulan|hotline|cakupan|prevalensi|komponen|"
    r"eksemplar|paket|kali|jumlah (?:desa|kelurahan|kecamatan|layanan|mou)|forum|patbm|kelompok|perusahaan|pos|"
    r"perda|perwali|perbup|peraturan|kebijakan|edaran|sop|sk|mou)\b|%"
)
"""Headings of columns and titles of tables in which something else is counted."""
NOT_ABOUT = re.compile(
    r"\b(?:peserta|sosialisasi|penyuluhan|kampanye|pelatihan|dilatih|bimtek|petugas|kader|fasilitator|pengurus|"
    r"relawan|sdm|tenaga|guru|penyidik|aph|personel|struktur|anggaran|pagu|realisasi|sarana|sarpras|prasarana|"
    r"fasilitas|lembaga|media|mitra|bermitra|gugus tugas|satgas|jadwal|jam|kerja sama|indikator|penilaian|evaluasi|"
    r"risiko|monev|survei|kuesioner|sekolah (?:inklusi|ramah|sasaran)|ramah (?:anak|disabilitas)|bebas narkoba|"
    r"forum|musrenbang|perwakilan|keterwakilan|anggota|susunan|daftar hadir|inventaris|standar (?:pelayanan|"
    r"operasional)|sop|spm|rencana aksi|rad|renstra|iku|kie|publikasi|lomba|indeks|layanan (?:vct|hiv)|tes hiv|"
    r"pos sapa|supervisi|peraturan|mou|kriteria)\b"
)
"""Titles of tables about those who help, and what they work with."""
_BOYS, _GIRLS = r"l|lk|laki|laki[ -]?laki|putra", r"p|pr|perempuan|putri"
# Each begins with a letter that is searched for as fast as any word.
_LETTERS = re.compile(r"L(?<![\w-]L)[kK]?[\s|.;,()+]{1,8}P[rR]?(?![\w-])")
_WORDS = re.compile(r"laki[^\d:]{0,40}?\bperempuan|putra[\s|.;,()+]{1,8}putri")
_GIRLS_WORDS = ("perempuan", "putri")


def counts_by_sex(text: str) -> bool:
    """Whether headings of boys and girls stand beside each other in ``text``: asked of many pages."""
    if _LETTERS.search(text):
        return True
    lowered = text.lower()
    return holds_any(lowered, _GIRLS_WORDS) and _WORDS.search(lowered) is not None


OF_A_SEX = re.compile(rf"(?:\A|[^\w-])(?:{_BOYS}|{_GIRLS})\.?(?![\w-])")
GROWN = re.compile(
    r"\b(?:pegawai|pns|asn|pppk|honorer|karyawan|jabatan|golongan|eselon|pendidikan terakhir|kepala keluarga|kk|"
    r"penduduk|pemilih|dewasa|lansia|lanjut usia|orang ?tua|wali|dosen|dokter|bidan|perawat|polisi|polwan|pendamping|"
    r"hadir|kehadiran|panitia|narasumber|tim|dewan|komisi|dprd)\b"
)
"""Who else is counted by sex."""
