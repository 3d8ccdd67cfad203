"""What Bappeda sets for the year."""

from __future__ import annotations

from typing import Any

from django import forms

from mufakat.ui.fields import NOTHING, Rupiah, Sheet

MOMENT = "%Y-%m-%dT%H:%M"


def _moment(label: str) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
    return forms.DateTimeField(label=label, widget=widget, input_formats=[MOMENT, "%Y-%m-%dT%H:%M:%S"])


class CycleForm(Sheet):
    """Years and windows of a new cycle."""

    plan_year = forms.IntegerField(
        label="Tahun rencana (n)", min_value=2020, max_value=2100, help_text="Forum berlangsung pada tahun n-1."
    )
    theme = forms.CharField(label="Tema", max_length=200, required=False)
    opens_at = _moment("Pengajuan dibuka")
    closes_at = _moment("Pengajuan ditutup")
    returned_until = _moment("Batas melengkapi usulan yang dikembalikan")
    regency_forum_day = forms.DateField(
        label="Tanggal musrenbang kabupaten",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class PaguForm(Sheet):
    """The pagu of one kecamatan."""

    kecamatan = forms.ChoiceField(label="Kecamatan")
    amount = Rupiah(label="Pagu indikatif (Rp)", widget=forms.TextInput(attrs={"inputmode": "numeric"}))

    def __init__(self, *args: Any, kecamatans: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kecamatan"].choices = [NOTHING, *((k.code, k.name) for k in kecamatans)]  # type: ignore[attr-defined]


class KamusForm(Sheet):
    """An entry of the kamus usulan."""

    name = forms.CharField(label="Nama usulan", max_length=160)
    unit = forms.CharField(label="Satuan", max_length=20)
    unit_price = Rupiah(
        label="Harga satuan (Rp)", required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    agency = forms.CharField(label="Perangkat daerah", max_length=160, required=False)


class ExtensionForm(Sheet):
    """A later deadline for all villages."""

    closes_at = _moment("Batas baru")
