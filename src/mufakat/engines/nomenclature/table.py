"""The table of agencies, objects and level words: a TOML file the office can edit."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from mufakat.core.errors import MufakatError

if TYPE_CHECKING:
    from pathlib import Path

SCOPES = ("lokal", "kelurahan", "kabupaten", "provinsi", "pusat", "tanya")
LEVELS = ("kabupaten", "provinsi", "pusat")
BIDANG = {
    "infrastruktur": "Infrastruktur dan Kewilayahan",
    "ekonomi": "Perekonomian dan Sumber Daya Alam",
    "manusia": "Pemerintahan dan Pembangunan Manusia",
}
_WORD = re.compile(r"[a-z0-9]+")


class UnreadableTable(MufakatError):
    """The table of agencies and objects cannot be used."""

    code = "tabel_instansi_tidak_terbaca"


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency: code, full name, abbreviation, its generic name elsewhere, and other ways to write it."""

    code: str
    name: str
    short: str
    generic: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Thing:
    """What a proposal builds or does: its phrases, field, agency and scope (see `SCOPES`)."""

    name: str
    phrases: tuple[str, ...]
    bidang: str
    agency: str
    scope: str
    is_scaled: bool = False
    """An RT, RW or gang in the text makes it a matter of the village itself."""
    needs_recipient: bool = False
    is_fallback: bool = False
    """Counts only when no other object is named."""
    is_ward_fund: bool = False
    """Within the classes of Permendagri 130/2018: a kelurahan that names its kecamatan as desk means this fund."""


@dataclass(frozen=True, slots=True)
class Sign:
    """Words that fix the level whatever the object is (domain §2.7, questions 4 and 5)."""

    phrases: tuple[str, ...]
    authority: str
    agency: str
    because: str


@dataclass(frozen=True, eq=False)
class Table:
    """The whole table, compared by identity so that look-ups can be cached; `region` is the regency whose agency names it holds."""

    region: str
    agencies: tuple[Agency, ...]
    things: tuple[Thing, ...]
    signs: tuple[Sign, ...]

    def agency(self, code: str) -> Agency | None:
        """The agency of a code, or None."""
        return next((a for a in self.agencies if a.code == code), None)


def words(text: str) -> str:
    """Lower-case words of a text between single spaces, padded: " rt 03 rw 5 "; phrases are found in it whole."""
    return " " + " ".join(_WORD.findall(text.lower())) + " "


@cache
def shipped() -> Table:
    """The table that comes with the program (Kabupaten Gresik)."""
    text = resources.files("mufakat.engines.nomenclature").joinpath("data/kewenangan.toml").read_text(encoding="utf-8")
    return _table(tomllib.loads(text), "kewenangan.toml")


def load(path: Path | None) -> Table:
    """The office's own table, or the shipped one. Raises UnreadableTable with the entry that is wrong."""
    if path is None:
        return shipped()
    try:
        return _table(tomllib.loads(path.read_text(encoding="utf-8")), path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableTable(f"Tabel {path} tidak dapat dibaca. Periksa nama dan isi berkasnya.") from error
    except tomllib.TOMLDecodeError as error:
        raise UnreadableTable(
            f"Tabel {path.name} salah tulis: {error}. Bandingkan dengan contoh kewenangan.toml."
        ) from error


def _table(data: dict[str, Any], file: str) -> Table:
    try:
        agencies = tuple(
            Agency(
                e["kode"],
                e["nama"],
                e.get("singkatan") or e["nama"],
                e.get("umum") or e["nama"],
                tuple(e.get("alias", ())),
            )
            for e in data.get("instansi", ())
        )
        things = tuple(_thing(e) for e in data.get("objek", ()))
        signs = tuple(Sign(_phrases(e), e["kewenangan"], e["instansi"], e["sebab"]) for e in data.get("tanda", ()))
    except KeyError as error:
        raise UnreadableTable(f"Tabel {file}: sebuah entri tidak memiliki {error}. Lengkapi entri itu.") from error
    table = Table(str(data.get("wilayah", "")), agencies, things, signs)
    _check(table, file)
    return table


def _thing(entry: dict[str, Any]) -> Thing:
    return Thing(
        entry["nama"],
        _phrases(entry),
        entry["bidang"],
        entry["instansi"],
        entry["lingkup"],
        bool(entry.get("skala", False)),
        bool(entry.get("penerima", False)),
        bool(entry.get("cadangan", False)),
        bool(entry.get("dana_kelurahan", False)),
    )


def _phrases(entry: dict[str, Any]) -> tuple[str, ...]:
    return tuple(words(phrase) for phrase in entry["kata"])


def _check(table: Table, file: str) -> None:
    codes = {a.code for a in table.agencies} | {"kecamatan"}
    for thing in table.things:
        if thing.scope not in SCOPES or thing.bidang not in BIDANG or thing.agency not in codes:
            raise UnreadableTable(
                f"Tabel {file}, objek “{thing.name}”: lingkup, bidang, atau instansi tidak dikenal. "
                f"Lingkup: {', '.join(SCOPES)}; bidang: {', '.join(BIDANG)}; instansi: kode yang ada di tabel."
            )
    for sign in table.signs:
        if sign.authority not in LEVELS or sign.agency not in codes:
            raise UnreadableTable(f"Tabel {file}, tanda “{sign.because}”: kewenangan atau instansi tidak dikenal.")
