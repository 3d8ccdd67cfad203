"""What both papers share: the lines on every page, the letterhead, figures and words, recaps."""

from __future__ import annotations

from collections.abc import Sequence

from mufakat.core.dates import long_date, moment
from mufakat.core.money import rupiah, rupiah_in_words, thousands
from mufakat.core.words import LARGEST, number_in_words
from mufakat.documents.render import Sum, Table, TableGroup, cell, clean
from mufakat.drafting.papers import Forum, Letterhead, Official, Standing, Tally

DASH = "–"
BLANK = "…" * 12
DRAFT = "RANCANGAN – bukan hasil musrenbang"
EXAMPLE = "CONTOH, BUKAN DOKUMEN RESMI"


def running(standing: Standing, forum: Forum, *, title: str, document: str, number: str = "") -> dict[str, object]:
    """The `run` of office.typ: lines of every page (with the short `title`), paper size, full title of the file."""
    stamp = f"disusun {moment(standing.at)}"
    return {
        "document": document,
        "keywords": ["musrenbang", f"RKPD {forum.plan_year}", forum.kecamatan],
        "title": title,
        "mark": DRAFT if standing.is_draft else "",
        "example": EXAMPLE if standing.is_example else "",
        "foot": f"{short_forum(forum)}\n" + (f"Nomor {number} · {stamp}" if number else stamp[0].upper() + stamp[1:]),
        "paper": standing.paper,
        "stamped": False,
    }


def kecamatan(forum: Forum) -> str:
    """With its local word: "Kecamatan Kebomas", "Distrik Benawa"."""
    return f"{forum.kecamatan_term} {forum.kecamatan}"


def short_forum(forum: Forum) -> str:
    """The forum in one line, with both years."""
    return f"Musrenbang {kecamatan(forum)} Tahun {forum.day.year} untuk RKPD {forum.kabupaten} Tahun {forum.plan_year}"


def forum_name(forum: Forum) -> str:
    """The forum as a berita acara names it."""
    return (
        "Musyawarah Perencanaan Pembangunan (Musrenbang) Rencana Kerja Pemerintah Daerah (RKPD) "
        f"{forum.kabupaten} Tahun {forum.plan_year} di {kecamatan(forum)}"
    )


def list_facts(forum: Forum) -> tuple[tuple[str, str], ...]:
    """The block above every list: province, regency, district, plan year, day of the forum."""
    return (
        ("Provinsi", forum.provinsi),
        ("Kabupaten/Kota", forum.kabupaten),
        (forum.kecamatan_term, forum.kecamatan),
        ("Tahun rencana", str(forum.plan_year)),
        ("Tanggal musrenbang", long_date(forum.day)),
    )


def letterhead(head: Letterhead) -> dict[str, object]:
    """The kop for a template; the logo is an asset of the same document."""
    return {
        "government": clean(head.government),
        "office": clean(head.office),
        "address": clean(head.address),
        "contact": clean(head.contact),
        "logo": bool(head.logo_svg),
    }


def logo_assets(head: Letterhead) -> dict[str, bytes]:
    """Files the letterhead needs."""
    return {"logo.svg": head.logo_svg.encode()} if head.logo_svg else {}


def capacity_of(official: Official) -> str:
    """Position in the capacity of the day: "Plt. Camat Kebomas" (rule 113)."""
    return " ".join(part for part in (official.capacity, official.position) if part)


def signer(above: Sequence[str], official: Official) -> dict[str, object]:
    """A signature block: lines above, name or a line to fill in, rank and NIP where given (rule 84)."""
    below = [official.rank] if official.rank else []
    if official.nip:
        below.append(f"NIP {official.nip}")
    return {"above": [line for line in above if line], "name": clean(official.name), "below": below}


def figure(number: int) -> str:
    """A count in figures and words: "42 (empat puluh dua)"."""
    return f"{thousands(number)} ({number_in_words(number)})"


def money(amount: int) -> str:
    """An amount in figures and words; in figures alone beyond what words reach."""
    if abs(amount) > LARGEST:
        return rupiah(amount)
    return f"{rupiah(amount)} ({rupiah_in_words(amount)})"


def amount_cell(amount: int | None) -> str:
    """An amount in a column headed Rp; a dash where there is none."""
    return DASH if amount is None else thousands(amount)


def or_dash(text: str) -> str:
    """The text for a column, a dash where there is none."""
    return cell(text) if text.strip() else DASH


def recap(head: str, tallies: Sequence[Tally], *, is_draft: bool, size: float = 8.5) -> Table:
    """A recap with its sums: how many, how much, and of these agreed (or recommended)."""
    word = "Direkomendasikan" if is_draft else "Disepakati"
    rows = [
        (cell(t.label), thousands(t.count), thousands(t.value), thousands(t.agreed_count), thousands(t.agreed_value))
        for t in tallies
    ]
    return Table(
        heads=(head, "Usulan", "Nilai usulan (Rp)", word, "Nilai (Rp)"),
        widths=("1fr", "16mm", "34mm", "28mm", "34mm"),
        align="lrrrr",
        groups=(TableGroup(rows),),
        total=Sum("Jumlah", 1, sums(tallies)),
        size=size,
    )


def sums(tallies: Sequence[Tally]) -> tuple[str, str, str, str]:
    """Sums of a recap, in its columns' order."""
    return (
        thousands(sum(t.count for t in tallies)),
        thousands(sum(t.value for t in tallies)),
        thousands(sum(t.agreed_count for t in tallies)),
        thousands(sum(t.agreed_value for t in tallies)),
    )
