"""Which authority a proposal falls under and which agency answers for it (domain §2.7, questions 1-5)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from mufakat.engines.nomenclature.table import BIDANG, Agency, Sign, Table, Thing, words

if TYPE_CHECKING:
    from collections.abc import Mapping

_LOCAL_PLACE = re.compile(r" (rt|rw|gg|gang|dusun|dsn) ")
_BESIDE = re.compile(
    r" (belakang|depan|samping|dekat|menuju|sebelah|sekitar|seberang|utara|selatan|timur|barat|muka|arah|ke)( \w+)? $"
)
_GIFT = re.compile(r" (hibah|bantuan) ")
_OTHER_REGION = re.compile(r"\b(kota|kabupaten|kab\.?|provinsi|prov\.?) [a-z]", re.IGNORECASE)
_FUZZY_FLOOR = 88.0


class Authority(StrEnum):
    """Whose authority a proposal is."""

    DESA = "desa"
    KELURAHAN = "kelurahan"
    KABUPATEN = "kabupaten"
    PROVINSI = "provinsi"
    PUSAT = "pusat"


@dataclass(frozen=True, slots=True)
class Setting:
    """Where the forum is: names for the desks that belong to the place itself."""

    kecamatan: str
    regency_code: str = ""
    kecamatan_term: str = "Kecamatan"


@dataclass(frozen=True, slots=True)
class Ruling:
    """The answer for one proposal. Texts are finished Indonesian sentences or empty."""

    authority: Authority
    authority_reason: str
    agency: str
    agency_code: str
    bidang: str
    """Key of `BIDANG`; empty when unknown."""
    thing: str
    """Name of the recognised object; empty when none."""
    needs_recipient: bool
    warnings: tuple[tuple[str, str], ...]
    """(code, sentence) pairs."""

    @property
    def bidang_label(self) -> str:
        """The field's name, "Belum terpetakan" when unknown."""
        return BIDANG.get(self.bidang, "Belum terpetakan")


def classify(
    *,
    title: str,
    details: str = "",
    village_kind: str,
    village: str,
    stated_agency: str = "",
    table: Table,
    setting: Setting,
    villages: tuple[str, ...] = (),
) -> Ruling:
    """Authority, agency and field of one proposal.

    `title` decides; `details` (location, RT, RW, problem) only tell the scale. `village_kind` is `desa`,
    `kelurahan` or empty (the kecamatan itself, or unknown). Unknown objects stay with the regency and are
    marked with a warning; nothing is passed to a village unless the table says so. `villages` are names that
    may follow the word "desa" as a mere place ("jembatan Desa Kemudi" is no "jembatan desa").
    """
    text, place = _place_names(villages).sub(" ", words(title)), words(details)
    thing, sign = find_thing(text, table), _find_sign(text, table)
    named, unknown = resolve_agency(stated_agency, table, setting)
    is_own_desk = named is not None and named.code == "kecamatan"
    authority, because, doubts = _authority(thing, sign, text + place, village_kind, is_own_desk)
    agency, code, corrections = _agency(authority, thing, sign, named, unknown, village, table, setting)
    return Ruling(
        authority,
        because,
        agency,
        code,
        thing.bidang if thing else "",
        thing.name if thing else "",
        bool(thing and thing.needs_recipient) or _GIFT.search(text) is not None,
        doubts + corrections,
    )


def find_thing(text: str, table: Table) -> Thing | None:
    """The object named first in `text` (as `words` pads it); of phrases that begin together the longest.

    Indonesian puts the object before its place: in "lampu jalan gang 3" the lamp is meant, not the alley.
    Things marked as fallback count only when no other is named.
    """
    best: tuple[bool, int, int] | None = None
    found = None
    at = 0
    for word in text.split():
        for phrase, thing in _by_first_word(table).get(word, ()):
            if text.startswith(phrase, at) and (best is None or (thing.is_fallback, at, -len(phrase)) < best):
                best, found = (thing.is_fallback, at, -len(phrase)), thing
        at += len(word) + 1
    return found


@lru_cache(maxsize=4)
def _by_first_word(table: Table) -> dict[str, tuple[tuple[str, Thing], ...]]:
    index: dict[str, list[tuple[str, Thing]]] = {}
    for thing in table.things:
        for phrase in thing.phrases:
            index.setdefault(phrase.split()[0], []).append((phrase, thing))
    return {word: tuple(entries) for word, entries in index.items()}


def _find_sign(text: str, table: Table) -> Sign | None:
    """The first level sign; one that only tells the place ("belakang SMKN 1") does not count."""
    for sign in table.signs:
        for phrase in sign.phrases:
            at = text.find(phrase)
            if at >= 0 and not _BESIDE.search(text[: at + 1]):
                return sign
    return None


@lru_cache(maxsize=8)
def _place_names(villages: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(re.escape(words(name).strip()) for name in villages if name.strip())
    return re.compile(rf" (desa|ds|kelurahan|kel) ({names}) " if names else r"$^")


def _authority(
    thing: Thing | None, sign: Sign | None, text: str, village_kind: str, is_own_desk: bool
) -> tuple[Authority, str, tuple[tuple[str, str], ...]]:
    if sign is not None:
        return Authority(sign.authority), f"Menyangkut {sign.because}.", ()
    if thing is None:
        doubt = (
            "Objek usulan tidak dikenali dari judulnya; sementara dianggap kewenangan kabupaten. Periksa kewenangannya."
        )
        return Authority.KABUPATEN, "Objek tidak dikenali.", (("kewenangan_belum_pasti", doubt),)
    scope = thing.scope
    if is_own_desk and village_kind == "kelurahan" and thing.is_ward_fund:
        return _local(thing, "kelurahan", village_kind)
    if scope == "tanya":
        if not (thing.is_scaled and _LOCAL_PLACE.search(text)):
            doubt = (
                f"Status {thing.name} belum jelas dari judulnya; sementara dianggap kewenangan kabupaten. "
                "Pastikan status asetnya."
            )
            return Authority.KABUPATEN, f"Status {thing.name} perlu dipastikan.", (("kewenangan_belum_pasti", doubt),)
        scope = "lokal"
    if scope in ("lokal", "kelurahan"):
        return _local(thing, scope, village_kind)
    return Authority(scope), f"{_capital(thing.name)} termasuk kewenangan {scope}.", ()


def _local(thing: Thing, scope: str, village_kind: str) -> tuple[Authority, str, tuple[tuple[str, str], ...]]:
    if village_kind == "kelurahan":
        because = f"{_capital(thing.name)} berskala kelurahan dan termasuk kelompok kegiatan Permendagri 130/2018."
        return Authority.KELURAHAN, because, ()
    if village_kind == "desa" and scope == "lokal":
        because = f"{_capital(thing.name)} berskala desa dan termasuk kewenangan desa (UU 6/2014)."
        return Authority.DESA, because, ()
    if village_kind == "desa":
        return Authority.KABUPATEN, f"{_capital(thing.name)} di desa diurus kabupaten.", ()
    doubt = (
        f"{_capital(thing.name)} biasanya urusan desa atau kelurahan, tetapi jenis wilayah pengusul tidak diketahui; "
        "sementara dianggap kewenangan kabupaten."
    )
    return Authority.KABUPATEN, "Jenis wilayah pengusul tidak diketahui.", (("kewenangan_belum_pasti", doubt),)


def resolve_agency(stated: str, table: Table, setting: Setting) -> tuple[Agency | None, str]:
    """The agency meant by what a sheet says, and the text itself when no entry of the table fits.

    Exact names, abbreviations and aliases first, then the closest name (rapidfuzz token sort, at least
    88 of 100, one clear winner). "Kecamatan X" is the kecamatan itself.
    """
    text = stated.strip()
    if not text or text in ("-", "–"):
        return None, ""
    key = words(text).strip()
    term = setting.kecamatan_term.lower()
    if key.startswith((term + " ", "kec ", "kecamatan ")) or key in (term, "kec", "kecamatan"):
        return _kecamatan(setting), ""
    exact = _names(table).get(key) or _names(table).get(key.removeprefix("dinas ").strip())
    if exact is not None:
        return exact, ""
    if _OTHER_REGION.search(text) and setting.regency_code != table.region:
        return None, text
    close = _closest(key, table)
    return (close, "") if close is not None else (None, text)


@lru_cache(maxsize=4)
def _names(table: Table) -> Mapping[str, Agency]:
    names: dict[str, Agency] = {}
    for agency in table.agencies:
        for name in (agency.name, agency.short, agency.generic, agency.code, *agency.aliases):
            names.setdefault(words(name).strip(), agency)
    return names


@lru_cache(maxsize=4096)
def _closest(key: str, table: Table) -> Agency | None:
    from rapidfuzz import fuzz, process

    names = _names(table)
    if len(key) < 5:
        return None
    hits = process.extract(key, list(names), scorer=fuzz.token_sort_ratio, score_cutoff=_FUZZY_FLOOR, limit=5)
    agencies = {names[name].code for name, _, _ in hits}
    return names[hits[0][0]] if len(agencies) == 1 else None


def _kecamatan(setting: Setting) -> Agency:
    name = f"{setting.kecamatan_term} {setting.kecamatan}"
    return Agency("kecamatan", name, name, name)


def _agency(
    authority: Authority,
    thing: Thing | None,
    sign: Sign | None,
    named: Agency | None,
    unknown: str,
    village: str,
    table: Table,
    setting: Setting,
) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    if authority is Authority.DESA:
        return f"Pemerintah Desa {village}", "desa", ()
    if authority is Authority.KELURAHAN:
        own = _kecamatan(setting)
        return own.name, own.code, _correction(named, own, "anggaran kelurahan berada pada kecamatan")
    due = _due(sign.agency if sign else thing.agency if thing else "", table, setting)
    if due is None:
        return _without_rule(named, unknown)
    name = _display(due, table, setting)
    if named is None and unknown and setting.regency_code != table.region:
        return unknown, "", ()
    if named is None:
        return name, due.code, _unknown_note(unknown, name)
    if _is_unsure(thing, sign, named):
        return _display(named, table, setting), named.code, ()
    reason = f"{sign.because if sign else thing.name if thing else 'objeknya'} ditangani {due.short}"
    return name, due.code, _correction(named, due, reason)


def _is_unsure(thing: Thing | None, sign: Sign | None, named: Agency) -> bool:
    """Where the object leaves room (two public-works agencies share roads and drains), the stated desk stands."""
    if sign is not None or thing is None:
        return False
    builders = {"dputr", "ckpkp"}
    return named.code == thing.agency or {named.code, thing.agency} <= builders or named.code == "bpbd"


def _due(code: str, table: Table, setting: Setting) -> Agency | None:
    return _kecamatan(setting) if code == "kecamatan" else table.agency(code)


def _display(agency: Agency, table: Table, setting: Setting) -> str:
    inside = agency.code == "kecamatan" or setting.regency_code == table.region
    return agency.name if inside else agency.generic


def _without_rule(named: Agency | None, unknown: str) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    if named is not None:
        return named.name, named.code, ()
    if unknown:
        note = f"Perangkat daerah “{unknown}” tidak ada dalam tabel instansi; ditulis apa adanya. Periksa namanya."
        return unknown, "", (("instansi_tidak_dikenal", note),)
    note = "Perangkat daerah penanggung jawab belum dapat ditentukan. Tentukan dalam lembar kerja."
    return "Belum ditentukan", "", (("instansi_belum_ada", note),)


def _unknown_note(unknown: str, name: str) -> tuple[tuple[str, str], ...]:
    if not unknown:
        return ()
    note = f"Perangkat daerah “{unknown}” tidak ada dalam tabel instansi; menurut objeknya dipakai {name}."
    return (("instansi_tidak_dikenal", note),)


def _correction(named: Agency | None, due: Agency, reason: str) -> tuple[tuple[str, str], ...]:
    if named is None or named.code == due.code:
        return ()
    return (("instansi_dikoreksi", f"Tujuan dikoreksi dari {named.short} ke {due.short}: {reason}."),)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
