"""Papers of a made-up forum in Kebomas, of any size: what the printing tests and pictures are made from.

Villages and offices are real, people never.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from mufakat.drafting.papers import (
    Attendee,
    BeritaAcara,
    Clause,
    Delegate,
    DistrictPlan,
    ElementCount,
    Forum,
    Group,
    Letterhead,
    Mark,
    Material,
    Objection,
    Official,
    OtherLine,
    PlanLine,
    PriorityLine,
    Signatory,
    Standing,
    Tally,
)

AT = datetime(2022, 2, 3)

VILLAGES = (
    ("Kelurahan", "Gulomantung", "112.6180", "-7.1790"), ("Kelurahan", "Sidomukti", "112.6330", "-7.1700"),
    ("Kelurahan", "Kebomas", "112.6390", "-7.1660"), ("Kelurahan", "Kawis Anyar", "112.6290", "-7.1650"),
    ("Kelurahan", "Ngargosari", "112.6370", "-7.1610"), ("Kelurahan", "Gending", "112.6280", "-7.1790"),
    ("Kelurahan", "Sidomoro", "112.6430", "-7.1740"), ("Kelurahan", "Tenggulunan", "112.6440", "-7.1800"),
    ("Kelurahan", "Singosari", "112.6430", "-7.1690"), ("Kelurahan", "Indro", "112.6560", "-7.1820"),
    ("Desa", "Dahanrejo", "112.5980", "-7.1710"), ("Desa", "Kembangan", "112.6030", "-7.1640"),
    ("Desa", "Kedayang", "112.6060", "-7.1850"), ("Desa", "Randuagung", "112.6200", "-7.1570"),
    ("Desa", "Klangonan", "112.6260", "-7.1710"), ("Desa", "Sukorejo", "112.6430", "-7.1640"),
    ("Desa", "Giri", "112.6330", "-7.1750"), ("Desa", "Segoromadu", "112.6490", "-7.1810"),
    ("Desa", "Karangkiring", "112.6610", "-7.1990"), ("Desa", "Prambangan", "112.6160", "-7.1910"),
    ("Desa", "Sekarkurung", "112.6210", "-7.1690"),
)  # fmt: skip

WORKS = (
    ("Normalisasi saluran Jalan Mayjend Sungkono sampai pintu air", "Dinas Pekerjaan Umum dan Tata Ruang",
     "Infrastruktur", "1.250,5 m", 462_000_000),
    ("Pavingisasi jalan lingkungan RT 02 RW 03 (lanjutan tahun lalu), lebar ±3 m", "Dinas Cipta Karya, Perumahan dan "
     "Kawasan Permukiman", "Infrastruktur", "380 m²", 148_500_000),
    ("Pelatihan menjahit dan pemasaran daring bagi ibu-ibu PKK", "Dinas Koperasi, Usaha Mikro, Perindustrian dan "
     "Perdagangan", "Ekonomi", "40 orang", 60_000_000),
    ("Rehabilitasi gedung Posyandu", "Dinas Kesehatan", "Manusia", "1 unit", 95_750_000),
    ("Pengadaan lampu penerangan jalan umum tenaga surya", "Dinas Perhubungan", "Infrastruktur", "24 titik",
     216_000_000),
    ("Bantuan sarana komposting dan bank sampah", "Dinas Lingkungan Hidup", "Infrastruktur", "3 paket", 75_000_000),
    ("Rehabilitasi ruang kelas SDN", "Dinas Pendidikan", "Manusia", "2 ruang", 310_000_000),
)  # fmt: skip

REASONS = (
    ("Cadangan", "PAGU", "Nilai kumulatif melampaui pagu indikatif kecamatan"),
    ("Cadangan", "BIAYA", "Belum ada nilai; lengkapi volume dan perkiraan biaya"),
    ("Belum disepakati", "LAHAN", "Status lahan belum jelas: PSU perumahan belum diserahkan"),
    ("Kewenangan desa", "DESA", "Skala desa; dikembalikan untuk RKP Desa"),
)


def forum() -> Forum:
    """The forum of Kebomas, 3 February 2022, for plan year 2023."""
    return Forum(
        kecamatan="Kebomas",
        kabupaten="Kabupaten Gresik",
        provinsi="Jawa Timur",
        plan_year=2023,
        day=date(2022, 2, 3),
        time="08.00–15.00 WIB",
        place="Aula Kantor Kecamatan Kebomas",
    )


def letterhead() -> Letterhead:
    """The kop of the office."""
    return Letterhead(
        government="PEMERINTAH KABUPATEN GRESIK",
        office="KECAMATAN KEBOMAS",
        address="Jalan (contoh) Nomor 1, Kebomas, Gresik 61124",
        contact="Laman kebomas.contoh.go.id",
    )


def standing(*, is_draft: bool, is_example: bool = True, paper: str = "a4") -> Standing:
    """What the paper is."""
    return Standing(is_draft=is_draft, is_example=is_example, at=AT, paper=paper)


def titles(index: int) -> tuple[str, str, str, str, int]:
    """Work number `index`: title, agency, bidang, volume, value."""
    return WORKS[index % len(WORKS)]


def village(index: int) -> str:
    """Village number `index` with its kind."""
    kind, name, *_ = VILLAGES[index % len(VILLAGES)]
    return f"{kind} {name}"


def priority(index: int) -> PriorityLine:
    """Row `index` of Lampiran II; every fifth was agreed at a lower value."""
    title, agency, bidang, volume, value = titles(index)
    return PriorityLine(
        number=index + 1,
        regional_priority="belum dipetakan" if index % 3 else f"Penguatan {bidang.lower()} wilayah",
        regional_target="belum dipetakan",
        program="belum dipetakan" if index % 2 else "Program Penyelenggaraan Jalan",
        activity=title,
        activity_target="120 KK" if index % 4 else "belum dipetakan",
        location=f"{village(index)}, RW {index % 9 + 1:02d}",
        volume=volume,
        value=value - 10_000_000 if index % 5 == 0 else value,
        agency=agency,
        requested_value=value,
    )


def other(index: int) -> OtherLine:
    """A row that is not on the list."""
    title, agency, _, volume, value = titles(index)
    result, code, reason = REASONS[index % len(REASONS)]
    return OtherLine(
        number=index + 1,
        activity=title,
        village=village(index),
        location=f"Gang {index % 7 + 1}, RT {index % 5 + 1:02d}",
        volume="" if code == "BIAYA" else volume,
        value=None if code == "BIAYA" else value,
        agency=agency,
        result=result,
        reason_code=code,
        reason=reason,
    )


def grouped(lines: Iterable[OtherLine]) -> tuple[Group, ...]:
    """Rows by result."""
    found: dict[str, list[OtherLine]] = {}
    for line in lines:
        found.setdefault(line.result, []).append(line)
    return tuple(Group(name, tuple(rows), sum(r.value or 0 for r in rows)) for name, rows in found.items())


def tallies(
    agreed: Iterable[PriorityLine], rest: Iterable[OtherLine], key: Callable[[PriorityLine | OtherLine], str]
) -> tuple[Tally, ...]:
    """A recap over both lists by `key`."""
    found: dict[str, list[int]] = {}
    for line in agreed:
        entry = found.setdefault(key(line), [0, 0, 0, 0])
        entry[0] += 1
        entry[1] += line.value or 0
        entry[2] += 1
        entry[3] += line.value or 0
    for line in rest:
        entry = found.setdefault(key(line), [0, 0, 0, 0])
        entry[0] += 1
        entry[1] += line.value or 0
    return tuple(Tally(name, *entry) for name, entry in sorted(found.items()))


def village_of(line: PriorityLine | OtherLine) -> str:
    """Recap key: the village."""
    return line.village if isinstance(line, OtherLine) else line.location.split(",")[0]


CLAUSES = (
    Clause("KESATU", "Kegiatan prioritas, sasaran, volume, dan kebutuhan pendanaannya sebagaimana tercantum dalam "
           "Daftar Urutan Kegiatan Prioritas Kecamatan pada Lampiran II berita acara ini."),
    Clause("KEDUA", "Usulan yang belum dapat disepakati dan usulan cadangan, beserta alasannya, sebagaimana tercantum "
           "dalam Lampiran III berita acara ini."),
    Clause("KETIGA", "Hasil diskusi kelompok, daftar hadir peserta, daftar delegasi, dan seluruh lampiran merupakan "
           "satu kesatuan yang tidak terpisahkan dari berita acara ini."),
    Clause("KEEMPAT", "Usulan pada lahan atau prasarana yang belum menjadi aset pemerintah dilaksanakan setelah "
           "status kepemilikannya jelas."),
)  # fmt: skip


def berita_acara(
    rows: int = 80, *, is_draft: bool = False, paper: str = "a4", agreed: int | None = None
) -> BeritaAcara:
    """A berita acara over `rows` proposals, half of them agreed; a draft has no entries of the hall."""
    count = rows // 2 if agreed is None else agreed
    priorities = tuple(priority(i) for i in range(count))
    rest = [other(i) for i in range(count, rows)]
    supra = tuple(replace(line, reason="Kewenangan provinsi: ruas jalan provinsi") for line in rest[:2])
    rest = rest[2:]
    others = grouped(rest)
    agreed_total = sum(line.value or 0 for line in priorities)
    results = [Tally("Disepakati", len(priorities), agreed_total)]
    results += [Tally(group.title, len(group.lines), group.total) for group in others]
    results += [Tally("Diteruskan (supra)", len(supra), sum(line.value or 0 for line in supra))]
    every = [*rest, *supra]
    hall = {} if is_draft else entries()
    return BeritaAcara(
        standing=standing(is_draft=is_draft, paper=paper),
        letterhead=letterhead(),
        forum=forum(),
        number="" if is_draft else "050/014/437.106/2022",
        chair=Official("Camat Kebomas", "" if is_draft else "Nama Camat (contoh), S.Sos., M.M.", rank="Pembina Tk. I"),
        basis=(
            "Undang-Undang Nomor 25 Tahun 2004 tentang Sistem Perencanaan Pembangunan Nasional;",
            "Peraturan Menteri Dalam Negeri Nomor 86 Tahun 2017.",
        ),
        clauses=CLAUSES,
        results=tuple(results),
        pagu=5_000_000_000,
        agreed_total=agreed_total,
        agreed_count=len(priorities),
        proposals_total=sum(t.value for t in results),
        proposals_count=rows,
        per_agency=tallies(priorities, every, lambda line: line.agency),
        per_bidang=tallies(priorities, every, lambda line: "Infrastruktur"),
        per_village=tallies(priorities, every, village_of),
        per_authority=tallies(priorities, every, lambda line: "Kabupaten"),
        priorities=priorities,
        others=others,
        supra=supra,
        **({"speeches": (), "materials": (), "elements": (), "invited": None, "attendees": (), "delegates": (),
            "objections": (), "signatories": ()} | hall),
    )  # fmt: skip


def entries() -> dict[str, object]:
    """What the hall fills in: attendance, materials, delegates, objections, signatories."""
    elements = (
        ElementCount("Kepala desa dan lurah", 19, 2),
        ElementCount("Delegasi desa dan kelurahan", 22, 20),
        ElementCount("PKK dan kelompok perempuan", 0, 14),
        ElementCount("Anggota DPRD daerah pemilihan", 3, 1),
        ElementCount("Perangkat daerah dan UPT", 9, 4),
    )
    attendees = tuple(
        Attendee(
            i + 1, f"Peserta Contoh {i + 1}", "LP"[i % 2], elements[i % 5].element, village(i), "Delegasi", "Kebomas"
        )
        for i in range(94)
    )
    signatories = (
        Signatory(1, Official("Kepala Bidang Perencanaan", "Pejabat Contoh A", "19700101 199503 1 001",
                              institution="Bappeda")),
        Signatory(2, Official("Anggota", "Anggota Contoh B", institution="DPRD Kabupaten Gresik")),
        Signatory(3, Official("Lurah Sidomoro", "Lurah Contoh C", "19720202 199803 2 002", capacity="Plt.",
                              institution="Kelurahan Sidomoro")),
        Signatory(4, Official("Ketua", "Delegasi Contoh D", institution="PKK Desa Giri"), "tidak menandatangani"),
        Signatory(5, Official("Delegasi", "", institution="LKMD Desa Kembangan")),
    )  # fmt: skip
    return {
        "speeches": ("Camat Kebomas;", "Kepala Bappeda Kabupaten Gresik;", "Anggota DPRD daerah pemilihan 1."),
        "materials": (
            Material("Rancangan awal RKPD Kabupaten Gresik Tahun 2023", "Bappeda Kabupaten Gresik"),
            Material("Evaluasi pembangunan kecamatan tahun lalu", "Camat Kebomas"),
        ),
        "elements": elements,
        "invited": 110,
        "attendees": attendees,
        "delegates": (
            Delegate(1, "Delegasi Contoh D", "P", "PKK", "Desa Giri"),
            Delegate(2, "Delegasi Contoh E", "L", "LKMD", "Desa Kembangan"),
            Delegate(3, "Delegasi Contoh F", "P", "Karang Taruna", "Kelurahan Indro"),
        ),
        "objections": (
            Objection(
                1, "Delegasi Desa Giri", "Usulan nomor 7 belum masuk daftar.", "Sudah tercatat sebagai cadangan."
            ),
        ),
        "signatories": signatories,
    }


def plan_line(index: int) -> PlanLine:
    """Row `index` of the plan's full list."""
    title, agency, bidang, volume, value = titles(index)
    result, code, reason = REASONS[index % len(REASONS)]
    agreed = index % 2 == 0
    return PlanLine(
        number=index + 1,
        rank=index // 2 + 1 if agreed else None,
        village=village(index),
        activity=title,
        location=f"Gang {index % 7 + 1}, RT {index % 5 + 1:02d} RW {index % 9 + 1:02d}",
        volume=volume,
        value=None if index % 11 == 5 else value,
        agency=agency,
        bidang=bidang,
        authority="Kabupaten",
        score=f"{87 - index % 40},50" if index % 3 else "",
        result="Direkomendasikan" if agreed else result,
        remark="" if agreed else f"{reason} ({code})",
    )


def plan_tallies(lines: Iterable[PlanLine], key: Callable[[PlanLine], str]) -> tuple[Tally, ...]:
    """A recap of the plan by `key`."""
    found: dict[str, list[int]] = {}
    for line in lines:
        entry = found.setdefault(key(line), [0, 0, 0, 0])
        gain = (1, line.value or 0)
        both = (*gain, *(gain if line.rank is not None else (0, 0)))
        found[key(line)] = [a + b for a, b in zip(entry, both, strict=True)]
    return tuple(Tally(name, *entry) for name, entry in sorted(found.items()))


def marks(lines: Iterable[PlanLine]) -> tuple[Mark, ...]:
    """The villages on the map, with what they asked for."""
    per_village = {t.label: t for t in plan_tallies(lines, lambda line: line.village)}
    empty = Tally("", 0, 0)
    return tuple(
        Mark(name, kind, Decimal(x), Decimal(y), t.count, t.value, t.agreed_count, t.agreed_value)
        for kind, name, x, y in VILLAGES
        for t in [per_village.get(f"{kind} {name}", empty)]
    )


def district_plan(rows: int = 80, *, is_draft: bool = True, paper: str = "a4", placed: bool = True) -> DistrictPlan:
    """A plan over `rows` proposals; without `placed` no village has coordinates."""
    lines = tuple(plan_line(i) for i in range(rows))
    places = marks(lines)
    if not placed:
        places = tuple(replace(mark, longitude=None, latitude=None) for mark in places)
    silent = tuple(f"{mark.kind} {mark.name}" for mark in places if mark.count == 0)
    return DistrictPlan(
        standing=standing(is_draft=is_draft, paper=paper),
        letterhead=letterhead(),
        forum=forum(),
        approver=Official("Camat Kebomas"),
        basis=("Undang-Undang Nomor 25 Tahun 2004;", "Peraturan Menteri Dalam Negeri Nomor 86 Tahun 2017."),
        villages_desa=11,
        villages_kelurahan=10,
        villages_without_proposals=silent,
        criteria=(
            ("Mendesak/keselamatan", 25, "tidak dinilai"),
            ("Jumlah penerima manfaat", 20, "kolom penerima manfaat pada lembar usulan"),
            ("Keberpihakan", 15, "tidak dinilai"),
            ("Sesuai prioritas RKPD", 15, "kata kunci uraian"),
            ("Kesiapan", 10, "volume, nilai, dan lokasi terisi"),
            ("Urutan desa/kelurahan", 15, "kolom prioritas pada lembar usulan"),
        ),
        coverage="Fakta pada lembar usulan mencakup 60 dari 100 bobot; skor dihitung ulang ke skala 100.",
        pagu=5_000_000_000,
        results=plan_tallies(lines, lambda line: line.result),
        per_bidang=plan_tallies(lines, lambda line: line.bidang),
        per_agency=plan_tallies(lines, lambda line: line.agency),
        per_village=plan_tallies(lines, lambda line: line.village),
        per_authority=plan_tallies(lines, lambda line: line.authority),
        marks=places,
        issues=(
            "Tiga pasang usulan mirip ditautkan; putuskan di forum apakah digabung.",
            "Dua usulan dialamatkan ke perangkat daerah yang keliru dan sudah dibetulkan.",
        )
        if rows
        else (),
        cross_village=tuple(other(i) for i in range(min(rows, 2))),
        supra=tuple(other(i) for i in range(min(rows, 3))),
        lines=lines,
        proposals_total=sum(line.value or 0 for line in lines),
        proposals_count=rows,
    )
