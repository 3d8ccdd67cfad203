"""What the invented hall decides, so that the demo shows the whole circle; people stand as offices only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mufakat.drafting.decisions import Decision, Decisions, Session
from mufakat.drafting.labels import Reason, Result
from mufakat.drafting.papers import Attendee, Delegate, Material, Objection, Official, Signatory

if TYPE_CHECKING:
    from mufakat.drafting.draft import Draft, Entry

_OTHERS = (
    ("Ketua LKMK se-Kecamatan Kebomas", "L", "LKMK/LKMD/LPM", "LKMK", "Ketua"),
    ("Ketua Tim Penggerak PKK Kecamatan", "P", "PKK dan kelompok perempuan", "TP PKK Kecamatan Kebomas", "Ketua"),
    ("Ketua Pokja PKK Kelurahan Indro", "P", "PKK dan kelompok perempuan", "TP PKK Kelurahan Indro", "Ketua Pokja"),
    ("Ketua Karang Taruna Kecamatan", "L", "Pemuda dan karang taruna", "Karang Taruna", "Ketua"),
    ("Wakil Forum Penyandang Disabilitas", "P", "Penyandang disabilitas", "Forum Disabilitas", "Wakil"),
    ("Ketua BPD Desa Giri", "L", "BPD", "BPD Desa Giri", "Ketua"),
    ("Anggota DPRD Daerah Pemilihan 1", "L", "Anggota DPRD", "DPRD Kabupaten Gresik", "Anggota"),
    ("Kepala Bidang pada Bappeda", "P", "Bappeda", "Bappeda Kabupaten Gresik", "Kepala Bidang"),
    ("Kepala UPT Pekerjaan Umum", "L", "Perangkat daerah/UPT", "DPUTR", "Kepala UPT"),
    ("Kepala UPT Puskesmas", "P", "Perangkat daerah/UPT", "Dinas Kesehatan", "Kepala UPT"),
    ("Kapolsek Kebomas", "L", "Forkopimcam", "Polsek Kebomas", "Kapolsek"),
    ("Danramil Kebomas", "L", "Forkopimcam", "Koramil Kebomas", "Danramil"),
)


def session(draft: Draft) -> Session:
    """Attendance of offices, delegates, materials and signatories of the invented day."""
    heads = [
        (
            f"{'Lurah' if v.kind == 'kelurahan' else 'Kepala Desa'} {v.name}",
            "L" if i % 4 else "P",
            "Kepala desa/lurah",
            f"{v.kind.capitalize()} {v.name}",
            "Lurah" if v.kind == "kelurahan" else "Kepala Desa",
        )
        for i, v in enumerate(draft.villages)
    ]
    people = [*heads, *_OTHERS]
    attendees = tuple(
        Attendee(i, name, gender, element, office, position, office if i <= len(heads) else "")
        for i, (name, gender, element, office, position) in enumerate(people, start=1)
    )
    return Session(
        number="050/001/CONTOH/2022",
        time="08.00-15.00 WIB",
        place="Aula Kantor Kecamatan Kebomas",
        chair=Official("Camat Kebomas", institution="Kecamatan Kebomas"),
        invited=len(people) + 6,
        method="musyawarah mufakat",
        speeches=("Camat Kebomas", "Wakil DPRD Kabupaten Gresik"),
        materials=(
            Material("Arah kebijakan dan rancangan awal RKPD Tahun 2023", "Bappeda Kabupaten Gresik"),
            Material("Rancangan Rencana Pembangunan Kecamatan Kebomas", "Kecamatan Kebomas"),
        ),
        attendees=attendees,
        delegates=tuple(
            Delegate(i, name, gender, element, office)
            for i, (name, gender, element, office, _) in enumerate(
                (_OTHERS[0], _OTHERS[1], _OTHERS[3], _OTHERS[4]), start=1
            )
        ),
        objections=(
            Objection(
                1,
                "Kelurahan Indro",
                "Meminta talud pantai didahulukan.",
                "Dibahas dalam sidang kelompok; urutannya tetap, dicatat sebagai masukan.",
            ),
        ),
        signatories=tuple(
            Signatory(i, Official(position, institution=office), note)
            for i, (position, office, note) in enumerate(
                (
                    ("Camat", "Kecamatan Kebomas", ""),
                    ("Kepala Bidang", "Bappeda Kabupaten Gresik", ""),
                    ("Anggota", "DPRD Kabupaten Gresik", "tidak menandatangani"),
                    ("Kepala UPT", "DPUTR", ""),
                    ("Kepala Desa", "Wakil desa", ""),
                    ("Lurah", "Wakil kelurahan", ""),
                    ("Ketua TP PKK", "Wakil perempuan", ""),
                ),
                start=1,
            )
        ),
    )


def decisions(draft: Draft) -> Decisions:
    """Mostly the recommendation; one value lowered, two places changed, one refused, one reserve taken in."""
    rows = {e.number: _as_advised(e) for e in draft.entries if e.result is not Result.TERTOLAK_IMPOR}
    agreed = draft.agreed
    if len(agreed) >= 8:
        lower, first, second, refused = agreed[1], agreed[5], agreed[6], agreed[-1]
        rows[lower.number] = _with(
            lower,
            rank=lower.rank,
            value=(lower.value or 0) * 9 // 10,
            reason="Volume disesuaikan dengan hasil tinjauan lapangan.",
        )
        rows[first.number] = _with(first, rank=second.rank, value=first.value)
        rows[second.number] = _with(
            second, rank=first.rank, value=second.value, reason="Didahulukan karena menyangkut keselamatan warga."
        )
        rows[refused.number] = Decision(
            refused.number,
            Result.BELUM_DISEPAKATI,
            None,
            None,
            str(Reason.TEKNIS),
            "Gambar teknis belum tersedia; dilengkapi untuk tahun berikutnya.",
        )
    for entry in draft.with_result(Result.TERTOLAK_IMPOR):
        rows[entry.number] = Decision(entry.number, Result.TERTOLAK_IMPOR, None, None)
    return Decisions(rows, session(draft), (), "", "")


def _as_advised(entry: Entry) -> Decision:
    return Decision(entry.number, entry.result, entry.rank, entry.value if entry.rank else None)


def _with(entry: Entry, *, rank: int | None, value: int | None, reason: str = "") -> Decision:
    return Decision(entry.number, Result.DISEPAKATI, rank, value, "", reason)
