"""The notulen of a forum as a paper: drafted from what the session recorded, with the notulis's own parts (rule 88)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from mufakat.core.dates import moment
from mufakat.documents.thaw import thaw
from mufakat.drafting.papers import BeritaAcara, GroupResult, Presence, Task, Turns
from mufakat.drafting.papers import Notulen as NotulenPaper
from mufakat.forums import attendance_queries, document_queries, grouping, papers, queries
from mufakat.forums.labels import AGREEMENTS, ELEMENTS, METHODS
from mufakat.forums.notes_queries import notes_of, paragraphs
from mufakat.forums.rules import Agreement, Element, Method, parted_lines
from mufakat.forums.speaking_queries import speaking_of

if TYPE_CHECKING:
    from mufakat.forums.models import Decision, Forum


def notulen_of(forum: Forum, *, at: datetime) -> NotulenPaper:
    """The notulen as it stands; the figures are those of the berita acara in force, else of its draft."""
    notes, issued = notes_of(forum), document_queries.latest_minutes(forum)
    base = thaw(BeritaAcara, json.loads(issued.snapshot)) if issued else _unissued(forum, at)
    speaking = speaking_of(forum)
    spoke = (*speaking.by_gender, *speaking.by_element, *speaking.by_village)
    return NotulenPaper(
        minutes=base,
        secretary=notes.secretary,
        sittings=_sittings(forum),
        agenda=tuple(item.title for item in forum.agendaitems.all()),
        presence=_presence(forum),
        villages_absent=_villages_absent(forum),
        agreements=_agreements(forum),
        turns=tuple(Turns(s.label, s.turns, s.percent) for s in spoke if s.turns),
        discussion=paragraphs(notes.discussion),
        votes=_votes(forum),
        groups=_groups(forum, at),
        tasks=tuple(Task(*line) for line in parted_lines(notes.follow_ups, 3)),
        closing=paragraphs(notes.closing),
    )


def _unissued(forum: Forum, at: datetime) -> BeritaAcara:
    """The berita acara as it would be now with the results taken so far, headed RANCANGAN and without number."""
    paper, _ = papers.minutes(forum, number="", at=at)
    return replace(paper, standing=replace(paper.standing, is_draft=True), number="")


def _sittings(forum: Forum) -> tuple[str, ...]:
    """Each stretch of the session with why it was suspended; none where it was never suspended."""
    rows = list(queries.sittings_of(forum))
    if not any(s.suspended_at for s in rows):
        return ()
    return tuple(
        f"Mulai {_at(s.began_at)}" + (f", diskors {_at(s.suspended_at)}: {s.reason}" if s.suspended_at else "")
        for s in rows
    )


def _at(at: datetime) -> str:
    return moment(timezone.localtime(at))


def _presence(forum: Forum) -> tuple[Presence, ...]:
    """Every element that was invited or came, in the order of the law's list."""
    invited = {i.element: i.people for i in forum.invitations.all()}
    present = {element: men + women for element, men, women in attendance_queries.headcount(forum).by_element}
    return tuple(
        Presence(ELEMENTS[e], invited.get(e, 0), present.get(e, 0)) for e in Element if e in invited or e in present
    )


def _villages_absent(forum: Forum) -> tuple[str, ...]:
    here = set(forum.attendees.exclude(village=None).values_list("village_id", flat=True))
    return tuple(v.label for v in queries.villages_of(forum) if v.code not in here)


def _agreements(forum: Forum) -> tuple[str, ...]:
    made = {r.subject: r for r in forum.agreementrecords.all()}
    return tuple(
        f"{AGREEMENTS[a]}, secara {METHODS[Method(made[a].method)]}, {_at(made[a].agreed_at)}"
        for a in Agreement
        if a in made
    )


def _votes(forum: Forum) -> tuple[str, ...]:
    voted = queries.decisions_of(forum).filter(method=Method.VOTE.value)
    return tuple(_vote(d) for d in voted)


def _vote(made: Decision) -> str:
    return (
        f"Nomor {made.proposal.number}, {made.proposal.title}: {made.votes_for} setuju, {made.votes_against} tidak "
        f"setuju, {made.votes_abstain} abstain"
    )


def _groups(forum: Forum, at: datetime) -> tuple[GroupResult, ...]:
    return tuple(
        GroupResult(g.group.name, g.count, g.agreed, g.agreed_value, _reported(g))
        for g in grouping.division_of(forum, at=at)
    )


def _reported(found: grouping.GroupSum) -> str:
    if found.group.reported_at is None:
        return ""
    return found.group.report or f"Dilaporkan {_at(found.group.reported_at)}"
