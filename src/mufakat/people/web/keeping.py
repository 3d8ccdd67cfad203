"""Nothing typed is lost when a session ends: what was sent is carried through the sign-in and sent again by one button.

What is carried is signed and names the account and office it was typed in, so that nobody else sends it. It is
taken only from pages of this site (Sec-Fetch-Site, Origin or Referer), never from a form elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

FIELD = "titipan"
SALT = "mufakat.people.keeping"
LONGEST = 300_000
"""Signs of typed text that are carried; more is not, and the page says so."""
LIFE = 14 * 60 * 60
SECRET = frozenset({"password", "current", "new", "again", "code"})
"""Fields that are typed again, never carried."""
MARKS = frozenset({"version", "seen", "part", "go", "kunci", "quick", "back", "replaces"})
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""Fields that pages add for themselves, and the keys of things: carried, not shown."""
COOKIE = "mufakat_akun"
COOKIE_AGE = 14 * 24 * 60 * 60
SCREENS = ("/aula/",)
"""Pages that only show: they go to the sign-in by themselves instead of standing still."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What somebody sent that was not taken: where to, the fields in order, in which account and office."""

    path: str
    fields: tuple[tuple[str, str], ...]
    user: str = ""
    office: str = ""
    has_files: bool = False
    is_too_long: bool = False

    @property
    def shown(self) -> list[str]:
        """What a person recognises of it: words typed, shortened, without marks of the machine."""
        typed = [value for name, value in self.fields if name not in MARKS and not ID.fullmatch(value)]
        return [value[:200] for value in typed if value.strip()][:40]

    def packed(self) -> str:
        """Signed, for a hidden field."""
        told = [self.path, self.fields, self.user, self.office, self.has_files, self.is_too_long]
        return signing.dumps(told, salt=SALT, compress=True)


def keep(request: HttpRequest) -> Kept | None:
    """What this request carried; None where it came from elsewhere, holds a secret, or nothing."""
    if request.method != "POST" or not _is_from_here(request):
        return None
    names = set(request.POST) - {"csrfmiddlewaretoken", FIELD}
    if names & SECRET or FIELD in request.POST:
        return None
    fields = tuple((n, str(v)) for n in request.POST if n in names for v in request.POST.getlist(n))
    is_too_long = sum(len(n) + len(v) for n, v in fields) > LONGEST
    user, office = remembered(request)
    kept = () if is_too_long else fields
    return Kept(request.get_full_path(), kept, user, office, bool(request.FILES), is_too_long)


def _is_from_here(request: HttpRequest) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(origin).netloc == request.get_host()


def unpacked(text: str) -> Kept | None:
    """What was carried, or None where it is missing, altered or old."""
    if not text:
        return None
    try:
        path, fields, user, office, has_files, is_too_long = signing.loads(text, salt=SALT, max_age=LIFE)
    except (signing.BadSignature, ValueError):
        return None
    return Kept(path, tuple((n, v) for n, v in fields), user, office, has_files, is_too_long)


def remember(request: HttpRequest, response: HttpResponse, *, user: str, office: str) -> None:
    """Note in a signed cookie who last signed in here, to know whose what a stale page sends is."""
    response.set_signed_cookie(
        COOKIE,
        f"{user}:{office}",
        salt=SALT,
        max_age=COOKIE_AGE,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )


def remembered(request: HttpRequest) -> tuple[str, str]:
    """(account, office) that last signed in on this browser; empty where nobody did."""
    text = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=COOKIE_AGE)
    user, _, office = (text or "").partition(":")
    return user, office


def turn_away(request: HttpRequest) -> HttpResponse:
    """Somebody without a session, or without an office that still holds, asked for a page of the staff."""
    if request.headers.get("HX-Request") == "true":
        return _quick(request)
    if request.user.is_authenticated:
        return office_over(request, keep(request))
    kept = keep(request)
    return ask(request, kept) if kept else HttpResponseRedirect(_door(request.path))


def _door(path: str) -> str:
    return f"{settings.LOGIN_URL}?{urlencode({'next': path}, safe='/')}"


def ask(request: HttpRequest, kept: Kept | None, *, fault: str = "", status: int = 403) -> HttpResponse:
    """The sign-in page, carrying what was typed."""
    from mufakat.people.web.views import door

    return door(request, kept=kept, fault=fault, status=status)


def office_over(request: HttpRequest, kept: Kept | None) -> HttpResponse:
    """The account has no office today, or no longer the one it typed in; what was typed can be copied."""
    return render(request, "people/office_over.html", {"kept": kept}, status=403)


def resend(request: HttpRequest, kept: Kept, *, status: int = 200) -> HttpResponse:
    """One button that sends what was typed, with a fresh token."""
    return render(request, "people/resend.html", {"kept": kept}, status=status)


def _quick(request: HttpRequest) -> HttpResponse:
    """For htmx: a word above the page that stays as it is, with a way to sign in and go on."""
    where = urlsplit(request.headers.get("HX-Current-URL", "")).path
    if request.method == "GET" and where.startswith(SCREENS):
        return HttpResponse(status=403, headers={"HX-Redirect": _door(where)})
    response = render(request, "people/session_over.html", {"kept": keep(request)}, status=403)
    for header, value in (("HX-Retarget", "#isi"), ("HX-Reswap", "afterbegin"), ("HX-Reselect", "#sesi")):
        response.headers[header] = value
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is stale: the session ended, or somebody signed in again beside it."""
    if request.headers.get("HX-Request") == "true" and _is_from_here(request):
        return _quick(request)
    match: Any = request.resolver_match
    if match and match.view_name == "sign_in" and _is_from_here(request):
        return ask(request, unpacked(request.POST.get(FIELD, "")), fault=_stale())
    kept = keep(request)
    if kept is None or (match and match.view_name in ("set_language", "sign_out")):
        return render(request, "403_csrf.html", status=403)
    if not getattr(match.func, "is_for_staff", False) or getattr(request, "actor", None):
        return resend(request, kept, status=403)
    return turn_away(request)


def _stale() -> str:
    from django.utils.translation import gettext

    return gettext("Halaman masuk ini terbuka terlalu lama. Ketik kata sandi sekali lagi.")
