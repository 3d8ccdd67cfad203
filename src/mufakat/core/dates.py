"""Indonesian dates, in figures and in the words a berita acara uses."""

from __future__ import annotations

from datetime import date, datetime

from mufakat.core.words import number_in_words

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


def day_name(day: date) -> str:
    """Weekday: 2022-02-03 → "Kamis"."""
    return DAYS[day.weekday()]


def long_date(day: date) -> str:
    """Date: 2022-02-03 → "3 Februari 2022"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def full_date(day: date) -> str:
    """Weekday and date: "Kamis, 3 Februari 2022"."""
    return f"{day_name(day)}, {long_date(day)}"


def date_in_words(day: date) -> str:
    """A berita acara opens so (rule 83): "Kamis tanggal tiga bulan Februari tahun dua ribu dua puluh dua"."""
    return (
        f"{day_name(day)} tanggal {number_in_words(day.day)} bulan {MONTHS[day.month - 1]} "
        f"tahun {number_in_words(day.year)}"
    )


def moment(at: datetime) -> str:
    """Date and time: "3 Februari 2022 pukul 14.05"."""
    return f"{long_date(at)} pukul {at:%H.%M}"
