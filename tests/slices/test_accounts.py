"""Accounts and offices: given within one's own reach, ended and handed over without losing history, never all closed."""

import json
from datetime import date, timedelta

import pytest
from tests.slices.conftest import AT, GIRI, GRESIK, INDRO, KEBOMAS, MANYAR, office

from mufakat.audit.models import Line
from mufakat.core.decision import NotAllowed
from mufakat.people import queries
from mufakat.people.commands import accounts, founding, own
from mufakat.people.commands.accounts import Person
from mufakat.people.errors import NoAccount, WeakPassword, WrongAccount, WrongSecret
from mufakat.people.models import Office, User
from mufakat.people.roles import Role
from mufakat.people.rules import Capacity, Post, post_fault
from mufakat.regions import names

pytestmark = pytest.mark.django_db
TODAY = AT.date()


def post(role=Role.OPERATOR_DESA, region=GIRI, **more):
    return Post(role, region, more.pop("starts_on", TODAY), **more)


def made(actor, role=Role.OPERATOR_DESA, region=GIRI, username="operator.giri", **more):
    return accounts.create_account(
        actor=actor, person=Person(username, "Siti Aminah"), post=post(role, region, **more), at=AT
    )


def test_new_account_has_an_office_and_a_password_to_be_changed(admin_kebomas):
    given = made(admin_kebomas)

    user = User.objects.get(pk=given.user.pk)
    assert (user.username, user.name, user.must_change_password) == ("operator.giri", "Siti Aminah", True)
    assert user.check_password(given.password) and len(given.password) == 19
    assert [(o.role, o.region_id, o.capacity) for o in user.offices.all()] == [("operator_desa", GIRI, "")]


def test_audit_tells_of_ids_alone(admin_kebomas):
    given = made(admin_kebomas)
    accounts.reset_password(actor=admin_kebomas, user_id=given.user.pk, at=AT)

    told = list(Line.objects.order_by("sequence").values_list("action", "facts"))
    assert told == [
        (
            "account.created",
            json.dumps({"account": str(given.user.pk), "role": "operator_desa"}, separators=(",", ":")),
        ),
        ("account.password_reset", "{}"),
    ]


@pytest.mark.parametrize(
    ("role", "region"),
    [(Role.BAPPEDA, GRESIK), (Role.OPD, GRESIK), (Role.AUDITOR, GRESIK), (Role.ADMIN_KECAMATAN, KEBOMAS),
     (Role.CAMAT, KEBOMAS), (Role.VERIFIKATOR, MANYAR), (Role.OPERATOR_DESA, "35.25.10.2001")],
)  # fmt: skip
def test_kecamatan_gives_nothing_above_or_outside_itself(admin_kebomas, role, region):
    with pytest.raises(NotAllowed):
        made(admin_kebomas, role, region)

    assert not User.objects.filter(username="operator.giri").exists()


@pytest.mark.parametrize("role", [Role.CAMAT, Role.VERIFIKATOR, Role.KEPALA_DESA, Role.OPD, Role.AUDITOR])
def test_other_offices_give_nothing(regency, role):
    place = {Role.KEPALA_DESA: GIRI, Role.CAMAT: KEBOMAS, Role.VERIFIKATOR: KEBOMAS}.get(role, GRESIK)

    with pytest.raises(NotAllowed):
        made(office(role, place, agency="Dinas" if role is Role.OPD else ""))


def test_kecamatan_keeps_no_account_that_also_holds_an_office_above(bappeda_gresik, admin_kebomas):
    given = made(bappeda_gresik)
    accounts.give_office(
        actor=bappeda_gresik, user_id=given.user.pk, post=post(Role.OPD, GRESIK, agency="Dinas Kesehatan"), at=AT
    )

    with pytest.raises(NotAllowed):
        accounts.reset_password(actor=admin_kebomas, user_id=given.user.pk, at=AT)
    with pytest.raises(NotAllowed):
        accounts.hold_account(actor=admin_kebomas, user_id=given.user.pk, at=AT)


def test_accounts_of_elsewhere_do_not_exist(admin_kebomas):
    other = office(Role.OPERATOR_DESA, "35.25.10.2001")

    with pytest.raises(NoAccount):
        accounts.reset_password(actor=admin_kebomas, user_id=other.user_id, at=AT)
    with pytest.raises(NoAccount):
        accounts.end_office(actor=admin_kebomas, office_id=other.office_id, ends_on=TODAY, at=AT)


def test_nobody_sets_the_own_account(bappeda_gresik):
    for act in (
        lambda: accounts.reset_password(actor=bappeda_gresik, user_id=bappeda_gresik.user_id, at=AT),
        lambda: accounts.give_office(actor=bappeda_gresik, user_id=bappeda_gresik.user_id, post=post(), at=AT),
        lambda: accounts.end_office(actor=bappeda_gresik, office_id=bappeda_gresik.office_id, ends_on=TODAY, at=AT),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_last_bappeda_that_can_sign_in_stays(bappeda_gresik):
    second = made(bappeda_gresik, Role.BAPPEDA, GRESIK, "bappeda.dua").user
    other = queries.actor_for(second.offices.get())
    accounts.hold_account(actor=other, user_id=bappeda_gresik.user_id, at=AT)
    User.objects.filter(pk=bappeda_gresik.user_id).update(is_active=True)
    User.objects.filter(pk=second.pk).update(is_active=False)

    with pytest.raises(WrongAccount, match="terakhir"):
        accounts.hold_account(actor=other, user_id=bappeda_gresik.user_id, at=AT)
    with pytest.raises(WrongAccount, match="terakhir"):
        accounts.end_office(actor=other, office_id=bappeda_gresik.office_id, ends_on=TODAY, at=AT)


def test_bappeda_office_that_begins_later_does_not_let_the_last_one_go(bappeda_gresik):
    second = made(bappeda_gresik, Role.BAPPEDA, GRESIK, "bappeda.dua", starts_on=TODAY + timedelta(days=30)).user
    other = queries.actor_for(second.offices.get())

    with pytest.raises(WrongAccount, match="terakhir"):
        accounts.end_office(actor=other, office_id=bappeda_gresik.office_id, ends_on=TODAY, at=AT)


def test_office_ends_at_once_or_later_and_never_again(admin_kebomas):
    held = office(Role.OPERATOR_DESA, GIRI)
    key = {"actor": admin_kebomas, "office_id": held.office_id, "at": AT}
    with pytest.raises(WrongAccount):
        accounts.end_office(**key, ends_on=TODAY - timedelta(days=2))

    accounts.end_office(**key, ends_on=TODAY - timedelta(days=1))

    assert queries.offices_of(held.user_id, on=TODAY) == []
    with pytest.raises(WrongAccount, match="berakhir lebih dahulu"):
        accounts.end_office(**key, ends_on=TODAY + timedelta(days=30))


def test_successor_holds_from_the_day_on_and_what_was_done_stays(admin_kebomas):
    head = office(Role.KEPALA_DESA, GIRI)

    given = accounts.hand_over(
        actor=admin_kebomas, office_id=head.office_id, successor=Person("kades.baru"), starts_on=TODAY, at=AT
    )

    before = Office.objects.get(pk=head.office_id)
    assert (before.user_id, before.ends_on) == (head.user_id, TODAY - timedelta(days=1))
    assert (given.office.role, given.office.region_id, given.office.starts_on) == ("kepala_desa", GIRI, TODAY)
    assert given.user.check_password(given.password)
    assert list(Line.objects.values_list("action", flat=True)) == ["office.ended", "office.handed_over"]


def test_successor_may_have_an_account_but_not_be_the_same(admin_kebomas):
    head, clerk = office(Role.KEPALA_DESA, GIRI), office(Role.OPERATOR_DESA, GIRI)
    key = {"actor": admin_kebomas, "office_id": head.office_id, "starts_on": TODAY, "at": AT}
    with pytest.raises(WrongAccount):
        accounts.hand_over(**key, successor=head.user_id)

    given = accounts.hand_over(**key, successor=clerk.user_id)

    assert (given.password, [o.role for o in queries.offices_of(clerk.user_id, on=TODAY)]) == (
        "",
        ["kepala_desa", "operator_desa"],
    )


def test_bappeda_passes_its_own_office_on(bappeda_gresik):
    day = TODAY + timedelta(days=10)

    given = accounts.hand_over(
        actor=bappeda_gresik, office_id=bappeda_gresik.office_id, successor=Person("bappeda.baru"), starts_on=day, at=AT
    )

    assert [o.user_id for o in Office.objects.filter(role="bappeda").order_by("starts_on")] == [
        bappeda_gresik.user_id,
        given.user.pk,
    ]


def test_one_head_at_a_time_holds_definitively(admin_kebomas):
    office(Role.KEPALA_DESA, GIRI)

    with pytest.raises(WrongAccount, match="definitif"):
        made(admin_kebomas, Role.KEPALA_DESA)
    acting = made(admin_kebomas, Role.KEPALA_DESA, capacity=Capacity.PLH, ends_on=TODAY + timedelta(days=14))
    assert queries.actor_for(acting.office).label == "Plh. Kepala desa/lurah, Desa Giri"


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"capacity": Capacity.PLT}, "NO_END"),
        ({"ends_on": TODAY - timedelta(days=1), "starts_on": TODAY - timedelta(days=9)}, "ENDED"),
        ({"ends_on": TODAY - timedelta(days=1)}, "ENDS_FIRST"),
        ({"agency": "Dinas Kesehatan"}, "AGENCY"),
        ({"role": Role.OPD, "region": GRESIK}, "NO_AGENCY"),
        ({"capacity": Capacity.PJ, "ends_on": TODAY}, None),
    ],
)
def test_periods_and_words_of_an_office(given, fault):
    found = post_fault(post(**given), today=TODAY)

    assert (found.name if found else None) == fault


@pytest.mark.parametrize("username", ["", "ab", "Ada Spasi", "operator giri", "ópera", "a" * 61])
def test_sign_in_names_that_do_not_work(admin_kebomas, username):
    with pytest.raises(WrongAccount, match="Nama pengguna"):
        made(admin_kebomas, username=username)


def test_sign_in_name_is_taken_whatever_its_case(admin_kebomas):
    made(admin_kebomas)

    with pytest.raises(WrongAccount, match="sudah dipakai"):
        made(admin_kebomas, region=INDRO, username="Operator.GIRI")


def test_own_password_is_asked_for_and_must_be_good(head_giri):
    user = User.objects.get(pk=head_giri.user_id)
    user.set_password("sandi-awal-sekali")
    user.must_change_password = True
    user.save()
    key = {"actor": head_giri, "at": AT}

    with pytest.raises(WrongSecret):
        own.change_password(**key, current="salah", new="kuda-poni-baterai")
    for weak in ("pendek", "password123", "sandi-awal-sekali"):
        with pytest.raises(WeakPassword):
            own.change_password(**key, current="sandi-awal-sekali", new=weak)
    own.change_password(**key, current="sandi-awal-sekali", new="kuda-poni-baterai")

    user.refresh_from_db()
    assert (user.check_password("kuda-poni-baterai"), user.must_change_password) == (True, False)


def test_first_account_opens_an_empty_installation_once(db):
    key = {"atlas": names.shipped(), "kabupaten": GRESIK, "at": AT}

    given = founding.found(**key, person=Person("bappeda", "Kepala Bidang"))

    assert (given.office.role, given.office.region_id, given.user.must_change_password) == ("bappeda", GRESIK, True)
    assert Office.objects.get().region.children.count() == 18
    with pytest.raises(WrongAccount, match="sudah memiliki"):
        founding.found(**key, person=Person("lain"))


def test_machine_lets_an_account_in_again(bappeda_gresik):
    user = User.objects.get(pk=bappeda_gresik.user_id)
    User.objects.filter(pk=user.pk).update(is_active=False)
    own.begin_second_factor(actor=bappeda_gresik, at=AT)

    given = founding.let_in_again(username=user.username.upper(), at=AT)

    user.refresh_from_db()
    assert (user.is_active, user.must_change_password, user.check_password(given.password)) == (True, True, True)
    assert not queries.devices_of(user.pk).exists()
    assert Line.objects.order_by("sequence").values_list("action", "office").last() == (
        "account.let_in_again",
        "sistem",
    )


def test_ended_offices_are_kept_by_whoever_keeps_the_place(admin_kebomas):
    held = office(Role.OPERATOR_DESA, GIRI)
    Office.objects.filter(pk=held.office_id).update(ends_on=date(2026, 12, 31))

    accounts.reset_password(actor=admin_kebomas, user_id=held.user_id, at=AT)
