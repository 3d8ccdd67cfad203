"""Offices and the actor they make."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from mufakat.people.actors import Actor
from mufakat.people.models import Office, User
from mufakat.people.roles import LABELS, Role
from mufakat.runtime.prepared import Prepared


def offices_of(user_id: UUID, *, on: date) -> list[Office]:
    """Offices a person holds on a day, in order of role and region."""
    return _held(user_id, on)


def _held_on(user_id: UUID, on: date) -> QuerySet[Office]:
    holds = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    held = Office.objects.filter(holds, user_id=user_id, starts_on__lte=on)
    return held.select_related("region").order_by("role", "region_id")


_held: Prepared[Office] = Prepared(_held_on, UUID, date)
"""Asked on every request of everybody signed in."""


def actor_for(office: Office) -> Actor:
    """The actor of an office that holds today."""
    role = Role(office.role)
    place = office.agency or office.region.label
    capacity = f"{office.capacity} " if office.capacity else ""
    return Actor(
        user_id=office.user_id,
        office_id=office.pk,
        role=role,
        region_code=office.region_id,
        label=f"{capacity}{LABELS[role]}, {place}",
        capacity=office.capacity,
        agency=office.agency,
    )


def example_sign_ins(*, on: date) -> list[tuple[str, str]]:
    """(office in words, sign-in name) of one account per role, for the sign-in page of a demonstration."""
    offices = Office.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)
    first: dict[str, tuple[str, str]] = {}
    for held in offices.select_related("user", "region").order_by("role", "region_id", "starts_on", "pk"):
        first.setdefault(held.role, (actor_for(held).label, held.user.username))
    return list(first.values())


def label_for(office: Office) -> str:
    """An office in words, in the reader's language."""
    actor = actor_for(office)
    return shown(actor).label


def shown(actor: Actor) -> Actor:
    """The same actor, its role said in the reader's language; what is recorded stays Indonesian."""
    said = LABELS[actor.role]
    return replace(actor, label=actor.label.replace(said, gettext(said), 1))


def accounts_for(actor: Actor) -> QuerySet[User]:
    """Accounts that hold or held an office within the actor's region, by sign-in name, with those offices."""
    within = Q(region_id=actor.region_code) | Q(region__code__startswith=actor.region_code + ".")
    offices = Office.objects.filter(within).select_related("region").order_by("-starts_on", "role", "region_id", "pk")
    users = Office.objects.filter(within).values("user_id")
    return User.objects.filter(pk__in=users).prefetch_related(Prefetch("offices", offices)).order_by("username")


def standing_of(user: User, *, on: date) -> list[tuple[Role, str]]:
    """(role, region) of every office an account holds or will hold; of all it ever held where none is left."""
    offices = list(Office.objects.filter(user_id=user.pk).order_by("starts_on", "pk"))
    lasting = [o for o in offices if o.ends_on is None or o.ends_on >= on]
    return [(Role(o.role), o.region_id) for o in lasting or offices]


def devices_of(user_id: UUID) -> QuerySet[TOTPDevice]:
    """Second-step devices of an account, confirmed or begun."""
    found: QuerySet[TOTPDevice] = TOTPDevice.objects.filter(user_id=user_id)
    return found


def recovery_of(user_id: UUID) -> QuerySet[StaticDevice]:
    """The box of an account's recovery codes."""
    found: QuerySet[StaticDevice] = StaticDevice.objects.filter(user_id=user_id)
    return found


def has_second_factor(user_id: UUID) -> bool:
    """Whether the account asks for a code at sign-in."""
    return devices_of(user_id).filter(confirmed=True).exists()
