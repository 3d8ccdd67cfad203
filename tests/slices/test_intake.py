"""Villages' sheets in the path: nothing lost, nothing twice, and the same papers as `mufakat draft`."""

import json
from dataclasses import replace
from datetime import datetime

import pytest
from tests.slices.conftest import AT, FORUM_DAY, GIRI, KEBOMAS

from mufakat.core.decision import NotAllowed
from mufakat.cycles import commands as cycles
from mufakat.cycles.queries import preset_rows
from mufakat.cycles.rules import Weighed
from mufakat.demo import hall, sheets
from mufakat.drafting import job
from mufakat.drafting.composition import berita_acara
from mufakat.drafting.criteria import house
from mufakat.drafting.deciding import decide
from mufakat.drafting.labels import Reason, Result
from mufakat.drafting.outcome import outcome
from mufakat.engines.nomenclature.classify import Authority
from mufakat.forums.commands import session
from mufakat.forums.papers import draft_of
from mufakat.forums.rules import Method, Verdict
from mufakat.intake import commands, queries
from mufakat.intake.errors import ImportRefused
from mufakat.intake.models import ImportedRow
from mufakat.intake.reading import reading_of
from mufakat.prioritisation import commands as board
from mufakat.prioritisation import papers
from mufakat.proposals.models import Proposal
from mufakat.verification import commands as verification

PAGU = 5_000_000_000
CSV = (
    b"No;Desa;Usulan;Lokasi;Volume;Satuan;Nilai (Rp)\n"
    b"1;Giri;Pavingisasi jalan lingkungan;RT 01 RW 02;120,5;m2;45.000.000\n"
    b"2;Giri;;RT 03;10;m;9.000.000\n"
    b"3;Indro;Rehab posyandu;RW 01;1;unit;30.000.000\n"
    b"4;Giri;Pavingisasi jalan lingkungan;RT 01 RW 02;120,5;m2;45.000.000\n"
)


def read_csv(name="usulan giri.csv"):
    return reading_of(files=[(name, CSV)], gazetteer=queries.gazetteer(KEBOMAS))


def test_village_sheet_becomes_drafts_and_every_row_is_told_of(year, head_giri):
    year.opened()

    made = commands.import_sheets(actor=head_giri, cycle_id=year.cycle.pk, reading=read_csv(), at=AT)

    rows = [(r.row, r.title, r.fate, bool(r.problems)) for r in made.rows.all()]
    assert rows == [
        (2, "Pavingisasi jalan lingkungan", "masuk", False),
        (3, "", "kesalahan", True),
        (4, "Rehab posyandu", "desa_lain", False),
        (5, "Pavingisasi jalan lingkungan", "masuk", False),
    ]
    drafts = list(
        Proposal.objects.values_list("village_id", "state", "number", "title", "value_requested", "volume_requested")
    )
    assert [(v, s, n, t, m, str(q)) for v, s, n, t, m, q in drafts] == [
        (GIRI, "DRAF", None, "Pavingisasi jalan lingkungan", 45_000_000, "120.50")
    ] * 2


def test_same_rows_again_make_no_duplicates_even_under_another_name(year, head_giri):
    year.opened()
    key = {"actor": head_giri, "cycle_id": year.cycle.pk, "at": AT}
    commands.import_sheets(**key, reading=read_csv())

    again = commands.import_sheets(**key, reading=read_csv("salinan.csv"))

    assert queries.counts(again) == {"taken": 0, "known": 2, "faulty": 1, "elsewhere": 1, "held": 0, "all": 4}
    assert Proposal.objects.count() == 2


def test_one_fault_keeps_everything_out_when_so_chosen(year, head_giri):
    year.opened()

    made = commands.import_sheets(
        actor=head_giri, cycle_id=year.cycle.pk, reading=read_csv(), only_if_clean=True, at=AT
    )

    assert queries.counts(made) == {"taken": 0, "known": 0, "faulty": 1, "elsewhere": 1, "held": 2, "all": 4}
    assert Proposal.objects.count() == 0


def test_compilation_needs_its_basis_and_others_may_not_import(year, opd_dputr):
    year.opened()
    key = {"cycle_id": year.cycle.pk, "reading": read_csv(), "at": AT}

    with pytest.raises(ImportRefused):
        commands.import_sheets(actor=year.admin, **key)
    for actor in (year.bappeda, year.verifier, opd_dputr):
        with pytest.raises(NotAllowed):
            commands.import_sheets(actor=actor, basis="BA", **key)
    assert ImportedRow.objects.count() == 0


OTHER_WEIGHTS = [
    Weighed(row["key"], row["name"], weight, tuple(row["anchors"].values()))
    for row, weight in zip(house(), (5, 40, 10, 10, 20, 10, 5), strict=True)
]


@pytest.fixture
def both(year, tmp_path):
    """The demo's sheets through `mufakat draft` and through the path with the same criteria, verified as the engine rules.

    The weights are not the house's own, so that whoever forgets the cycle's criteria comes to other scores.
    """
    faulty = ("Rekap 3 kelurahan", "Usulan Desa Klangonan", "Usulan Desa Prambangan", "Usulan Kelurahan Singosari")
    paths = [p for p in sheets.write(tmp_path / "lembar") if p.stem not in faulty]
    year.opened(pagu=PAGU)
    cycles.set_criteria(actor=year.bappeda, cycle_id=year.cycle.pk, criteria=OTHER_WEIGHTS, at=AT)
    criteria = tmp_path / "kriteria.json"
    criteria.write_text(json.dumps({"criteria": preset_rows(year.cycle)}), encoding="utf-8")
    request = job.Request(
        sheets=tuple(paths), kecamatan=KEBOMAS, plan_year=2028, day=FORUM_DAY,
        at=datetime(2027, 1, 11, 9), out=tmp_path / "hasil", pagu=PAGU, is_example=True,
        criteria=criteria,
    )  # fmt: skip
    assert job.run(request, report=lambda line: None) == job.DONE
    reading = reading_of(files=[(p.name, p.read_bytes()) for p in paths], gazetteer=queries.gazetteer(KEBOMAS))
    commands.import_sheets(
        actor=year.admin, cycle_id=year.cycle.pk, reading=reading, basis="BA Musrenbang Desa 2026", at=AT
    )
    draft = job.prepare(request, report=lambda line: None)[0]
    hasil = json.loads((tmp_path / "hasil" / "hasil.json").read_text(encoding="utf-8"))
    for row in hasil["rows"]:
        _verify(year.verifier, Proposal.objects.get(number=row["number"]), row)
    return draft, hasil, year


def _verify(verifier, proposal, row):
    key = {"actor": verifier, "proposal_id": proposal.pk, "at": AT}
    if row["result"] == Result.KEWENANGAN_DESA:
        verification.refuse(**key, code=Reason.KEW_DESA, reason=row["reason"])
        return
    if row["reason_code"] in (Reason.LAHAN, Reason.HUKUM):
        verification.refuse(**key, code=Reason(row["reason_code"]), reason=row["reason"])
        return
    verification.verify(**key, authority=Authority(row["authority"]), agency=row["agency"] or "Kecamatan Kebomas")


def test_path_and_draft_give_the_same_rows_and_totals(both):
    _, hasil, year = both

    sheet = papers.sheet_of(cycle=year.cycle, kecamatan=year.forum_kecamatan(), day=FORUM_DAY, at=AT)

    path = outcome(sheet.draft, files={})
    compared = ("number", "village", "village_code", "title", "location", "volume", "unit", "value", "requested_value",
                "agency", "authority", "bidang", "score", "coverage", "rank", "result", "reason_code", "duplicates",
                "source")  # fmt: skip
    assert [{k: r[k] for k in compared} for r in path["rows"]] == [{k: r[k] for k in compared} for r in hasil["rows"]]
    assert path["totals"] == hasil["totals"]
    assert hasil["totals"]["rows"] == Proposal.objects.count() > 50


def test_path_and_draft_give_the_same_berita_acara(both):
    draft, _, year = both
    sheet = papers.sheet_of(
        cycle=year.cycle,
        kecamatan=year.forum_kecamatan(),
        day=FORUM_DAY,
        at=draft.options.at,
        office=draft.options.office,
    )

    ours, theirs = berita_acara(sheet.draft, None), berita_acara(draft, None)

    assert replace(ours, notes=()) == replace(theirs, notes=())


def test_path_and_filled_worksheet_give_the_same_decided_berita_acara(both):
    """The demo's forum decides: one value lowered, two places changed, one refused with its reason."""
    draft, _, year = both
    invented = hall.decisions(draft)
    key = _in_session(year)
    listed = {p.number: p for p in Proposal.objects.all()}
    for number, made in invented.rows.items():
        proposal = listed[number]
        proposal.refresh_from_db()
        if proposal.state in ("DIALIHKAN_DESA", "TIDAK_LAYAK"):  # refused before the forum
            continue
        session.decide(**key, proposal_id=proposal.pk, verdict=_verdict(draft, made), at=AT)
    for number, made in invented.rows.items():
        if made.reason.startswith("Didahulukan"):
            _move(year, listed[number], made)

    theirs = berita_acara(decide(draft, invented), None)
    decided = draft_of(year.forum, at=AT)

    ours = berita_acara(decided, None)
    assert decided.is_decided
    figures = ("agreed_total", "agreed_count", "proposals_total", "proposals_count", "pagu", "results", "per_agency",
               "per_bidang", "per_village", "per_authority", "priorities", "others", "supra")  # fmt: skip
    assert {name: getattr(ours, name) for name in figures} == {name: getattr(theirs, name) for name in figures}


def _in_session(year):
    year.scheduled().ready().started()
    return {"actor": year.pemandu, "forum_id": year.forum.pk}


def _verdict(draft, made):
    entry = draft.entries[made.number - 1]
    is_agreed = made.result is Result.DISEPAKATI
    code = made.reason_code or entry.recommended.reason_code
    return Verdict(
        made.result,
        made.value if is_agreed else None,
        entry.agency,
        "" if is_agreed else code,
        made.reason or ("" if is_agreed else entry.recommended.reason),
        Method.CONSENSUS,
    )


def _move(year, proposal, made):
    """The worksheet's rank as a move on the board."""
    board.move(
        actor=year.admin, cycle_id=year.cycle.pk, kecamatan=KEBOMAS, proposal_id=proposal.pk, to=made.rank,
        reason=made.reason, accepts_inversion=True, is_frozen=False, at=AT,
    )  # fmt: skip
