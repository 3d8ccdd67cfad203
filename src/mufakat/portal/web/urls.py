"""Addresses of the desk and the public pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mufakat.portal.web import views

app_name = "portal"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.desk, name="desk"),
    path("publik/", views.index, name="index"),
    path("publik/<uuid:proposal_id>/", views.proposal, name="proposal"),
]
