"""Offices and the actor they make."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q

from mufakat.people.actors import Actor
from mufakat.people.models import Office
from mufakat.people.roles import LABELS, Role


def offices_of(user_id: UUID, *, on: date) -> list[Office]:
    """Offices a person holds on a day, in order of role and region."""
    return list(
        Office.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), user_id=user_id, starts_on__lte=on)
        .select_related("region")
        .order_by("role", "region_id")
    )


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
