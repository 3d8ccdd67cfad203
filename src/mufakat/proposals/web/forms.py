"""What a village types about one proposal."""

from __future__ import annotations

from typing import Any

from django import forms

from mufakat.proposals.rules import Draft
from mufakat.ui.fields import Rupiah, Sheet, Volume


class ProposalForm(Sheet):
    """All questions of a proposal; only title is needed to save, the rest to submit."""

    title = forms.CharField(label="Apa yang diusulkan", max_length=240, help_text="Contoh: Perbaikan saluran RT 02")
    problem = forms.CharField(
        label="Masalah yang dirasakan",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Siapa yang terganggu, sejak kapan, seberapa parah. Paling sedikit 20 huruf.",
    )
    location = forms.CharField(label="Lokasi", max_length=240, required=False)
    rt = forms.CharField(label="RT", max_length=10, required=False)
    rw = forms.CharField(label="RW", max_length=10, required=False)
    volume = Volume(label="Volume", required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    unit = forms.CharField(label="Satuan", max_length=30, required=False)
    unit_price = Rupiah(
        label="Harga satuan (Rp)", required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    value = Rupiah(
        label="Perkiraan nilai (Rp)",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text="Dihitung dari volume dan harga satuan bila keduanya diisi.",
    )
    households = forms.IntegerField(label="Penerima manfaat (KK)", min_value=0, max_value=2_000_000, required=False)
    groups = forms.CharField(label="Kelompok yang terbantu", max_length=160, required=False)
    land_status = forms.CharField(
        label="Status lahan",
        max_length=80,
        required=False,
        help_text="Misalnya milik pemda, milik desa, fasum diserahkan, perorangan.",
    )
    recipient = forms.CharField(label="Penerima barang", max_length=160, required=False)
    agency = forms.CharField(label="Perangkat daerah", max_length=160, required=False)
    priority = forms.IntegerField(label="Urutan dalam desa", min_value=1, max_value=999, required=False)

    @property
    def draft(self) -> Draft:
        """What was written, as the commands take it."""
        return Draft(**self.cleaned_data)


def initial_of(draft: Draft) -> dict[str, Any]:
    """The form's fields from what stands; volumes with a decimal comma."""
    values = {name: getattr(draft, name) for name in ProposalForm.base_fields}
    if draft.volume is not None:
        values["volume"] = f"{draft.volume.normalize():f}".replace(".", ",")
    return values
