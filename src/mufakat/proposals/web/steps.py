"""The form as questions, one a page: what is asked, why, and what a good answer looks like."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from mufakat.core.money import rupiah
from mufakat.proposals.alike import likenesses_in_village
from mufakat.proposals.commands import content_of
from mufakat.proposals.labels import PARTS, label_of
from mufakat.proposals.rules import COLUMNS, Part, missing_for_submission, whereabouts
from mufakat.proposals.states import State
from mufakat.proposals.web.forms import DifferenceForm

if TYPE_CHECKING:
    from mufakat.proposals.alike import Likeness
    from mufakat.proposals.models import Distinction, Proposal
    from mufakat.proposals.rules import Draft


@dataclass(frozen=True, slots=True)
class Question:
    """One page of the form."""

    asked: Any
    why: Any
    example: Any


QUESTIONS: dict[Part, Question] = {
    Part.KIND: Question(
        _("Apa yang diusulkan?"),
        _("Pilih jenisnya dari kamus, lalu beri nama yang menyebut tempatnya."),
        _("“Saluran U-ditch tepi Jalan Veteran RT 02”"),
    ),
    Part.PROBLEM: Question(
        _("Apa masalah yang dirasakan warga?"),
        _("Forum memutuskan dari masalahnya, bukan dari nama proyeknya."),
        _(
            "“Setiap hujan lebih dari satu jam, air setinggi lutut masuk ke 60 rumah di RT 02 dan RT 03. Anak tidak "
            "bisa ke sekolah.”"
        ),
    ),
    Part.PLACE: Question(
        _("Di mana letaknya?"),
        _("Verifikator mendatangi tempat ini. Sebut jalan, gang, atau bangunan di dekatnya."),
        _("“Tepi Jalan Veteran, dari balai RW sampai jembatan”"),
    ),
    Part.VOLUME: Question(
        _("Berapa banyak?"),
        _("Volume dikalikan harga kamus menjadi nilai usulan. Nilai dihitung oleh sistem, tidak diketik."),
        _("“120,5” meter, bukan “± 120 meter”"),
    ),
    Part.PEOPLE: Question(
        _("Siapa yang menerima manfaat?"),
        _("Usulan yang membantu lebih banyak warga dan kelompok rentan mendapat urutan lebih tinggi."),
        _("“145 KK; 520 jiwa: 255 laki-laki, 265 perempuan; lansia dan difabel”"),
    ),
    Part.LAND: Question(
        _("Milik siapa lahannya?"),
        _("Lahan perorangan, bersengketa, atau belum diserahkan harus diselesaikan sebelum usulan lolos."),
        _("“Fasum sudah diserahkan”: jalan perumahan yang sudah menjadi aset pemda"),
    ),
    Part.AGENCY: Question(
        _("Siapa yang mengerjakan?"),
        _("Perangkat daerah terisi dari kamus bila jenisnya ada di sana. Bila ragu, kosongkan."),
        _("“Dinas Pekerjaan Umum dan Tata Ruang”"),
    ),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A part with what stands in it, for the page that is checked before sending."""

    part: Part
    label: str
    text: str
    is_missing: bool
    is_open: bool


def opened_parts(proposal: Proposal) -> tuple[Part, ...]:
    """Parts that may be changed: all, or what a return named."""
    fields = set(proposal.returned_fields) if proposal.standing is State.RETURNED else set()
    return tuple(part for part in Part if not fields or fields & set(COLUMNS[part]))


def answers(proposal: Proposal, draft: Draft, *, needs_kamus: bool) -> list[Answer]:
    """Every part with its answer in words."""
    opened, missing = opened_parts(proposal), missing_for_submission(draft, needs_kamus=needs_kamus)
    lacking = {part for sentence in missing for part, start in _LACKS.items() if sentence.startswith(start)}
    return [Answer(p, PARTS[p], _said(p, proposal, draft), p in lacking, p in opened) for p in Part]


@dataclass(frozen=True, slots=True)
class Resemblance:
    """Another proposal of the village beside this one, part by part, and what may be done about it."""

    other: Proposal
    state: str
    sides: tuple[tuple[str, str, str], ...]
    """(part, this one, the other), in words."""
    distinction: Distinction | None
    form: DifferenceForm
    may_join: bool


COMPARED = (Part.KIND, Part.PROBLEM, Part.PLACE, Part.VOLUME, Part.PEOPLE)


def resemblances(proposal: Proposal, asked: DifferenceForm | None = None, about: str = "") -> list[Resemblance]:
    """Proposals of the village that look like this one; `asked` is the form that was sent `about` one of them."""
    return [_beside(proposal, a, asked if str(a.other.pk) == about else None) for a in likenesses_in_village(proposal)]


def _beside(proposal: Proposal, found: Likeness, asked: DifferenceForm | None) -> Resemblance:
    other = found.other
    drafts = content_of(proposal), content_of(other)
    sides = ((PARTS[p], _said(p, proposal, drafts[0]), _said(p, other, drafts[1])) for p in COMPARED)
    return Resemblance(
        other,
        label_of(other.state, other.reason_code),
        tuple(sides),
        found.distinction,
        asked or DifferenceForm(auto_id=f"beda_{other.pk}_%s"),
        {proposal.standing, other.standing} == {State.DRAFT},
    )


_LACKS = {
    Part.KIND: ("Isi judul", "Pilih jenis"),
    Part.PROBLEM: ("Jelaskan",),
    Part.PLACE: ("Isi lokasi",),
    Part.VOLUME: ("Volume", "Isi satuan"),
}
"""How the sentences about a part begin."""


def _said(part: Part, proposal: Proposal, draft: Draft) -> str:
    said = {
        Part.KIND: (draft.title, proposal.kamus.name if proposal.kamus else str(_("usulan langsung"))),
        Part.PROBLEM: (draft.problem,),
        Part.PLACE: (
            *whereabouts(draft),
            draft.point,
        ),
        Part.VOLUME: (_volume(draft), _price(draft), rupiah(draft.worth) if draft.worth is not None else ""),
        Part.PEOPLE: (
            f"{draft.households} KK" if draft.households is not None else "",
            f"{draft.people} {_('jiwa')}" if draft.people is not None else "",
            f"{draft.men} {_('laki-laki')}" if draft.men is not None else "",
            f"{draft.women} {_('perempuan')}" if draft.women is not None else "",
            draft.groups,
        ),
        Part.LAND: (draft.land_status,),
        Part.AGENCY: (draft.agency, draft.recipient),
    }[part]
    return " · ".join(text for text in said if text.strip())


def _volume(draft: Draft) -> str:
    if draft.volume is None:
        return ""
    return f"{draft.volume.normalize():f}".replace(".", ",") + f" {draft.unit}"


def _price(draft: Draft) -> str:
    return f"× {rupiah(draft.unit_price)}" if draft.unit_price is not None and draft.volume is not None else ""
