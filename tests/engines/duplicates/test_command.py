"""The command line: files in, pairs out, every fault told with its line."""

from pathlib import Path

import pytest

from mufakat.engines.duplicates.command import main

ROWS = (
    "id,kecamatan,desa,text,rt,rw,value",
    'A1,Kebomas,Giri,"Pembangunan drainase Jl. Mawar, panjang 100 m",03,05,150000000',
    "A2,Kebomas,Giri,bangun selokan jln mawar,3,5,Rp150.000.000",
    "A3,Kebomas,Giri,Pembangunan drainase Jl. Melati,03,05,150000000",
    "B1,Gresik,Tlogopojok,Normalisasi Kali Lamong RT 1 RW 2,,,",
    "A4,Kebomas,Singosari,Pengerukan kali Lamong RT 1 RW 2,,,",
)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "usulan.csv"
    path.write_text("\n".join(ROWS), encoding="utf-8")
    return path


def test_pairs_are_written_once_each_with_their_reasons(sheet: Path, tmp_path: Path):
    neighbours = tmp_path / "tetangga.csv"
    neighbours.write_text("a,b\nGresik,Kebomas\n", encoding="utf-8")
    out = tmp_path / "pasangan.csv"

    assert main([str(sheet), "--out", str(out), "--adjacency", str(neighbours)]) == 0

    assert out.read_text(encoding="utf-8").splitlines() == [
        "id_a,id_b,score,verdict,reasons",
        "A1,A2,100,same,wilayah: desa/kelurahan sama; RT/RW: sama (RT 3 RW 5); objek: sama (drainase); "
        "tindakan: sama (bangun); nama tempat dan rincian: sama (mawar); rumusan: semua unsur sama; nilai: sama",
        "B1,A4,100,same,wilayah: kecamatan bertetangga; RT/RW: sama (RT 1 RW 2); objek: sama (sungai); "
        "tindakan: sama (normalisasi); nama tempat dan rincian: sama (lamong); rumusan: semua unsur sama",
    ]


def test_explain_prints_every_field(sheet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main([str(sheet), "--out", str(tmp_path / "p.csv"), "--explain"]) == 0

    assert capsys.readouterr().out.splitlines() == [
        "A1 – A2: Hampir pasti usulan yang sama (skor 100)",
        "    wilayah                   desa/kelurahan sama [-8.0]",
        "    RT/RW                     sama (RT 3 RW 5) [+6.0]",
        "    objek                     sama (drainase) [+3.3]",
        "    tindakan                  sama (bangun) [+2.0]",
        "    nama tempat dan rincian   sama (mawar) [+8.0]",
        "    rumusan                   semua unsur sama [+3.0]",
        "    nilai                     sama [+1.0]",
        "",
    ]


def test_an_office_dictionary_is_obeyed(tmp_path: Path):
    sheet, words, out = tmp_path / "u.csv", tmp_path / "kamus.csv", tmp_path / "p.csv"
    sheet.write_text(
        "id;kecamatan;desa;text\n1;K;D;Pengadaan sepit RT 1 RW 2\n2;K;D;Bantuan cempluk RT 01/02\n", encoding="cp1252"
    )
    words.write_text("konsep,jenis,induk,bobot,bentuk\nalat_giling,objek,,6,sepit|cempluk\n", encoding="utf-8")

    assert main([str(sheet), "--out", str(out), "--dictionary", str(words)]) == 0

    assert [line.split(",")[:4] for line in out.read_text(encoding="utf-8").splitlines()[1:]] == [
        ["1", "2", "100", "same"]
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "u.csv baris 1: kolom id, kecamatan, desa, text tidak ada. "
             "Baris pertama harus memuat id, kecamatan, desa, text."),
        ("id,kecamatan,desa\n1,K,D\n", "u.csv baris 1: kolom text tidak ada. "
                                       "Baris pertama harus memuat id, kecamatan, desa, text."),
        ("id,kecamatan,desa,text\n1,K,D,a\n\n1,K,D,b\n",
         "u.csv baris 4: id “1” sudah dipakai pada baris 2. Beri setiap usulan id yang berbeda."),
        ("id,kecamatan,desa,text\n,K,D,a\n", "u.csv baris 2: kolom id kosong. Isi id usulan."),
        ("id,kecamatan,desa,text\n1,K\n", "u.csv baris 2: hanya ada 2 kolom dari 4. Lengkapi baris itu."),
        ("id,kecamatan,desa,text\n1,K,D,a,b\n",
         "u.csv baris 2: ada 5 kolom, padahal judulnya 4. "
         "Apit teks yang memuat tanda pemisah dengan tanda kutip."),
        ("id,kecamatan,desa,text,lat\n1,K,D,a,utara\n",
         "u.csv baris 2: kolom lat berisi “utara”. Isi derajat desimal, misalnya -7.1632."),
        ("id,kecamatan,desa,text,value\n1,K,D,a,banyak\n",
         "u.csv baris 2: kolom value berisi “banyak”. Isi bilangan bulat atau kosongkan."),
    ],
)  # fmt: skip
def test_faults_are_told_with_their_line(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, sentence: str):
    sheet = tmp_path / "u.csv"
    sheet.write_text(text, encoding="utf-8")

    assert main([str(sheet), "--out", str(tmp_path / "p.csv")]) == 2

    assert capsys.readouterr().err == f"{sentence}\n"
    assert not (tmp_path / "p.csv").exists()


def test_faults_of_the_other_files_are_told(sheet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    bad = tmp_path / "x.csv"
    bad.write_text("satu,dua\n", encoding="utf-8")
    missing, out = tmp_path / "tidak ada.csv", tmp_path / "p.csv"

    codes = [
        main([str(missing), "--out", str(out)]),
        main([str(sheet), "--out", str(out), "--adjacency", str(bad)]),
        main([str(sheet), "--out", str(out), "--dictionary", str(bad)]),
        main([str(sheet), "--out", str(tmp_path)]),
    ]

    assert codes == [2, 2, 2, 2]
    assert [line.replace(str(tmp_path), "…") for line in capsys.readouterr().err.splitlines()] == [
        "Berkas …/tidak ada.csv tidak dapat dibuka: No such file or directory. Periksa nama dan letaknya.",
        "x.csv baris 1: judul kolom harus a,b. Tulis “a,b” pada baris pertama.",
        "x.csv baris 1: kamus memerlukan lima kolom (konsep, jenis, induk, bobot, bentuk), ditemukan 2.",
        "Hasil tidak dapat ditulis ke …: Is a directory. Pilih folder lain.",
    ]
