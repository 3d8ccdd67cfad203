"""The forum's papers: the draft with the forum's decisions, and the berita acara made of both."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from mufakat.documents.thaw import thaw
from mufakat.drafting.composition import berita_acara, clause_texts
from mufakat.drafting.deciding import decide
from mufakat.drafting.decisions import Decision, Decisions, Session
from mufakat.drafting.labels import Result
from mufakat.drafting.legibility import legible
from mufakat.drafting.office import default_office
from mufakat.drafting.papers import Attendee, BeritaAcara, Delegate, DistrictPlan, Objection, Official, Signatory
from mufakat.forums import document_queries, queries
from mufakat.forums.labels import ELEMENTS, METHODS
from mufakat.forums.notes_queries import materials_of, speeches_of
from mufakat.forums.rules import Element, Method
from mufakat.forums.states import DelegateState
from mufakat.prioritisation import papers
from mufakat.prioritisation.queries import moves_of

if TYPE_CHECKING:
    from mufakat.drafting.draft import Draft
    from mufakat.forums.models import Forum, Signer

MINUTES = "berita_acara"
FEWEST_LINES = 25
"""Of a blank attendance sheet, where hardly anybody is invited yet."""


Corrections = Mapping[UUID, tuple[int, str]]
"""Proposal → corrected value (whole rupiah) and agency."""


def draft_of(forum: Forum, *, at: datetime, corrections: Corrections | None = None) -> Draft:
    """The draft of a forum with every result so far; `is_decided` once all proposals have one (rule 69)."""
    office = default_office(kecamatan=forum.kecamatan.name, kabupaten=_regency(forum))
    office = replace(
        office, place=forum.place, time=f"{forum.starts_at:%H.%M}-{forum.ends_at:%H.%M} WIB", paper=_size(forum)
    )
    sheet = papers.sheet_of(cycle=forum.cycle, kecamatan=forum.kecamatan, day=forum.day, at=at, office=office)
    return decide(sheet.draft, _decisions(forum, sheet, corrections or {}))


def _size(forum: Forum) -> Literal["a4", "f4"]:
    return "f4" if forum.paper == "f4" else "a4"


def _regency(forum: Forum) -> str:
    from mufakat.regions.models import Region

    return Region.objects.get(code=forum.kabupaten).name


def _decisions(forum: Forum, sheet: papers.Sheet, corrections: Corrections) -> Decisions:
    """Every row of the list with its result; ranks follow the board's order over what is agreed."""
    made = {d.proposal_id: d for d in queries.decisions_of(forum)}
    places = {number: place for place, number in enumerate(papers.running(sheet.draft), start=1)}
    reasons = {m.proposal_id: m.reason for m in moves_of(cycle=forum.cycle, kecamatan=forum.kecamatan_id)}
    listed = {p.pk for p in queries.listed(forum)}
    rows = {}
    for number, proposal in enumerate(sheet.proposals, start=1):
        decision = made.get(proposal.pk)
        if decision is None:
            if proposal.pk in listed:
                rows[number] = Decision(number, None, None, None)
            continue
        result = Result(decision.result)
        value, agency = corrections.get(proposal.pk, (decision.value, decision.agency))
        rows[number] = Decision(
            number=number,
            result=result,
            rank=places.get(number, len(sheet.proposals) + number) if result is Result.DISEPAKATI else None,
            value=value,
            reason_code=decision.reason_code,
            reason=decision.reason or (reasons.get(proposal.pk, "") if result is Result.DISEPAKATI else ""),
            agency=agency,
        )
    return Decisions(rows=rows, session=Session(), problems=(), file="", sha256="")


def session_of(forum: Forum, *, number: str) -> Session:
    """The session as it was recorded: chair, attendance, delegates, objections."""
    chair = _chair(forum)
    return Session(
        number=number,
        time=f"{forum.starts_at:%H.%M}-{forum.ends_at:%H.%M} WIB",
        place=forum.place,
        chair=chair if forum.chair_name else None,
        invited=sum(forum.invitations.values_list("people", flat=True)),
        method=_methods(forum),
        attendees=_attendees(forum),
        delegates=_delegates(forum),
        delegates_reason=forum.delegates_reason,
        objections=_objections(forum),
        signatories=_signatories(forum, chair),
        clauses=document_queries.chosen_clauses(forum),
        resumed=queries.days_of(forum)[1:],
        speeches=speeches_of(forum),
        materials=materials_of(forum),
    )


def _chair(forum: Forum) -> Official:
    return Official(
        position=forum.chair_position,
        name=forum.chair_name,
        nip=forum.chair_nip,
        capacity=forum.chair_capacity,
        institution=f"Kecamatan {forum.kecamatan.name}",
    )


def _signatories(forum: Forum, chair: Official) -> tuple[Signatory, ...]:
    """The chair, then who was chosen from the attendance list; nobody chosen leaves the office's own table."""
    chosen = [_signer(s) for s in document_queries.signers_of(forum)]
    if not chosen:
        return ()
    return tuple(Signatory(i, official) for i, official in enumerate((chair, *chosen), start=1))


def _signer(signer: Signer) -> Official:
    person = signer.attendee
    institution = person.institution or (person.village.label if person.village else ELEMENTS[Element(person.element)])
    return Official(
        position=person.position or ELEMENTS[Element(person.element)],
        name=person.name,
        nip=signer.nip,
        capacity=signer.capacity,
        institution=institution,
    )


def _methods(forum: Forum) -> str:
    used = set(forum.decisions.values_list("method", flat=True))
    return " dan ".join(METHODS[m] for m in Method if m.value in used)


def _attendees(forum: Forum) -> tuple[Attendee, ...]:
    people = queries.attendance_of(forum)
    return tuple(
        Attendee(
            number=i,
            name=p.name,
            gender=p.gender,
            element=ELEMENTS[Element(p.element)],
            institution=p.institution,
            position=p.position,
            origin=p.village.label if p.village else "",
        )
        for i, p in enumerate(people, start=1)
    )


def _delegates(forum: Forum) -> tuple[Delegate, ...]:
    elected = (DelegateState.ELECTED, DelegateState.MANDATED, DelegateState.REPORTED)
    delegates = forum.delegates.filter(state__in=elected).select_related("attendee__village").order_by("order")
    return tuple(
        Delegate(
            number=i,
            name=d.attendee.name,
            gender=d.attendee.gender,
            element=ELEMENTS[Element(d.attendee.element)],
            institution=d.attendee.institution or (d.attendee.village.label if d.attendee.village else ""),
        )
        for i, d in enumerate(delegates, start=1)
    )


def _objections(forum: Forum) -> tuple[Objection, ...]:
    raised = forum.villagestandings.exclude(objection="").select_related("village").order_by("village_id")
    return tuple(Objection(i, f"{s.village.label}", s.objection, s.answer) for i, s in enumerate(raised, start=1))


def minutes(
    forum: Forum, *, number: str, at: datetime, corrections: Corrections | None = None, note: str = ""
) -> tuple[BeritaAcara, Draft]:
    """The berita acara as it stands now, and the draft it was made of; RANCANGAN without number while undecided."""
    draft = draft_of(forum, at=at, corrections=corrections)
    paper = berita_acara(draft, session_of(forum, number=number))
    return (replace(paper, notes=(note, *paper.notes)) if note else paper), draft


def rehearsal(forum: Forum, *, at: datetime) -> BeritaAcara:
    """The berita acara as it would be now: RANCANGAN, without number, whatever is decided (rules 52, 119)."""
    draft = replace(draft_of(forum, at=at), is_decided=False)
    return berita_acara(draft, session_of(forum, number=""))


def clause_words(forum: Forum, *, at: datetime) -> dict[str, str]:
    """The texts of the usual clauses as they would be printed now, by key."""
    return clause_texts(draft_of(forum, at=at), session_of(forum, number=""))


def plan_of(forum: Forum, *, at: datetime) -> DistrictPlan:
    """The Rancangan Rencana Pembangunan Kecamatan from what is stored now (rule 52)."""
    from mufakat.drafting.composition import district_plan
    from mufakat.regions import names

    return district_plan(draft_of(forum, at=at), names.shipped())


def attendance_sheet(forum: Forum, *, at: datetime, is_blank: bool) -> bytes:
    """The attendance sheet as PDF: filled as the list stands, or empty lines for everybody invited (rule 53).

    Once a berita acara is issued, the filled sheet is the one of its snapshot.
    """
    from mufakat.drafting.session_papers import attendance_pdf

    issued = None if is_blank else document_queries.latest_minutes(forum)
    paper = legible(thaw(BeritaAcara, json.loads(issued.snapshot)) if issued else rehearsal(forum, at=at))
    expected = sum(forum.invitations.values_list("people", flat=True))
    return attendance_pdf(paper, rows=max(expected, FEWEST_LINES) if is_blank else None)


def annexes(forum: Forum, *, at: datetime) -> bytes:
    """`lampiran.xlsx` as `mufakat draft` writes it, with the results so far."""
    from mufakat.drafting.annexes import annexes_bytes

    draft = draft_of(forum, at=at)
    return annexes_bytes(draft, berita_acara(draft, session_of(forum, number="")))


def worksheet(forum: Forum, *, at: datetime) -> bytes:
    """The forum's worksheet as `mufakat draft` writes it, with the results and the attendance so far."""
    from mufakat.drafting.worksheet import worksheet_bytes

    return worksheet_bytes(draft_of(forum, at=at), session_of(forum, number=""))
