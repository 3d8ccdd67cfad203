"""Browsers signed in as each office, on the year that `tests/slices` builds through the commands."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client
from tests.slices.conftest import (  # noqa: F401
    ON_THE_DAY,
    admin_kebomas,
    bappeda_gresik,
    camat_kebomas,
    head_giri,
    opd_dputr,
    pemandu_kebomas,
    regency,
    verifier_kebomas,
    year,
)

from mufakat.people.models import User


def browser(actor):
    """A client signed in as the person of an actor, in that office."""
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id), backend="mufakat.people.web.signed_in.AccountBackend")
    session = client.session
    session["office"] = str(actor.office_id)
    session.save()
    return client


@pytest.fixture
def on_the_day():
    """The clock of the forum day."""
    with time_machine.travel(ON_THE_DAY, tick=False):
        yield ON_THE_DAY
