"""Every address."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("mufakat.forums.web.urls")),
    path("impor/", include("mufakat.intake.web.urls")),
    path("tindak-lanjut/", include("mufakat.tracking.web.urls")),
]
