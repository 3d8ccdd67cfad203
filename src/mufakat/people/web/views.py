"""Sign in, choose the office to act in, sign out."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from mufakat.people import queries
from mufakat.people.models import User
from mufakat.people.passwords import EXAMPLE_PASSWORD
from mufakat.people.web.actor import OFFICE_KEY

WRONG = "Nama pengguna atau kata sandi tidak cocok. Periksa huruf besar dan kecil, lalu coba lagi."
NO_OFFICE = "Akun ini tidak memegang jabatan yang berlaku hari ini. Hubungi admin Bappeda."


@sensitive_post_parameters("password")
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; in a demonstration one sign-in per role is shown."""
    fault, status = "", 200
    if request.method == "POST":
        user = authenticate(request, username=request.POST.get("username"), password=request.POST.get("password"))
        if isinstance(user, User) and queries.offices_of(user.pk, on=timezone.localdate()):
            login(request, user)
            return HttpResponseRedirect(_next(request))
        fault, status = (NO_OFFICE, 403) if user else (WRONG, 422)
    context = {
        "fault": fault,
        "username": request.POST.get("username", request.GET.get("akun", "")[:60]),
        "example_password": EXAMPLE_PASSWORD,
        "next": _next(request),
        "examples": queries.example_sign_ins(on=timezone.localdate()) if settings.IS_DEMO else [],
    }
    return render(request, "people/sign_in.html", context, status=status)


def _next(request: HttpRequest) -> str:
    """Where to go on; only within this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or settings.LOGIN_REDIRECT_URL
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else settings.LOGIN_REDIRECT_URL


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return HttpResponseRedirect(settings.LOGIN_URL)


@never_cache
def office(request: HttpRequest) -> HttpResponse:
    """The offices this person holds today, and the one to act in."""
    if not request.user.is_authenticated:
        return HttpResponseRedirect(f"{settings.LOGIN_URL}?next={request.path}")
    held = queries.offices_of(request.user.pk, on=timezone.localdate())
    chosen = next((o for o in held if str(o.pk) == request.POST.get("office")), None)
    if request.method == "POST" and chosen:
        request.session[OFFICE_KEY] = str(chosen.pk)
        return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL, status=303)
    return render(request, "people/office.html", {"offices": [(o, queries.actor_for(o).label) for o in held]})
