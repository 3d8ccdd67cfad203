"""Every address."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

urlpatterns: list[URLPattern | URLResolver] = [
    path("bahasa/", set_language, name="set_language"),
    path("", include("mufakat.portal.web.urls")),
    path("", include("mufakat.people.web.urls")),
    path("periksa/", include("mufakat.documents.web.urls")),
    path("siklus/", include("mufakat.cycles.web.urls")),
    path("usulan/", include("mufakat.proposals.web.urls")),
    path("impor/", include("mufakat.intake.web.urls")),
    path("verifikasi/", include("mufakat.verification.web.urls")),
    path("", include("mufakat.forums.web.urls")),
    path("gaya/", include("mufakat.ui.web.urls")),
    path("tindak-lanjut/", include("mufakat.tracking.web.urls")),
]
