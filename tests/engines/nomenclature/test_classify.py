"""The questions of domain §2.7 over the shipped table; a wrong desk is corrected and said."""

import pytest

from mufakat.engines.nomenclature.classify import Authority, Setting, classify
from mufakat.engines.nomenclature.table import UnreadableTable, load, shipped

KEBOMAS = Setting(kecamatan="Kebomas", regency_code="35.25")


def ruling(title, kind="desa", agency="", details="", setting=KEBOMAS):
    return classify(
        title=title,
        details=details,
        village_kind=kind,
        village="Giri",
        stated_agency=agency,
        table=shipped(),
        setting=setting,
    )


@pytest.mark.parametrize(
    ("title", "kind", "details", "authority", "agency"),
    [
        ("Paving jalan lingkungan RT 02", "desa", "", "desa", "Pemerintah Desa Giri"),
        ("Paving jalan lingkungan RT 02", "kelurahan", "", "kelurahan", "Kecamatan Kebomas"),
        ("Rabat beton", "kelurahan", "RT 05 RW 01", "kelurahan", "Kecamatan Kebomas"),
        ("Rehab jalan nasional ruas Gresik", "desa", "", "pusat", "Balai Besar Pelaksanaan Jalan Nasional"),
        ("Pelebaran jalan provinsi", "desa", "", "provinsi", "Dinas Pekerjaan Umum Bina Marga Provinsi"),
        ("Rehab ruang kelas SMA Negeri 1", "desa", "", "provinsi", "Dinas Pendidikan Provinsi"),
        ("Normalisasi Kali Lamong", "desa", "", "pusat", "Balai Besar Wilayah Sungai Bengawan Solo"),
        ("Rehab 3 ruang kelas UPT SD Negeri 12", "desa", "", "kabupaten", "Dinas Pendidikan"),
        ("Pembinaan lembaga kemasyarakatan", "kelurahan", "", "kelurahan", "Kecamatan Kebomas"),
        ("Pembinaan lembaga kemasyarakatan", "desa", "", "kabupaten", "Kecamatan Kebomas"),
        ("Pelatihan menjahit", "desa", "", "kabupaten", "Dinas Tenaga Kerja"),
        ("Pemasangan PJU jalan poros", "desa", "", "kabupaten", "Dinas Perhubungan"),
    ],
)
def test_authority_and_agency(title, kind, details, authority, agency):
    answer = ruling(title, kind, details=details)

    assert (answer.authority, answer.agency, answer.warnings) == (Authority(authority), agency, ())


@pytest.mark.parametrize("title", ["Perbaikan jalan rusak", "Lanjutan tahap dua", "Jalan usaha tani blok timur"])
def test_what_is_unclear_stays_with_the_regency_and_says_so(title):
    answer = ruling(title)

    assert answer.authority is Authority.KABUPATEN
    assert answer.warnings[0][0] == "kewenangan_belum_pasti"


def test_village_scale_without_a_known_village_is_not_passed_to_it():
    answer = ruling("Paving jalan lingkungan", kind="")

    assert answer.authority is Authority.KABUPATEN
    assert answer.warnings[0][0] == "kewenangan_belum_pasti"


@pytest.mark.parametrize(
    ("title", "thing", "authority"),
    [
        ("Rehab Jalan Corblok RT 001 (Belakang SMKN 1)", "jalan", "desa"),
        ("Trotoar ramah difabel di depan SMA Negeri 1", "jalan", "kabupaten"),
        ("Pengurukan bawah jembatan Desa Giri", "jembatan", "kabupaten"),
        ("Betonisasi jalan desa", "jalan desa", "desa"),
        ("Betonisasi jalan Desa Giri", "jalan", "kabupaten"),
        ("Paving halaman sekolah SDN 2", "sekolah dasar dan menengah pertama", "kabupaten"),
    ],
)
def test_the_object_is_meant_not_the_place(title, thing, authority):
    answer = classify(
        title=title,
        village_kind="desa",
        village="Giri",
        table=shipped(),
        setting=KEBOMAS,
        villages=("Giri", "Kembangan"),
    )

    assert (answer.thing, answer.authority) == (thing, Authority(authority))


def test_a_kelurahan_that_names_its_kecamatan_means_the_ward_fund():
    assert ruling("Pelatihan usaha mikro", kind="kelurahan", agency="Kecamatan Kebomas").authority == "kelurahan"
    assert ruling("Pelatihan usaha mikro", kind="kelurahan").authority == "kabupaten"
    assert ruling("Pelatihan usaha mikro", kind="desa", agency="Kecamatan Kebomas").authority == "kabupaten"


def test_wrong_desk_is_corrected_and_said():
    answer = ruling("Rehab ruang kelas UPT SD Negeri 12", agency="Dinkes")

    assert answer.agency == "Dinas Pendidikan"
    assert answer.warnings == (
        (
            "instansi_dikoreksi",
            "Tujuan dikoreksi dari Dinkes ke Dispendik: sekolah dasar dan menengah pertama ditangani Dispendik.",
        ),
    )


@pytest.mark.parametrize(
    "written", ["DPUTR", "dinas PU", "Dinas Pekerjaan Umum & Tata Ruang", "PUPR", "Dinas Pekerjan Umum dan Tata Ruang"]
)
def test_agency_aliases_and_misspellings_resolve(written):
    answer = ruling("Pembangunan jembatan", agency=written)

    assert (answer.agency, answer.warnings) == ("Dinas Pekerjaan Umum dan Tata Ruang", ())


def test_an_unknown_agency_is_replaced_by_the_rule_and_said():
    answer = ruling("Pembangunan jembatan", agency="Dinas Antah Berantah")

    assert answer.agency == "Dinas Pekerjaan Umum dan Tata Ruang"
    assert [code for code, _ in answer.warnings] == ["instansi_tidak_dikenal"]


def test_names_of_another_regency_are_kept():
    malang = Setting(kecamatan="Lowokwaru", regency_code="35.73")

    answer = ruling("Tangki septik komunal", kind="kelurahan", agency="DPUPRPKP Kota Malang", setting=malang)

    assert answer.agency == "DPUPRPKP Kota Malang"


def test_a_table_of_the_office_is_read_and_its_mistakes_located(tmp_path):
    path = tmp_path / "kewenangan.toml"
    path.write_text('[[objek]]\nnama="x"\nkata=["x"]\nbidang="antah"\ninstansi="dputr"\nlingkup="lokal"\n')

    with pytest.raises(UnreadableTable, match="objek “x”"):
        load(path)
    path.write_text("[[objek]\n")
    with pytest.raises(UnreadableTable, match="salah tulis"):
        load(path)
