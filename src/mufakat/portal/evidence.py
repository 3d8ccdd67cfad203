"""The public page of one proposal: its stations with amount, date, office and reason, what comes next, its papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from mufakat.documents.models import Document
from mufakat.documents.states import DocumentState
from mufakat.forums.document_queries import subject_of
from mufakat.forums.models import Forum
from mufakat.forums.queries import cancelled_before, days_of, pause_of
from mufakat.forums.states import ForumState
from mufakat.portal import queries
from mufakat.portal.labels import AFTER, NEXT
from mufakat.prioritisation.village_map import Picture, picture
from mufakat.proposals.labels import step_label
from mufakat.proposals.models import Proposal, Step
from mufakat.proposals.states import State
from mufakat.regions.models import Region
from mufakat.tracking.labels import OUTCOMES, STAGES
from mufakat.tracking.states import Outcome, Stage

BACK = (State.RETURNED, State.TO_VILLAGE, State.MERGED)
NO = (State.NOT_ELIGIBLE, State.NOT_AGREED, State.NOT_ACCOMMODATED, State.LAPSED, State.WITHDRAWN)
PUBLIC = (DocumentState.LOCKED.value, DocumentState.REVISED.value)


@dataclass(frozen=True, slots=True)
class Station:
    """One stop of the road; value in whole rupiah where this stop set one."""

    name: str
    at: datetime
    office: str
    value: int | None
    icon: str
    kind: str
    """"" passed, "back" sent back, "no" refused: a shape beside the word."""
    code: str
    reason: str


def evidence(proposal: Proposal) -> dict[str, Any]:
    """What the page shows beside the proposal itself; no personal data (rule 95)."""
    forum = _forum(proposal)
    return {
        "stations": stations(proposal),
        "next": [AFTER[name] for name in NEXT.get(proposal.standing, ())],
        "forum": forum,
        "pause": pause_of(forum) if forum else None,
        "days": days_of(forum) if forum else (),
        "cancelled": cancelled_before(forum) if forum else (),
        "documents": _documents(forum),
        "picture": _picture(proposal),
    }


def stations(proposal: Proposal) -> list[Station]:
    """Steps of the proposal and answers of later stages, oldest first.

    An answer that moved the proposal stands once, as the answer, which says more than the step.
    """
    found = queries.answers(proposal)
    answered = {(a.recorded_at, a.recorded_by) for a in found}
    steps = [s for s in proposal.steps.all() if (s.at, s.office) not in answered and _is_told(s)]
    told = [_step(proposal, step) for step in steps]
    for answer in found:
        outcome = Outcome(answer.outcome)
        name = f"{gettext(STAGES[Stage(answer.stage)])}: {gettext(OUTCOMES[outcome]).lower()}"
        is_in = outcome is Outcome.ACCOMMODATED
        reason = answer.reason or answer.sub_activity or answer.reference
        told.append(
            Station(
                name, answer.recorded_at, answer.recorded_by, answer.value, "check" if is_in else "x",
                "" if is_in else "no", answer.reason_code, reason,
            )
        )  # fmt: skip
    return sorted(told, key=lambda s: s.at)


def _is_told(step: Step) -> bool:
    """Inner steps are left out; that a forum's result was taken off is said, with why."""
    return step.state not in _QUIET or (step.state == State.DISCUSSED.value and bool(step.reason))


_QUIET = (State.DRAFT.value, State.IN_VERIFICATION.value, State.DISCUSSED.value)
"""Inner steps of an office: the step after them says what came of it."""
_VALUES = {
    State.SUBMITTED: "value_requested",
    State.VERIFIED: "value_verified",
    State.AGREED: "value_agreed",
    State.IN_APBD: "value_budgeted",
}
_ICONS = {State.SUBMITTED: "flag", State.RETURNED: "undo-2", State.MERGED: "git-merge", State.FORWARDED: "send"}


def _step(proposal: Proposal, step: Step) -> Station:
    state = State(step.state)
    kind = "back" if state in BACK else "no" if state in NO else ""
    icon = _ICONS.get(state, "x" if kind == "no" else "undo-2" if kind == "back" else "check")
    value = getattr(proposal, _VALUES[state]) if state in _VALUES else None
    label = step_label(step.state, step.reason_code)
    return Station(gettext(label), step.at, step.office, value, icon, kind, step.reason_code, step.reason)


def _forum(proposal: Proposal) -> Forum | None:
    """The forum in force, else the last one that was called off (rule 116)."""
    forums = Forum.objects.filter(cycle_id=proposal.cycle_id, kecamatan_id=proposal.kecamatan_id)
    held = forums.select_related("cycle", "kecamatan").order_by("-day", "-pk")
    return held.exclude(state=ForumState.CANCELLED.value).first() or held.first()


def _documents(forum: Forum | None) -> list[tuple[Document, str]]:
    """Locked versions of the forum's papers with the page that proves them; nothing that is still open."""
    if forum is None:
        return []
    found = Document.objects.filter(subject=subject_of(forum), state__in=PUBLIC).defer("snapshot").order_by("-version")
    return [(d, reverse("documents:check", args=[d.snapshot_sha256])) for d in found]


def _picture(proposal: Proposal) -> Picture | None:
    """The kecamatan with the proposal's villages marked."""
    regions = list(Region.objects.filter(parent_id=proposal.kecamatan_id).order_by("code"))
    marked = [p.village_id for p in proposal.places.all()] or [proposal.village_id or ""]
    return picture(regions, {}, marked=marked)
