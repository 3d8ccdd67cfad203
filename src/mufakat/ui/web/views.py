"""Tokens and components in every shell, for those who build pages and for the tests that measure them."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

SHELLS = {"staff": _("Pegawai"), "publik": _("Publik"), "aula": _("Aula"), "kertas": _("Kertas")}
"""The four shells by the word in the address."""
TOKENS = (
    ("paper", _("meja"), "14,5 · 15,4 · 18,9"),
    ("sheet", _("lembar"), "7,8 · 8,0 · 11,7"),
    ("ink", _("tinta"), "12,2 · 14,2 · 15,4"),
    ("now", _("kunyit: sekarang"), "9,4 · 9,4 · 11,4"),
    ("ok", _("disepakati"), "6,5 · 8,5 · 9,0"),
    ("wait", _("menunggu"), "7,0 · 8,3 · 9,6"),
    ("back", _("dikembalikan"), "6,3 · 7,8 · 9,1"),
    ("no", _("ditolak"), "7,0 · 7,8 · 9,4"),
)
"""Token, what it is for, contrast of its text: light, dark, hall."""
SIZES = (("36", _("Usulan warga")), ("28", _("Papan prioritas")), ("22", "Rp3.387.500.000"),
         ("18", _("Per desa dan kelurahan")), ("16", _("Isi dan isian")), ("14", _("Tabel, keterangan, tanda status")))  # fmt: skip
TEMPLATES = {"staff": "ui/style.html", "publik": "ui/style_public.html", "aula": "ui/style_hall.html",
             "kertas": "ui/style_paper.html"}  # fmt: skip


@require_GET
def style(request: HttpRequest, shell: str) -> HttpResponse:
    """The style page in one of the four shells; for people in office, and for everybody in a demonstration."""
    if shell not in SHELLS or (getattr(request, "actor", None) is None and not settings.IS_DEMO):
        raise Http404
    shells = [(name, label, "/gaya/" if name == "staff" else f"/gaya/{name}/") for name, label in SHELLS.items()]
    context = {"shell": shell, "shells": shells, "tokens": TOKENS, "sizes": SIZES}
    return render(request, TEMPLATES[shell], context)
