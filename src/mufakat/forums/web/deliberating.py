"""The list of the session: one by one, as a named block, or proposed across villages (rules 45, 66, 69, 70)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_POST

from mufakat.core.errors import MufakatError
from mufakat.core.money import rupiah
from mufakat.drafting.labels import RESULT_LABELS, Reason, Result
from mufakat.forums import permissions, queries, rules
from mufakat.forums.commands import session
from mufakat.forums.errors import NoForum
from mufakat.forums.labels import AGREEMENTS
from mufakat.forums.models import BlockMember, Forum
from mufakat.forums.rules import Method
from mufakat.forums.web.forms import METHOD_CHOICES, CrossVillageForm, VerdictForm
from mufakat.forums.web.listing import rows_of
from mufakat.forums.web.pages import address, ids_of, in_words, of_forum, said, show, take
from mufakat.forums.web.sitting import id_of, method_of
from mufakat.people.web.actor import StaffRequest
from mufakat.proposals.models import Proposal
from mufakat.ui.answers import attempt
from mufakat.ui.paging import Page, page_of

SHOWN = {"belum": False, "sudah": True}
"""Choices of the filter: without and with a result."""


@of_forum
@require_GET
def sitting(request: StaffRequest, forum: Forum) -> HttpResponse:
    """The list with results, the tally under the pagu, blocks, and what keeps the plenary closed."""
    return _sitting(request, forum)


def _sitting(
    request: StaffRequest,
    forum: Forum,
    error: MufakatError | None = None,
    status: int = 200,
    *,
    chosen: Sequence[str] = (),
) -> HttpResponse:
    shows, village = request.GET.get("tampil", ""), request.GET.get("desa", "")
    is_whole = shows not in SHOWN and not village
    part = queries.shown(forum, is_decided=SHOWN.get(shows), village=village)
    page: Page[Proposal] = page_of(request, queries.whole_list(forum) if is_whole else part)
    sums = queries.whole_sums(forum) if is_whole else queries.sums_of(forum, part)
    facts, members = queries.session_of(forum), queries.members_waiting(forum)
    blocks = _blocks(members)
    return show(
        request,
        "session",
        forum,
        "session",
        status=status,
        rows=rows_of(forum, queries.rows_of(forum, page.rows, members)),
        page=page,
        sums=sums,
        sum_of=ngettext("Jumlah %(n)s usulan", "Jumlah %(n)s usulan", sums.count) % {"n": sums.count},
        chosen=chosen,
        villages=queries.villages_listed(forum),
        filter={"shows": shows, "village": village},
        tally=queries.tally(forum),
        blocks=blocks,
        block_methods=[(value, name) for value, name in METHOD_CHOICES if value != Method.VOTE],
        # A block that was read out comes before the next single proposal.
        next_item=None if blocks else queries.next_undecided(forum),
        may_withdraw=bool(permissions.can_withdraw_from_block(request.actor, forum)),
        block_name=request.POST.get("name", ""),
        may_block=bool(permissions.can_lead(request.actor, forum)) and not _missing_first(facts.agreed),
        missing_first=_missing_first(facts.agreed),
        missing=in_words(rules.missing_for_plenary(facts=facts, labels=AGREEMENTS)),
        faults=said(error),
    )


def _missing_first(agreed: Any) -> list[str]:
    return in_words(rules.missing_for_decisions(agreed=agreed, labels=AGREEMENTS))


def _blocks(members: Iterable[BlockMember]) -> list[dict[str, Any]]:
    """Blocks that were read out and wait for the decision, with their sum."""
    blocks: dict[UUID, dict[str, Any]] = {}
    for member in members:
        block = blocks.setdefault(member.block_id, {"block": member.block, "members": [], "total": 0})
        block["members"].append(member.proposal)
        block["total"] += queries.value_in_hand(member.proposal) or 0
    return list(blocks.values())


@of_forum
def item(request: StaffRequest, forum: Forum, proposal_id: UUID) -> HttpResponse:
    """One proposal: what was asked and verified, and the forum's result beside it."""
    try:
        row = queries.item_for(forum, proposal_id)
    except NoForum as error:
        raise Http404(str(error)) from error
    form = VerdictForm(_with_quick(request), initial=_initial(row))
    if request.method != "POST":
        return _item(request, forum, row, form)
    return take(
        request,
        form,
        permissions.can_lead(request.actor, forum),
        lambda: _decide(request, forum, proposal_id, form),
        done=lambda: (
            gettext("Usulan nomor %(number)s: %(result)s.")
            % {"number": row.proposal.number, "result": gettext(RESULT_LABELS[form.verdict.result]).lower()}
        ),
        to=_next_address(forum, row.proposal),
        otherwise=lambda error, status: _item(request, forum, row, form, error, status),
    )


def _decide(request: StaffRequest, forum: Forum, proposal_id: UUID, form: VerdictForm) -> None:
    """Record a result, and say at once when what was agreed is now more than the pagu."""
    session.decide(
        actor=request.actor,
        forum_id=forum.pk,
        proposal_id=proposal_id,
        verdict=form.verdict,
        replaces=bool(request.POST.get("replaces")),
        seen=_seen(request),
        at=timezone.now(),
    )
    left = queries.tally(forum).left
    if form.verdict.result is Result.DISEPAKATI and left is not None and left < 0:
        told = gettext("Yang disepakati sekarang melebihi pagu %(amount)s. Periksa nilai yang baru dicatat.")
        messages.warning(request, told % {"amount": rupiah(-left)})


def _with_quick(request: StaffRequest) -> QueryDict | None:
    """What was typed; a button of the decision bar sets the result, and the reason "pagu" of a reserve."""
    if request.method != "POST":
        return None
    given = request.POST.copy()
    quick = given.get("quick", "")
    if quick:
        given["result"] = quick
    if quick == Result.CADANGAN and not given.get("reason_code"):
        given["reason_code"] = Reason.PAGU.value
    return given


def _seen(request: StaffRequest) -> UUID | None:
    """The result that stood when the page was opened."""
    try:
        return UUID(request.POST.get("replaces", ""))
    except ValueError:
        return None


def _initial(row: queries.Row) -> dict[str, Any]:
    """What verification settled, or the result that stands."""
    if row.decision is None:
        return {
            "value": row.value,
            "agency": queries.agency_in_hand(row.proposal),
            "method": Method.CONSENSUS.value,
        }
    made = row.decision
    fields = (
        "result",
        "value",
        "agency",
        "reason_code",
        "reason",
        "method",
        "votes_for",
        "votes_against",
        "votes_abstain",
    )
    return {name: getattr(made, name) for name in fields}


def _next_address(forum: Forum, proposal: Proposal) -> str:
    """The next proposal without a result, else the list."""
    waiting = queries.undecided(forum)
    after = waiting.filter(number__gt=proposal.number or 0).first() or waiting.exclude(pk=proposal.pk).first()
    return address("item", forum, after.pk) if after else address("session", forum)


def _item(
    request: StaffRequest,
    forum: Forum,
    row: queries.Row,
    form: VerdictForm,
    error: MufakatError | None = None,
    status: int = 200,
) -> HttpResponse:
    tally = queries.tally(forum)
    left = None if tally.left is None or row.decision else tally.left - (row.value or 0)
    return show(
        request,
        "item",
        forum,
        "session",
        status=status,
        row=row,
        proposal=row.proposal,
        decision=row.decision,
        result_label=RESULT_LABELS[Result(row.decision.result)] if row.decision else "",
        form=form,
        tally=tally,
        agencies=queries.agencies_named(forum),
        left_if_agreed=left,
        over_if_agreed=max(0, -(left or 0)),
        other_result=_is_other_result(form),
        why_not=_why_not(request, forum),
        next_address=_next_address(forum, row.proposal),
        on_screen=forum.floor.proposal_id == row.proposal.pk,
        speaker=forum.floor.speaker if forum.floor.proposal_id == row.proposal.pk else "",
        missing_first=_missing_first(queries.agreements_of(forum)),
        voters=queries.voters_present(forum),
        faults=said(error) or form.faults,
    )


def _why_not(request: StaffRequest, forum: Forum) -> str:
    """Why this reader records no result here; empty for who may."""
    reason = permissions.can_lead(request.actor, forum).reason
    if reason == permissions.Refusal.ROLE:
        return gettext("Hasil dicatat oleh admin kecamatan, camat, atau Tim Pemandu. Anda membacanya di sini.")
    return gettext(reason) if reason else ""


def _is_other_result(form: VerdictForm) -> bool:
    """Whether the part of the form for results with a reason is in use, so that it stands open."""
    given = form["result"].value()
    return bool(given) and (given != Result.DISEPAKATI or bool(form["reason_code"].errors))


# Blocks


@of_forum
@require_POST
def read_block(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Read the chosen proposals out as a named block."""
    chosen = request.POST.getlist("proposal")
    return attempt(
        request,
        lambda: session.read_block(
            actor=request.actor,
            forum_id=forum.pk,
            name=request.POST.get("name", "")[:120],
            proposals_read=ids_of(chosen),
            at=timezone.now(),
        ),
        done=gettext("Blok dibacakan. Setiap desa dan kelurahan boleh menarik usulannya sebelum blok diputuskan."),
        to=f"{address('session', forum)}#blok",
        otherwise=lambda error, status: _sitting(request, forum, error, status, chosen=chosen),
    )


@of_forum
@require_POST
def withdraw_from_block(request: StaffRequest, forum: Forum, block_id: UUID) -> HttpResponse:
    """Take one proposal out of a block."""
    proposal_id = id_of(request, "proposal")
    return attempt(
        request,
        lambda: session.withdraw_from_block(
            actor=request.actor,
            forum_id=forum.pk,
            block_id=block_id,
            proposal_id=proposal_id,
            reason=request.POST.get("reason", ""),
            at=timezone.now(),
        ),
        done=gettext("Usulan ditarik dari blok dan diputuskan sendiri."),
        to=f"{address('session', forum)}#blok",
        otherwise=lambda error, status: _sitting(request, forum, error, status),
    )


@of_forum
@require_POST
def decide_block(request: StaffRequest, forum: Forum, block_id: UUID) -> HttpResponse:
    """Agree everything left in a block."""
    return attempt(
        request,
        lambda: session.decide_block(
            actor=request.actor, forum_id=forum.pk, block_id=block_id, method=method_of(request), at=timezone.now()
        ),
        done=gettext("Blok disepakati."),
        to=address("session", forum),
        otherwise=lambda error, status: _sitting(request, forum, error, status),
    )


# Across villages


@of_forum
def across(request: StaffRequest, forum: Forum) -> HttpResponse:
    """A proposal of several villages made in the session (rule 66)."""
    people = list(queries.attendance_of(forum))
    form = CrossVillageForm(request.POST or None, forum=forum, people=people)

    def page(error: MufakatError | None = None, status: int = 200) -> HttpResponse:
        faults = said(error) or form.faults
        return show(
            request,
            "across",
            forum,
            "session",
            status=status,
            form=form,
            faults=faults,
            agencies=queries.agencies_named(forum),
            has_people=bool(people),
        )

    if request.method != "POST":
        return page()
    return take(
        request,
        form,
        permissions.can_lead(request.actor, forum),
        lambda: session.propose_across(
            actor=request.actor,
            forum_id=forum.pk,
            content=form.draft,
            villages=form.cleaned_data["villages"],
            initiator_id=form.initiator_id,
            at=timezone.now(),
        ),
        done=gettext("Usulan lintas desa/kelurahan masuk daftar. Beri hasilnya seperti usulan lain."),
        to=address("session", forum),
        otherwise=page,
    )


# Plenary


@of_forum
@require_POST
def open_plenary(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Go to the plenary."""
    return attempt(
        request,
        lambda: session.open_plenary(actor=request.actor, forum_id=forum.pk, at=timezone.now()),
        done=gettext("Pleno dibuka. Pilih delegasi, lalu terbitkan Berita Acara."),
        to=address("delegation", forum),
        otherwise=lambda error, status: _sitting(request, forum, error, status),
    )


@of_forum
@require_POST
def return_to_session(request: StaffRequest, forum: Forum) -> HttpResponse:
    """Go back to the session."""
    return attempt(
        request,
        lambda: session.return_to_session(actor=request.actor, forum_id=forum.pk, at=timezone.now()),
        done=gettext("Kembali ke sidang."),
        to=address("session", forum),
        otherwise=lambda error, status: _sitting(request, forum, error, status),
    )
