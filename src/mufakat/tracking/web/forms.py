"""What agencies and Bappeda type after the forum."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mufakat.drafting.labels import REASON_LABELS, Reason
from mufakat.tracking.labels import OUTCOMES, STAGES
from mufakat.tracking.rules import Answer
from mufakat.tracking.states import Outcome, Stage
from mufakat.ui.fields import NOTHING, Rupiah, Sheet, Volume

BEFORE_FORUM = (Reason.DUP, Reason.WIL, Reason.IMPOR)
REASONS = [NOTHING, *((r.value, _(REASON_LABELS[r])) for r in Reason if r not in BEFORE_FORUM)]


class AnswerForm(Sheet):
    """The agency's answer about one item (rule 90)."""

    outcome = forms.ChoiceField(
        label=_("Jawaban"),
        choices=[(o.value, _(OUTCOMES[o])) for o in (Outcome.ACCOMMODATED, Outcome.NOT_ACCOMMODATED)],
        widget=forms.RadioSelect,
    )
    sub_activity = forms.CharField(label=_("Sub kegiatan"), max_length=200, required=False)
    volume = Volume(label=_("Volume"), required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    value = Rupiah(label=_("Nilai (Rp)"), required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    reason_code = forms.ChoiceField(label=_("Kode alasan"), required=False, choices=REASONS)
    reason = forms.CharField(label=_("Alasan atau catatan"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    @property
    def answer(self) -> Answer:
        """The answer as the command takes it."""
        data: dict[str, Any] = dict(self.cleaned_data)
        data.pop("stage", None)
        return Answer(**data | {"outcome": Outcome(data["outcome"])})


class RecordForm(AnswerForm):
    """A later stage's result, recorded by Bappeda (rule 92)."""

    stage = forms.ChoiceField(
        label=_("Tahap"), choices=[(s.value, _(STAGES[s])) for s in Stage if s is not Stage.AGENCY_FORUM]
    )
    outcome = forms.ChoiceField(
        label=_("Hasil"), choices=[(o.value, _(OUTCOMES[o])) for o in Outcome], widget=forms.RadioSelect
    )
    reference = forms.CharField(label=_("Dokumen rujukan"), max_length=200, required=False)
    field_order = ("stage", "outcome", "value", "volume", "reference", "sub_activity", "reason_code", "reason")
