"""A command's answer on a page: go on with a word about it, or show the refusal where it happened."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from mufakat.core.decision import Decision, NotAllowed
from mufakat.core.errors import MufakatError
from mufakat.core.machine import NotPossible
from mufakat.ui.fields import Sheet

STATUSES: tuple[tuple[type[MufakatError], int], ...] = ((NotAllowed, 403), (NotPossible, 409))
CONFLICT = "berubah_lebih_dahulu"
OUT_OF_SIGHT = "_tidak_ditemukan"
"""End of the codes of errors about what is not there, or not this person's to see."""
Refused = Callable[[MufakatError, int], HttpResponse]


def status_of(error: MufakatError) -> int:
    """403 for what one may not do, 409 for a step that no longer exists or a conflict, else 422."""
    if error.code == CONFLICT:
        return 409
    return next((status for kind, status in STATUSES if isinstance(error, kind)), 422)


def stopped(allowed: Decision, *forms: Sheet) -> tuple[MufakatError | None, int] | None:
    """What keeps a form that was sent from being carried out, as error and status; None is nothing.

    Who may not is told so (403) before anything is said about what was typed (422); every form says its own faults.
    """
    if not allowed:
        return NotAllowed(allowed.reason), 403
    faulty = [form for form in forms if not form.is_valid()]
    return (None, 422) if faulty else None


def attempt(
    request: HttpRequest, work: Callable[[], object], *, done: str, to: str | Callable[[], str], otherwise: Refused
) -> HttpResponse:
    """Do `work` and go on to `to` with a word about it, or show the refusal with 403, 409 or 422, nothing typed lost.

    `to` may be asked for after the work is done, where the address depends on what it made.
    """
    try:
        work()
    except MufakatError as error:
        if error.code.endswith(OUT_OF_SIGHT):
            raise Http404(str(error)) from error
        return otherwise(error, status_of(error))
    messages.success(request, done)
    return HttpResponseRedirect(to if isinstance(to, str) else to(), status=303)
