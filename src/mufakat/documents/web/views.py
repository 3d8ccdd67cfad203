"""Check a hash, or a file whose hash is taken here and which is not kept."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from mufakat.documents import queries, rules
from mufakat.documents.labels import STATES


def index(request: HttpRequest) -> HttpResponse:
    """Ask for a file or a hash."""
    upload, typed = request.FILES.get("file"), request.POST.get("sha256", "").strip().lower().replace(" ", "")
    if request.method != "POST":
        return render(request, "documents/check.html", {})
    if upload is not None and (upload.size or 0) <= rules.LARGEST_SCAN:
        typed = rules.digest(upload.read())
    if len(typed) != len(rules.digest("")) or not set(typed) <= set("0123456789abcdef"):
        fault = gettext("Pilih berkas paling besar 20 MB, atau tulis sidik 64 huruf dan angka seperti pada dokumen.")
        return render(request, "documents/check.html", {"fault": fault, "sha256": typed}, status=422)
    return HttpResponseRedirect(reverse("documents:check", args=[typed]), status=303)


@require_GET
def check(request: HttpRequest, sha256: str) -> HttpResponse:
    """What was issued under this hash, or that nothing was."""
    found = [(d, STATES[d.standing], what) for d, what in queries.bearing(sha256)]
    context = {"sha256": sha256, "found": found, "is_asked": True}
    return render(request, "documents/check.html", context, status=200 if found else 404)
