"""Addresses of verification."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mufakat.verification.web import views

app_name = "verification"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.queue, name="queue"),
    path("berikutnya/", views.next_case, name="next"),
    path("dikembalikan/", views.returned, name="returned"),
    path("daftar/", views.forum_list, name="list"),
    path("<uuid:proposal_id>/", views.case, name="case"),
    path("<uuid:proposal_id>/tandatangani/", views.countersign, name="countersign"),
    path("<uuid:proposal_id>/tidak-tandatangani/", views.decline, name="decline"),
]
