"""Addresses of signing in, of the own account, and of those who keep accounts."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from mufakat.people.web import accounts, own, views

Paths = list[URLPattern | URLResolver]
_account: Paths = [
    path("", accounts.account, name="account"),
    path("jabatan/", accounts.give, name="give"),
    path("sandi/", accounts.reset_password, name="reset_password"),
    path("kode/", accounts.reset_second_factor, name="reset_second_factor"),
    path("tahan/", accounts.hold_account, name="hold"),
    path("buka/", accounts.release_account, name="release"),
]
_accounts: Paths = [
    path("", accounts.index, name="index"),
    path("baru/", accounts.new, name="new"),
    path("<uuid:user_id>/", include(_account)),
    path("jabatan/<uuid:office_id>/akhiri/", accounts.end, name="end"),
    path("jabatan/<uuid:office_id>/serah-terima/", accounts.hand_over, name="hand_over"),
]
urlpatterns: Paths = [
    path("masuk/", views.sign_in, name="sign_in"),
    path("masuk/kode/", views.second_step, name="second_step"),
    path("keluar/", views.sign_out, name="sign_out"),
    path("jabatan/", views.office, name="office"),
    path("saya/", own.account, name="own_account"),
    path("saya/sandi/", own.password, name="own_password"),
    path("saya/kode/", own.second_factor, name="own_second_factor"),
    path("saya/kode/mulai/", own.begin, name="begin_second_factor"),
    path("saya/kode/lepas/", own.drop, name="drop_second_factor"),
    path("saya/kode/cadangan/", own.renew, name="renew_recovery_codes"),
    path("akun/", include((_accounts, "people"))),
]
