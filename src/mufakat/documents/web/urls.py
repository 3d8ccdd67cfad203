"""Addresses of the check; the QR on a paper leads here."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from mufakat.documents.web import views

app_name = "documents"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.index, name="index"),
    re_path(r"^(?P<sha256>[0-9a-f]{64})/$", views.check, name="check"),
]
