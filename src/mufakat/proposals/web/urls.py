"""Addresses of proposals in the village."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mufakat.proposals.web import views

app_name = "proposals"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.index, name="index"),
    path("baru/", views.new, name="new"),
    path("<uuid:proposal_id>/", views.edit, name="edit"),
    path("<uuid:proposal_id>/simpan/", views.autosave, name="autosave"),
    path("<uuid:proposal_id>/ajukan/", views.submit, name="submit"),
    path("<uuid:proposal_id>/tanda-terima/", views.receipt, name="receipt"),
]
