"""The verifier's verdict on one proposal: pass, return, or refuse, each with what it needs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mufakat.core.dates import moment
from mufakat.core.money import rupiah
from mufakat.drafting.labels import AUTHORITY_LABELS, REASON_LABELS, Reason
from mufakat.engines.nomenclature.classify import Authority
from mufakat.proposals.labels import PARTS
from mufakat.proposals.rules import Part
from mufakat.ui.fields import NOTHING, Rupiah, Sheet, Volume
from mufakat.verification.labels import CHECKS, VERDICTS
from mufakat.verification.rules import Check, Given

FINE, NOT_FINE = "sesuai", "tidak"
MOMENT = "%Y-%m-%dT%H:%M"
REASONS = [r for r in Reason if r is not Reason.IMPOR]


class PassForm(Sheet):
    """Pass to the forum's list: checklist, authority, one agency, verified volume and value."""

    authority = forms.ChoiceField(
        label=_("Kewenangan"), choices=[NOTHING, *((a.value, _(AUTHORITY_LABELS[a.value])) for a in Authority)]
    )
    agency = forms.CharField(
        label=_("Perangkat daerah penanggung jawab"),
        max_length=160,
        widget=forms.TextInput(attrs={"list": "perangkat-daerah", "autocomplete": "off"}),
        help_text=_("Tepat satu. Ketik sebagian namanya, lalu pilih."),
    )
    volume = Volume(
        label=_("Volume terverifikasi"), required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    value = Rupiah(
        label=_("Nilai terverifikasi (Rp)"), required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    clearance = forms.CharField(
        label=_("Dokumen atau alasan pengecualian lahan atau penerima"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Hanya bila lahan atau penerima bermasalah. Contoh: surat hibah lahan 12/2026 sudah diperiksa."),
    )

    @property
    def checks(self) -> dict[Check, bool]:
        """The checklist as it was marked; lines not looked at are absent."""
        given = {check: self.data.get(f"check_{check.value}", "") for check in Check}
        return {check: mark == FINE for check, mark in given.items() if mark in (FINE, NOT_FINE)}


def checklist(form: PassForm, notes: dict[Check, str]) -> list[tuple[str, str, str, str]]:
    """Lines of the checklist for the page: name of the field, label, what the engines know, the mark so far."""
    return [
        (
            f"check_{c.value}",
            _now(CHECKS[c]),
            notes.get(c, ""),
            form.data.get(f"check_{c.value}", "") if form.data else "",
        )
        for c in Check
    ]


class ReturnForm(Sheet):
    """Return to the village: which parts, what is missing, by when."""

    parts = forms.MultipleChoiceField(
        label=_("Yang harus dilengkapi"),
        choices=[(part.value, _(label)) for part, label in PARTS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Hanya yang dicentang dibuka kembali bagi desa. Tanpa centang, semuanya terbuka."),
    )
    reason = forms.CharField(
        label=_("Apa yang kurang, dan apa yang diharapkan"), widget=forms.Textarea(attrs={"rows": 3})
    )
    due_at = forms.DateTimeField(
        label=_("Paling lambat"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
        input_formats=[MOMENT, "%Y-%m-%dT%H:%M:%S"],
        help_text=_("Yang tidak dilengkapi sampai saat itu gugur dengan sendirinya."),
    )


class RefuseForm(Sheet):
    """Refuse before the forum with a reason code."""

    reason_code = forms.ChoiceField(
        label=_("Kode alasan"), choices=[NOTHING, *((r.value, _(REASON_LABELS[r])) for r in REASONS)]
    )
    reason = forms.CharField(
        label=_("Penjelasan"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Wajib paling sedikit 20 huruf bagi alasan lain-lain. Terbaca oleh umum; jangan menulis data pribadi."
        ),
    )


def told_of(given: Given) -> list[tuple[str, str]]:
    """A prepared verdict in words for who countersigns it: what is said, and its value."""
    volume = f"{given.volume.normalize():f}".replace(".", ",") if given.volume is not None else ""
    told = [
        (_("Putusan"), _now(VERDICTS[given.verdict])),
        (_("Kewenangan"), _now(AUTHORITY_LABELS[given.authority]) if given.authority else ""),
        (_("Perangkat daerah penanggung jawab"), given.agency),
        (_("Volume terverifikasi"), volume),
        (_("Nilai terverifikasi (Rp)"), rupiah(given.value) if given.value is not None else ""),
        (_("Dokumen atau alasan pengecualian lahan atau penerima"), given.clearance),
        (_("Yang harus dilengkapi"), ", ".join(_now(PARTS[Part(part)]) for part in given.parts)),
        (_("Paling lambat"), moment(timezone.localtime(given.due_at)) if given.due_at else ""),
        (_("Kode alasan"), _now(REASON_LABELS[Reason(given.reason_code)]) if given.reason_code else ""),
        (_("Penjelasan"), given.reason),
    ]
    return [(str(name), text) for name, text in told if text]


def initial_due(due: datetime) -> dict[str, Any]:
    """The return's due date as the cycle has it."""
    return {"due_at": timezone.localtime(due)}
