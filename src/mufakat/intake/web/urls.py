"""Addresses of the import."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mufakat.intake.web import views

app_name = "intake"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.index, name="index"),
    path("baca/<uuid:pending_id>/", views.preview, name="preview"),
    path("baca/<uuid:pending_id>/masukkan/", views.confirm, name="confirm"),
    path("<uuid:import_id>/", views.result, name="result"),
]
