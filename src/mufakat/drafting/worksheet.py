"""`lembar-kerja.xlsx`: the sheet a hall works on; `--keputusan` reads it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mufakat.core.dates import full_date, moment
from mufakat.core.money import rupiah
from mufakat.documents.render import Column, Sheet, workbook
from mufakat.drafting import totals
from mufakat.drafting import worksheet_layout as at
from mufakat.drafting.composition import location_of, plan_order
from mufakat.drafting.labels import AUTHORITY_LABELS, REASON_LABELS, RESULT_LABELS, Result

if TYPE_CHECKING:
    from mufakat.documents.render import Value
    from mufakat.drafting.decisions import Session
    from mufakat.drafting.draft import Draft, Entry

ROOM_FOR_NEW = 15
ROOM_FOR_PEOPLE = 120


def worksheet_bytes(draft: Draft, session: Session | None = None) -> bytes:
    """The workbook: what the forum decides is open to write, everything else is protected against slips.

    Before the forum the decision columns hold the recommendation, so that only what differs needs a hand; after
    it they hold the decisions and the tabs hold what was filled in.
    """
    sheets = (
        _guide(draft),
        _proposals(draft),
        _session(draft, session),
        _attendance(draft, session),
        _delegates(draft, session),
        _materials(draft, session),
        _objections(draft, session),
        _signatories(draft, session),
    )
    return workbook(sheets=sheets, at=draft.options.at, title=f"Lembar kerja {heading(draft)}")


def heading(draft: Draft) -> str:
    """The forum in one line, with both years."""
    options = draft.options
    return (
        f"Musrenbang {options.office.kecamatan_term} {options.place.kecamatan} {options.day.year} "
        f"untuk RKPD {options.plan_year}"
    )


def title_lines(draft: Draft, title: str) -> tuple[str, ...]:
    """Title lines every tab carries: what it is, which forum, its standing and its moment."""
    standing = "HASIL FORUM" if draft.is_decided else "RANCANGAN, bukan hasil forum"
    example = ("CONTOH, BUKAN DOKUMEN RESMI",) if draft.options.is_example else ()
    line = f"{heading(draft)} · {full_date(draft.options.day)} · {standing} · {moment(draft.options.at)}"
    return (title, line, *example)


def _guide(draft: Draft) -> Sheet:
    lines = [
        ("1", f"Tab {at.PROPOSALS}: satu baris satu usulan. Kolom kuning boleh diisi; kolom lain dikunci."),
        ("2", f"Kolom {at.RESULT} sudah berisi rekomendasi. Ubah hanya yang diputuskan lain oleh forum."),
        ("3", f"Yang tidak disepakati memerlukan {at.CODE} atau {at.REASON}."),
        (
            "4",
            f"{at.RANK}: bilangan 1, 2, 3 dan seterusnya bagi yang disepakati. Kosong berarti mengikuti urutan sementara.",
        ),
        ("5", f"{at.AGREED}: nilai yang disepakati; nilai usulan tetap tercatat di sebelahnya."),
        ("6", "Usulan lintas desa/kelurahan yang lahir dalam sidang ditulis pada baris kosong di bawah daftar."),
        ("7", "Isi tab lain: waktu dan tempat, kehadiran, delegasi, sambutan dan materi, keberatan, penandatangan."),
        ("8", "Simpan sebagai XLSX, lalu jalankan lagi: mufakat draft … --keputusan lembar-kerja.xlsx"),
    ]
    codes = [("Kode alasan", ""), *((str(code), label) for code, label in REASON_LABELS.items())]
    results = [("Hasil", ""), *(("", label) for label in RESULT_LABELS.values())]
    return Sheet(
        name=at.GUIDE,
        columns=(Column("Langkah", "code", 14), Column("Petunjuk", "text", 110)),
        rows=(*lines, ("", ""), *results, ("", ""), *codes),
        title=title_lines(draft, "PETUNJUK LEMBAR KERJA"),
        filtered=False,
        protected=True,
        paper=draft.options.office.paper,
    )


def _proposals(draft: Draft) -> Sheet:
    names = tuple(dict.fromkeys(totals.entry_village(e) for e in draft.entries))
    columns = (
        Column(at.NUMBER, "int", 6),
        Column(at.VILLAGE, "text", 22, help="Bagi usulan baru: desa dan kelurahan yang terlibat, dipisah koma."),
        Column(at.TITLE, "text", 46),
        Column(at.PLACE, "text", 30),
        Column(at.VOLUME, "number", 10),
        Column(at.UNIT, "text", 9),
        Column(at.VALUE, "money", 17),
        Column(at.BIDANG, "text", 20),
        Column(at.AUTHORITY, "text", 18),
        Column(at.SCORE, "number", 8),
        Column(at.ADVICE, "text", 18),
        Column(at.ADVICE_RANK, "int", 10),
        Column(at.RESULT, "choice", 18, choices=at.RESULT_CHOICES, locked=False),
        Column(at.RANK, "int", 9, locked=False),
        Column(at.AGREED, "money", 17, locked=False),
        Column(at.CODE, "choice", 12, choices=at.CODE_CHOICES, locked=False, help="Arti kode ada pada tab Petunjuk."),
        Column(at.REASON, "text", 38, locked=False),
        Column(at.AGENCY, "text", 30, locked=False),
        Column(at.NOTE, "text", 24, locked=False),
        Column(at.ADVICE_REASON, "text", 38),
        Column(at.REMARK, "text", 50),
        Column(at.KEY, "code", 14),
    )
    pagu = draft.options.pagu
    limit = f"Pagu {rupiah(pagu)}" if pagu is not None else "Tanpa pagu"
    spent = f"direkomendasikan {rupiah(totals.value_of(draft.agreed))}"
    return Sheet(
        name=at.PROPOSALS,
        columns=columns,
        rows=tuple(_proposal(e) for e in plan_order(draft)),
        title=(
            *title_lines(draft, "DAFTAR USULAN DAN KEPUTUSAN FORUM"),
            f"{limit}; {spent}; {len(names)} desa/kelurahan",
        ),
        frozen_columns=3,
        protected=True,
        paper=draft.options.office.paper,
        blank_rows=ROOM_FOR_NEW,
    )


def _proposal(entry: Entry) -> tuple[Value, ...]:
    row, advice = entry.row, entry.recommended
    is_usable = entry.ruling is not None
    agreed = entry.value if entry.result is Result.DISEPAKATI else None
    return (
        entry.number,
        totals.entry_village(entry),
        row.title,
        location_of(entry).removeprefix(totals.entry_village(entry)).strip(", "),
        row.volume if row.volume is not None else row.volume_text,
        row.unit,
        row.value,
        entry.ruling.bidang_label if entry.ruling else "",
        AUTHORITY_LABELS[entry.ruling.authority] if entry.ruling else "",
        entry.score if is_usable and entry.coverage else None,
        RESULT_LABELS[advice.result],
        advice.rank,
        RESULT_LABELS[entry.result],
        entry.rank,
        agreed,
        entry.reason_code,
        entry.reason if entry.result is not advice.result else "",
        entry.agency,
        "",
        advice.reason,
        " ".join(entry.warnings),
        at.row_key(row),
    )


def _form(
    draft: Draft,
    name: str,
    title: str,
    columns: tuple[Column, ...],
    rows: tuple[tuple[Value, ...], ...],
    *,
    room: int,
    notes: tuple[str, ...] = (),
) -> Sheet:
    """A tab to fill in; what is filled in comes first, empty lines follow."""
    return Sheet(
        name=name,
        columns=columns,
        rows=rows,
        title=title_lines(draft, title),
        notes=notes,
        filtered=False,
        paper=draft.options.office.paper,
        blank_rows=room,
    )


def _open(head: str, width: float, choices: tuple[str, ...] = (), kind: str = "text") -> Column:
    return Column(head, "choice" if choices else kind, width, choices=choices, locked=False)  # type: ignore[arg-type]


def _session(draft: Draft, session: Session | None) -> Sheet:
    office = draft.options.office
    chair = (session.chair if session else None) or office.chair
    invited = session.invited if session and session.invited is not None else office.invited
    values: dict[str, Value] = {
        at.SESSION_NUMBER: (session.number if session else "") or office.number,
        at.SESSION_TIME: (session.time if session else "") or office.time,
        at.SESSION_PLACE: (session.place if session else "") or office.place,
        at.SESSION_CHAIR: chair.name,
        at.SESSION_CHAIR_POSITION: chair.position,
        at.SESSION_CHAIR_CAPACITY: chair.capacity,
        at.SESSION_CHAIR_NIP: chair.nip,
        at.SESSION_CHAIR_OFFICE: chair.institution,
        at.SESSION_INVITED: str(invited) if invited is not None else "",
        at.SESSION_METHOD: (session.method if session else "") or at.METHODS[0],
        at.SESSION_DELEGATES_REASON: session.delegates_reason if session else "",
    }
    return _form(
        draft,
        at.SESSION,
        "FORUM: WAKTU, TEMPAT, PIMPINAN SIDANG",
        (Column("Isian", "text", 40), _open("Nilai", 60)),
        tuple((field, values[field]) for field in at.SESSION_FIELDS),
        room=0,
    )


def _attendance(draft: Draft, session: Session | None) -> Sheet:
    villages = tuple(totals.village_label(v.kind, v.name) for v in draft.villages)
    heads = at.ATTENDANCE_HEADS
    columns = (
        _open(heads[0], 6, kind="int"),
        _open(heads[1], 32),
        _open(heads[2], 7, ("L", "P")),
        _open(heads[3], 30, at.ELEMENTS),
        _open(heads[4], 32),
        _open(heads[5], 26),
        _open(heads[6], 26, villages),
    )
    rows = tuple(
        (a.number, a.name, a.gender, a.element, a.institution, a.position, a.origin)
        for a in (session.attendees if session else ())
    )
    return _form(draft, at.ATTENDANCE, "DAFTAR HADIR", columns, rows, room=max(0, ROOM_FOR_PEOPLE - len(rows)))


def _delegates(draft: Draft, session: Session | None) -> Sheet:
    heads = at.DELEGATE_HEADS
    columns = (
        _open(heads[0], 6, kind="int"),
        _open(heads[1], 32),
        _open(heads[2], 7, ("L", "P")),
        _open(heads[3], 30, at.ELEMENTS),
        _open(heads[4], 36),
    )
    rows = tuple((d.number, d.name, d.gender, d.element, d.institution) for d in (session.delegates if session else ()))
    notes = (
        "Tiga sampai lima orang, sedikitnya 30 persen perempuan (dibulatkan ke atas), tercantum dalam daftar hadir.",
    )
    return _form(draft, at.DELEGATES, "DAFTAR DELEGASI", columns, rows, room=max(0, 5 - len(rows)), notes=notes)


def _materials(draft: Draft, session: Session | None) -> Sheet:
    heads = at.MATERIAL_HEADS
    columns = (
        _open(heads[0], 6, kind="int"),
        _open(heads[1], 14, (at.SPEECH, at.PAPER)),
        _open(heads[2], 60),
        _open(heads[3], 40),
    )
    speeches = [(at.SPEECH, "", by) for by in (session.speeches if session else ())]
    papers = [(at.PAPER, m.topic, m.presenter) for m in (session.materials if session else ())]
    rows = tuple((i, *row) for i, row in enumerate([*speeches, *papers], start=1))
    return _form(draft, at.MATERIALS, "SAMBUTAN DAN PAPARAN MATERI", columns, rows, room=12)


def _objections(draft: Draft, session: Session | None) -> Sheet:
    heads = at.OBJECTION_HEADS
    columns = (_open(heads[0], 6, kind="int"), _open(heads[1], 28), _open(heads[2], 60), _open(heads[3], 60))
    rows = tuple((o.number, o.by, o.content, o.answer) for o in (session.objections if session else ()))
    return _form(draft, at.OBJECTIONS, "KEBERATAN DAN JAWABAN", columns, rows, room=15)


def _signatories(draft: Draft, session: Session | None) -> Sheet:
    from mufakat.drafting.composition import default_signatories
    from mufakat.drafting.decisions import Session as Empty

    heads = at.SIGNATORY_HEADS
    columns = (
        _open(heads[0], 6, kind="int"),
        _open(heads[1], 32),
        _open(heads[2], 30),
        _open(heads[3], 34),
        _open(heads[4], 12, ("definitif", "Plt.", "Plh.", "Pj.", "a.n.")),
        _open(heads[5], 24, kind="code"),
        _open(heads[6], 26),
    )
    signatories = (session.signatories if session else ()) or default_signatories(draft, session or Empty())
    rows = tuple(
        (
            s.number,
            s.official.name,
            s.official.position,
            s.official.institution,
            s.official.capacity,
            s.official.nip,
            s.note,
        )
        for s in signatories
    )
    notes = ("NIP hanya bagi pegawai negeri. Yang tidak menandatangani: tulis “tidak menandatangani” pada Keterangan.",)
    return _form(draft, at.SIGNATORIES, "PENANDATANGAN BERITA ACARA", columns, rows, room=12, notes=notes)
