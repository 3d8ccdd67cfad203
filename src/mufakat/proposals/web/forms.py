"""What a village types about one proposal, as one page or a step at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from mufakat.cycles.labels import PROOFS
from mufakat.cycles.models import KamusEntry
from mufakat.proposals.labels import LAND_STATUSES
from mufakat.proposals.rules import Draft, Part, is_balanced
from mufakat.ui.fields import NOTHING, Point, Rupiah, Sheet, Volume

FIELDS: dict[Part, tuple[str, ...]] = {
    Part.KIND: ("kamus", "title"),
    Part.PROBLEM: ("problem",),
    Part.PLACE: ("location", "rt", "rw", "point"),
    Part.VOLUME: ("volume", "unit", "value"),
    Part.PEOPLE: ("households", "people", "men", "women", "groups"),
    Part.LAND: ("land_status",),
    Part.AGENCY: ("agency", "recipient"),
}
"""Fields of each step."""
MOST = 2_000_000
_NEEDED = ("problem", "location", "volume", "unit", "land_status")


def _count(label: Any, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=MOST, required=False, help_text=help_text)


class ProposalForm(Sheet):
    """All questions of a proposal, or those of one step; only the title is needed to save, the rest to submit."""

    kamus = forms.ChoiceField(
        label=_("Jenis usulan dalam kamus"),
        required=False,
        help_text=_("Satuan, harga, dan perangkat daerah terisi sendiri."),
    )
    title = forms.CharField(
        label=_("Apa yang diusulkan"), max_length=240, help_text=_("Contoh: Perbaikan saluran RT 02")
    )
    problem = forms.CharField(
        label=_("Masalah yang dirasakan"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Siapa yang terganggu, sejak kapan, seberapa parah. Paling sedikit 20 huruf."),
    )
    location = forms.CharField(label=_("Lokasi"), max_length=240, required=False)
    rt = forms.CharField(label=_("RT"), max_length=10, required=False)
    rw = forms.CharField(label=_("RW"), max_length=10, required=False)
    point = Point(
        label=_("Titik peta"),
        required=False,
        help_text=_("Tempel dari aplikasi peta, misalnya -7.168912, 112.635201."),
    )
    volume = Volume(label=_("Volume"), required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    unit = forms.CharField(
        label=_("Satuan"), max_length=30, required=False, help_text=_("Misalnya meter, m2, unit, paket.")
    )
    value = Rupiah(
        label=_("Perkiraan nilai (Rp)"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("Hanya bagi usulan di luar kamus, bila desa sudah punya RAB. Kecamatan yang memeriksanya."),
    )
    households = _count(_("Penerima manfaat (KK)"))
    people = _count(_("Penerima manfaat (jiwa)"))
    men = _count(_("Laki-laki"))
    women = _count(_("Perempuan"), _("Laki-laki dan perempuan berjumlah sama dengan jiwa."))
    groups = forms.CharField(
        label=_("Kelompok yang terbantu"),
        max_length=160,
        required=False,
        help_text=_("Misalnya perempuan, anak, lansia, difabel, keluarga miskin."),
    )
    land_status = forms.ChoiceField(label=_("Status lahan"), required=False, widget=forms.RadioSelect)
    agency = forms.CharField(
        label=_("Perangkat daerah"),
        max_length=160,
        required=False,
        help_text=_("Boleh kosong; kecamatan yang menentukan."),
    )
    recipient = forms.CharField(
        label=_("Penerima barang"),
        max_length=160,
        required=False,
        help_text=_("Hanya untuk barang bagi kelompok: nama kelompok dan badan hukumnya."),
    )

    def __init__(
        self,
        *args: Any,
        entries: Iterable[KamusEntry],
        current: Draft | None = None,
        parts: Collection[Part] = tuple(Part),
        opened: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        """`parts` are the steps shown; `opened` the fields that may be changed where a return named some."""
        self.current = current or Draft(title="")
        super().__init__(*args, initial=initial_of(self.current), **kwargs)
        shown = [name for part in FIELDS for name in FIELDS[part] if part in parts]
        self._offer(list(entries))
        if len(parts) == 1 and self.entry is not None:
            shown = [n for n in shown if n != "unit" and (n != "value" or self.entry.unit_price is None)]
        for name in _NEEDED:
            # Saved without, submitted with it: "(bila ada)" would be wrong beside its label.
            self.fields[name].is_needed = True  # type: ignore[attr-defined]
        for name in list(self.fields):
            if name not in shown:
                del self.fields[name]
            elif opened and name not in opened:
                self.fields[name].disabled = True

    def _offer(self, entries: list[KamusEntry]) -> None:
        self.entry = next((e for e in entries if e.pk == self.current.kamus), None)
        offered = [e for e in entries if not e.is_withdrawn or e == self.entry]
        choices = [("", _("Di luar kamus (usulan langsung)")), *((str(e.pk), _named(e)) for e in offered)]
        self.fields["kamus"].choices = choices  # type: ignore[attr-defined]
        known = [self.current.land_status] if self.current.land_status else []
        statuses = dict.fromkeys([*LAND_STATUSES, *known])
        self.fields["land_status"].choices = [  # type: ignore[attr-defined]
            ("", _("belum diketahui")), *((s, _(s)) for s in statuses)
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Men and women add up to the people (rule 26)."""
        data = super().clean() or {}
        if {"people", "men", "women"} <= set(data) and not is_balanced(replace(self.current, **_people(data))):
            self.add_error("women", str(_("Jumlah laki-laki dan perempuan harus sama dengan jumlah jiwa.")))
        return data

    @property
    def draft(self) -> Draft:
        """What stands with what was written here laid over it, as the commands take it."""
        given = dict(self.cleaned_data)
        if "kamus" in given:
            given["kamus"] = UUID(given["kamus"]) if given["kamus"] else None
        if "point" in given:
            given["latitude"], given["longitude"] = given.pop("point") or (None, None)
        return replace(self.current, **given)


def _people(data: dict[str, Any]) -> dict[str, Any]:
    return {name: data[name] for name in ("people", "men", "women")}


def _named(entry: KamusEntry) -> str:
    price = f" · Rp{entry.unit_price:,}".replace(",", ".") + f"/{entry.unit}" if entry.unit_price is not None else ""
    return f"{entry.name}{price}"


def initial_of(draft: Draft) -> dict[str, Any]:
    """The form's fields from what stands; volumes with a decimal comma."""
    values = {name: getattr(draft, name) for name in ProposalForm.base_fields}
    values["kamus"] = str(draft.kamus) if draft.kamus else ""
    if draft.volume is not None:
        values["volume"] = f"{draft.volume.normalize():f}".replace(".", ",")
    return values


class MinutesForm(Sheet):
    """The signed berita acara of the village's own forum."""

    number = forms.CharField(label=_("Nomor berita acara"), max_length=80)
    day = forms.DateField(
        label=_("Tanggal musrenbang desa/kelurahan"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    scan = forms.FileField(
        label=_("Pindaian bertanda tangan"),
        help_text=_("PDF, JPEG, atau PNG, paling besar 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )


class ProofForm(Sheet):
    """The proof that the recipient of goods may receive them."""

    kind = forms.ChoiceField(label=_("Jenis bukti"))
    number = forms.CharField(label=_("Nomor dan tanggal bukti"), max_length=120)
    scan = forms.FileField(
        label=_("Pindaian bukti"),
        help_text=_("PDF, JPEG, atau PNG, paling besar 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )

    def __init__(self, *args: Any, kinds: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(kind.value, _(label)) for kind, label in PROOFS.items() if kind.value in kinds]
        self.fields["kind"].choices = [NOTHING, *offered]  # type: ignore[attr-defined]


class DifferenceForm(Sheet):
    """Why a proposal is not the same as one that looks like it."""

    reason = forms.CharField(
        label=_("Tetap ajukan, ini berbeda karena"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Paling sedikit 10 huruf; dibaca verifikator. Contoh: saluran sisi utara, yang lain sisi selatan."),
    )


class ReasonForm(Sheet):
    """Why a proposal is withdrawn or appealed."""

    reason = forms.CharField(
        label=_("Alasan"), widget=forms.Textarea(attrs={"rows": 2}), help_text=_("Paling sedikit 10 huruf.")
    )


class PhotoForm(Sheet):
    """A picture of the place."""

    photo = forms.FileField(
        label=_("Pilih foto"),
        help_text=_("JPEG, PNG, atau WebP. Letak dan kamera dalam berkas dihapus."),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
    caption = forms.CharField(label=_("Keterangan foto"), max_length=120, required=False)
