"""Accounts and offices kept by Bappeda and, for what is below it, by the kecamatan (rules 107, 113).

Audit lines name accounts and offices by their ids alone; names and passwords never enter them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from mufakat import audit
from mufakat.core.decision import no, require
from mufakat.people import permissions, queries, rules
from mufakat.people.actors import Actor
from mufakat.people.errors import NoAccount, WrongAccount
from mufakat.people.models import Office, User
from mufakat.people.roles import Role
from mufakat.people.rules import Capacity, Post
from mufakat.regions.models import Region


@dataclass(frozen=True, slots=True)
class Person:
    """Who gets an account: the sign-in name, and the person's name as colleagues know it."""

    username: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """An account with its office; `password` is shown once and known to nobody afterwards."""

    user: User
    office: Office | None
    password: str


@transaction.atomic
def create_account(*, actor: Actor, person: Person, post: Post, at: datetime) -> Given:
    """A new account with its first office and a one-time password. Raises WrongAccount, NotAllowed."""
    require(permissions.can_appoint(actor, post.role, post.region))
    user, password = open_account(person)
    office = appoint(user, post, today=timezone.localdate(at))
    audit.record(actor, "account.created", office, at=at, account=str(user.pk), role=office.role)
    return Given(user, office, password)


def open_account(person: Person) -> tuple[User, str]:
    """An account that must choose its own password at the first sign-in; the caller has decided who may."""
    username = person.username.strip().lower()
    if not rules.is_username(username):
        raise WrongAccount(
            "Nama pengguna terdiri atas 3 sampai 60 huruf kecil, angka, titik, atau tanda hubung, misalnya operator.giri."
        )
    if User.objects.filter(username__iexact=username).exists():
        raise WrongAccount("Nama pengguna ini sudah dipakai. Pilih nama lain, misalnya dengan nama desanya.")
    password = rules.initial_password()
    user = User.objects.create_user(username, password, name=person.name.strip(), must_change_password=True)
    return user, password


def appoint(user: User, post: Post, *, today: date) -> Office:
    """Give an office; the caller has decided who may. Raises WrongAccount."""
    if fault := rules.post_fault(post, today=today):
        raise WrongAccount(fault)
    region = Region.objects.filter(pk=post.region).first()
    if region is None:
        raise WrongAccount("Wilayah ini tidak ada dalam daftar. Pilih wilayah dari daftar.")
    _require_vacant(post)
    return Office.objects.create(
        kabupaten=post.region[:5],
        user=user,
        role=post.role.value,
        region=region,
        agency=post.agency.strip(),
        capacity=post.capacity.value,
        starts_on=post.starts_on,
        ends_on=post.ends_on,
    )


def _require_vacant(post: Post) -> None:
    if post.role not in rules.UNIQUE or post.capacity is not Capacity.DEFINITIVE:
        return
    until = Q() if post.ends_on is None else Q(starts_on__lte=post.ends_on)
    same = Office.objects.filter(role=post.role.value, region_id=post.region, capacity="")
    if same.filter(until, Q(ends_on__isnull=True) | Q(ends_on__gte=post.starts_on)).exists():
        raise WrongAccount(
            "Jabatan definitif ini masih dipegang orang lain pada masa itu. Serahterimakan jabatannya, atau pilih Plt., Plh., atau Pj."
        )


@transaction.atomic
def give_office(*, actor: Actor, user_id: UUID, post: Post, at: datetime) -> Office:
    """One more office for an account the actor keeps. Raises WrongAccount, NoAccount, NotAllowed."""
    user = _kept(actor, user_id, at)
    require(permissions.can_appoint(actor, post.role, post.region))
    office = appoint(user, post, today=timezone.localdate(at))
    audit.record(actor, "office.given", office, at=at, account=str(user.pk), role=office.role)
    return office


def _kept(actor: Actor, user_id: UUID, at: datetime) -> User:
    """The account, locked, of somebody the actor may see; raises NoAccount, NotAllowed."""
    require(permissions.can_keep_accounts(actor))
    user = queries.accounts_for(actor).filter(pk=user_id).first()
    if user is None:
        raise NoAccount
    require(permissions.can_manage(actor, user.pk, queries.standing_of(user, on=timezone.localdate(at))))
    return User.objects.select_for_update().get(pk=user.pk)


@transaction.atomic
def end_office(*, actor: Actor, office_id: UUID, ends_on: date, at: datetime) -> Office:
    """End an office on a day, yesterday at the earliest; nothing done in it is lost. Raises WrongAccount."""
    office = _held(actor, office_id)
    if office.user_id == actor.user_id:
        require(no(permissions.Refusal.SELF))
    today = timezone.localdate(at)
    if not rules.is_end_possible(starts_on=office.starts_on, ends_on=ends_on, today=today):
        raise WrongAccount("Jabatan dapat berakhir paling awal kemarin, dan tidak sebelum mulai. Pilih tanggal lain.")
    if office.ends_on is not None and ends_on > office.ends_on:
        raise WrongAccount("Jabatan ini berakhir lebih dahulu. Perpanjangan dicatat sebagai jabatan baru.")
    _require_another_bappeda(office.kabupaten, but=Q(pk=office.pk), today=today)
    return _end(actor, office, ends_on, at)


def _held(actor: Actor, office_id: UUID) -> Office:
    """An office the actor may end, locked; raises NoAccount, NotAllowed."""
    require(permissions.can_keep_accounts(actor))
    found = Office.objects.select_for_update(of=("self",)).filter(pk=office_id, kabupaten=actor.kabupaten).first()
    if found is None or not actor.works_in(found.region_id):
        raise NoAccount
    require(permissions.can_appoint(actor, Role(found.role), found.region_id))
    return found


def _end(actor: Actor, office: Office, ends_on: date, at: datetime) -> Office:
    before, office.ends_on = office.ends_on, ends_on
    office.save(update_fields=["ends_on"])
    was = before.isoformat() if before else ""
    audit.record(actor, "office.ended", office, at=at, before=was, after=ends_on.isoformat())
    return office


def _require_another_bappeda(kabupaten: str, *, but: Q, today: date) -> None:
    """Somebody must always remain who can let others in: a lasting Bappeda office of an account that is open."""
    lasting = Office.objects.select_for_update(of=("self",)).filter(
        kabupaten=kabupaten, role=Role.BAPPEDA.value, starts_on__lte=today, ends_on__isnull=True
    )
    offices = list(lasting.select_related("user"))
    touched = set(lasting.filter(but).values_list("pk", flat=True))
    if touched and not any(o.pk not in touched and o.user.is_active for o in offices):
        raise WrongAccount(
            "Ini akun Bappeda terakhir yang dapat masuk. Beri jabatan Bappeda tanpa tanggal berakhir kepada akun lain lebih dahulu."
        )


@transaction.atomic
def hand_over(*, actor: Actor, office_id: UUID, successor: UUID | Person, starts_on: date, at: datetime) -> Given:
    """Pass an office on: it ends the day before, the successor holds it definitively from `starts_on` (rule 107).

    `successor` is an account the actor keeps, or a new person, whose one-time password comes back. What the
    predecessor did stays under the predecessor's office. Raises WrongAccount, NoAccount, NotAllowed.
    """
    office = _held(actor, office_id)
    today, last_day = timezone.localdate(at), starts_on - timedelta(days=1)
    is_over = office.ends_on is not None and office.ends_on < today
    if is_over or not rules.is_end_possible(starts_on=office.starts_on, ends_on=last_day, today=today):
        raise WrongAccount("Serah terima paling awal hari ini, untuk jabatan yang masih berlaku. Pilih tanggal lain.")
    user, password = (
        open_account(successor) if isinstance(successor, Person) else (_successor(actor, successor, at), "")
    )
    if user.pk == office.user_id:
        raise WrongAccount("Pengganti adalah pemegang jabatan ini sendiri. Pilih orang lain.")
    _end(actor, office, last_day, at)
    post = Post(Role(office.role), office.region_id, starts_on, agency=office.agency)
    made = appoint(user, post, today=today)
    audit.record(actor, "office.handed_over", made, at=at, before=str(office.pk), account=str(user.pk))
    return Given(user, made, password)


def _successor(actor: Actor, user_id: UUID, at: datetime) -> User:
    user = _kept(actor, user_id, at)
    if not user.is_active:
        raise WrongAccount("Akun pengganti sedang ditahan. Buka dahulu, atau pilih orang lain.")
    return user


@transaction.atomic
def reset_password(*, actor: Actor, user_id: UUID, at: datetime) -> Given:
    """A new one-time password; every session of the account ends. Raises NoAccount, NotAllowed."""
    user = _kept(actor, user_id, at)
    password = renew_password(user)
    audit.record(actor, "account.password_reset", user, at=at)
    return Given(user, None, password)


def renew_password(user: User) -> str:
    """Give an account a one-time password; the caller has decided who may."""
    password = rules.initial_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    return password


@transaction.atomic
def reset_second_factor(*, actor: Actor, user_id: UUID, at: datetime) -> User:
    """Take the second step off an account whose device is lost. Raises NoAccount, NotAllowed."""
    user = _kept(actor, user_id, at)
    queries.devices_of(user.pk).delete()
    queries.recovery_of(user.pk).delete()
    audit.record(actor, "account.second_factor_reset", user, at=at)
    return user


@transaction.atomic
def hold_account(*, actor: Actor, user_id: UUID, at: datetime) -> User:
    """Let an account in no more, at once, whatever offices it holds. Raises WrongAccount, NoAccount, NotAllowed."""
    user = _kept(actor, user_id, at)
    _require_another_bappeda(actor.kabupaten, but=Q(user_id=user.pk), today=timezone.localdate(at))
    return _set_active(actor, user, False, "account.held", at)


@transaction.atomic
def release_account(*, actor: Actor, user_id: UUID, at: datetime) -> User:
    """Let a held account in again. Raises NoAccount, NotAllowed."""
    return _set_active(actor, _kept(actor, user_id, at), True, "account.released", at)


def _set_active(actor: Actor, user: User, is_active: bool, action: str, at: datetime) -> User:
    user.is_active = is_active
    user.save(update_fields=["is_active"])
    audit.record(actor, action, user, at=at)
    return user
