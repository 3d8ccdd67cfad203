"""Who is signed in: the session and the account behind it, read with queries compiled once (ADR 0022)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from mufakat.people.models import User
from mufakat.runtime.prepared import Prepared


def _lasting(key: str, at: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=at)


def _known(user_id: UUID) -> QuerySet[User]:
    return User.objects.filter(pk=user_id).order_by()


_sessions: Prepared[Session] = Prepared(_lasting, str, datetime)
_accounts: Prepared[User] = Prepared(_known, UUID)


class SessionStore(DatabaseSessions):
    """Django's sessions in the database."""

    def _get_session_from_db(self) -> Session | None:
        found = _sessions(str(self.session_key), timezone.now())
        if not found:
            self._session_key = None
            return None
        return found[0]


class AccountBackend(ModelBackend):
    """Django's own sign-in, by name and password."""

    def get_user(self, user_id: Any) -> User | None:
        """The account of a session; None where it is gone or not in use."""
        found = _accounts(user_id)
        return found[0] if found and self.user_can_authenticate(found[0]) else None
