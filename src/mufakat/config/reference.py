"""Reference pages that follow from the code: who may do what at which stage, and the life of each thing as a diagram.

`python -m mufakat.config.reference` writes them into docs/reference; the tests compare.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

from mufakat.core.decision import Decision
from mufakat.core.machine import Machine
from mufakat.people.actors import Actor
from mufakat.people.roles import LABELS, LEVELS, Role

HERE = {2: "35.25", 3: "35.25.14", 4: "35.25.14.2009"}
ELSEWHERE = {2: "35.24", 3: "35.25.10", 4: "35.25.10.2001"}
NEIGHBOUR = "35.25.14.1019"
AGENCY = "Dinas Contoh"
NOW = datetime(2027, 1, 15, 9, tzinfo=UTC)
NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Question:
    """An action, and whether an actor may do it in a state; the thing lies in Desa Giri, Kecamatan Kebomas."""

    action: str
    thing: str
    states: tuple[StrEnum | None, ...]
    ask: Callable[[Actor, StrEnum | None], Decision]


def actor(role: Role, region: str, *, agency: str = AGENCY) -> Actor:
    """Somebody in an office."""
    return Actor(NOBODY, NOBODY, role, region, LABELS[role], agency=agency if role is Role.OPD else "")


def questions() -> tuple[Question, ...]:
    """Every permission of the path, in the order of the year."""
    return (*_of_people(), *_of_cycle(), *_of_proposals(), *_of_forum(), *_of_tracking())


SOMEBODY = UUID(int=1)


def _of_people() -> tuple[Question, ...]:
    from mufakat.people import permissions

    def appoint(role: Role) -> Callable[[Actor, StrEnum | None], Decision]:
        return lambda a, s: permissions.can_appoint(a, role, HERE[LEVELS[role]])

    village = [(Role.KEPALA_DESA, HERE[4])]
    return (
        Question("Membuka daftar akun wilayah sendiri", "Akun", (None,), lambda a, s: permissions.can_keep_accounts(a)),
        Question("Memberi dan mengakhiri jabatan desa/kelurahan", "Akun", (None,), appoint(Role.OPERATOR_DESA)),
        Question("Memberi dan mengakhiri jabatan forum kecamatan", "Akun", (None,), appoint(Role.VERIFIKATOR)),
        Question("Memberi dan mengakhiri jabatan camat dan admin", "Akun", (None,), appoint(Role.ADMIN_KECAMATAN)),
        Question("Memberi dan mengakhiri jabatan kabupaten", "Akun", (None,), appoint(Role.OPD)),
        Question(
            "Kata sandi baru, kode masuk, menahan akun desa",
            "Akun",
            (None,),
            lambda a, s: permissions.can_manage(a, SOMEBODY, village),
        ),
    )


def _of_cycle() -> tuple[Question, ...]:
    from mufakat.cycles import permissions
    from mufakat.intake import permissions as intake

    return (
        Question(
            "Membuka siklus, pagu, kamus, kriteria, perpanjangan",
            "Siklus",
            (None,),
            lambda a, s: permissions.can_shape(a),
        ),
        Question("Mengimpor lembar usulan", "Siklus", (None,), lambda a, s: intake.can_import(a, _cycle(), NOW)),
    )


def _cycle() -> Any:
    from mufakat.cycles.models import Cycle

    day = timedelta(days=1)
    return Cycle(
        kabupaten="35.25",
        state="dibuka",
        proposals_open_at=NOW - day,
        proposals_close_at=NOW + day,
        returned_until=NOW + 2 * day,
    )


def _of_proposals() -> tuple[Question, ...]:
    from mufakat.prioritisation import permissions as board
    from mufakat.proposals import permissions
    from mufakat.proposals.states import State
    from mufakat.verification import permissions as verification

    states, waiting = tuple(State), (State.SUBMITTED, State.IN_VERIFICATION)
    return (
        Question("Menulis usulan baru", "Usulan", (None,), lambda a, s: permissions.can_draft(a)),
        Question("Melihat usulan", "Usulan", states, lambda a, s: permissions.can_see(a, _proposal(s))),
        Question(
            "Melampirkan bukti penerima barang", "Usulan", states, lambda a, s: permissions.can_prove(a, _proposal(s))
        ),
        Question("Mengubah usulan", "Usulan", states, lambda a, s: permissions.can_edit(a, _proposal(s))),
        Question(
            "Mengajukan usulan", "Usulan", states, lambda a, s: permissions.can_submit(a, _proposal(s), _cycle(), NOW)
        ),
        Question(
            "Mengajukan usulan dengan berita acara desa",
            "Usulan",
            states,
            lambda a, s: permissions.can_submit(a, _proposal(s), _cycle(), NOW, has_minutes=True),
        ),
        Question("Menghapus draf", "Usulan", states, lambda a, s: permissions.can_delete(a, _proposal(s))),
        Question("Menarik usulan", "Usulan", states, lambda a, s: permissions.can_withdraw(a, _proposal(s))),
        Question("Mengajukan banding", "Usulan", states, lambda a, s: permissions.can_appeal(a, _proposal(s))),
        Question("Mengurutkan usulan desa", "Siklus", (None,), lambda a, s: permissions.can_order(a, _cycle(), NOW)),
        Question(
            "Meloloskan, mengembalikan, menolak",
            "Usulan",
            waiting,
            lambda a, s: verification.can_verify(a, _proposal(s)),
        ),
        Question(
            "Menyiapkan putusan atas usulan yang dimasukkan sendiri",
            "Usulan",
            waiting,
            lambda a, s: verification.can_prepare(a, _proposal(s, entered_by=a.user_id)),
        ),
        Question(
            "Menandatangani putusan sebagai orang kedua",
            "Usulan",
            waiting,
            lambda a, s: verification.can_countersign(a, _proposal(s), prepared_by=SOMEBODY),
        ),
        Question(
            "Melihat daftar forum menurut desa", "Usulan", (None,), lambda a, s: verification.can_see_list(a, HERE[3])
        ),
        Question(
            "Mengubah urutan pada papan", "Usulan", (None,), lambda a, s: board.can_move(a, HERE[3], is_frozen=False)
        ),
    )


def _proposal(state: StrEnum | None, **more: object) -> Any:
    from mufakat.proposals.models import Proposal

    here = {"kabupaten": HERE[2], "kecamatan_id": HERE[3], "village_id": HERE[4]}
    return Proposal(**here, state=str(state), agency_final=AGENCY, number=1, **more)


def _of_forum() -> tuple[Question, ...]:
    from mufakat.forums import permissions
    from mufakat.forums.states import ForumState

    states = tuple(ForumState)
    asked: tuple[tuple[str, Callable[[Actor, Any], Decision]], ...] = (
        ("Melihat forum", permissions.can_see),
        ("Mempersiapkan: SK, undangan, pengecualian, siap", permissions.can_prepare),
        ("Membuka daftar hadir dan memulai, menunda", permissions.can_open),
        ("Mencatat kehadiran", permissions.can_record_attendance),
        ("Menyatakan daftar usulan desa sendiri", lambda a, f: permissions.can_confirm_list(a, f, HERE[4])),
        ("Mencatat hasil, blok, usulan lintas, delegasi, layar", permissions.can_lead),
        ("Membagi kelompok", permissions.can_divide),
        ("Mencatat giliran bicara", permissions.can_log_speaking),
        ("Menulis notulen", permissions.can_take_notes),
        ("Melanjutkan sidang yang diskors", permissions.can_resume),
        ("Membatalkan forum", permissions.can_cancel),
        ("Menarik usulan dari blok", permissions.can_withdraw_from_block),
        ("Menerbitkan Berita Acara", permissions.can_issue),
        ("Menarik, melampirkan pindaian, mengunci", permissions.can_sign),
        ("Membuat berita acara perubahan", permissions.can_correct),
    )
    first = Question("Menjadwalkan forum", "Forum", (None,), lambda a, s: permissions.can_schedule(a))
    return (first, *(Question(name, "Forum", states, _on_forum(ask)) for name, ask in asked))


def _on_forum(ask: Callable[[Actor, Any], Decision]) -> Callable[[Actor, StrEnum | None], Decision]:
    from mufakat.forums.models import Forum

    return lambda a, s: ask(a, Forum(kabupaten=HERE[2], kecamatan_id=HERE[3], state=str(s)))


def _of_tracking() -> tuple[Question, ...]:
    from mufakat.proposals.states import State
    from mufakat.tracking import permissions

    states = tuple(State)
    return (
        Question(
            "Menjawab sebagai perangkat daerah", "Usulan", states, lambda a, s: permissions.can_answer(a, _proposal(s))
        ),
        Question(
            "Mengalihkan ke perangkat daerah lain",
            "Usulan",
            states,
            lambda a, s: permissions.can_reroute(a, _proposal(s)),
        ),
        Question(
            "Mencatat hasil tahap berikutnya", "Usulan", states, lambda a, s: permissions.can_record(a, _proposal(s))
        ),
    )


def allowed(question: Question, who: Actor) -> tuple[StrEnum | None, ...]:
    """States in which an actor may do it."""
    return tuple(state for state in question.states if question.ask(who, state))


def _cell(question: Question, role: Role) -> str:
    """What a role may do in its own region, in words short enough for a table."""
    states = allowed(question, actor(role, HERE[LEVELS[role]]))
    if not states:
        return "–"
    return "ya" if len(states) == len(question.states) else ", ".join(str(s) for s in states)


def permission_page() -> str:
    """The matrix: action × role, with the states in which it is allowed, within one's own region."""
    lines = [
        "# Siapa boleh apa",
        "",
        "Dibuat dari kode oleh `python -m mufakat.config.reference`; pengujian membandingkannya.",
        "Isi sel: keadaan saat tindakan diizinkan bagi jabatan di wilayahnya sendiri; “ya” berarti pada semua keadaan.",
        "Di wilayah lain tidak satu pun diizinkan, kecuali tindakan yang tidak menyangkut suatu wilayah.",
        "",
    ]
    for role in Role:
        lines += [f"## {LABELS[role]}", "", "| Tindakan | Tentang | Diizinkan pada |", "|---|---|---|"]
        lines += [f"| {q.action} | {q.thing} | {_cell(q, role)} |" for q in questions()]
        lines.append("")
    return "\n".join(lines)


def state_page() -> str:
    """The life of each thing as a diagram."""
    from mufakat.cycles.states import CYCLE
    from mufakat.documents.states import DOCUMENT
    from mufakat.forums.states import DELEGATE, FORUM
    from mufakat.proposals.states import PROPOSAL

    machines: dict[str, Machine[Any, Any]] = {
        "Siklus": CYCLE,
        "Usulan": PROPOSAL,
        "Forum": FORUM,
        "Delegasi": DELEGATE,
        "Dokumen": DOCUMENT,
    }
    head = [
        "# Keadaan",
        "",
        "Dibuat dari kode oleh `python -m mufakat.config.reference`; pengujian membandingkannya.",
        "",
    ]
    return "\n".join([*head, *(line for name, machine in machines.items() for line in _diagram(name, machine))])


def _diagram(name: str, machine: Machine[Any, Any]) -> list[str]:
    arrows = [f"    {source} --> {target}: {action}" for (source, action), target in machine.table.items()]
    return [f"## {name}", "", "```mermaid", "stateDiagram-v2", *arrows, "```", ""]


def _commands_page() -> str:
    from mufakat.config.command_reference import command_page

    return command_page()


PAGES: dict[str, Callable[[], str]] = {
    "hak-akses.md": permission_page,
    "keadaan.md": state_page,
    "perintah.md": _commands_page,
}


def main() -> int:
    """Write the pages."""
    import django

    django.setup()
    folder = Path("docs/reference")
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8")
        sys.stdout.write(f"{folder / name}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
