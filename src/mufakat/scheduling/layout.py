"""Tabs and columns of the problem's workbook, read and written from the same tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Reads = Literal["text", "texts", "day", "days", "costs", "yes", "whole", "forums"]


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its heading, the key in the problem, how its cells are read, and a help text."""

    head: str
    key: str
    reads: Reads = "text"
    width: float = 16
    help: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: a list of objects under `key` of the problem."""

    name: str
    key: str
    about: str
    fields: tuple[Field, ...]


SEVERAL = "Beberapa dipisah titik koma."
DATES = "Tanggal, misalnya 3/2/2022; beberapa dipisah titik koma."

SETTINGS, DAYS, TRAVEL, GUIDE = "Pengaturan", "Hari", "Perjalanan", "Petunjuk"

FORUMS = Tab(
    "Forum", "forums", "Satu baris untuk setiap kecamatan.",
    (
        Field("Kode", "id", width=12, help="Kode wilayah, misalnya 35.25.14.", required=True),
        Field("Kecamatan", "name", width=20),
        Field("Dapil", "district", width=8, help="Forum sedapil tidak bersamaan dalam satu sesi."),
        Field("Sehari penuh", "whole_day", "yes", 10, "ya: mulai pagi dan memakai semua sesi."),
        Field("Tidak dapat pada", "forbidden_days", "days", 26, DATES),
        Field("Keberatan", "preference", "costs", 30, "tanggal: angka, misalnya 3/2/2022: 2; 4/2/2022: 1. Makin besar "
              "makin tidak disukai."),
        Field("OPD", "agencies", "texts", 24, f"Kode OPD yang diminta hadir. {SEVERAL}"),
        Field("Tempat", "place", width=28, help="Gedung atau alamat yang tercetak pada jadwal."),
        Field("Wilayah", "region", width=12, help="Untuk kenetralan tim; kosong berarti kode forum."),
        Field("Pulau", "island", width=12, help="Kode pada tab Pulau."),
        Field("Paling awal", "earliest", "day", 14, "Sesudah musrenbang desa dan kelurahan selesai."),
        Field("Gedung", "halls", "texts", 16, f"Kode pada tab Gedung. {SEVERAL}"),
        Field("Peserta", "participants", "whole", 10),
        Field("Keahlian", "skills", "texts", 16, f"Keahlian yang harus dimiliki tim. {SEVERAL}"),
    ),
)  # fmt: skip
TEAMS = Tab(
    "Tim Pemandu", "teams", "Satu baris untuk setiap Tim Pemandu.",
    (
        Field("Kode", "id", width=10, required=True),
        Field("Nama", "name", width=24),
        Field("Berhalangan pada", "unavailable_days", "days", 28, DATES),
        Field("Keahlian", "skills", "texts", 20, SEVERAL),
        Field("Daerah asal", "home", "texts", 24, f"Kode wilayah; tim tidak memandu di sana. {SEVERAL}"),
    ),
)  # fmt: skip
AGENCIES = Tab(
    "OPD", "agencies", "Berapa forum yang dapat dihadiri sebuah OPD dalam satu sesi.",
    (
        Field("Kode", "id", width=12, required=True),
        Field("Nama", "name", width=36),
        Field("Forum sekaligus", "capacity", "whole", 12, required=True),
    ),
)  # fmt: skip
PEOPLE = Tab(
    "Pejabat", "people", "Yang harus hadir sendiri: bupati, narasumber, anggota DPRD. Di satu tempat pada satu sesi.",
    (
        Field("Kode", "id", width=12, required=True),
        Field("Nama", "name", width=30),
        Field("Peran", "role", width=20, help="Tulis DPRD bagi anggota DPRD."),
        Field("Hadir di forum", "forums", "forums", 34, f"Kode atau nama kecamatan. {SEVERAL}"),
        Field("Berhalangan pada", "unavailable_days", "days", 28, DATES),
    ),
)  # fmt: skip
HALLS = Tab(
    "Gedung", "halls", "Hanya bila gedung dipakai bersama atau terbatas kursinya.",
    (
        Field("Kode", "id", width=12, required=True),
        Field("Nama", "name", width=30),
        Field("Kursi", "seats", "whole", 10),
        Field("Forum sekaligus", "simultaneous", "whole", 12),
        Field("Tidak tersedia pada", "unavailable_days", "days", 28, DATES),
    ),
)  # fmt: skip
ISLANDS = Tab(
    "Pulau", "islands", "Forum di pulau hanya pada hari ada kapal.",
    (
        Field("Kode", "id", width=12, required=True),
        Field("Nama", "name", width=24),
        Field("Hari kapal", "ferry_days", "days", 40, DATES),
    ),
)  # fmt: skip
PINS = Tab(
    "Ketetapan", "pins", "Yang sudah ditetapkan atau tidak boleh.",
    (
        Field("Jenis", "kind", width=16, help="tetap, dilarang, sehari, atau beda hari", required=True),
        Field("Forum", "forum", "forums", 18, required=True),
        Field("Forum lain", "other", "forums", 18, "Untuk sehari dan beda hari."),
        Field("Tanggal", "day", "day", 14),
        Field("Sesi", "session", width=12),
        Field("Tim", "team", width=10),
    ),
)  # fmt: skip
TABS = (FORUMS, TEAMS, AGENCIES, PEOPLE, HALLS, ISLANDS, PINS)
KINDS = {"tetap": "fixed", "dilarang": "forbidden", "sehari": "same_day", "beda hari": "different_day"}


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the tab Pengaturan: its words, its place in the problem (dotted), how it is read, its default."""

    words: str
    path: str
    reads: Literal["text", "texts", "day", "yes", "whole"]
    about: str = ""


SETTING_LINES = (
    Setting("Judul", "title", "text", "Tercetak di atas jadwal, misalnya Kabupaten Gresik."),
    Setting("Sesi", "sessions", "texts", "Nama sesi sehari, berurutan: pagi; siang."),
    Setting("Jam sesi", "session_hours", "texts", "Satu jam untuk tiap sesi: 08.00–12.00; 13.00–16.00."),
    Setting("Perjalanan terlama (menit)", "max_travel_minutes", "whole", "Antara dua forum satu tim pada satu hari."),
    Setting("Bobot keberatan hari", "weights.preference", "whole"),
    Setting("Bobot selisih beban tim", "weights.load_range", "whole"),
    Setting("Bobot menit perjalanan", "weights.travel", "whole"),
    Setting("Bobot di luar jendela waktu", "weights.legal_window", "whole"),
    Setting("Jendela waktu sampai", "legal_window.until", "day", "Lewat tanggal ini dihindari, tidak dilarang."),
    Setting("Libur nasional ditutup", "calendar.holidays", "yes"),
    Setting("Cuti bersama ditutup", "calendar.collective_leave", "yes"),
    Setting("Ramadan mulai", "calendar.ramadan.from", "day", "Menurut penetapan Menteri Agama."),
    Setting("Ramadan sampai", "calendar.ramadan.to", "day"),
    Setting("Sesi ditutup saat Ramadan", "calendar.ramadan.closed_sessions", "texts"),
)
