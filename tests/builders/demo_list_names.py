"""Names of partners, innovations, gardens and the like that the lists of the invented city are made of."""

from __future__ import annotations

PARTNERS = (
    ("Asosiasi Perusahaan Sahabat Anak Contoh", "Dunia usaha", "menyediakan sarana dan relawan perusahaan"),
    ("Radio Suara Rekaan", "Media massa", "siaran mingguan dan layanan tanya jawab orang tua"),
    ("Yayasan Anak Rekaan", "Lembaga masyarakat", "mendampingi keluarga dan melatih kader"),
    ("Universitas Contoh", "Perguruan tinggi", "kajian, survei kepuasan, dan mahasiswa pendamping"),
    ("Kantor Kementerian Agama", "Instansi vertikal", "bimbingan remaja dan pertukaran data"),
    ("UPT Puskesmas Contoh", "Unit pelayanan teknis", "layanan langsung dan rujukan"),
    ("Dinas Sosial", "Perangkat daerah", "pendampingan pekerja sosial dan rujukan"),
    ("Bank Rekaan Contoh", "Dunia usaha", "pembiayaan kegiatan lewat dana tanggung jawab sosial"),
)
INNOVATIONS = (
    (
        "Lahir Langsung Akta",
        "bayi baru lahir",
        "akta menunggu orang tua pulih dan mengurusnya sendiri",
        "berkas dikirim rumah sakit, akta dicetak pada hari pulang",
        "waktu tunggu turun dari 9 menjadi 1 hari",
    ),
    (
        "Pojok Ramah Anak Keliling",
        "anak di kelurahan tepi kota",
        "layanan informasi anak hanya ada di pusat kota",
        "mobil layanan singgah dua kali sebulan",
        "menjangkau 14 dari 18 kelurahan",
    ),
    (
        "Sapa Keluarga",
        "orang tua dan pengasuh",
        "orang tua yang bekerja tidak sempat datang pada jam layanan",
        "konsultasi malam lewat telepon",
        "312 keluarga terlayani pada 2023",
    ),
    (
        "Kelas Ibu Cerdas",
        "ibu dengan anak di bawah dua tahun",
        "kelas di puskesmas sepi karena jauh dari rumah",
        "kelas bergilir di rumah warga",
        "kehadiran naik dari 54 menjadi 83 persen",
    ),
    (
        "Lorong Aman Anak",
        "anak sekolah dasar",
        "jalur ke sekolah bercampur dengan kendaraan",
        "rambu dan relawan di jalur ke sekolah",
        "tidak ada kecelakaan di zona itu sejak 2022",
    ),
    (
        "Suara Kami",
        "anggota Forum Anak",
        "usulan anak tidak diketahui nasibnya",
        "kotak usulan digital yang dijawab dalam 14 hari",
        "46 usulan masuk, 31 ditindaklanjuti",
    ),
    (
        "Dasbor Anak",
        "perangkat daerah",
        "",
        "angka layanan dimutakhirkan setiap bulan",
        "rapat Gugus Tugas memakai satu sumber data",
    ),
)
FIELDS = (
    "Kelembagaan",
    "Klaster I",
    "Klaster II",
    "Klaster III",
    "Klaster IV",
    "Klaster V",
    "Kecamatan dan desa/kelurahan",
)
ACTIONS = (
    ("Rapat Gugus Tugas KLA", "4 rapat"),
    ("Percepatan akta kelahiran anak", "98 persen"),
    ("Penguatan PUSPAGA dan LKSA", "2 lembaga berstandar"),
    ("Penurunan stunting baduta", "12 persen"),
    ("Perluasan Satuan Pendidikan Ramah Anak", "150 satuan pendidikan"),
    ("Pendampingan anak korban kekerasan", "90 persen kasus selesai"),
    ("Pembentukan Forum Anak kelurahan", "12 kelurahan"),
)
FORUM = {
    "6.2": (("Musrenbang anak", "Peserta perencanaan pembangunan", "9 usulan masuk RKPD"),),
    "6.3": (
        ("Duta tertib berlalu lintas", "Pelopor", "6 sekolah ikut"),
        ("Laporan kondisi taman bermain", "Pelapor", "4 taman diperbaiki"),
    ),
    "6.5": (("Jambore Forum Anak", "Peserta peningkatan kapasitas", "modul dipakai di 4 kecamatan"),),
    "6.6": (("Pertemuan bulanan dengan pendamping", "Koordinasi dengan pendamping", "12 notula"),),
}
GROUPS = {
    "2.2": "Anggota Gugus Tugas KLA",
    "4.5": "Petugas pencatatan sipil",
    "5.6": "Pustakawan layanan anak",
    "5.7": "Pengelola PISA",
    "6.4": "Pengurus Forum Anak",
    "8.5": "Konselor dan penyuluh keluarga",
    "9.2": "Pendidik pos PAUD-HI",
    "10.4": "Pengasuh LKSA",
    "11.3": "Pengelola RBRA",
    "11.6": "Petugas RASS",
    "15.4": "Petugas puskesmas",
    "19.4": "Pendidik dan tenaga kependidikan SRA",
    "20.4": "Pengelola PKA dan RIRA",
}
SAFE = {
    "dinkes": "Tenaga medis atau psikiater",
    "polres": "Penegak hukum",
    "uptd-ppa": "Psikolog",
    "dinsos": "Pekerja sosial",
}
GARDENS = {
    "dlh": (
        ("11.1", "Taman Contoh", "Kecamatan Contoh Utara, Kelurahan Melati Contoh"),
        ("11.1", "Taman Rekaan", "Kecamatan Contoh Timur, Kelurahan Durian Contoh"),
        ("11.1", "Hutan Kota Contoh", "Kecamatan Contoh Barat, Kelurahan Kenari Contoh"),
    ),
    "disparpora": (("11.1", "Taman Wisata Rekaan", "Kecamatan Contoh Selatan, Kelurahan Dahlia Contoh"),),
    "dp3a": (
        ("11.2", "RBRA Taman Contoh", "Kecamatan Contoh Utara, Kelurahan Melati Contoh"),
        ("11.2", "RBRA Taman Ceria Rekaan", "Kecamatan Contoh Barat, Kelurahan Jalak Contoh"),
    ),
}
SCHOOL_KINDS = {"19.2a": "TK", "19.2b": "SD", "19.2c": "SMP", "19.2d": "SMA", "19.2e": "SLB"}
