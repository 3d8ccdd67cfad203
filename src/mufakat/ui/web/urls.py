"""Addresses of the style page, one per shell."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from mufakat.ui.web import views

app_name = "ui"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.style, {"shell": "staff"}, name="style"),
    path("<slug:shell>/", views.style, name="style_shell"),
]
