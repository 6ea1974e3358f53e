"""What is a person's name, and what marks its bearer as an adult."""

from __future__ import annotations

import re

# What stands where a name could stand, at the beginning of a line or of a cell.
_NO_NAME_BEGINS_WITH = """
    a.n agustus aksi akta aktif ala alamat alat anak anak-anak analisis anggaran anggota aparatur apbd april arsip
    asal atas atau aula bab badan bagaimana bagi bagian bahan bahwa baik balai balita bandar bangunan bank banyak
    bapak barang baru bayi belanja belum berdasarkan berikut berita bersama besar bidang bimtek biodata biro buku
    bulan bupati buta cakupan camat capaian contact daerah daftar dalam dan dana dapat dari data deklarasi
    demikian dengan desa desember di diberikan dihadiri diikuti dinas dipimpin direktur disepakati ditetapkan
    dokumen dokumentasi dosen dpa dusun evaluasi fasilitas fasilitator februari festival film fisik forum foto
    gambar gang gedung gerakan gg gugus guru hak halaman hari hasil hasil-hasil honorarium hotel huruf ibu
    imunisasi indeks indikator informasi inovasi instansi instruksi jadwal jalan jambore januari jaringan jenis
    jenjang jika jl jl. jln juli jum'at jumat jumlah juni kab kab. kabupaten kader kak kamis kampanye kampung
    kantor karena kartu karya kasus kata kategori kawasan kebijakan kec kec. kecamatan kegiatan kejaksaan
    kekerasan kel kel. kelas kelompok keluarga kelurahan kementerian kepada kepala kepolisian keputusan kesehatan
    ketentuan keterangan ketua klaster klinik komisi komite komp kondisi konsultasi konvensi koordinasi
    koordinator kota kualitas kunjungan kursus lab lain lainnya laki laki-laki lampiran lansia lapangan laporan
    layanan lembaga lingkungan logistik lokasi lomba lurah ma madrasah mahasiswa maksimal maret masjid masyarakat
    materi media mei melakukan melalui membaca memiliki menetapkan mengetahui mengingat menimbang menteri menu
    menurut mi minggu mobil monitoring mts musrenbang nama narasumber nilai no no. nomor notulen notulis november
    obat oktober olahraga oleh operasional orang organisasi pada pagu panitia panti paraf parkir partisipasi pasal
    pasar paud pegawai pekerjaan pelaksanaan pelatihan pelayanan pelindungan pelopor pemanfaatan pembahasan
    pembangunan pembelian pembina pembinaan pembukaan pemenuhan pemerintah pendampingan pendidikan penduduk
    penetapan pengadaan pengadilan pengawasan pengelola pengelolaan penguatan pengurus penutup penyediaan
    penyuluhan peraturan perda perempuan perencanaan perkawinan perlindungan perpustakaan persentase perusahaan
    perwakilan perwali peserta piagam pimpinan pkk pokok polda polres polsek pondok pos poskesdes posyandu
    presiden profil program proses provinsi psikis pt pusat puskesmas puspaga rab rabu rapat rata-rata realisasi
    rekap rekapitulasi rekomendasi remaja rencana responden retribusi revisi ringkasan rs rsud rt ruang rumah rw
    sabtu sambutan sanggar sarana sarpras sasaran satpol satuan sd sdit sdm sdn sejak sekolah sekretariat
    sekretaris seksi seksual selasa seluruh semester semua senin september sertifikat setiap siswa sk skpd slb sma
    sman smk smkn smp smpn sosialisasi ssb standar status sub subkegiatan sudah sumber surat survei susunan tabel
    tahap tahun taman tanggal target tata telah telepon tema tempat tenaga terdapat terlampir ternak tgl tim
    tindak tingkat tk tokoh topik total tugas tujuan ukuran umum umur undang-undang unit untuk upt uptd uraian
    usia usul usulan uu verifikasi volume wajib wakil wali walikota warga wilayah workshop yang yayasan zona
    dinsos dinkes disdik disdikbud dishub dpmd dppkb disdukcapil dukcapil diskominfo dispora dpupr pupr dlh bappeda
    bapperida bpbd kesbangpol kemenag dprd dp3a dp3ap2kb opd
"""
_NOT_NAMES = frozenset(_NO_NAME_BEGINS_WITH.split())
# Words of every day that stand in terms anywhere, in capitals too.
_TERMS = """
    abk abh adik ajaran akreditasi anggrek apsai arisan asi asuh awal ayat bantuan bayar bencana berlaku bina binaan
    bpjs bp3a bulanan bunga cabang cagar cerdas cv dak darurat dasar daycare dekat dini disabilitas dosis dp3a dpmptsp
    dppkb dukungan ekonomi emas fisik formal garansi gratis gizi hidup hukuman inklusi inklusif instruktur izin jabatan
    jaminan jangka jasa jembatan kadaluwarsa karier kasih kb kie kk kontrak korban kredit kua kurikulum kursi kuota lama
    lansia latihan layak lembar lingkup lisensi lulusan magang makanan mandiri manajer masa masih massal menengah
    menikah minimal mitra modal modul mou mtbs narkoba negara negeri nikah odha osis paket paling pangan pangkal pasca
    pencabulan pencurian pengacara penjara penduduk perdamaian perkara perjanjian pertama pidana pinjaman pip pkh plt
    pns politeknik posko posbindu ppa pra praktik pria produksi puskesos pustaka rawat reguler relawan rencana renja
    renstra rencana retensi rpjmd rutin ruko satgas sederajat sehat sekar sementara seni sewa siaga sma spm stikes
    studi stunting sumur susu swasta tanah teknis telah tenggat terpadu tetap toko tribulan triwulan tua tunai ulang
    universitas usaha utama veteran vaksin vaksinasi vitamin wabah wajib wanita waktu wirausaha yatim piatu
    utara selatan timur barat tengah hilir hulu kawin hamil hukum laut sosial pemuda bidan dokter psikolog polisi tni
    pak bu tn ny sdr sdri nyonya tuan nasional internasional sedunia raperda perbup perwali kepmen permen pergub
    islam kristen bhakti dharma diversi formulir tahunan rekening giro deposito bri bni pln pdam pup gub
    beasiswa santunan penerima berprestasi rp fc klub
"""
_COMMON = frozenset(_TERMS.split()) | _NOT_NAMES
_ABSTRACT = re.compile(r"(?:ke|pe[mnr]?|peng|per)[a-z]{3,}an(?:nya)?|[a-z]{3,}(?:isasi|kan|nya)")
"""How nouns of doing and being are formed: *pengalaman*, *kekerasan*; no name is."""
# What comes right after a name in the lines of a table.
_NAME_ENDS_BEFORE = """
    alamat anggota bendahara blok desa dusun gang gg gg. i ii iii iv ix jalan jl jl. jln kb kec kec. kecamatan kel
    kel. kelas kelurahan ketua komp komp. l l/p lahir laki laki-laki lk ma man mi min mts mtsn murid p paud
    pelajar perempuan perum pr pria ra rp rp. rt rt. rw rw. santri sd sdit sdn sekretaris siswa siswi slb sma sman smk
    smkn smp smpn tanggal tgl tk tuna umur usia v vi vii viii wakil wanita x xi xii yatim piatu
"""
_ENDS_NAME = frozenset(_NAME_ENDS_BEFORE.split())
_WORD = re.compile(r"[^\W\d_]+(?:[.'’`-]+[^\W\d_]+)*[.'’`-]*,?\Z")
_DEGREE = re.compile(
    r"(?:,\s*|\s)(?:S|M|A|Ph|Sp)\.\s?[A-Z]{1,2}[a-z]{0,4}\b\.?"
    r"|,\s*(?:SE|ST|SH|SS|SIP|SKM|SPd|SPdI|SSos|SPsi|SKep|SKom|SAg|MM|MT|MH|MSi|MPd|MAP|MKM|AMd|Amd|Psikolog|Ners|Bdn|Apt)\b"
    r"|\b(?:dr|drg|Drs|Dra|Ir|Hj|Prof|Dr|Ns|Apt|Bd|Ust|Ustadz|Ustadzah|KH)\b\.? |(?:\A|\s)H\. "
    r"|\b(?:Bripka|Bripda|Briptu|Aipda|Aiptu|Ipda|Iptu|AKP|Kompol|Serka|Sertu|Kapten)\b "
)
_INITIALS = re.compile(r"(?:An\.?|By\.?|Anak|Sdr\.?|Nn\.?)?\s*(?:[A-Z]\.?\s?){1,4}\Z")
_PREFIX = re.compile(
    r"(?:\d{1,4}[.)]\s*)?(?:an|a\.\s?n|atas nama|by|anak|bayi|ananda|adik|sdri?|saudar[ai])\b\.?\s+", re.IGNORECASE
)
_PREFIX_BEGINS = frozenset("0123456789aAbBsS")
_ADDRESS = re.compile(
    r"(?:(?:an|a\.\s?n|by|sdri?)\b\.?\s?|(?:atas nama|bayi|anak|ananda|adik|saudar[ai])\s)\s*(?=(?-i:[A-Z]))",
    re.IGNORECASE,
)
"""What calls somebody before the name: *a.n. Siti*, *ananda Siti*, *Sdri. Siti*."""
_BEFORE_NAME = frozenset({"anak", "ananda", "bayi"})
"""What stands before the name of a child, and begins sentences too."""
_BRACKETS = re.compile(r"\([^)]*\)")
_LONGEST_CELL = 300
_MOST_WORDS = 7


def leading_name(words: list[str]) -> int:
    """How many of ``words`` at the beginning are the name of a person, 0 where they are none."""
    if words and words[0].lower() in _BEFORE_NAME and (bare := leading_name(words[1:])) and words[1][0].isupper():
        return 1 + bare
    count = 0
    for word in words[: _MOST_WORDS + 1]:
        plain = word.rstrip(",.").lower()
        if not _WORD.match(word) or (count and (plain in _ENDS_NAME or plain in _NOT_NAMES)):
            break
        if not count and (plain in _NOT_NAMES or plain.partition("-")[0] in _NOT_NAMES):
            return 0
        count += 1
        if word.endswith(","):
            break
    return count if 0 < count <= _MOST_WORDS else 0


def is_name(cell: str) -> bool:
    """Whether a cell holds the name or the initials of a person and nothing else."""
    if len(cell) > _LONGEST_CELL:
        return False
    # Asked of every cell of a table: patterns only where what they look for can be.
    text = (_BRACKETS.sub("", cell) if "(" in cell else cell).strip()
    if text[:1] in _PREFIX_BEGINS:
        text = _PREFIX.sub("", text, count=1).strip()
    if not text or len(text) > 80:  # noqa: PLR2004 - no name is longer
        return False
    words = re.split(r"[\s/]+", text) if "/" in text else text.split()
    plain = [word.rstrip(",.").lower() for word in words]
    return len(words) <= _MOST_WORDS and all(map(_WORD.match, words)) and not _NOT_NAMES.intersection(plain[:2])


def bare_name(cell: str) -> str:
    """A cell that holds a name without what calls its bearer before it: *a.n.*, *ananda*, *Sdri.*."""
    called = _ADDRESS.match(cell) if cell[:1] in _PREFIX_BEGINS else None
    return cell[called.end() :] if called else cell


def is_titled(name: str) -> bool:
    """Whether a degree, a rank or a form of address marks somebody as an adult."""
    return bool(_DEGREE.search(f"{name} "))


def is_initials(text: str) -> bool:
    """Whether somebody is named by initials only."""
    return bool(_INITIALS.match(text.strip()))


def is_common_word(word: str) -> bool:
    """Whether a word in capitals belongs to the language of offices, so that it is nobody's name in running text."""
    plain = word.rstrip(".,").lower()
    return plain in _COMMON or bool(_ABSTRACT.fullmatch(plain))


def ends_name(word: str) -> bool:
    """Whether a word comes right after names: *kelas*, *umur*, *alamat*."""
    return word.rstrip(",.").lower() in _ENDS_NAME


def begins_a_sentence(rest: str) -> bool:
    """Whether what follows a single word goes on in small letters: *Tersedia dana …* names nobody."""
    word = rest.split(" ", 1)[0].rstrip(",.:")
    return len(word) > 1 and word.islower() and word.isalpha() and word not in _ENDS_NAME
