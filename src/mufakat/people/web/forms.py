"""What is typed about accounts and offices."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from mufakat.people.actors import Actor
from mufakat.people.commands.accounts import Person
from mufakat.people.models import User
from mufakat.people.permissions import can_appoint
from mufakat.people.roles import LABELS, LEVELS, Role
from mufakat.people.rules import Capacity, Post
from mufakat.regions.models import Region
from mufakat.ui.fields import NOTHING, Sheet

CAPACITIES = (
    (Capacity.DEFINITIVE.value, gettext_lazy("Definitif")),
    (Capacity.PLT.value, gettext_lazy("Pelaksana tugas (Plt.)")),
    (Capacity.PLH.value, gettext_lazy("Pelaksana harian (Plh.)")),
    (Capacity.PJ.value, gettext_lazy("Penjabat (Pj.)")),
    (Capacity.ON_BEHALF.value, gettext_lazy("Atas nama (a.n.)")),
)


def _day(label: Any, **options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **options)


class PostForm(Sheet):
    """An office: what, where, in which capacity, how long. Only what the actor may give can be picked."""

    role = forms.ChoiceField(label=gettext_lazy("Jabatan"))
    region = forms.ChoiceField(label=gettext_lazy("Wilayah"))
    agency = forms.CharField(
        label=gettext_lazy("Perangkat daerah"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("Hanya untuk jabatan perangkat daerah; persis seperti pada usulan."),
    )
    capacity = forms.ChoiceField(label=gettext_lazy("Kedudukan"), choices=CAPACITIES, required=False)
    starts_on = _day(gettext_lazy("Mulai"))
    ends_on = _day(
        gettext_lazy("Berakhir"),
        required=False,
        help_text=gettext_lazy("Wajib untuk Plt., Plh., Pj., dan a.n."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("starts_on", timezone.localdate())
        super().__init__(*args, **kwargs)
        self.order_fields([n for n in ("username", "name") if n in self.fields])
        roles, regions = choices_for(actor)
        self.fields["role"].choices = [NOTHING, *roles]  # type: ignore[attr-defined]
        self.fields["region"].choices = [NOTHING, *regions]  # type: ignore[attr-defined]

    @property
    def post(self) -> Post:
        """The office as the commands take it."""
        given = self.cleaned_data
        return Post(
            Role(given["role"]),
            given["region"],
            given["starts_on"],
            given["ends_on"],
            Capacity(given["capacity"]),
            given["agency"],
        )


def choices_for(actor: Actor) -> tuple[list[Any], list[Any]]:
    """Roles and regions an actor may give offices of; regions grouped by the region above."""
    roles = [r for r in Role if can_appoint(actor, r, _probe(actor, r))]
    levels = {LEVELS[r] for r in roles}
    found = Region.objects.filter(code__startswith=actor.region_code).order_by("code").select_related("parent")
    groups: dict[str, list[tuple[str, str]]] = {}
    for region in found:
        if region.code.count(".") + 1 in levels:
            head = region.parent.label if region.kind not in ("kabupaten", "kota") and region.parent else region.label
            groups.setdefault(head, []).append((region.code, region.label))
    return [(r.value, gettext(LABELS[r])) for r in roles], list(groups.items())


def _probe(actor: Actor, role: Role) -> str:
    """Some region of the role's level, the actor's own or below it, to ask whether the office is the actor's to give."""
    kecamatan = actor.kecamatan or f"{actor.kabupaten}.00"
    return {2: actor.kabupaten, 3: kecamatan, 4: f"{kecamatan}.0000"}[LEVELS[role]]


class PersonFields(forms.Form):
    """Who: the sign-in name and the person's name."""

    username = forms.CharField(
        label=gettext_lazy("Nama pengguna"),
        max_length=60,
        help_text=gettext_lazy("Huruf kecil, angka, titik; misalnya operator.giri."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
    )
    name = forms.CharField(
        label=gettext_lazy("Nama orang"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    @property
    def person(self) -> Person:
        """The person as the commands take it."""
        return Person(self.cleaned_data["username"], self.cleaned_data["name"])


class AccountForm(PostForm, PersonFields):
    """A new account with its first office."""


class EndForm(Sheet):
    """The last day of an office."""

    ends_on = _day(gettext_lazy("Hari terakhir"))


class HandOverForm(Sheet, PersonFields):
    """The successor: an account that exists, or a new person."""

    successor = forms.ChoiceField(label=gettext_lazy("Pengganti yang sudah memiliki akun"), required=False)
    starts_on = _day(gettext_lazy("Pengganti mulai"))

    def __init__(self, *args: Any, accounts: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["successor", "username", "name", "starts_on"])
        self.fields["username"].required = False
        self.fields["username"].label = gettext("Atau nama pengguna bagi akun baru")
        known = [(str(u.pk), f"{u.username} – {u.name}" if u.name else u.username) for u in accounts]
        self.fields["successor"].choices = [("", gettext("Akun baru")), *known]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        given = super().clean() or {}
        if bool(given.get("successor")) == bool(given.get("username")):
            self.add_error("successor", gettext("Pilih satu akun, atau isi nama pengguna bagi akun baru."))
        return given


class PasswordForm(Sheet):
    """A new password, typed twice."""

    current = forms.CharField(
        label=gettext_lazy("Kata sandi sekarang"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        strip=False,
    )
    new = forms.CharField(
        label=gettext_lazy("Kata sandi baru"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        help_text=gettext_lazy(
            "Paling sedikit 10 huruf, bukan kata sandi yang umum. Rangkaian beberapa kata mudah diingat."
        ),
    )
    again = forms.CharField(
        label=gettext_lazy("Kata sandi baru sekali lagi"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def clean(self) -> dict[str, Any]:
        """Both the same."""
        given = super().clean() or {}
        if given.get("new") and given.get("again") and given["new"] != given["again"]:
            self.add_error("again", gettext("Kedua kata sandi baru berbeda. Ketik sekali lagi."))
        return given


class ConfirmForm(Sheet):
    """The password, to confirm what weakens or renews the second step."""

    password = forms.CharField(
        label=gettext_lazy("Kata sandi"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        strip=False,
    )


class CodeForm(Sheet):
    """A code of the second step."""

    code = forms.CharField(
        label=gettext_lazy("Kode dari aplikasi"),
        max_length=24,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
