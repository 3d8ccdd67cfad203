"""Reads of the berita acara: what it needs, its versions, who signs, what the compliance report says."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from mufakat.core.money import rupiah
from mufakat.documents.models import Document
from mufakat.documents.states import DocumentState
from mufakat.drafting.labels import Result
from mufakat.drafting.papers import CLAUSES, ChosenClause
from mufakat.forums import queries, rules
from mufakat.forums.grouping import unreported
from mufakat.forums.labels import Remark
from mufakat.forums.models import ClauseRow, Decision, Forum, SignatureRemark, Signer
from mufakat.forums.states import CONCLUDED, ForumState


def minutes_facts(forum: Forum, counts: queries.Tally | None = None) -> rules.MinutesFacts:
    """The facts of the gate to the berita acara; ranks follow from the order, so that they have no gaps.

    `counts` is the forum's tally where it has been taken already.
    """
    counts, session = counts or queries.tally(forum), queries.session_of(forum)
    unreasoned = forum.decisions.exclude(result=Result.DISEPAKATI.value).filter(reason_code="")
    return rules.MinutesFacts(
        ranks=tuple(range(1, counts.agreed + 1)),
        unreasoned=[str(n) for n in unreasoned.values_list("proposal__number", flat=True)],
        undecided=list(session.undecided),
        open_objections=list(session.open_objections),
        agreed_value=counts.agreed_value,
        pagu=counts.pagu,
        is_pagu_binding=forum.is_pagu_binding,
        attendees=forum.attendees.count(),
        has_chair=bool(forum.chair_name),
    )


def limits_of(forum: Forum) -> rules.DelegationLimits:
    """The cycle's bounds on the number of delegates."""
    return rules.DelegationLimits(forum.cycle.fewest_delegates, forum.cycle.most_delegates)


def subject_of(forum: Forum) -> str:
    """What the forum's documents are about, as `documents` keeps it."""
    return f"forum:{forum.pk}"


def minutes_of(forum: Forum) -> QuerySet[Document]:
    """All versions of the berita acara, voided ones included, oldest first."""
    return Document.objects.filter(kabupaten=forum.kabupaten, kind="berita_acara", subject=subject_of(forum)).order_by(
        "issued_at", "version"
    )


WAITING = (DocumentState.FINAL, DocumentState.SIGNED)


def open_minutes(forum: Forum) -> Document | None:
    """The version that waits for its signed scan or its lock, or None."""
    return open_among(minutes_of(forum).filter(state__in=[state.value for state in WAITING]))


def open_among(versions: Iterable[Document]) -> Document | None:
    """The last of some versions, oldest first, that waits for its scan or its lock, or None."""
    return next((d for d in reversed(list(versions)) if d.standing in WAITING), None)


def latest_minutes(forum: Forum) -> Document | None:
    """The newest version that is not void, or None before the first is issued."""
    return minutes_of(forum).exclude(state=DocumentState.VOIDED.value).last()


def locked_minutes(forum: Forum) -> Document | None:
    """The version in force, or None before the lock."""
    return minutes_of(forum).filter(state=DocumentState.LOCKED.value).last()


def signers_of(forum: Forum) -> QuerySet[Signer]:
    """Who signs beside the chair, in their order, with who they are."""
    return forum.signers.select_related("attendee", "attendee__village").order_by("order")


def parties_of(document: Document) -> list[tuple[int, str]]:
    """The rows of a document's signature table: number and who it is, from its snapshot alone."""
    rows = json.loads(document.snapshot)["signatories"]
    return [(row["number"], _party(row["official"])) for row in rows]


def _party(official: dict[str, str]) -> str:
    who = (official["name"], official["position"], official["institution"])
    return ", ".join(part for part in who if part)


def remarks_of(document: Document) -> QuerySet[SignatureRemark]:
    """Parties of a document that did not sign, in the order of its table."""
    return SignatureRemark.objects.filter(document=document).order_by("number")


def compliance_of(forum: Forum, counts: queries.Tally | None = None) -> list[tuple[Remark, str]]:
    """What the compliance report must say, with the reason or the names: rules 5, 47, 49, 59, 68, 73, 114.

    `counts` is the forum's tally where it has been taken already.
    """
    excused = forum.villagestandings.exclude(excused_reason="").select_related("village").order_by("village_id")
    counts, found = counts or queries.tally(forum), []
    if rules.is_late(day=forum.day):
        found.append((Remark.LATE_DAY, ""))
    if forum.invited_on and rules.is_invited_late(invited_on=forum.invited_on, day=forum.day):
        found.append((Remark.LATE_INVITATION, ""))
    if forum.override_reason:
        found.append((Remark.OVERRIDE, forum.override_reason))
    found += [(Remark.EXCUSED, f"{s.village.label}: {s.excused_reason}") for s in excused]
    if counts.left is not None and counts.left < 0:
        found.append((Remark.PAGU, rupiah(-counts.left)))
    if forum.delegates_reason:
        found.append((Remark.DELEGATION, forum.delegates_reason))
    if forum.standing in (ForumState.PLENARY, *CONCLUDED) and (silent := unreported(forum)):
        found.append((Remark.GROUPS, ", ".join(silent)))
    remarks = SignatureRemark.objects.filter(forum=forum).order_by("document__issued_at", "number")
    return found + [(Remark.UNSIGNED, f"{r.party}: {r.note}") for r in remarks]


def clauses_of(forum: Forum) -> list[ClauseRow]:
    """The clauses as they are arranged, also those switched off; the usual ones, unsaved, while nobody touched them."""
    rows = list(forum.clauserows.order_by("order", "pk"))
    usual = [
        ClauseRow(forum=forum, kabupaten=forum.kabupaten, order=i, key=key) for i, key in enumerate(CLAUSES, start=1)
    ]
    return rows or usual


def chosen_clauses(forum: Forum) -> tuple[ChosenClause, ...]:
    """What the berita acara prints, in order; empty while the usual clauses stand."""
    return tuple(ChosenClause(c.key, c.text) for c in forum.clauserows.order_by("order", "pk") if c.is_on)


def clauses_issued(document: Document) -> list[dict[str, str]]:
    """The clauses of an issued version (ordinal, text), from its snapshot alone."""
    return list(json.loads(document.snapshot)["clauses"])


def agreed_of(forum: Forum) -> list[Decision]:
    """Agreed items with their proposals, in order of number."""
    return list(queries.decisions_of(forum).filter(result=Result.DISEPAKATI.value))


def summary_of(document: Document) -> dict[str, Any]:
    """The figures a document was issued with, from its snapshot alone (rule 79)."""
    paper = json.loads(document.snapshot)
    women = sum(a["gender"] == "P" for a in paper["attendees"])
    return {
        "proposals": paper["proposals_count"],
        "agreed": paper["agreed_count"],
        "agreed_total": paper["agreed_total"],
        "pagu": paper["pagu"],
        "results": [(r["label"], r["count"], r["value"]) for r in paper["results"]],
        "agencies": [
            (r["label"], r["agreed_count"], r["agreed_value"]) for r in paper["per_agency"] if r["agreed_count"]
        ],
        "present": len(paper["attendees"]),
        "men": len(paper["attendees"]) - women,
        "women": women,
        "delegates": len(paper["delegates"]),
    }
