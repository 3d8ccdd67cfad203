"""Rules 9 and 10: codes load with their names, apostrophes included; the type comes from the code."""

from collections import Counter

import pytest

from mufakat.regions import names


def test_shipped_counts_and_apostrophes():
    atlas = names.shipped()

    kinds = Counter(r.kind for r in atlas.regions.values())
    assert kinds == {"provinsi": 1, "kabupaten": 1, "kecamatan": 18, "kelurahan": 26, "desa": 330}
    assert [r.name for r in atlas.regions.values() if "'" in r.name] == ["Gedongkedo'an", "Ima'an"]


def test_kebomas_has_ten_kelurahan_and_eleven_desa():
    villages = names.shipped().children("35.25.14")

    assert Counter(v.kind for v in villages) == {"kelurahan": 10, "desa": 11}
    assert [(v.name, v.aliases) for v in villages if v.code == "35.25.14.2003"] == [("Kedayang", ("Kedanyang",))]
    assert all(v.latitude is not None and v.longitude is not None for v in villages)


def test_villages_outside_are_those_of_the_regency():
    outside = names.shipped().villages_outside("35.25.14")

    assert len(outside) == 356 - 21
    assert {v.parent for v in outside} == {f"35.25.{n:02d}" for n in range(1, 19)} - {"35.25.14"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("35.25.14", "35.25.14"),
        ("352514", "35.25.14"),
        ("3525142001", "35.25.14.2001"),
        (" 35 ", "35"),
        ("35.25.14.20", ""),
        ("abc", ""),
        ("123", ""),
    ],
)
def test_normal_code(text, code):
    assert names.normal_code(text) == code


def test_from_file_takes_in_the_siblings(tmp_path):
    (tmp_path / "villages.csv").write_text("code,district_code,name\n35.73.01.1001,35.73.01,Kauman\n")
    (tmp_path / "districts.csv").write_text("code,regency_code,name\n35.73.01,35.73,Klojen\n")
    (tmp_path / "regencies.csv").write_text("code,province_code,name\n35.73,35,KOTA MALANG\n")

    atlas = names.from_file(tmp_path / "villages.csv")

    assert [(r.code, r.name) for r in atlas.regions.values()] == [
        ("35.73", "Kota Malang"),
        ("35.73.01", "Klojen"),
        ("35.73.01.1001", "Kauman"),
    ]


def test_from_file_reads_any_list(tmp_path):
    path = tmp_path / "desa kami.csv"
    path.write_text("No;Kode;Nama;Alias\n1;3525142003;Kedayang;Kedanyang\n2;;kosong;\n", encoding="utf-8-sig")

    assert names.from_file(path).regions == {
        "35.25.14.2003": names.Region("35.25.14.2003", "Kedayang", ("Kedanyang",)),
    }


def test_from_file_says_what_is_missing(tmp_path):
    path = tmp_path / "salah.csv"
    path.write_text("nama\nKebomas\n")

    with pytest.raises(names.UnreadableRegions, match="tidak memuat kode wilayah"):
        names.from_file(path)
    with pytest.raises(names.UnreadableRegions, match="tidak ditemukan"):
        names.from_file(tmp_path / "tidak-ada.csv")
