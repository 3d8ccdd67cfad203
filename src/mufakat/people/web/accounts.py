"""Accounts and offices, kept by Bappeda and by each kecamatan below itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from mufakat.core.decision import NotAllowed
from mufakat.core.errors import MufakatError
from mufakat.people import permissions, queries
from mufakat.people.commands import accounts
from mufakat.people.commands.accounts import Given, Person
from mufakat.people.models import Office, User
from mufakat.people.roles import Role
from mufakat.people.web.actor import StaffRequest, staff
from mufakat.people.web.forms import AccountForm, EndForm, HandOverForm, PostForm, choices_for
from mufakat.ui.answers import OUT_OF_SIGHT, attempt, status_of
from mufakat.ui.fields import Sheet
from mufakat.ui.language import told
from mufakat.ui.paging import Page, page_of


def keeper(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only for an office that keeps accounts; others are told who does."""

    def inner(request: StaffRequest, *args: object, **kwargs: object) -> HttpResponse:
        decision = permissions.can_keep_accounts(request.actor)
        if not decision:
            return render(request, "people/refused.html", {"faults": told(NotAllowed(decision.reason))}, status=403)
        return view(request, *args, **kwargs)

    inner.__name__, inner.__doc__ = view.__name__, view.__doc__
    return staff(inner)


@dataclass(frozen=True, slots=True)
class Row:
    """One account as the list shows it."""

    user: User
    offices: tuple[tuple[str, Office, bool], ...]
    """(label, office, whether it holds today), newest first."""

    @property
    def state(self) -> str:
        """How the account stands, in a word."""
        if not self.user.is_active:
            return gettext("Ditahan")
        if not any(holds for _, _, holds in self.offices):
            return gettext("Tanpa jabatan")
        return gettext("Sandi awal") if self.user.must_change_password else gettext("Aktif")


def _row(user: User, today: date) -> Row:
    offices = tuple((queries.label_for(o), o, o.holds_on(today)) for o in user.offices.all())
    return Row(user, offices)


@keeper
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Accounts in the actor's region, searched by name and by office."""
    words, role = request.GET.get("cari", "").strip()[:60], request.GET.get("jabatan", "")
    page: Page[User] = page_of(request, _found(request, words, role), size=50)
    roles, _ = choices_for(request.actor)
    context = {
        "page": page,
        "rows": [_row(u, timezone.localdate()) for u in page.rows],
        "roles": roles,
        "given": {"words": words, "role": role},
    }
    return render(request, "people/accounts.html", context)


def _found(request: StaffRequest, words: str, role: str) -> QuerySet[User]:
    found = queries.accounts_for(request.actor)
    if words:
        found = found.filter(Q(username__icontains=words) | Q(name__icontains=words))
    if role in set(Role):
        within = Q(region_id=request.actor.region_code) | Q(region__code__startswith=request.actor.region_code + ".")
        found = found.filter(pk__in=Office.objects.filter(within, role=role).values("user_id"))
    return found


@keeper
def new(request: StaffRequest) -> HttpResponse:
    """A new account with its first office; answers with the slip."""
    form = AccountForm(request.POST or None, actor=request.actor)

    def page(error: MufakatError | None = None, status: int = 200) -> HttpResponse:
        faults = told(error) if error else form.faults
        return render(request, "people/account_new.html", {"form": form, "faults": faults}, status=status)

    if request.method != "POST":
        return page()
    if not form.is_valid():
        return page(status=422)
    work = lambda: accounts.create_account(  # noqa: E731
        actor=request.actor, person=form.person, post=form.post, at=timezone.now()
    )
    return _slip(request, work, page)


def _slip(
    request: StaffRequest, work: Callable[[], Given], otherwise: Callable[[MufakatError, int], HttpResponse]
) -> HttpResponse:
    """Do `work` and show the one-time password, this once, on a slip to print; or the refusal."""
    try:
        given = work()
    except MufakatError as error:
        if error.code.endswith(OUT_OF_SIGHT):
            raise Http404(str(error)) from error
        return otherwise(error, status_of(error))
    context = {
        "given": given,
        "office": queries.label_for(given.office) if given.office else "",
        "address": request.build_absolute_uri(reverse("sign_in")),
        "back": reverse("people:account", args=[given.user.pk]),
    }
    return render(request, "people/slip.html", context)


def _user(request: StaffRequest, user_id: UUID) -> User:
    user = queries.accounts_for(request.actor).filter(pk=user_id).first()
    if user is None:
        raise Http404("Akun tidak ditemukan.")
    return user


@keeper
@require_GET
def account(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """One account: its offices, and what can be done about it."""
    return _page(request, user_id)


def _page(
    request: StaffRequest,
    user_id: UUID,
    error: MufakatError | None = None,
    status: int = 200,
    *,
    form: Sheet | None = None,
) -> HttpResponse:
    user, today = _user(request, user_id), timezone.localdate()
    standing = queries.standing_of(user, on=today)
    context = {
        "user": user,
        "row": _row(user, today),
        "decision": permissions.can_manage(request.actor, user.pk, standing),
        "has_second_factor": queries.has_second_factor(user.pk),
        "post_form": form if isinstance(form, PostForm) else PostForm(actor=request.actor),
        "offices": [_line(request, label, o, holds, today) for label, o, holds in _row(user, today).offices],
        "faults": told(error) if error else (form.faults if form else []),
    }
    return render(request, "people/account.html", context, status=status)


def _line(request: StaffRequest, label: str, office: Office, holds: bool, today: date) -> dict[str, object]:
    is_open = office.ends_on is None or office.ends_on >= today
    may = is_open and bool(permissions.can_appoint(request.actor, Role(office.role), office.region_id))
    return {"label": label, "office": office, "holds": holds, "may_end": may}


@keeper
@require_POST
def give(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """One more office for the account."""
    form = PostForm(request.POST, actor=request.actor)
    if not form.is_valid():
        return _page(request, user_id, status=422, form=form)
    return attempt(
        request,
        lambda: accounts.give_office(actor=request.actor, user_id=user_id, post=form.post, at=timezone.now()),
        done=gettext("Jabatan diberikan."),
        to=reverse("people:account", args=[user_id]),
        otherwise=lambda error, status: _page(request, user_id, error, status, form=form),
    )


@keeper
@require_POST
def reset_password(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """A new one-time password on a slip."""
    return _slip(
        request,
        lambda: accounts.reset_password(actor=request.actor, user_id=user_id, at=timezone.now()),
        lambda error, status: _page(request, user_id, error, status),
    )


def _act(request: StaffRequest, user_id: UUID, work: Callable[..., object], done: str) -> HttpResponse:
    return attempt(
        request,
        lambda: work(actor=request.actor, user_id=user_id, at=timezone.now()),
        done=done,
        to=reverse("people:account", args=[user_id]),
        otherwise=lambda error, status: _page(request, user_id, error, status),
    )


@keeper
@require_POST
def reset_second_factor(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """The device is lost: the password alone lets in again."""
    done = gettext("Kode masuk dilepas. Pemilik akun dapat memasangnya lagi.")
    return _act(request, user_id, accounts.reset_second_factor, done)


@keeper
@require_POST
def hold_account(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """Let the account in no more."""
    return _act(request, user_id, accounts.hold_account, gettext("Akun ditahan; sesinya berakhir sekarang juga."))


@keeper
@require_POST
def release_account(request: StaffRequest, user_id: UUID) -> HttpResponse:
    """Let the account in again."""
    return _act(request, user_id, accounts.release_account, gettext("Akun dibuka kembali."))


def _office(request: StaffRequest, office_id: UUID) -> Office:
    found = Office.objects.filter(pk=office_id, kabupaten=request.actor.kabupaten).select_related("user", "region")
    office = found.first()
    if office is None or not request.actor.works_in(office.region_id):
        raise Http404("Jabatan tidak ditemukan.")
    return office


@keeper
def end(request: StaffRequest, office_id: UUID) -> HttpResponse:
    """End an office on a day."""
    office = _office(request, office_id)
    form = EndForm(request.POST or None, initial={"ends_on": timezone.localdate()})

    def page(error: MufakatError | None = None, status: int = 200) -> HttpResponse:
        return _office_page(request, "people/office_end.html", office, form, error, status)

    if request.method != "POST":
        return page()
    if not form.is_valid():
        return page(status=422)
    return attempt(
        request,
        lambda: accounts.end_office(
            actor=request.actor, office_id=office_id, ends_on=form.cleaned_data["ends_on"], at=timezone.now()
        ),
        done=gettext("Jabatan diakhiri. Semua yang dikerjakan di dalamnya tetap tercatat."),
        to=reverse("people:account", args=[office.user_id]),
        otherwise=page,
    )


def _office_page(
    request: StaffRequest, template: str, office: Office, form: Sheet, error: MufakatError | None, status: int
) -> HttpResponse:
    decision = permissions.can_appoint(request.actor, Role(office.role), office.region_id)
    if not decision:
        return render(request, "people/refused.html", {"faults": told(NotAllowed(decision.reason))}, status=403)
    context = {
        "office": office,
        "label": queries.label_for(office),
        "form": form,
        "faults": told(error) if error else form.faults,
    }
    return render(request, template, context, status=status)


@keeper
def hand_over(request: StaffRequest, office_id: UUID) -> HttpResponse:
    """Pass an office on to a successor, with an account or without one yet."""
    office = _office(request, office_id)
    known = _successors(request, office)
    form = HandOverForm(request.POST or None, accounts=known, initial={"starts_on": timezone.localdate()})

    def page(error: MufakatError | None = None, status: int = 200) -> HttpResponse:
        return _office_page(request, "people/hand_over.html", office, form, error, status)

    if request.method != "POST":
        return page()
    if not form.is_valid():
        return page(status=422)
    successor: UUID | Person = UUID(form.cleaned_data["successor"]) if form.cleaned_data["successor"] else form.person
    work = lambda: accounts.hand_over(  # noqa: E731
        actor=request.actor,
        office_id=office_id,
        successor=successor,
        starts_on=form.cleaned_data["starts_on"],
        at=timezone.now(),
    )
    return _slip(request, work, page)


def _successors(request: StaffRequest, office: Office) -> list[User]:
    """Accounts the actor keeps, but for the one who hands over."""
    today = timezone.localdate()
    found = queries.accounts_for(request.actor).filter(is_active=True).exclude(pk=office.user_id)
    return [
        u
        for u in found
        if permissions.can_manage(request.actor, u.pk, [(Role(o.role), o.region_id) for o in _lasting(u, today)])
    ]


def _lasting(user: User, today: date) -> list[Office]:
    offices = list(user.offices.all())
    return [o for o in offices if o.ends_on is None or o.ends_on >= today] or offices
