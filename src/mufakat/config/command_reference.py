"""Every command: those of the path with who may give them, and those of the command line. Compared in the tests."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any

from mufakat.people.roles import LABELS, LEVELS, Role

OWN = "Setiap jabatan, untuk akunnya sendiri"
CALLED = "Bagian dari perintah lain, yang memeriksa izin dan mencatat"
MACHINE = "Hanya dari baris perintah server"

CYCLE = "Membuka siklus, pagu, kamus, kriteria, perpanjangan"
IMPORT = "Mengimpor lembar usulan"
WRITE = "Menulis usulan baru"
EDIT = "Mengubah usulan"
VERIFY = "Meloloskan, mengembalikan, menolak"
PROVE = "Melampirkan bukti penerima barang"
VERIFY_OWN = "Menyiapkan putusan atas usulan yang dimasukkan sendiri"
COUNTERSIGN = "Menandatangani putusan sebagai orang kedua"
PREPARE = "Mempersiapkan: SK, undangan, pengecualian, siap"
OPEN = "Membuka daftar hadir dan memulai, menunda"
ATTEND = "Mencatat kehadiran"
LEAD = "Mencatat hasil, blok, usulan lintas, delegasi, layar"
SPEAK = "Mencatat giliran bicara"
NOTE = "Menulis notulen"
DIVIDE = "Membagi kelompok"
SIGN = "Menarik, melampirkan pindaian, mengunci"
APPOINT = "Memberi dan mengakhiri jabatan desa/kelurahan"
MANAGE = "Kata sandi baru, kode masuk, menahan akun desa"

PERMISSIONS: dict[str, str] = {
    "audit.append": CALLED,
    "audit.chains": MACHINE,
    "audit.erase": MACHINE,
    "audit.personal": CALLED,
    "audit.verify": MACHINE,
    "cycles.add_kamus": CYCLE,
    "cycles.adjust": CYCLE,
    "cycles.announce_pagu": CYCLE,
    "cycles.announce_pagus": CYCLE,
    "cycles.change_kamus": CYCLE,
    "cycles.close": CYCLE,
    "cycles.extend": CYCLE,
    "cycles.extend_for": CYCLE,
    "cycles.freeze_criteria": CALLED,
    "cycles.hold_kamus": CYCLE,
    "cycles.import_kamus": CYCLE,
    "cycles.open_cycle": CYCLE,
    "cycles.set_criteria": CYCLE,
    "documents.attach_scan": CALLED,
    "documents.file": CALLED,
    "documents.issue": CALLED,
    "documents.keep": CALLED,
    "documents.keep_scan": CALLED,
    "documents.lock": CALLED,
    "documents.void": CALLED,
    "forums.amending.add_signer": LEAD,
    "forums.amending.change_chair": LEAD,
    "forums.amending.correct_attendance": ATTEND,
    "forums.amending.drop_delegate": LEAD,
    "forums.amending.remark_unsigned": SIGN,
    "forums.amending.remove_attendance": ATTEND,
    "forums.amending.remove_signer": LEAD,
    "forums.amending.set_rules": OPEN,
    "forums.dividing.add_group": DIVIDE,
    "forums.dividing.change_group": DIVIDE,
    "forums.dividing.move_to_group": DIVIDE,
    "forums.dividing.remove_group": DIVIDE,
    "forums.dividing.report_group": LEAD,
    "forums.minutes.attach_scan": SIGN,
    "forums.minutes.correct": "Membuat berita acara perubahan",
    "forums.minutes.issue": "Menerbitkan Berita Acara",
    "forums.minutes.lock": SIGN,
    "forums.minutes.print_file": CALLED,
    "forums.minutes.withdraw": SIGN,
    "forums.notes.take_notes": NOTE,
    "forums.pausing.cancel": "Membatalkan forum",
    "forums.pausing.resume": "Melanjutkan sidang yang diskors",
    "forums.pausing.suspend": LEAD,
    "forums.preparation.declare_ready": PREPARE,
    "forums.preparation.excuse_village": PREPARE,
    "forums.preparation.invite": PREPARE,
    "forums.preparation.open_attendance": ATTEND,
    "forums.preparation.postpone": OPEN,
    "forums.preparation.prepare": PREPARE,
    "forums.preparation.reschedule": "Menjadwalkan forum",
    "forums.preparation.schedule": "Menjadwalkan forum",
    "forums.preparation.set_agenda": PREPARE,
    "forums.preparation.set_team": PREPARE,
    "forums.preparation.start": OPEN,
    "forums.session.agree": LEAD,
    "forums.session.answer_objection": LEAD,
    "forums.session.confirm_list": "Menyatakan daftar usulan desa sendiri",
    "forums.session.decide": LEAD,
    "forums.session.decide_block": LEAD,
    "forums.session.elect": LEAD,
    "forums.session.explain_delegation": LEAD,
    "forums.session.nominate": LEAD,
    "forums.session.open_plenary": LEAD,
    "forums.session.propose_across": LEAD,
    "forums.session.read_block": LEAD,
    "forums.session.record_attendance": ATTEND,
    "forums.session.return_to_session": LEAD,
    "forums.session.show": LEAD,
    "forums.session.withdraw_from_block": "Menarik usulan dari blok",
    "forums.speaking.record_turn": SPEAK,
    "forums.speaking.set_speaking_limit": LEAD,
    "forums.speaking.take_back_turn": SPEAK,
    "forums.wording.add_clause": LEAD,
    "forums.wording.move_clause": LEAD,
    "forums.wording.remove_clause": LEAD,
    "forums.wording.reword_clause": LEAD,
    "forums.wording.switch_clause": LEAD,
    "intake.confirm": IMPORT,
    "intake.hold": IMPORT,
    "intake.import_sheets": IMPORT,
    "people.accounts.appoint": CALLED,
    "people.accounts.create_account": APPOINT,
    "people.accounts.end_office": APPOINT,
    "people.accounts.give_office": APPOINT,
    "people.accounts.hand_over": APPOINT,
    "people.accounts.hold_account": MANAGE,
    "people.accounts.open_account": CALLED,
    "people.accounts.release_account": MANAGE,
    "people.accounts.renew_password": CALLED,
    "people.accounts.reset_password": MANAGE,
    "people.accounts.reset_second_factor": MANAGE,
    "people.founding.found": MACHINE,
    "people.founding.let_in_again": MACHINE,
    "people.own.begin_second_factor": OWN,
    "people.own.change_password": OWN,
    "people.own.confirm_second_factor": OWN,
    "people.own.drop_second_factor": OWN,
    "people.own.renew_recovery_codes": OWN,
    "people.own.take_code": CALLED,
    "prioritisation.keep_run": "Melihat forum",
    "prioritisation.move": "Mengubah urutan pada papan",
    "proposals.add_from_session": CALLED,
    "proposals.add_photo": EDIT,
    "proposals.appeal": "Mengajukan banding",
    "proposals.attach_minutes": WRITE,
    "proposals.columns_of": CALLED,
    "proposals.content_of": CALLED,
    "proposals.delete": "Menghapus draf",
    "proposals.draft": WRITE,
    "proposals.edit": EDIT,
    "proposals.missing_of": CALLED,
    "proposals.proving.attach_proof": PROVE,
    "proposals.put_at": "Mengurutkan usulan desa",
    "proposals.remove_photo": EDIT,
    "proposals.reopen": CALLED,
    "proposals.resembling.join": EDIT,
    "proposals.resembling.tell_apart": EDIT,
    "proposals.step": CALLED,
    "proposals.submit": "Mengajukan usulan",
    "proposals.take_result": CALLED,
    "proposals.withdraw": "Menarik usulan",
    "regions.load": MACHINE,
    "tracking.answer": "Menjawab sebagai perangkat daerah",
    "tracking.hand_over": CALLED,
    "tracking.record": "Mencatat hasil tahap berikutnya",
    "tracking.reroute": "Mengalihkan ke perangkat daerah lain",
    "verification.countersign": COUNTERSIGN,
    "verification.decide": VERIFY,
    "verification.decline": COUNTERSIGN,
    "verification.lapse_overdue": MACHINE,
    "verification.obstacles_of": CALLED,
    "verification.prepare": VERIFY_OWN,
    "verification.refuse": VERIFY,
    "verification.return_to_village": VERIFY,
    "verification.verify": VERIFY,
}
"""Each command of the path and what it asks: an action of `hak-akses.md`, or one of the three words above.

A new command gets its row here; the tests fail until it has one, and try the command as a stranger.
"""


def domain_commands() -> Iterator[tuple[str, Callable[..., Any]]]:
    """(slice[.module].name, function) of every public function in a slice's `commands`, in order of name."""
    import mufakat

    found: dict[str, Callable[..., Any]] = {}
    for slice_ in pkgutil.iter_modules(mufakat.__path__):
        if slice_.ispkg:
            found.update(_of_slice(slice_.name))
    yield from sorted(found.items())


def _of_slice(slice_: str) -> dict[str, Callable[..., Any]]:
    try:
        package = importlib.import_module(f"mufakat.{slice_}.commands")
    except ModuleNotFoundError as error:
        if error.name != f"mufakat.{slice_}.commands":
            raise
        return {}
    below = [m.name for m in pkgutil.iter_modules(getattr(package, "__path__", ()))]
    modules = [package, *(importlib.import_module(f"{package.__name__}.{name}") for name in below)]
    found = {}
    for module in modules:
        head = module.__name__.removeprefix("mufakat.").replace(".commands", "", 1)
        for name, made in vars(module).items():
            is_ours = inspect.isfunction(made) and made.__module__ == module.__name__
            if is_ours and not name.startswith("_"):
                found[f"{head}.{name}"] = made
    return found


def who_may(command: str) -> str:
    """The offices that may give a command in their own region, in words."""
    from mufakat.config.reference import HERE, actor, allowed, questions

    asked = PERMISSIONS[command]
    if asked in (OWN, CALLED, MACHINE):
        return asked
    question = next(q for q in questions() if q.action == asked)
    roles = [LABELS[role] for role in Role if allowed(question, actor(role, HERE[LEVELS[role]]))]
    return ", ".join(roles)


def command_page() -> str:
    """Both kinds of commands as a reference page."""
    # The command line lies above this layer; the page only reads its table, by name.
    commands = importlib.import_module("mufakat.cli").COMMANDS
    lines = [
        "# Perintah",
        "",
        "Dibuat dari kode oleh `python -m mufakat.config.reference`; pengujian membandingkannya.",
        "",
        "## Baris perintah",
        "",
        "Pilihan setiap perintah: `mufakat PERINTAH --help`. In English: `mufakat --lang en PERINTAH --help`.",
        "",
        "| Perintah | Gunanya | In English |",
        "|---|---|---|",
        *(f"| `mufakat {c.name}` | {c.summary} | {c.summary_en} |" for c in commands),
        "",
        "## Perintah di dalam sistem",
        "",
        "Setiap perubahan data adalah satu perintah: memeriksa izin, mengubah, dan mencatat dalam satu transaksi.",
        "Kolom kedua menunjuk baris pada [hak akses](hak-akses.md), yang juga menyebut keadaannya.",
        "",
        "| Perintah | Izin | Yang boleh, di wilayahnya sendiri |",
        "|---|---|---|",
    ]
    for name in sorted(PERMISSIONS):
        asked, who = PERMISSIONS[name], who_may(name)
        lines.append(f"| `{name}` | {'–' if asked == who else asked} | {who} |")
    return "\n".join([*lines, ""])
