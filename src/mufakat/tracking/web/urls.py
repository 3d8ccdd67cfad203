"""Addresses after the forum."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mufakat.tracking.web import views

app_name = "tracking"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.index, name="index"),
    path("perangkat-daerah/", views.agencies, name="agencies"),
    path("realisasi/", views.realisation, name="realisation"),
    path("supra/", views.supra, name="supra"),
    path("<uuid:proposal_id>/", views.item, name="item"),
    path("<uuid:proposal_id>/jawab/", views.answer, name="answer"),
    path("<uuid:proposal_id>/alihkan/", views.reroute, name="reroute"),
    path("<uuid:proposal_id>/catat/", views.record, name="record"),
]
