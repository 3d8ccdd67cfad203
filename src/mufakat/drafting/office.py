"""The office behind the papers: kop, officials with their capacity, place and time (INSTANSI.toml; rules 89, 113)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from mufakat.core.errors import MufakatError
from mufakat.drafting.papers import Letterhead, Official

if TYPE_CHECKING:
    from pathlib import Path

CAPACITIES = ("", "Plt.", "Plh.", "Pj.", "a.n.")
LARGEST_LOGO = 512 * 1024
BASIS = (
    "Undang-Undang Nomor 25 Tahun 2004 tentang Sistem Perencanaan Pembangunan Nasional",
    "Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah",
    "Peraturan Pemerintah Nomor 17 Tahun 2018 tentang Kecamatan",
    "Peraturan Menteri Dalam Negeri Nomor 86 Tahun 2017 tentang Tata Cara Perencanaan, Pengendalian dan Evaluasi "
    "Pembangunan Daerah",
)


class UnreadableOffice(MufakatError):
    """INSTANSI.toml cannot be used."""

    code = "instansi_tidak_terbaca"


@dataclass(frozen=True, slots=True)
class Office:
    """The office as the papers need it; empty texts print as lines to fill in."""

    letterhead: Letterhead
    camat: Official
    chair: Official
    signatories: tuple[Official, ...] = ()
    basis: tuple[str, ...] = BASIS
    place: str = ""
    time: str = ""
    number: str = ""
    invited: int | None = None
    paper: Literal["a4", "f4"] = "a4"
    kecamatan_term: str = "Kecamatan"
    kabupaten: str = ""
    provinsi: str = ""


def default_office(*, kecamatan: str, kabupaten: str, term: str = "Kecamatan") -> Office:
    """An office with names only: the kop of the kecamatan, a camat without name."""
    camat = Official(position=f"Camat {kecamatan}", institution=f"{term} {kecamatan}")
    head = Letterhead(government=f"PEMERINTAH {kabupaten.upper()}", office=f"{term.upper()} {kecamatan.upper()}")
    return Office(letterhead=head, camat=camat, chair=camat, kecamatan_term=term)


def load(path: Path, *, kecamatan: str, kabupaten: str) -> Office:
    """Read INSTANSI.toml; what it leaves out keeps the default. Raises UnreadableOffice with the entry."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableOffice(f"Berkas instansi {path} tidak dapat dibaca. Periksa nama dan isinya.") from error
    except tomllib.TOMLDecodeError as error:
        raise UnreadableOffice(f"Berkas instansi {path.name} salah tulis: {error}. Perbaiki baris itu.") from error
    forum = _section(data, "forum", path)
    kabupaten = str(forum.get("kabupaten", kabupaten))
    default = default_office(
        kecamatan=kecamatan, kabupaten=kabupaten, term=str(forum.get("istilah_kecamatan", "Kecamatan"))
    )
    officials = _officials(data.get("pejabat", []), path)
    camat = officials.pop("camat", default.camat)
    return Office(
        letterhead=_letterhead(_section(data, "kop", path), default.letterhead, path),
        camat=camat,
        chair=officials.pop("ketua_sidang", camat),
        signatories=tuple(officials.values()),
        basis=tuple(str(line) for line in forum.get("dasar", BASIS)),
        place=str(forum.get("tempat", "")),
        time=str(forum.get("waktu", "")),
        number=str(forum.get("nomor", "")),
        invited=_whole(forum.get("undangan"), "forum.undangan", path),
        paper=_paper(str(_section(data, "kertas", path).get("ukuran", "a4")).lower(), path),
        kecamatan_term=default.kecamatan_term,
        kabupaten=str(forum.get("kabupaten", "")),
        provinsi=str(forum.get("provinsi", "")),
    )


def _section(data: dict[str, Any], name: str, path: Path) -> dict[str, Any]:
    section = data.get(name, {})
    if not isinstance(section, dict):
        raise UnreadableOffice(f"Berkas instansi {path.name}: [{name}] harus berupa bagian dengan isian di bawahnya.")
    return section


def _letterhead(section: dict[str, Any], default: Letterhead, path: Path) -> Letterhead:
    logo = ""
    if section.get("logo"):
        file = path.parent / str(section["logo"])
        if file.suffix.lower() != ".svg" or not file.is_file() or file.stat().st_size > LARGEST_LOGO:
            raise UnreadableOffice(
                f"Berkas instansi {path.name}: logo “{section['logo']}” harus berkas SVG yang ada, paling besar 512 KB."
            )
        logo = file.read_text(encoding="utf-8")
    return Letterhead(
        government=str(section.get("pemerintah", default.government)),
        office=str(section.get("kantor", default.office)),
        address=str(section.get("alamat", "")),
        contact=str(section.get("kontak", "")),
        logo_svg=logo,
    )


def _officials(entries: Any, path: Path) -> dict[str, Official]:
    officials: dict[str, Official] = {}
    for index, entry in enumerate(entries, start=1):
        role = str(entry.get("peran", f"penandatangan-{index}"))
        capacity = str(entry.get("kapasitas", ""))
        capacity = "" if capacity.lower() == "definitif" else capacity
        if capacity not in CAPACITIES:
            raise UnreadableOffice(
                f"Berkas instansi {path.name}, pejabat ke-{index}: kapasitas “{capacity}” tidak dikenal. "
                "Pilihan: definitif, Plt., Plh., Pj., a.n."
            )
        key = role if role not in officials else f"{role}-{index}"
        officials[key] = Official(
            position=str(entry.get("jabatan", "")),
            name=str(entry.get("nama", "")),
            nip=str(entry.get("nip", "")),
            rank=str(entry.get("pangkat", "")),
            capacity=capacity,
            institution=str(entry.get("instansi", "")),
        )
    return officials


def _whole(value: Any, field: str, path: Path) -> int | None:
    if value is None or (isinstance(value, int) and value >= 0):
        return value
    raise UnreadableOffice(f"Berkas instansi {path.name}: {field} harus bilangan bulat, misalnya 90.")


def _paper(paper: str, path: Path) -> Literal["a4", "f4"]:
    if paper == "f4":
        return "f4"
    if paper == "a4":
        return "a4"
    raise UnreadableOffice(f"Berkas instansi {path.name}: ukuran kertas “{paper}” tidak dikenal. Pilihan: a4, f4.")
