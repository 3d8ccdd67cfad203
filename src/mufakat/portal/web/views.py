"""The desk for people in office; for everybody every submitted proposal."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from mufakat.core import money
from mufakat.people.roles import Role
from mufakat.portal import queries
from mufakat.portal.changes import lately
from mufakat.portal.desks.office import desk as desk_of
from mufakat.portal.desks.office import latest_cycle, without_cycle, year_of
from mufakat.portal.desks.parts import VILLAGE, Setting
from mufakat.portal.evidence import evidence
from mufakat.portal.labels import STOPS
from mufakat.portal.standing import Situation, situation
from mufakat.prioritisation.village_map import picture, totals
from mufakat.proposals.labels import GROUPS, SHAPES, label_of
from mufakat.proposals.states import State
from mufakat.tracking.ledger import of_proposal

REGISTER = "/publik/"


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Where a day begins; visitors go to the public pages."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return HttpResponseRedirect("/jabatan/" if request.user.is_authenticated else "/publik/")
    now = timezone.now()
    cycle = latest_cycle(actor)
    if cycle is None:
        return render(
            request, "portal/desk.html", {"desk": without_cycle(actor), "cycle": None, "today": timezone.localdate(now)}
        )
    setting = Setting(actor, cycle, now)
    context = {
        "desk": desk_of(setting),
        "cycle": cycle,
        "today": timezone.localdate(now),
        "year": [(STOPS[stage.stop], stage) for stage in year_of(setting)],
        "changes": lately(actor, cycle, setting.forums, setting.seen, at=now),
        **(_map(setting) if actor.role not in (*VILLAGE, Role.OPD) else {}),
    }
    return render(request, "portal/desk.html", context)


def _map(setting: Setting) -> dict[str, Any]:
    """Shaded by what was agreed once the forums are locked, before that by what was proposed."""
    is_after = setting.is_concluded
    amounts = {s.region.code: s.agreed_value if is_after else s.asked for s in setting.shares}
    drawn = picture([s.region for s in setting.shares], amounts)
    return {"picture": drawn, "of_money": is_after, "shares": setting.shares, "sum": totals(setting.shares)}


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The year's situation, and the register of submitted proposals to search."""
    given = _given(request)
    after = int(given["setelah"] or 0)
    found = queries.search(words=given["cari"], village=given["desa"], state=given["keadaan"], after=after)
    counts = queries.tallies()
    villages, options = _villages()
    if not counts:
        return render(request, "portal/empty.html")
    is_filtered = any(given[name] for name in ("cari", "desa", "keadaan"))
    context = {
        "rows": [_row(p) for p in found.rows],
        "found": found,
        "total": sum(counts.values()),
        "states": [_chip(given, s, counts[s.value]) for s in State if s.value in counts],
        "villages": _options(villages, options, given["desa"]),
        "given": given,
        "chosen": _chosen(given, villages),
        "all_states": _address(given, keadaan=""),
        "first": _address(given, setelah=""),
        "following": _address(given, setelah=found.next or ""),
        "share": request.build_absolute_uri(_address(given)),
        "is_filtered": is_filtered,
        **({} if is_filtered or after else _landing()),
    }
    return render(request, "portal/index.html", context)


@dataclass(frozen=True, slots=True)
class Row:
    """What the register shows of a proposal, ready to print: a page has dozens."""

    number: int
    title: str
    address: str
    about: str
    asked: str
    agreed: str
    state: str
    shape: str
    reason: str


def _row(listed: queries.Listed) -> Row:
    return Row(
        number=listed.number,
        title=listed.title,
        address=f"{REGISTER}{listed.id}/",
        about=f"{listed.place} · RKPD {listed.plan_year}",
        asked=_money(listed.value_requested),
        agreed=_money(listed.value_agreed),
        state=gettext(label_of(listed.state, listed.reason_code)),
        shape=SHAPES.get(State(listed.state), "wait"),
        reason=f"{listed.reason_code}. {listed.reason}" if listed.reason_code else "",
    )


def _money(amount: int | None) -> str:
    return "–" if amount is None else money.rupiah(amount)


def _villages() -> tuple[dict[str, str], str]:
    """Villages that have submitted something, by code, and as choices; asked for at most once a minute."""
    told: tuple[dict[str, str], str] | None = cache.get("portal.villages")
    if told is None:
        names = {v.code: v.label for v in queries.villages()}
        # Hundreds, so not by the template.
        told = names, "".join(f'<option value="{code}">{escape(name)}</option>' for code, name in names.items())
        cache.set("portal.villages", told, settings.PUBLIC_FIGURES_SECONDS)
    return told


def _options(names: dict[str, str], options: str, chosen: str) -> SafeString:
    """The villages to choose from, the chosen one marked."""
    if chosen in names:
        options = options.replace(f'<option value="{chosen}">', f'<option value="{chosen}" selected>', 1)
    return mark_safe(options)  # noqa: S308


def _given(request: HttpRequest) -> dict[str, str]:
    """What the visitor asked for, cut to what can be asked."""
    given = request.GET
    state, after = given.get("keadaan", ""), given.get("setelah", "")
    return {
        "cari": " ".join(given.get("cari", "")[:80].split()),
        "desa": given.get("desa", "")[:13],
        "keadaan": state if state in set(State) else "",
        "setelah": after if after.isascii() and after.isdigit() and len(after) < 18 else "",
    }


def _address(given: dict[str, str], **changes: object) -> str:
    """The register's address for what is given, with changes; any filter begins at the first page again."""
    words = {**given, "setelah": "", **{k: str(v) for k, v in changes.items()}}
    query = urlencode({name: value for name, value in words.items() if value})
    return f"{REGISTER}?{query}" if query else REGISTER


def _chip(given: dict[str, str], state: State, count: int) -> dict[str, Any]:
    is_on = given["keadaan"] == state.value
    return {
        "label": GROUPS[state],
        "count": count,
        "is_on": is_on,
        "address": _address(given, keadaan="" if is_on else state.value),
    }


def _chosen(given: dict[str, str], villages: dict[str, str]) -> list[tuple[str, str]]:
    """Each filter in force with the address that takes it away."""
    named = {
        "cari": f"“{given['cari']}”" if given["cari"] else "",
        "desa": villages.get(given["desa"], given["desa"]),
        "keadaan": gettext(GROUPS[State(given["keadaan"])]) if given["keadaan"] else "",
    }
    return [(label, _address(given, **{name: ""})) for name, label in named.items() if label]


def _landing() -> dict[str, Any]:
    """The latest year in figures and its map, made at most once a minute: they are the same for everybody."""
    told: dict[str, Any] = cache.get_or_set("portal.situation", _situation, settings.PUBLIC_FIGURES_SECONDS) or {}
    return told


def _situation() -> dict[str, Any]:
    told: Situation | None = situation(at=timezone.now())
    if told is None:
        return {}
    amounts = {s.region.code: s.agreed_value if told.is_decided else s.asked for s in told.shares}
    return {
        "situation": told,
        "picture": picture([s.region for s in told.shares], amounts),
        "of_money": told.is_decided,
        "shares": told.shares,
        "sum": totals(told.shares),
    }


@require_GET
def proposal(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """The road of one proposal, with amount, date, office and reason at each station; printed with its own QR."""
    found = queries.proposal(proposal_id)
    if found is None:
        raise Http404("Usulan tidak ditemukan.")
    here = (settings.PUBLIC_ADDRESS.rstrip("/") or request.build_absolute_uri("/").rstrip("/")) + request.path
    context = {
        "proposal": found,
        "state": label_of(found.state, found.reason_code),
        "shape": SHAPES.get(found.standing, "wait"),
        "ledger": of_proposal(found),
        "unit": found.unit,
        **evidence(found),
        "here": here,
        "qr": _qr(here),
    }
    return render(request, "portal/proposal.html", context)


@lru_cache(maxsize=256)
def _qr(address: str) -> SafeString:
    """The address as a QR code, an SVG without styles of its own; the same for every reader, so it is drawn once."""
    import segno

    made = segno.make(address, error="m", micro=False)
    svg = made.svg_inline(scale=1, border=4, omitsize=True, svgclass="qr", lineclass="", title="QR")
    # segno writes only the code's own path and the title given here.
    return mark_safe(svg)  # noqa: S308
