"""Pairs are found, judged and explained; place decides before words do."""

import pytest

from mufakat.engines.duplicates import InputError, Pair, Proposal, Reason, Verdict, find_pairs


def pairs_of(*texts: str, desa: str = "Giri") -> list[tuple[str, str, Verdict]]:
    """Verdicts among proposals of one village, named a, b, c …"""
    proposals = [Proposal(chr(97 + i), "Kebomas", desa, text) for i, text in enumerate(texts)]
    return [(p.id_a, p.id_b, p.verdict) for p in find_pairs(proposals=proposals)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Pembangunan drainase Jl. Mawar RT 03 RW 05", "bangun selokan jln mawar rt 3/rw 5"),
        ("Pembangunan drainase RT.03 RW.05", "Pembuatan saluran air RT 003/005"),
        ("Pavingisasi Gang 2 RT 1,2 RW IV", "Paving gg. 2 rt 01-02/rw 4 100 m2"),
        ("Pelatihan menjahit bagi ibu PKK", "kursus jahit PKK"),
        ("Pemasangan lampu jalan RT 1 RW 1", "PJU RT 01/01 pemasangan"),
        ("Perbaikan jalan usaha tani blok Sentul", "rehab JUT Sentul"),
        ("Pembangunan plengsengan kali Lamong RT 2", "Pembuatan TPT sungai lamong rt 02"),
        ("Pengadaan angklungg RT 4 RW 2", "pengadan angklung RT 4/RW 2"),
    ],
)
def test_other_words_for_the_same_wish_are_found(first, second):
    found = pairs_of(first, second)

    assert [pair[:2] for pair in found] == [("a", "b")]
    assert found[0][2] in (Verdict.SAME, Verdict.LIKELY)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Pembangunan drainase RT 03 RW 05", "Pembangunan drainase RT 04 RW 05"),
        ("Pengadaan tong sampah RW 3", "Pengadaan tong sampah RW 4"),
        ("Paving Jl. Mawar Gang 2", "Paving Jl. Mawar Gang 4"),
        ("Pelatihan usaha mikro (Karang Taruna)", "Pelatihan usaha mikro (PKK)"),
        ("Pengadaan pot tanaman (RW 10 P4)", "Pengadaan tanaman toga (RW 10 P6)"),
        ("Pembinaan lembaga (PKK Pokja 2 P3)", "Pembinaan lembaga (PKK Pokja 4 P6)"),
        ("Perbaikan jalan Cendrawasih", "Perbaikan jalan Rajawali"),
    ],
)
def test_near_misses_are_left_alone(first, second):
    assert [pair for pair in pairs_of(first, second) if pair[2] is not Verdict.REVIEW] == []


def test_a_pair_is_explained_field_by_field():
    proposals = [
        Proposal("X-1", "Kebomas", "Giri", "Pembangunan drainase Jl. Mawar RT 3 RW 5", year=2026, source="desa"),
        Proposal("X-2", "Kebomas", "Giri", "Pembuatan selokan Mawar RT 3", year=2025, source="pokir"),
    ]

    assert find_pairs(proposals=proposals) == [
        Pair(
            id_a="X-1",
            id_b="X-2",
            score=100,
            verdict=Verdict.SAME,
            reasons=(
                Reason("wilayah", "Giri, Kec. Kebomas", "Giri, Kec. Kebomas", "desa/kelurahan sama", -8.0),
                Reason("RT/RW", "RT 3 RW 5", "RT 3", "beririsan (RT 3 RW 5 – RT 3)", 3.0),
                Reason("objek", "drainase", "drainase", "sama (drainase)", 4.2),
                Reason("tindakan", "bangun", "bangun", "sama (bangun)", 2.0),
                Reason("nama tempat dan rincian", "mawar", "mawar", "sama (mawar)", 8.0),
                Reason("tahun", "2026", "2025", "usulan berulang (2026 – 2025)", 0.0),
                Reason("sumber", "desa", "pokir", "tautkan, jangan gabungkan (desa – pokir)", 0.0),
            ),
            sentence=(
                "Hampir pasti usulan yang sama (skor 100): wilayah: desa/kelurahan sama; "
                "RT/RW: beririsan (RT 3 RW 5 – RT 3); objek: sama (drainase); tindakan: sama (bangun); "
                "nama tempat dan rincian: sama (mawar); tahun: usulan berulang (2026 – 2025); "
                "sumber: tautkan, jangan gabungkan (desa – pokir)."
            ),
        )
    ]


def test_an_id_used_twice_is_refused():
    twice = [Proposal("7", "Kebomas", "Giri", "Drainase"), Proposal("7", "Kebomas", "Giri", "Paving")]

    with pytest.raises(InputError) as refusal:
        find_pairs(proposals=twice)

    assert str(refusal.value) == (
        "Id “7” dipakai dua kali, pada usulan ke-1 dan ke-2. Beri setiap usulan id yang berbeda."
    )
