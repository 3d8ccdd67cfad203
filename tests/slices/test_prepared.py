"""A question compiled once gives what the same question asked anew gives, on whatever database."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db.models import Count, Max, Q
from tests.slices.conftest import GIRI, KEBOMAS, office

from mufakat.people.models import Office
from mufakat.people.roles import Role
from mufakat.regions.models import Region
from mufakat.runtime.prepared import Prepared, summed

pytestmark = pytest.mark.django_db
DAY = date(2027, 2, 3)


def held(user_id, on):
    holds = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    return Office.objects.filter(holds, user_id=user_id, starts_on__lte=on).select_related("region").order_by("role")


def columns(rows):
    return [({f.attname: getattr(row, f.attname) for f in Office._meta.fields}, row.region.label) for row in rows]


def test_says_what_the_question_asked_anew_says(regency, django_assert_num_queries):
    ask = Prepared(held, type(uuid4()), date)
    people = [office(Role.CAMAT, KEBOMAS).user_id, office(Role.KEPALA_DESA, GIRI).user_id, uuid4()]
    Office.objects.filter(user_id=people[1]).update(ends_on=DAY)
    days = [DAY + timedelta(days=n) for n in (-400, 0, 1)]

    for person in people:
        for day in days:
            with django_assert_num_queries(1):
                got = ask(person, day)
            assert columns(got) == columns(held(person, day))
    assert [len(ask(person, DAY)) for person in people] == [1, 1, 0]


def test_keeps_constants_of_the_question_and_the_order_of_values(regency):
    ask = Prepared(lambda name, code: Region.objects.filter(code=code, kind="desa").exclude(name=name), str, str)

    assert [r.name for r in ask("lain", GIRI)] == ["Giri"]
    assert [ask("Giri", GIRI), ask("lain", KEBOMAS)] == [[], []]


@pytest.mark.parametrize("values", [(None, DAY), ("bukan uuid", DAY), (uuid4(), None)])
def test_takes_only_values_of_its_kinds(values):
    with pytest.raises(TypeError):
        Prepared(held, type(uuid4()), date)(*values)


def test_refuses_a_question_that_changes_a_value_on_its_way():
    with pytest.raises(TypeError):
        Prepared(lambda name: Region.objects.filter(name__icontains=name), str)("iri")


def test_gives_a_part_and_bare_values_and_takes_whole_numbers(regency):
    def found(least, parent):
        some = Region.objects.filter(latitude__gte=least) if least is not None else Region.objects.all()
        return some.filter(parent_id=parent).order_by("code").values_list("code", "name")

    ask, all_of = Prepared(found, int | None, str), list(found(-90, KEBOMAS))

    assert len(all_of) > 3
    assert (ask(-90, KEBOMAS), ask(90, KEBOMAS), ask(None, KEBOMAS)) == (all_of, [], all_of)
    assert [ask(-90, KEBOMAS, part=p) for p in ((0, 2), (2, 4), (len(all_of), len(all_of) + 9))] == [
        all_of[:2], all_of[2:4], [],
    ]  # fmt: skip


def test_sums_what_an_aggregate_sums(regency):
    def found(parent, kind):
        return Region.objects.filter(parent_id=parent, kind=kind)

    ask = Prepared(lambda *values: summed(found(*values), Count("pk"), Max("name")), str, str)

    for kind in ("desa", "kelurahan", "provinsi"):
        expected = found(KEBOMAS, kind).aggregate(n=Count("pk"), last=Max("name"))
        assert ask(KEBOMAS, kind) == [tuple(expected.values())]
