"""The verifier's verdict on one proposal."""

from __future__ import annotations

from django import forms

from mufakat.drafting.labels import AUTHORITY_LABELS, REASON_LABELS, Reason
from mufakat.engines.nomenclature.classify import Authority
from mufakat.ui.fields import NOTHING, Rupiah, Sheet, Volume

PASS, RETURN, REFUSE = "loloskan", "kembalikan", "tolak"
VERDICTS = ((PASS, "Loloskan ke forum"), (RETURN, "Kembalikan untuk dilengkapi"), (REFUSE, "Tolak dengan alasan"))


class VerdictForm(Sheet):
    """Pass with authority and one agency, return with what is missing, or refuse with a reason code."""

    verdict = forms.ChoiceField(label="Putusan", choices=VERDICTS, widget=forms.RadioSelect)
    authority = forms.ChoiceField(
        label="Kewenangan",
        required=False,
        choices=[NOTHING, *((a.value, AUTHORITY_LABELS[a.value]) for a in Authority)],
    )
    agency = forms.CharField(label="Perangkat daerah", max_length=160, required=False)
    volume = Volume(
        label="Volume terverifikasi", required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    value = Rupiah(
        label="Nilai terverifikasi (Rp)", required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    is_cleared = forms.BooleanField(label="Lahan dan penerima sudah diperiksa dan memenuhi syarat", required=False)
    reason_code = forms.ChoiceField(
        label="Kode alasan", required=False, choices=[NOTHING, *((r.value, REASON_LABELS[r]) for r in Reason)]
    )
    reason = forms.CharField(
        label="Alasan, atau yang harus dilengkapi", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self) -> dict[str, object]:
        """What each verdict needs."""
        data = super().clean() or {}
        if data.get("verdict") == PASS and not data.get("authority"):
            self.add_error("authority", "Pilih kewenangannya; tanpa itu usulan tidak dapat masuk daftar forum.")
        if data.get("verdict") == REFUSE and not data.get("reason_code"):
            self.add_error("reason_code", "Pilih kode alasan penolakan.")
        return data
