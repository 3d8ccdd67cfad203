"""Proposals of the path as the drafting engine reads them: same order, same papers, same totals as `mufakat draft`."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from mufakat.cycles import queries as cycles
from mufakat.drafting.assembly import assemble
from mufakat.drafting.draft import Draft, Options, Place
from mufakat.drafting.labels import REASON_LABELS, Reason, Result
from mufakat.drafting.office import Office, default_office
from mufakat.drafting.preparation import Preparation, Settled
from mufakat.engines.nomenclature.classify import Authority
from mufakat.engines.nomenclature.table import shipped
from mufakat.engines.sheets.model import Reading, SheetRow, Source, Village
from mufakat.intake import queries as intake
from mufakat.intake.rules import draft_of
from mufakat.prioritisation import queries
from mufakat.proposals.states import State
from mufakat.regions.models import Region

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from mufakat.cycles.models import Cycle
    from mufakat.drafting.rules import Verdict
    from mufakat.proposals.models import Proposal

NOT_CHECKED = "Belum selesai diperiksa kecamatan sampai daftar disusun."
LAPSED = "Tidak dilengkapi sampai batas waktu yang diberikan."


@dataclass(frozen=True, slots=True)
class Sheet:
    """The draft with the way back from its numbers (1…N) to the proposals."""

    draft: Draft
    proposals: tuple[Proposal, ...]

    def number_of(self, proposal: Proposal) -> int:
        """The draft's number of a proposal."""
        return next(i for i, p in enumerate(self.proposals, start=1) if p.pk == proposal.pk)


def sheet_of(
    *, cycle: Cycle, kecamatan: Region, day: date, at: datetime, office: Office | None = None, with_moves: bool = True
) -> Sheet:
    """The draft of a kecamatan's forum from what is stored now; headed RANCANGAN until it is decided (rule 52)."""
    proposals = tuple(queries.on_papers(cycle=cycle, kecamatan=kecamatan.code))
    regions = list(Region.objects.filter(code__startswith=kecamatan.code[:5]).order_by("code"))
    options = _options(cycle, kecamatan, day, at, office)
    reading = _reading(proposals, regions, kecamatan)
    outside = [r.name for r in regions if r.code.count(".") == 3 and r.parent_id != kecamatan.code]
    preparation = Preparation({i: _settled(p) for i, p in enumerate(proposals, start=1)})
    draft = assemble(reading=reading, options=options, table=shipped(), known_villages=outside, preparation=preparation)
    if with_moves and (order := _order(draft, proposals, cycle, kecamatan.code)):
        moved = replace(preparation, order=order)
        draft = assemble(reading=reading, options=options, table=shipped(), known_villages=outside, preparation=moved)
    return Sheet(draft, proposals)


_KEPT: OrderedDict[tuple[object, ...], Sheet] = OrderedDict()
KEPT_AT_MOST = 8


def standing_sheet(*, cycle: Cycle, kecamatan: Region, day: date, at: datetime) -> Sheet:
    """`sheet_of` for the screen: computed anew only when something on it has changed (`queries.fingerprint`).

    Its draft bears the moment it was computed at; papers are made with `sheet_of`.
    """
    told = queries.fingerprint(cycle=cycle, kecamatan=kecamatan.code)
    key = (cycle.pk, kecamatan.code, day, cycle.pagu_of(kecamatan.code), *told)
    sheet = _KEPT.pop(key, None) or sheet_of(cycle=cycle, kecamatan=kecamatan, day=day, at=at)
    _KEPT[key] = sheet
    while len(_KEPT) > KEPT_AT_MOST:
        _KEPT.popitem(last=False)
    return sheet


def running(draft: Draft) -> list[int]:
    """Numbers of the draft that are in the running, in order of place."""
    ordered = [e for e in draft.entries if e.order is not None]
    return [e.number for e in sorted(ordered, key=lambda e: e.order or 0)]


def _order(draft: Draft, proposals: Sequence[Proposal], cycle: Cycle, kecamatan: str) -> tuple[int, ...]:
    """The team's order in the draft's numbers; empty when nobody moved anything."""
    moves = queries.moves_of(cycle=cycle, kecamatan=kecamatan)
    if not moves:
        return ()
    public = {i: p.number or 0 for i, p in enumerate(proposals, start=1)}
    back = {number: i for i, number in public.items()}
    order = queries.team_order(provisional=[public[i] for i in running(draft)], moves=moves)
    return tuple(back[number] for number in order)


def _options(cycle: Cycle, kecamatan: Region, day: date, at: datetime, office: Office | None) -> Options:
    regency = Region.objects.get(code=kecamatan.code[:5])
    province = Region.objects.filter(code=kecamatan.code[:2]).first()
    return Options(
        place=Place(
            code=kecamatan.code,
            kecamatan=kecamatan.name,
            kabupaten=regency.name,
            provinsi=province.name if province else "",
            bounds=kecamatan.bounds,
            regency_bounds=regency.bounds,
        ),
        plan_year=cycle.plan_year,
        day=day,
        # Papers print the office's own time.
        at=timezone.localtime(at) if timezone.is_aware(at) else at,
        office=office or default_office(kecamatan=kecamatan.name, kabupaten=regency.name),
        pagu=cycle.pagu_of(kecamatan.code),
        is_example=cycle.is_example,
        criteria=cycles.criteria_of_cycle(cycle),
    )


def _reading(proposals: Sequence[Proposal], regions: Sequence[Region], kecamatan: Region) -> Reading:
    villages = tuple(_village(r, kecamatan) for r in regions if r.parent_id == kecamatan.code)
    imported = intake.rows_of(proposals)
    rows = tuple(_row(p, kecamatan, imported.get(p.pk)) for p in proposals)
    return Reading(rows=rows, problems=(), villages=villages)


def _village(region: Region, kecamatan: Region) -> Village:
    return Village(region.code, region.name, region.kind, kecamatan.name)


def _row(proposal: Proposal, kecamatan: Region, imported: SheetRow | None) -> SheetRow:
    """A proposal as the row its village wrote; what was verified stands beside it in the preparation.

    An imported one is the row as it was read, with what has been changed since laid over it, so that the path and
    `mufakat draft` see the same row.
    """
    written = _written(proposal, kecamatan)
    if imported is None:
        return written
    before = draft_of(imported)
    same = [name for name in _COMMON if getattr(written, name) == getattr(before, name)]
    stated = {name: getattr(imported, name) for name in same} | {"volume": _volume(proposal, imported)}
    asked = proposal.agency_requested
    # What the village stated; the agency that verification settled stands in the preparation.
    stated["agency"] = imported.agency if asked == before.agency else asked
    kept = (f.name for f in fields(imported) if f.name not in _OURS)
    return replace(written, **{name: getattr(imported, name) for name in kept}, **stated)


_COMMON = (
    "title", "problem", "location", "rt", "rw", "latitude", "longitude", "unit", "unit_price", "value", "households", "people", "groups", "land_status",
    "recipient", "priority",
)  # fmt: skip
"""Fields a row and a proposal share under one name."""
_OURS = frozenset({*_COMMON, "volume", "village", "agency"})
"""Fields the path decides; all others of an imported row stay as they were read."""


def _volume(proposal: Proposal, imported: SheetRow) -> Decimal | None:
    """The row's own volume while nobody changed or verified another."""
    volume = proposal.volume_verified if proposal.volume_verified is not None else proposal.volume_requested
    return imported.volume if volume == draft_of(imported).volume else volume


def _written(proposal: Proposal, kecamatan: Region) -> SheetRow:
    volume = proposal.volume_verified
    places = ", ".join(place.village.label for place in proposal.places.all())
    return SheetRow(
        source=Source(proposal.source_file or kecamatan.name, proposal.kecamatan_id, proposal.number or 0),
        title=proposal.title,
        village=_village(proposal.village, kecamatan) if proposal.village else None,
        village_text=proposal.place_label,
        number=str(proposal.number),
        problem=proposal.problem,
        location=f"{places}, {proposal.location}" if places else proposal.location,
        rt=proposal.rt,
        rw=proposal.rw,
        latitude=proposal.latitude,
        longitude=proposal.longitude,
        volume=volume if volume is not None else proposal.volume_requested,
        unit=proposal.unit,
        unit_price=proposal.unit_price,
        value=proposal.value_requested,
        agency=proposal.agency_final or proposal.agency_requested,
        priority=proposal.village_priority,
        households=proposal.households,
        people=proposal.people,
        groups=proposal.groups,
        land_status=proposal.land_status,
        recipient=proposal.recipient,
    )


def _settled(proposal: Proposal) -> Settled:
    return Settled(
        authority=Authority(proposal.authority) if proposal.authority else None,
        agency=proposal.agency_final,
        verdict=_verdict(proposal),
        value=proposal.value_verified,
        is_cleared=proposal.is_cleared,
    )


def _verdict(proposal: Proposal) -> Verdict | None:
    """What took a proposal out of the running before the forum; it stays in Lampiran III with its reason (rule 81)."""
    if proposal.refused_at == State.IN_VERIFICATION and proposal.standing is State.NOT_ELIGIBLE:
        code = Reason(proposal.reason_code)
        return Result.BELUM_DISEPAKATI, code, proposal.reason or f"{REASON_LABELS[code]}."
    if proposal.refused_at == State.IN_VERIFICATION and proposal.standing is State.TO_VILLAGE:
        return Result.KEWENANGAN_DESA, Reason.KEW_DESA, proposal.reason
    if proposal.standing is State.LAPSED:
        return Result.BELUM_DISEPAKATI, Reason.DOK, LAPSED
    if proposal.standing in queries.BEFORE:
        return Result.BELUM_DISEPAKATI, Reason.DOK, NOT_CHECKED
    return None
