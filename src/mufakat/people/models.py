"""Accounts are personal; what one may do comes from the offices one holds (rules 107, 113)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from uuid6 import uuid7

from mufakat.people.roles import LABELS, Role
from mufakat.runtime.models import Owned


class UserManager(BaseUserManager["User"]):
    """Makes accounts."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        """A new account; without a password nobody can sign in to it."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """The account of a sign-in name, whatever its case."""
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """One person's account."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)

    objects = UserManager()
    USERNAME_FIELD = "username"

    class Meta:
        ordering = ["username"]

    def __str__(self) -> str:
        return self.username

    @property
    def kabupaten(self) -> str:
        """The regency whose record tells about this account: that of its latest office; empty without one."""
        latest = self.offices.order_by("-starts_on", "-pk").first()
        return latest.kabupaten if latest else ""


class Office(Owned):
    """An office held by a person for a time, in a capacity."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="offices")
    role = models.CharField(max_length=20, choices=[(r.value, LABELS[r]) for r in Role])
    region = models.ForeignKey("regions.Region", on_delete=models.PROTECT, related_name="+")
    agency = models.CharField(max_length=160, blank=True)
    capacity = models.CharField(max_length=10, blank=True)
    """"", "Plt.", "Plh.", "Pj." or "a.n." (rule 113)."""
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["kabupaten", "role", "region_id", "starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="office_ends_later"
            ),
            models.CheckConstraint(condition=Q(role="opd") | Q(agency=""), name="only_opd_has_agency"),
        ]

    def holds_on(self, day: date) -> bool:
        """Whether the office is held on a day, both ends included."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)
