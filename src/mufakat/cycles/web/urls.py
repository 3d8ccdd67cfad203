"""Addresses of the cycle."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mufakat.cycles.web import kamus, views

app_name = "cycles"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.index, name="index"),
    path("buka/", views.open_cycle, name="open"),
    path("<uuid:cycle_id>/pengaturan/", views.settings, name="settings"),
    path("<uuid:cycle_id>/pagu/", views.pagu, name="pagu"),
    path("<uuid:cycle_id>/kamus/", views.kamus, name="kamus"),
    path("<uuid:cycle_id>/kamus/impor/", kamus.kamus_import, name="kamus_import"),
    path("<uuid:cycle_id>/kamus/impor/masukkan/", kamus.kamus_confirm, name="kamus_confirm"),
    path("<uuid:cycle_id>/kamus/unduh/", kamus.kamus_export, name="kamus_export"),
    path("<uuid:cycle_id>/kamus/<uuid:entry_id>/", views.kamus_entry, name="kamus_entry"),
    path("<uuid:cycle_id>/kriteria/", views.criteria, name="criteria"),
    path("<uuid:cycle_id>/perpanjang/", views.extend, name="extend"),
    path("<uuid:cycle_id>/tutup/", views.close, name="close"),
]
