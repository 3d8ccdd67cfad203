"""What people type on the pages of a forum, read into what the commands take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mufakat.drafting.labels import DECIDABLE, REASON_LABELS, RESULT_LABELS, Reason, Result
from mufakat.forums.commands.session import Person
from mufakat.forums.labels import ELEMENTS
from mufakat.forums.models import Attendee, Forum
from mufakat.forums.queries import villages_of
from mufakat.forums.rules import REASONED, REQUIRED_ELEMENTS, Element, Method, Verdict, Votes, parted_lines
from mufakat.proposals.rules import Draft
from mufakat.ui.fields import NOTHING, Rupiah, Sheet, Volume

GENDERS = (("L", _("Laki-laki")), ("P", _("Perempuan")))
SHARED = {"element": "unsur", "village": "desa", "institution": "lembaga"}
"""Fields of a person that stay for the next one, and their names in the address."""
MOST_MINUTES = 1440
CAPACITIES = (("", _("Definitif")), ("Plt.", "Plt."), ("Plh.", "Plh."), ("Pj.", "Pj."), ("a.n.", "a.n."))
METHOD_CHOICES = [
    (Method.CONSENSUS.value, _("Musyawarah mufakat")),
    (Method.ACCLAMATION.value, _("Aklamasi")),
    (Method.VOTE.value, _("Pemungutan suara")),
]


class ScheduleForm(Sheet):
    """Date, hall and Tim Pemandu of one kecamatan's forum."""

    kecamatan = forms.ChoiceField(label=_("Kecamatan"))
    day = forms.DateField(label=_("Tanggal"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    starts_at = forms.TimeField(label=_("Mulai"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ends_at = forms.TimeField(label=_("Selesai"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    place = forms.CharField(label=_("Tempat"), max_length=200)
    pemandu = forms.CharField(
        label=_("Tim Pemandu"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Satu orang satu baris, diakhiri L atau P. Contoh: Pemandu Satu, P"),
    )

    def __init__(self, *args: Any, kecamatans: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kecamatan"].choices = [NOTHING, *((k.code, k.name) for k in kecamatans)]  # type: ignore[attr-defined]

    def clean_pemandu(self) -> list[tuple[str, str]]:
        """(name, "L" or "P") of each line."""
        return [(name, gender) for name, gender in map(_gendered, _lines(self.cleaned_data["pemandu"]))]

    def clean(self) -> dict[str, Any]:
        """The end comes after the start."""
        data = super().clean() or {}
        if data.get("starts_at") and data.get("ends_at") and data["ends_at"] <= data["starts_at"]:
            self.add_error("ends_at", _("Waktu selesai harus sesudah waktu mulai."))
        return data


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _gendered(line: str) -> tuple[str, str]:
    name, _, gender = line.rpartition(",")
    if gender.strip().upper() not in ("L", "P") or not name.strip():
        raise ValidationError(
            gettext("Baris “%(line)s” perlu diakhiri koma dan L atau P. Contoh: Pemandu Satu, P") % {"line": line}
        )
    return name.strip(), gender.strip().upper()


class TeamForm(Sheet):
    """SK Tim Penyelenggara."""

    number = forms.CharField(label=_("Nomor SK"), max_length=80)
    day = forms.DateField(label=_("Tanggal SK"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    members = forms.CharField(
        label=_("Anggota"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Satu orang satu baris: nama; jabatan; kedudukan; L atau P. Contoh: Ketua Tim; Sekcam; Ketua; L"),
    )

    def clean_members(self) -> list[tuple[str, str, str, str]]:
        """(name, position, role, "L" or "P") of each line; one is ketua."""
        members = [_member(line) for line in _lines(self.cleaned_data["members"])]
        if not any(role.casefold() == "ketua" for _, _, role, _ in members):
            raise ValidationError(
                _("Tim memerlukan seorang ketua. Tulis “Ketua” sebagai kedudukan salah satu anggota.")
            )
        return members


def _member(line: str) -> tuple[str, str, str, str]:
    parts = [part.strip() for part in line.split(";")]
    if len(parts) != 4 or parts[3].upper() not in ("L", "P") or not parts[0]:
        raise ValidationError(
            gettext("Baris “%(line)s” perlu empat bagian yang dipisahkan titik koma: nama; jabatan; kedudukan; L.")
            % {"line": line}
        )
    return parts[0], parts[1], parts[2], parts[3].upper()


class AgendaForm(Sheet):
    """The day's sessions, one a line."""

    items = forms.CharField(
        label=_("Acara"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Satu acara satu baris: acara; menit; penanggung jawab. Contoh: Sidang kelompok; 90; Pemandu"),
    )

    def clean_items(self) -> list[tuple[str, int, str]]:
        """(title, minutes, lead) of each line."""
        return [_agenda_item(line) for line in _lines(self.cleaned_data["items"])]


def _agenda_item(line: str) -> tuple[str, int, str]:
    title, minutes, *lead = [part.strip() for part in line.split(";")] + [""]
    if not title or not (minutes.isascii() and minutes.isdigit() and 0 < int(minutes[:6]) <= MOST_MINUTES):
        raise ValidationError(
            gettext("Baris “%(line)s” perlu acara, titik koma, lalu menit dalam angka, misalnya Sidang kelompok; 90.")
            % {"line": line}
        )
    return title[:200], int(minutes), lead[0][:120]


class InvitationForm(Sheet):
    """When the invitations went out and how many people of each element they name (rule 48)."""

    day = forms.DateField(
        label=_("Tanggal undangan"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for element in Element:
            self.fields[element.value] = forms.IntegerField(
                label=gettext(ELEMENTS[element]),
                min_value=0,
                max_value=999,
                required=element in REQUIRED_ELEMENTS,
                widget=forms.NumberInput(attrs={"class": "input", "inputmode": "numeric"}),
            )

    @property
    def elements(self) -> dict[Element, int]:
        """People per element invited; those without people are left out."""
        return {e: n for e in Element if (n := self.cleaned_data.get(e.value))}


class GroupForm(Sheet):
    """A group's name, facilitator and secretary (rule 59)."""

    name = forms.CharField(label=_("Nama kelompok"), max_length=120)
    lead = forms.CharField(label=_("Pemandu kelompok"), max_length=120, required=False)
    secretary = forms.CharField(label=_("Notulis kelompok"), max_length=120, required=False)


class NotesForm(Sheet):
    """The parts of the notulen that are written by hand (rule 88)."""

    secretary = forms.CharField(label=_("Notulis"), max_length=120, required=False)
    speeches = forms.CharField(
        label=_("Sambutan"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Satu orang satu baris. Contoh: Camat Kebomas"),
    )
    materials = forms.CharField(
        label=_("Paparan"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Satu materi satu baris: materi; penyaji. Contoh: Arah RKPD dan pagu; Bappeda"),
    )
    discussion = forms.CharField(
        label=_("Jalannya pembahasan"), required=False, widget=forms.Textarea(attrs={"rows": 8})
    )
    follow_ups = forms.CharField(
        label=_("Tindak lanjut"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Satu hal satu baris: apa; siapa; sampai kapan. Contoh: Lengkapi surat lahan; Desa Giri; 1 Maret"),
    )
    closing = forms.CharField(label=_("Penutup"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def clean_follow_ups(self) -> str:
        """Every line says what and who."""
        for what, who, _until in parted_lines(self.cleaned_data["follow_ups"], 3):
            if not what or not who:
                raise ValidationError(
                    gettext("Baris “%(line)s” perlu hal dan penanggung jawab yang dipisahkan titik koma.")
                    % {"line": what or who}
                )
        return str(self.cleaned_data["follow_ups"])


class ChairForm(Sheet):
    """Who presides, in which capacity (rule 113)."""

    name = forms.CharField(label=_("Nama pimpinan sidang"), max_length=120)
    position = forms.CharField(label=_("Jabatan"), max_length=120)
    capacity = forms.ChoiceField(label=_("Kapasitas"), choices=CAPACITIES, required=False)
    nip = forms.CharField(label=_("NIP"), max_length=30, required=False, help_text=_("Hanya untuk pegawai negeri."))


class PersonForm(Sheet):
    """One line of the attendance list: what arrivals share first, then the person.

    The writer's place is the name, or the element while none is chosen; Enter saves from there.
    """

    element = forms.ChoiceField(label=_("Unsur"), choices=[NOTHING, *((e.value, _(ELEMENTS[e])) for e in Element)])
    village = forms.ChoiceField(label=_("Desa/kelurahan"), required=False)
    institution = forms.CharField(label=_("Lembaga"), max_length=160, required=False)
    name = forms.CharField(label=_("Nama"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    gender = forms.ChoiceField(label=_("L/P"), choices=GENDERS, widget=forms.RadioSelect)
    position = forms.CharField(label=_("Jabatan"), max_length=120, required=False)
    is_voter = forms.BooleanField(label=_("Berhak suara"), required=False, initial=True)

    def __init__(self, *args: Any, forum: Forum, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["village"].choices = [("", _("Bukan wakil desa")), *((v.code, v.label) for v in villages_of(forum))]  # type: ignore[attr-defined]
        self._place_writer()

    def _place_writer(self) -> None:
        for name in ("element", "name"):
            self.fields[name].widget.attrs.pop("autofocus", None)
        chosen = self.data.get("element") if self.is_bound else self.initial.get("element")
        place = "name" if chosen else "element"
        self.fields[place].widget.attrs["autofocus"] = True

    def keep(self, given: Mapping[str, str]) -> None:
        """Choose again what the last person shared with the next one."""
        self.initial.update({name: given.get(key, "") for name, key in SHARED.items()})
        self._place_writer()

    @property
    def shared(self) -> dict[str, str]:
        """Element, village and institution, as the address carries them to the next person's form."""
        return {key: self.cleaned_data[name] for name, key in SHARED.items()}

    @property
    def person(self) -> Person:
        """The person as the command takes it."""
        data = self.cleaned_data
        return Person(
            name=data["name"],
            gender=data["gender"],
            element=Element(data["element"]),
            institution=data["institution"],
            position=data["position"],
            village=data["village"] or None,
            is_voter=data["is_voter"],
        )


class VerdictForm(Sheet):
    """The forum's result for one proposal."""

    result = forms.ChoiceField(
        label=_("Hasil"), choices=[(r.value, _(RESULT_LABELS[r])) for r in DECIDABLE], widget=forms.RadioSelect
    )
    value = Rupiah(
        label=_("Nilai disepakati (Rp)"), required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    agency = forms.CharField(
        label=_("Perangkat daerah"), max_length=160, required=False, widget=forms.TextInput(attrs={"list": "perangkat"})
    )
    reason_code = forms.ChoiceField(
        label=_("Kode alasan"), required=False, choices=[NOTHING, *((r.value, _(REASON_LABELS[r])) for r in Reason)]
    )
    reason = forms.CharField(label=_("Alasan"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    method = forms.ChoiceField(label=_("Cara mengambil keputusan"), choices=METHOD_CHOICES)
    votes_for = forms.IntegerField(label=_("Setuju"), min_value=0, max_value=9999, required=False)
    votes_against = forms.IntegerField(label=_("Tidak setuju"), min_value=0, max_value=9999, required=False)
    votes_abstain = forms.IntegerField(label=_("Abstain"), min_value=0, max_value=9999, required=False)

    @property
    def verdict(self) -> Verdict:
        """The verdict as the command takes it; an agreed item carries no reason code."""
        data = self.cleaned_data
        result, method = Result(data["result"]), Method(data["method"])
        is_agreed = result is Result.DISEPAKATI
        return Verdict(
            result=result,
            value=data["value"] if is_agreed else None,
            agency=data["agency"],
            reason_code=data["reason_code"] if result in REASONED else "",
            reason=data["reason"],
            method=method,
            votes=self._votes() if method is Method.VOTE else None,
        )

    def _votes(self) -> Votes:
        data = self.cleaned_data
        return Votes(data["votes_for"] or 0, data["votes_against"] or 0, data["votes_abstain"] or 0)


class MoveForm(Sheet):
    """A move on the board with its reason (rules 61, 64)."""

    proposal = forms.UUIDField(label=_("Usulan"), required=False, widget=forms.HiddenInput)
    place = forms.IntegerField(
        label=_("Usulan pada urutan"),
        min_value=1,
        max_value=100_000,
        required=False,
        help_text=_("Angka urutannya sekarang, pada halaman mana pun."),
    )
    to = forms.IntegerField(
        label=_("Urutan baru"),
        min_value=1,
        max_value=100_000,
        help_text=_("1 paling atas; yang lain bergeser."),
    )
    reason = forms.CharField(
        label=_("Alasan"), widget=forms.Textarea(attrs={"rows": 2}), help_text=_("Paling sedikit 10 huruf.")
    )
    accepts_inversion = forms.BooleanField(
        label=_("Desa/kelurahan mengetahui bila urutannya sendiri terbalik"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].is_needed = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A proposal is named by its row, or by the place where it stands."""
        data = super().clean() or {}
        if not data.get("proposal") and not data.get("place") and not self.errors:
            self.add_error("place", str(_("Isi urutan usulan yang dipindahkan.")))
        return data


class CrossVillageForm(Sheet):
    """A proposal of several villages made in the session (rule 66)."""

    title = forms.CharField(label=_("Judul usulan"), max_length=240)
    problem = forms.CharField(
        label=_("Masalah"), widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Paling sedikit 20 huruf.")
    )
    villages = forms.MultipleChoiceField(
        label=_("Desa dan kelurahan"), widget=forms.CheckboxSelectMultiple, help_text=_("Paling sedikit dua.")
    )
    location = forms.CharField(label=_("Lokasi"), max_length=240)
    volume = Volume(label=_("Volume"), widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    unit = forms.CharField(label=_("Satuan"), max_length=30)
    value = Rupiah(label=_("Nilai (Rp)"), required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    households = forms.IntegerField(label=_("Penerima manfaat (KK)"), min_value=0, required=False)
    agency = forms.CharField(
        label=_("Perangkat daerah"), max_length=160, widget=forms.TextInput(attrs={"list": "perangkat"})
    )
    initiator = forms.ChoiceField(label=_("Pemrakarsa"), help_text=_("Dari daftar hadir."))

    def __init__(self, *args: Any, forum: Forum, people: list[Attendee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["villages"].choices = [(v.code, v.label) for v in villages_of(forum)]  # type: ignore[attr-defined]
        self.fields["initiator"].choices = [NOTHING, *((str(p.pk), f"{p.name}") for p in people)]  # type: ignore[attr-defined]

    @property
    def draft(self) -> Draft:
        """What the session wrote."""
        kept = ("title", "problem", "location", "volume", "unit", "value", "households", "agency")
        return Draft(**{name: self.cleaned_data[name] for name in kept})

    @property
    def initiator_id(self) -> UUID:
        """Who initiated it, by the attendance list."""
        return UUID(self.cleaned_data["initiator"])


class CorrectionForm(Sheet):
    """Corrected value and agency of agreed items; a row left as it is is no change (rule 86)."""

    number = forms.CharField(label=_("Nomor berita acara perubahan"), max_length=80)
    reason = forms.CharField(label=_("Alasan koreksi"), widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, agreed: list[Any], **kwargs: Any) -> None:
        self.agreed = agreed
        super().__init__(*args, **kwargs)
        for decision in agreed:
            key = decision.proposal_id
            number = {"number": decision.proposal.number}
            self.fields[f"value-{key}"] = Rupiah(
                label=gettext("Nilai nomor %(number)s") % number, required=False, initial=decision.value
            )
            self.fields[f"agency-{key}"] = forms.CharField(
                label=gettext("Perangkat daerah nomor %(number)s") % number,
                required=False,
                max_length=160,
                initial=decision.agency,
            )
            for name in (f"value-{key}", f"agency-{key}"):
                self.fields[name].widget.attrs["class"] = "input"

    @property
    def rows(self) -> list[tuple[Any, Any, Any]]:
        """Each agreed item with its two fields."""
        return [(d, self[f"value-{d.proposal_id}"], self[f"agency-{d.proposal_id}"]) for d in self.agreed]

    @property
    def changes(self) -> dict[UUID, tuple[int, str]]:
        """Items whose value or agency differs from what stands."""
        found = {}
        for decision in self.agreed:
            value = self.cleaned_data.get(f"value-{decision.proposal_id}")
            agency = (self.cleaned_data.get(f"agency-{decision.proposal_id}") or "").strip()
            after = (decision.value if value is None else value, agency or decision.agency)
            if after != (decision.value, decision.agency):
                found[decision.proposal_id] = after
        return found
