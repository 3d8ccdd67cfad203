"""Addresses of the cycle."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mufakat.cycles.web import views

app_name = "cycles"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.index, name="index"),
    path("buka/", views.open_cycle, name="open"),
    path("<uuid:cycle_id>/pagu/", views.announce_pagu, name="pagu"),
    path("<uuid:cycle_id>/kamus/", views.add_kamus, name="kamus"),
    path("<uuid:cycle_id>/perpanjang/", views.extend, name="extend"),
]
