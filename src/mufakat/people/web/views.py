"""Sign in, with a second step for those who set one; choose the office to act in; sign out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from mufakat.people import queries
from mufakat.people.commands import own
from mufakat.people.models import Office, User
from mufakat.people.passwords import EXAMPLE_PASSWORD
from mufakat.people.web import hold, keeping, village_map
from mufakat.people.web.actor import step_into
from mufakat.people.web.keeping import Kept

WRONG = gettext_lazy("Nama pengguna atau kata sandi tidak cocok. Periksa huruf besar dan kecil, lalu coba lagi.")
NO_OFFICE = gettext_lazy("Akun ini tidak memegang jabatan yang berlaku hari ini. Hubungi admin Bappeda.")
WRONG_CODE = gettext_lazy("Kode tidak cocok atau sudah dipakai. Tunggu kode berikutnya di aplikasi, lalu ketik lagi.")
BACKEND = "mufakat.people.web.signed_in.AccountBackend"
PENDING = "second_step"
PATIENCE = 10 * 60
"""Seconds between the password and the code."""


@sensitive_post_parameters("password")
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; in a demonstration one sign-in per role is shown."""
    kept = keeping.unpacked(request.POST.get(keeping.FIELD, ""))
    if request.method != "POST":
        return door(request)
    if kept and "username" not in request.POST:
        return _again(request, kept) if getattr(request, "actor", None) else door(request, kept=kept)
    user = authenticate(request, username=request.POST.get("username"), password=request.POST.get("password"))
    if not isinstance(user, User):
        return door(request, kept=kept, fault=str(WRONG), status=422)
    if not queries.offices_of(user.pk, on=timezone.localdate()):
        return door(request, kept=kept, fault=str(NO_OFFICE), status=403)
    if queries.has_second_factor(user.pk):
        request.session.cycle_key()
        request.session[PENDING] = [str(user.pk), int(timezone.now().timestamp())]
        return _code_page(request, kept)
    return _enter(request, user, kept)


def door(request: HttpRequest, *, kept: Kept | None = None, fault: str = "", status: int = 200) -> HttpResponse:
    """The sign-in page; `kept` is what somebody typed before the session ended."""
    context = {
        "fault": fault,
        "username": request.POST.get("username", request.GET.get("akun", ""))[:60],
        "example_password": EXAMPLE_PASSWORD,
        "next": _next(request),
        "kept": kept,
        "examples": queries.example_sign_ins(on=timezone.localdate()) if settings.IS_DEMO else [],
        "drawn": village_map.drawn(),
    }
    return render(request, "people/sign_in.html", context, status=status)


def _next(request: HttpRequest) -> str:
    """Where to go on; only within this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or settings.LOGIN_REDIRECT_URL
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else settings.LOGIN_REDIRECT_URL


def _pending(request: HttpRequest) -> User | None:
    """Whose password was right a short while ago."""
    user_id, since = request.session.get(PENDING) or ("", 0)
    if not user_id or timezone.now().timestamp() - since > PATIENCE:
        return None
    return User.objects.filter(pk=user_id, is_active=True).first()


@sensitive_post_parameters("code")
@never_cache
def second_step(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the device, or a recovery code; wrong codes count like wrong passwords."""
    user = _pending(request)
    if user is None:
        return HttpResponseRedirect(settings.LOGIN_URL)
    kept = keeping.unpacked(request.POST.get(keeping.FIELD, ""))
    if request.method != "POST":
        return _code_page(request, kept)
    if hold.is_held(request, user.username):
        return _code_page(request, kept, status=429)
    if not own.take_code(user_id=user.pk, code=request.POST.get("code", "")[:40], at=timezone.now()):
        hold.count(request, user.username)
        return _code_page(request, kept, fault=str(WRONG_CODE), status=422)
    return _enter(request, user, kept)


def _code_page(request: HttpRequest, kept: Kept | None, *, fault: str = "", status: int = 200) -> HttpResponse:
    context = {"fault": fault, "next": _next(request), "kept": kept, "drawn": village_map.drawn()}
    return render(request, "people/second_step.html", context, status=status)


def _enter(request: HttpRequest, user: User, kept: Kept | None) -> HttpResponse:
    """Open the session and go on, in the office used last on this browser where it still holds."""
    before, office_before = keeping.remembered(request)
    request.session.pop(PENDING, None)
    login(request, user, backend=BACKEND)
    held = queries.offices_of(user.pk, on=timezone.localdate())
    wanted = kept.office if kept and kept.user == str(user.pk) else office_before if before == str(user.pk) else ""
    office = next((o for o in held if str(o.pk) == wanted), held[0])
    step_into(request, office.pk)
    request.actor = queries.actor_for(office)  # type: ignore[attr-defined]
    response = _go_on(request, user, kept, held)
    response.headers["Cache-Control"] = "no-store, private"
    keeping.remember(request, response, user=str(user.pk), office=str(office.pk))
    return response


def _go_on(request: HttpRequest, user: User, kept: Kept | None, held: list[Office]) -> HttpResponse:
    if user.must_change_password:
        return HttpResponseRedirect(reverse("own_password"))
    if kept is None:
        return HttpResponseRedirect(_next(request))
    if kept.user and kept.user != str(user.pk):
        return render(request, "people/not_yours.html", status=409)
    if kept.office and kept.office not in {str(o.pk) for o in held}:
        return keeping.office_over(request, kept)
    return keeping.resend(request, kept)


def _again(request: HttpRequest, kept: Kept) -> HttpResponse:
    """Signed in beside the page that was left: send what it held, if it is this person's."""
    user = request.user
    assert isinstance(user, User)
    return _go_on(request, user, kept, queries.offices_of(user.pk, on=timezone.localdate()))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return HttpResponseRedirect(settings.LOGIN_URL)


@never_cache
def office(request: HttpRequest) -> HttpResponse:
    """The offices this person holds today, and the one to act in."""
    if not request.user.is_authenticated or request.user.pk is None:
        return HttpResponseRedirect(f"{settings.LOGIN_URL}?next={request.path}")
    held = queries.offices_of(request.user.pk, on=timezone.localdate())
    chosen = next((o for o in held if str(o.pk) == request.POST.get("office")), None)
    if request.method == "POST" and chosen:
        step_into(request, chosen.pk)
        response = HttpResponseRedirect(settings.LOGIN_REDIRECT_URL, status=303)
        keeping.remember(request, response, user=str(request.user.pk), office=str(chosen.pk))
        return response
    context: dict[str, Any] = {"offices": [(o, queries.label_for(o)) for o in held]}
    return render(request, "people/office.html", context)
