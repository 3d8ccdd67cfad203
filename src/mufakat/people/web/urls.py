"""Addresses of signing in."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mufakat.people.web import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("masuk/", views.sign_in, name="sign_in"),
    path("keluar/", views.sign_out, name="sign_out"),
    path("jabatan/", views.office, name="office"),
]
