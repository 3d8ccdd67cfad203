"""Tabs and headings of a problem as XLSX, known to its writer and its reader alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["code", "text", "int", "yes", "date", "dates", "codes", "words", "costs", "place"]
"""How a cell is written: `codes` and `words` are lists parted by semicolons, `costs` are "date = points"."""

GUIDE, SETTINGS, DAYS, SESSIONS, FORUMS, TEAMS = "Petunjuk", "Pengaturan", "Hari", "Sesi", "Forum", "Tim"
AGENCIES, PEOPLE, TRAVEL, HALLS, ISLANDS, RULES = (
    "Perangkat Daerah", "Orang", "Perjalanan", "Gedung", "Pulau", "Ketentuan",
)  # fmt: skip
YES, NO = "Ya", "Tidak"
EXAMPLE = "CONTOH, BUKAN DOKUMEN RESMI"
PLACE = "Tempat"
SETTING, VALUE = "Isian", "Nilai"


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a tab: its key in the JSON, its heading, how it is written."""

    key: str
    head: str
    kind: Kind = "text"
    width: float = 18
    help: str = ""
    source: str = ""
    """The tab whose codes may be chosen here."""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab whose rows are the objects of one list of the JSON."""

    name: str
    key: str
    fields: tuple[Field, ...]
    title: str
    room: int = 10
    required: bool = False


DATES_HELP = "Tanggal dipisah titik koma, misalnya 2022-02-03; 2022-02-07, atau rentang 2022-02-03 s.d. 2022-02-07."
CODE = Field("id", "Kode", "code", 14, "Kode singkat yang berbeda untuk tiap baris.", required=True)
NAME = Field("name", "Nama", "text", 30)
NOTE = Field("note", "Catatan", "text", 30)
ABSENT = Field("unavailable_days", "Tanggal berhalangan", "dates", 30, DATES_HELP)

TABS: tuple[Tab, ...] = (
    Tab(
        DAYS,
        "days",
        (
            Field("date", "Tanggal", "date", 16, "Satu baris satu hari, misalnya 2022-02-03.", required=True),
            Field("holiday", "Libur", "yes", 10, "Ya bila keputusan bersama menetapkannya libur."),
            Field("name", "Keterangan", "text", 40),
        ),
        "HARI YANG BOLEH DIPAKAI",
        20,
        True,
    ),
    Tab(
        SESSIONS,
        "sessions",
        (
            Field("name", "Sesi", "text", 16, "Misalnya pagi.", required=True),
            Field("hours", "Jam", "text", 20, "Misalnya 08.00-12.00."),
            Field("ramadan", "Jam Ramadan", "text", 20),
            Field("closed", "Tutup pada Ramadan", "yes", 14),
        ),
        "SESI DALAM SEHARI, MENURUT URUTAN",
        3,
        True,
    ),
    Tab(
        FORUMS,
        "forums",
        (
            CODE,
            Field("name", "Kecamatan", "text", 22),
            Field("district", "Dapil", "code", 8, "Forum satu dapil tidak diadakan pada sesi yang sama."),
            Field("whole_day", "Sehari penuh", "yes", 10),
            Field("agencies", "Perangkat daerah", "codes", 26, "Kode dari tab Perangkat Daerah, dipisah titik koma."),
            Field("forbidden_days", "Tanggal tidak boleh", "dates", 26, DATES_HELP),
            Field("preference", "Keberatan hari", "costs", 28, "Tanggal = angka, misalnya 2022-02-03 = 2; kosong = 0."),
            Field("earliest", "Paling awal", "date", 14, "Tanggal sesudah semua forum desa/kelurahan selesai."),
            Field("island", "Pulau", "code", 14, "Kode dari tab Pulau.", ISLANDS),
            Field("travel_index", "Titik perjalanan", "place", 18, "Nama tempat dari tab Perjalanan."),
            Field("place", "Tempat", "text", 30, "Dicetak pada jadwal."),
            Field("officials", "Pejabat pendamping", "words", 30, "Dipisah titik koma; dicetak pada jadwal."),
            Field("council", "Anggota DPRD", "words", 30, "Dipisah titik koma; dicetak pada jadwal."),
            Field("halls", "Gedung", "codes", 18, "Kode dari tab Gedung yang boleh dipakai."),
            Field("participants", "Peserta", "int", 10),
            Field("skills", "Keahlian tim", "codes", 18),
            Field("region", "Wilayah", "code", 14, "Kosong berarti sama dengan kode."),
            NOTE,
        ),
        "FORUM: SATU BARIS SATU KECAMATAN",
        10,
        True,
    ),
    Tab(
        TEAMS,
        "teams",
        (
            CODE,
            NAME,
            ABSENT,
            Field("home", "Wilayah asal", "codes", 22, "Tim tidak memandu di wilayah ini."),
            Field("skills", "Keahlian", "codes", 20),
            Field("members", "Anggota", "words", 40),
            NOTE,
        ),
        "TIM PEMANDU",
        6,
        True,
    ),
    Tab(
        AGENCIES,
        "agencies",
        (CODE, NAME, Field("capacity", "Forum sekaligus", "int", 16, "Dalam satu sesi.", required=True), NOTE),
        "PERANGKAT DAERAH DAN KEMAMPUANNYA",
    ),
    Tab(
        PEOPLE,
        "people",
        (
            CODE,
            NAME,
            Field("role", "Jabatan", "text", 26),
            Field("forums", "Forum", "codes", 36, "Kode forum yang harus dihadiri, dipisah titik koma."),
            ABSENT,
            NOTE,
        ),
        "ORANG YANG HARUS HADIR",
    ),
    Tab(
        HALLS,
        "halls",
        (
            CODE,
            NAME,
            Field("seats", "Kursi", "int", 10),
            Field("simultaneous", "Forum serentak", "int", 14),
            ABSENT,
            NOTE,
        ),
        "GEDUNG YANG DIPAKAI BERSAMA",
    ),
    Tab(
        ISLANDS,
        "islands",
        (CODE, NAME, Field("ferry_days", "Hari kapal", "dates", 40, DATES_HELP), NOTE),
        "PULAU DAN HARI KAPALNYA",
        3,
    ),
    Tab(
        RULES,
        "rules",
        (
            Field("kind", "Jenis", "text", 16, required=True),
            Field("forum", "Forum", "code", 14, "", FORUMS, True),
            Field("other", "Forum kedua", "code", 14, "Hanya bagi hari sama dan hari berbeda.", FORUMS),
            Field("day", "Tanggal", "date", 14),
            Field("session", "Sesi", "code", 12),
            Field("team", "Tim", "code", 12, "", TEAMS),
            NOTE,
        ),
        "YANG DITETAPKAN ATAU DILARANG",
    ),
)

RULE_KINDS = {"tetap": "fixed", "dilarang": "forbidden", "hari sama": "same_day", "hari berbeda": "different_day"}


@dataclass(frozen=True, slots=True)
class Setting:
    """A row of the tab Pengaturan; `path` is its place in the JSON."""

    path: tuple[str, ...]
    label: str
    kind: Kind
    help: str = ""


SETTING_ROWS: tuple[Setting, ...] = (
    Setting(("title",), "Judul", "text", "Misalnya Musrenbang Kecamatan 2022 untuk RKPD 2023 Kabupaten Gresik."),
    Setting(("note",), "Catatan", "text"),
    Setting(("max_travel_minutes",), "Perjalanan terjauh antara dua forum sehari (menit)", "int"),
    Setting(("legal_window", "until"), "Jendela waktu sampai tanggal", "date", "Sesudahnya hanya menambah nilai."),
    Setting(("calendar", "holidays"), "Hari libur nasional tutup", "yes"),
    Setting(("calendar", "collective_leave"), "Cuti bersama tutup", "yes"),
    Setting(("calendar", "closed_weekdays"), "Hari pekan yang tutup (Sabtu; Minggu)", "words"),
    Setting(("calendar", "ramadan", "from"), "Ramadan mulai", "date"),
    Setting(("calendar", "ramadan", "to"), "Ramadan sampai", "date"),
    Setting(("weights", "preference"), "Bobot keberatan hari", "int"),
    Setting(("weights", "load_range"), "Bobot selisih beban tim", "int"),
    Setting(("weights", "travel"), "Bobot perjalanan per menit", "int"),
    Setting(("weights", "legal_window"), "Bobot forum di luar jendela waktu", "int"),
    Setting(("weights", "change_day"), "Bobot hari berubah dari jadwal terbit", "int"),
    Setting(("weights", "change_session"), "Bobot sesi berubah", "int"),
    Setting(("weights", "change_team"), "Bobot tim berubah", "int"),
    Setting(("weights", "change_forum"), "Bobot forum berubah", "int"),
)
