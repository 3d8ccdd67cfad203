"""The own account: password, second step, recovery codes."""

from __future__ import annotations

from base64 import b32encode

import segno
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from mufakat.core.errors import MufakatError
from mufakat.people import queries
from mufakat.people.commands import own
from mufakat.people.models import User
from mufakat.people.web import hold
from mufakat.people.web.actor import StaffRequest, staff
from mufakat.people.web.forms import CodeForm, ConfirmForm, PasswordForm
from mufakat.ui.answers import attempt
from mufakat.ui.fields import Sheet
from mufakat.ui.language import told


def _me(request: StaffRequest) -> User:
    return User.objects.get(pk=request.actor.user_id)


@staff
@require_GET
def account(request: StaffRequest) -> HttpResponse:
    """What one may set about the own account."""
    return _account(request)


def _account(
    request: StaffRequest, error: MufakatError | None = None, status: int = 200, *, form: Sheet | None = None
) -> HttpResponse:
    me = _me(request)
    context = {
        "me": me,
        "has_second_factor": queries.has_second_factor(me.pk),
        "codes_left": sum(box.token_set.count() for box in queries.recovery_of(me.pk)),
        "confirm_form": form or ConfirmForm(),
        "drop_form": ConfirmForm(auto_id="lepas_%s"),
        "faults": told(error) if error else (form.faults if form else []),
    }
    return render(request, "people/own.html", context, status=status)


@sensitive_post_parameters("current", "new", "again")
@staff
def password(request: StaffRequest) -> HttpResponse:
    """Choose a new password; asked of everybody at the first sign-in."""
    form = PasswordForm(request.POST or None)
    me = _me(request)

    def page(error: MufakatError | None = None, status: int = 200) -> HttpResponse:
        if error is not None and error.code == "sandi_keliru":
            hold.count(request, me.username)
        context = {"form": form, "me": me, "faults": told(error) if error else form.faults}
        return render(request, "people/password.html", context, status=status)

    if request.method != "POST":
        return page()
    if hold.is_held(request, me.username):
        return page(status=429)
    if not form.is_valid():
        return page(status=422)

    def work() -> None:
        given = form.cleaned_data
        changed = own.change_password(
            actor=request.actor, current=given["current"], new=given["new"], at=timezone.now()
        )
        update_session_auth_hash(request, changed)

    done = gettext("Kata sandi diganti. Sesi lain dari akun ini sudah berakhir.")
    return attempt(request, work, done=done, to=reverse("own_account"), otherwise=page)


@staff
def second_factor(request: StaffRequest) -> HttpResponse:
    """Set up the second step: the QR of a begun device, and the first code from it."""
    device = queries.devices_of(request.actor.user_id).filter(confirmed=False).first()
    if device is None:
        return HttpResponseRedirect(reverse("own_account"))
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            codes = own.confirm_second_factor(actor=request.actor, code=form.cleaned_data["code"], at=timezone.now())
        except MufakatError as error:
            return _device(request, device, form, told(error), status=422)
        return _codes(request, codes)
    return _device(request, device, form, form.faults, status=422 if request.method == "POST" else 200)


def _device(request: StaffRequest, device: object, form: Sheet, faults: list[str], *, status: int) -> HttpResponse:
    address: str = device.config_url  # type: ignore[attr-defined]
    secret = b32encode(device.bin_key).decode()  # type: ignore[attr-defined]
    drawn = segno.make(address, error="m").svg_inline(scale=5, border=4, dark="#000", light="#fff", svgclass="qr")
    context = {
        # Drawn by the library from our own address; it holds paths and numbers only.
        "qr": mark_safe(drawn),  # noqa: S308
        "secret": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        "address": address,
        "form": form,
        "faults": faults,
    }
    return render(request, "people/second_factor.html", context, status=status)


def _codes(request: StaffRequest, codes: tuple[str, ...]) -> HttpResponse:
    return render(request, "people/recovery_codes.html", {"codes": codes, "me": _me(request)})


@staff
@require_POST
def begin(request: StaffRequest) -> HttpResponse:
    """Begin to set up the second step."""
    return attempt(
        request,
        lambda: own.begin_second_factor(actor=request.actor, at=timezone.now()),
        done=gettext("Pindai kode di bawah dengan aplikasi autentikator."),
        to=reverse("own_second_factor"),
        otherwise=lambda error, status: _account(request, error, status),
    )


def _confirmed(request: StaffRequest) -> str | HttpResponse:
    """The password typed to confirm, or the page that says why it does not count."""
    form = ConfirmForm(request.POST)
    if hold.is_held(request, _me(request).username):
        return _account(request, status=429)
    return str(form.cleaned_data["password"]) if form.is_valid() else _account(request, status=422, form=form)


def _refused(request: StaffRequest, error: MufakatError, status: int) -> HttpResponse:
    hold.count(request, _me(request).username)
    return _account(request, error, status)


@sensitive_post_parameters("password")
@staff
@require_POST
def drop(request: StaffRequest) -> HttpResponse:
    """Take the second step off."""
    typed = _confirmed(request)
    if isinstance(typed, HttpResponse):
        return typed
    return attempt(
        request,
        lambda: own.drop_second_factor(actor=request.actor, password=typed, at=timezone.now()),
        done=gettext("Kode masuk dilepas; kata sandi saja sudah cukup."),
        to=reverse("own_account"),
        otherwise=lambda error, status: _refused(request, error, status),
    )


@sensitive_post_parameters("password")
@staff
@require_POST
def renew(request: StaffRequest) -> HttpResponse:
    """New recovery codes."""
    typed = _confirmed(request)
    if isinstance(typed, HttpResponse):
        return typed
    try:
        codes = own.renew_recovery_codes(actor=request.actor, password=typed, at=timezone.now())
    except MufakatError as error:
        return _refused(request, error, 422)
    messages.success(request, gettext("Kode cadangan yang lama tidak berlaku lagi."))
    return _codes(request, codes)
