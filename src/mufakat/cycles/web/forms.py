"""What Bappeda sets for the year."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mufakat.cycles.labels import PROOFS
from mufakat.cycles.models import Cycle, KamusEntry
from mufakat.cycles.rules import Weighed
from mufakat.drafting.criteria import LEVELS
from mufakat.ui.fields import Rupiah, Sheet

MOMENT = "%Y-%m-%dT%H:%M"
_DIGITS = {"inputmode": "numeric"}


def _moment(label: Any, help_text: Any = "") -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
    formats = [MOMENT, "%Y-%m-%dT%H:%M:%S"]
    return forms.DateTimeField(label=label, widget=widget, input_formats=formats, help_text=help_text)


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, help_text=help_text)


class CycleForm(Sheet):
    """Years and windows of a new cycle."""

    plan_year = forms.IntegerField(
        label=_("Tahun rencana (n)"),
        min_value=2020,
        max_value=2100,
        help_text=_("Forum berlangsung pada tahun n-1."),
    )
    theme = forms.CharField(label=_("Tema"), max_length=200, required=False)
    opens_at = _moment(_("Pengajuan dibuka"))
    closes_at = _moment(_("Pengajuan ditutup"))
    returned_until = _moment(_("Batas melengkapi usulan yang dikembalikan"))
    regency_forum_day = _day(_("Tanggal musrenbang kabupaten"), _("Forum kecamatan sesudah tanggal ini ditolak."))


class SettingsForm(Sheet):
    """Dates and what is accepted in a cycle that stands; the deadline moves on a page of its own."""

    theme = forms.CharField(label=_("Tema"), max_length=200, required=False)
    opens_at = _moment(_("Pengajuan dibuka"))
    returned_until = _moment(
        _("Batas melengkapi usulan yang dikembalikan"), _("Bawaan bagi verifikator; boleh lain bagi satu usulan.")
    )
    regency_forum_day = _day(_("Tanggal musrenbang kabupaten"), _("Forum kecamatan sesudah tanggal ini ditolak."))
    accepts_incomplete = forms.BooleanField(
        label=_("Terima usulan yang belum lengkap; yang kurang ditandai sampai forum"), required=False
    )
    allows_direct = forms.BooleanField(
        label=_("Terima usulan di luar kamus; masuk verifikasi tanpa harga"), required=False
    )

    proof_until = _day(
        _("Batas bukti penerima barang"),
        _("Kelompok penerima yang belum berbukti sesudah tanggal ini tampil sebagai terlambat."),
    )
    proof_kinds = forms.MultipleChoiceField(
        label=_("Bukti penerima yang diterima"),
        choices=[(kind.value, _(label)) for kind, label in PROOFS.items()],
        widget=forms.CheckboxSelectMultiple,
    )

    @classmethod
    def of(cls, cycle: Cycle) -> SettingsForm:
        """The form with what stands."""
        initial = {name: getattr(cycle, name) for name in cls.base_fields if hasattr(cycle, name)}
        return cls(initial=initial | {"opens_at": timezone.localtime(cycle.proposals_open_at),
                                      "returned_until": timezone.localtime(cycle.returned_until)})  # fmt: skip


class PaguTable(Sheet):
    """The pagu of every kecamatan, one line each; an empty line is not announced."""

    def __init__(self, *args: Any, kecamatans: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kecamatan in kecamatans:
            label = _now("Pagu %(name)s") % {"name": kecamatan.name}
            widget = forms.TextInput(attrs={**_DIGITS, "class": "input", "aria-label": label})
            self.fields[kecamatan.code] = Rupiah(label=label, required=False, widget=widget)

    @property
    def amounts(self) -> dict[str, int]:
        """Code of the kecamatan → whole rupiah, for the lines that are filled."""
        return {code: amount for code, amount in self.cleaned_data.items() if amount is not None}


class KamusForm(Sheet):
    """An entry of the kamus usulan."""

    name = forms.CharField(label=_("Nama usulan"), max_length=160)
    unit = forms.CharField(label=_("Satuan"), max_length=20)
    unit_price = Rupiah(label=_("Harga satuan (Rp)"), required=False, widget=forms.TextInput(attrs=_DIGITS))
    agency = forms.CharField(label=_("Perangkat daerah"), max_length=160, required=False)


class KamusSheetForm(Sheet):
    """A sheet of the kamus."""

    sheet = forms.FileField(
        label=_("Lembar kamus"),
        help_text=_("XLSX, XLS, ODS, atau CSV dengan kolom Nama usulan, Satuan, Harga satuan, Perangkat daerah."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.tsv"}),
    )


class KamusChangeForm(KamusForm):
    """An entry that stands, to change or to withdraw from the choice."""

    is_withdrawn = forms.BooleanField(label=_("Tidak ditawarkan lagi"), required=False)

    @classmethod
    def of(cls, entry: KamusEntry) -> KamusChangeForm:
        """The form with what stands."""
        return cls(initial={name: getattr(entry, name) for name in cls.base_fields})


class ExtensionForm(Sheet):
    """A later deadline for all villages, or for one with its reason."""

    village = forms.ChoiceField(label=_("Bagi"), required=False)
    closes_at = _moment(_("Batas baru"))
    reason = forms.CharField(
        label=_("Alasan"), max_length=240, required=False, help_text=_("Wajib bila bagi satu desa atau kelurahan.")
    )

    def __init__(self, *args: Any, villages: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = ((v.code, f"{v.label}, {v.parent.name}") for v in villages)
        self.fields["village"].choices = [("", _("Semua desa dan kelurahan")), *named]  # type: ignore[attr-defined]


class CriterionForm(Sheet):
    """One criterion with its weight and the words of its levels."""

    key = forms.CharField(label=_("Kunci"), max_length=30, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Kriteria"), max_length=120)
    weight = forms.IntegerField(label=_("Bobot"), min_value=1, max_value=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for level in LEVELS:
            widget = forms.Textarea(attrs={"rows": 2, "class": "input"})
            label = _now("Tingkat %(level)s") % {"level": level}
            self.fields[f"level_{level}"] = forms.CharField(label=label, max_length=240, widget=widget)

    @property
    def weighed(self) -> Weighed:
        """What was written, as the command takes it."""
        data = self.cleaned_data
        words = tuple(data[f"level_{level}"] for level in LEVELS)
        return Weighed(data["key"], data["name"], data["weight"], words)

    @property
    def levels(self) -> list[Any]:
        """The fields of the five levels."""
        return [self[f"level_{level}"] for level in LEVELS]


def criterion_forms(cycle: Cycle, data: Any = None) -> list[CriterionForm]:
    """A form per criterion in its order, with what stands or with what was sent."""
    made = []
    for c in cycle.criteria.all():
        initial = {"key": c.key, "name": c.name, "weight": c.weight}
        initial |= {f"level_{level}": c.anchors.get(str(level), "") for level in LEVELS}
        made.append(CriterionForm(data, initial=initial, prefix=c.key, auto_id=f"kriteria_{c.key}_%s"))
    return made
