"""Addresses of the forum. `/forum/<id>/…` is work, `/aula/<id>/` is the screen in the hall."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from mufakat.forums.web import attending, board, deliberating, downloads, hall, minutes, preparing, sitting

app_name = "forums"
Paths = list[URLPattern | URLResolver]
_document: Paths = [
    path("", minutes.document_page, name="document"),
    path("berkas/", downloads.document_file, name="document_file"),
    path("pindaian/", downloads.document_scan, name="document_scan"),
    path("lampiran/", downloads.document_annexes, name="document_annexes"),
    path("data/", downloads.document_snapshot, name="document_snapshot"),
]
_minutes: Paths = [
    path("", minutes.minutes_page, name="minutes"),
    path("rancangan/", downloads.draft_file, name="minutes_draft"),
    path("lampiran/", downloads.draft_annexes, name="draft_annexes"),
    path("lembar-kerja/", downloads.worksheet, name="worksheet"),
    path("penandatangan/", minutes.add_signer, name="add_signer"),
    path("penandatangan/keluarkan/", minutes.remove_signer, name="remove_signer"),
    path("tidak-menandatangani/", minutes.remark_unsigned, name="remark_unsigned"),
    path("terbitkan/", minutes.issue, name="issue"),
    path("tarik/", minutes.withdraw, name="withdraw"),
    path("unggah/", minutes.attach_scan, name="attach_scan"),
    path("kunci/", minutes.lock, name="lock"),
    path("koreksi/", minutes.correct, name="correct"),
    path("<uuid:document_id>/", include(_document)),
]
_session: Paths = [
    path("", deliberating.sitting, name="session"),
    path("lintas/", deliberating.across, name="across"),
    path("layar/", hall.floor, name="floor"),
    path("layar/tayangkan/", hall.put_on_screen, name="put_on_screen"),
    path("pleno/", deliberating.open_plenary, name="open_plenary"),
    path("kembali/", deliberating.return_to_session, name="return_to_session"),
    path("blok/", deliberating.read_block, name="read_block"),
    path("blok/<uuid:block_id>/tarik/", deliberating.withdraw_from_block, name="withdraw_from_block"),
    path("blok/<uuid:block_id>/putuskan/", deliberating.decide_block, name="decide_block"),
    path("<uuid:proposal_id>/", deliberating.item, name="item"),
]
_forum: Paths = [
    path("", preparing.desk, name="desk"),
    path("persiapan/", preparing.preparing, name="preparation"),
    path("persiapan/mulai/", preparing.begin, name="begin"),
    path("persiapan/tim/", preparing.set_team, name="set_team"),
    path("persiapan/acara/", preparing.set_agenda, name="set_agenda"),
    path("persiapan/undangan/", preparing.invite, name="invite"),
    path("persiapan/kecualikan/", preparing.excuse, name="excuse"),
    path("persiapan/siap/", preparing.declare_ready, name="declare_ready"),
    path("tunda/", preparing.postpone, name="postpone"),
    path("jadwalkan-ulang/", preparing.reschedule, name="reschedule"),
    path("aturan/", preparing.set_rules, name="set_rules"),
    path("pimpinan/", preparing.change_chair, name="change_chair"),
    path("mulai/", preparing.start, name="start"),
    path("papan/", board.board, name="board"),
    path("papan/luar/", board.outside, name="board_outside"),
    path("papan/mengapa/<uuid:proposal_id>/", board.why_here, name="why"),
    path("papan/rancangan/", board.plan_file, name="plan_file"),
    path("kehadiran/", attending.attendance, name="attendance"),
    path("kehadiran/lembar/", attending.sheet, name="attendance_sheet"),
    path("kehadiran/<uuid:attendee_id>/", attending.person, name="person"),
    path("kehadiran/<uuid:attendee_id>/keluarkan/", attending.remove, name="remove_person"),
    path("kehadiran/buka/", preparing.open_attendance, name="open_attendance"),
    path("pembukaan/", sitting.opening, name="opening"),
    path("pembukaan/sepakati/", sitting.agree, name="agree"),
    path("pembukaan/daftar/", sitting.confirm_list, name="confirm_list"),
    path("pembukaan/jawab/", sitting.answer_objection, name="answer_objection"),
    path("delegasi/", sitting.delegation, name="delegation"),
    path("delegasi/mandat/", downloads.mandate, name="mandate"),
    path("delegasi/calonkan/", sitting.nominate, name="nominate"),
    path("delegasi/pilih/", sitting.elect, name="elect"),
    path("delegasi/keluarkan/", sitting.drop_delegate, name="drop_delegate"),
    path("delegasi/alasan/", sitting.explain_delegation, name="explain_delegation"),
    path("sidang/", include(_session)),
    path("berita-acara/", include(_minutes)),
]
urlpatterns: Paths = [
    path("forum/", preparing.index, name="index"),
    path("forum/jadwalkan/", preparing.schedule, name="schedule"),
    path("forum/<uuid:forum_id>/", include(_forum)),
    path("aula/<uuid:forum_id>/", hall.screen, name="hall"),
    path("aula/<uuid:forum_id>/kini/", hall.screen_now, name="hall_now"),
]
