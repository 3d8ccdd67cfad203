"""A proposal with its four pairs of volume and value: requested, verified, agreed, budgeted; none overwrites another."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q

from mufakat.cycles.models import Cycle, KamusEntry
from mufakat.cycles.rules import Proof
from mufakat.proposals.rules import whereabouts
from mufakat.proposals.states import PROPOSAL, Action, State
from mufakat.regions.models import label_of
from mufakat.runtime.models import Owned

ACROSS = "Lintas desa/kelurahan"
"""What lists say in place of the village of a proposal of several."""


def place_of(village_kind: str | None, village_name: str | None) -> str:
    """`Proposal.place_label` of a village whose kind and name were read without the proposal."""
    return label_of(village_kind, village_name) if village_kind and village_name else ACROSS


def _volume() -> models.DecimalField[Decimal | None, Decimal | None]:
    return models.DecimalField(max_digits=14, decimal_places=2, null=True)


class Proposal(Owned):
    """One usulan. `number` counts within kecamatan and cycle and is given when it is first submitted."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="proposals")
    kecamatan = models.ForeignKey("regions.Region", on_delete=models.PROTECT, related_name="+")
    village = models.ForeignKey("regions.Region", null=True, on_delete=models.PROTECT, related_name="+")
    """None for a proposal of several villages made in the session."""
    number = models.PositiveIntegerField(null=True)
    position = models.BigIntegerField(null=True, unique=True)
    """Its place in every list, given with the number (`rules.position`); lists are paged by it."""
    form_key = models.UUIDField(null=True)
    """The key of the form it came from, so that a form sent twice makes one proposal."""
    title = models.CharField(max_length=240)
    kamus = models.ForeignKey(KamusEntry, null=True, on_delete=models.PROTECT, related_name="+")
    """The entry it was chosen from; None is a direct proposal, "usulan langsung" (rules 17, 21)."""
    problem = models.TextField(blank=True)
    location = models.CharField(max_length=240, blank=True)
    rt = models.CharField(max_length=10, blank=True)
    rw = models.CharField(max_length=10, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    """The place in degrees (WGS84), where the village gave it."""
    unit = models.CharField(max_length=30, blank=True)
    unit_price = models.BigIntegerField(null=True)
    volume_requested = _volume()
    value_requested = models.BigIntegerField(null=True)
    volume_verified = _volume()
    value_verified = models.BigIntegerField(null=True)
    volume_agreed = _volume()
    value_agreed = models.BigIntegerField(null=True)
    volume_budgeted = _volume()
    value_budgeted = models.BigIntegerField(null=True)
    households = models.PositiveIntegerField(null=True)
    people = models.PositiveIntegerField(null=True)
    people_men = models.PositiveIntegerField(null=True)
    people_women = models.PositiveIntegerField(null=True)
    groups = models.CharField(max_length=160, blank=True)
    land_status = models.CharField(max_length=80, blank=True)
    recipient = models.CharField(max_length=160, blank=True)
    village_priority = models.PositiveIntegerField(null=True)
    agency_requested = models.CharField(max_length=160, blank=True)
    agency_final = models.CharField(max_length=160, blank=True)
    authority = models.CharField(max_length=12, blank=True)
    is_cleared = models.BooleanField(default=False)
    """Land and recipient examined by the verifier (rules 40, 41)."""
    entered_by = models.UUIDField(null=True)
    """The account that wrote it first; the same person does not verify it (rule 43)."""
    refused_by = models.UUIDField(null=True)
    """The account that refused it; an appeal is decided by somebody else (rule 44)."""
    appeals = models.PositiveIntegerField(default=0)
    returned_until = models.DateTimeField(null=True)
    """By when a returned proposal must be completed (rules 25, 42)."""
    returned_fields = models.JSONField(default=list, blank=True)
    """Columns that the return opened again; empty opens all (rule 25)."""
    initiator = models.CharField(max_length=120, blank=True)
    """Who initiated a cross-village proposal in the session (rule 66)."""
    state = models.CharField(max_length=20, default=State.DRAFT.value)
    refused_at = models.CharField(max_length=20, blank=True)
    """The stage at which it was refused, never lost (rule 39)."""
    reason_code = models.CharField(max_length=12, blank=True)
    reason = models.TextField(blank=True)
    source_file = models.CharField(max_length=200, blank=True)
    source_row = models.CharField(max_length=80, blank=True)
    """Sheet and row of an imported proposal; importing it again changes nothing (rule 24)."""
    submitted_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["cycle", "kecamatan_id", "number", "id"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "kecamatan", "number"], name="proposal_number_once"),
            models.UniqueConstraint(
                fields=["cycle", "source_file", "source_row"],
                condition=~Q(source_row=""),
                name="imported_row_once",
            ),
            models.UniqueConstraint(
                fields=["village", "form_key"], condition=Q(form_key__isnull=False), name="form_sent_once"
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(position__isnull=False), name="numbered_has_position"
            ),
            *[
                models.CheckConstraint(
                    condition=Q(**{f"value_{pair}__isnull": True}) | Q(**{f"value_{pair}__gte": 0}),
                    name=f"value_{pair}_not_negative",
                )
                for pair in ("requested", "verified", "agreed", "budgeted")
            ],
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False)
                & Q(latitude__gte=-11, latitude__lte=6, longitude__gte=95, longitude__lte=141),
                name="point_whole_and_in_indonesia",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["DRAF", "DIHAPUS"]) | Q(number__isnull=False), name="submitted_has_number"
            ),
        ]
        indexes = [
            models.Index(fields=["cycle", "kecamatan", "state", "number"]),
            models.Index(fields=["cycle", "village", "number"]),
            models.Index(fields=["village", "position"], name="proposal_of_village"),
            models.Index(fields=["state", "position"], name="proposal_in_state"),
            models.Index(fields=["kecamatan", "position"], name="proposal_of_kecamatan"),
            models.Index(fields=["kabupaten", "agency_final", "position"], name="proposal_of_agency"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def standing(self) -> State:
        """Its state as the machine knows it."""
        return State(self.state)

    @property
    def place_label(self) -> str:
        """The proposing village as lists name it."""
        return self.village.label if self.village else ACROSS

    @property
    def whereabouts(self) -> str:
        """Place, RT and RW in one line, nothing twice."""
        return " ".join(whereabouts(self))

    def move(self, action: Action) -> None:
        """Take one step of the machine; the caller saves. Raises NotPossible."""
        self.state = PROPOSAL.next(self.standing, action).value
        self.version += 1


class ProposalPlace(Owned):
    """A village that a cross-village proposal reaches (rules 66, 67)."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="places")
    village = models.ForeignKey("regions.Region", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["proposal", "village_id"]
        constraints = [models.UniqueConstraint(fields=["proposal", "village"], name="place_once")]


class Step(Owned):
    """The road of a proposal: every state it took, when, and why; shown to the public without names (rule 95)."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=20)
    reason_code = models.CharField(max_length=12, blank=True)
    reason = models.TextField(blank=True)
    office = models.CharField(max_length=200, blank=True)
    capacity = models.CharField(max_length=40, blank=True)
    """In which capacity somebody acted, as "Plt." (rule 113); empty for the holder of the office."""
    basis = models.CharField(max_length=240, blank=True)
    """The paper it rests on, as the village's berita acara where its operator submitted (rule 22)."""
    at = models.DateTimeField()

    class Meta:
        ordering = ["proposal", "at", "id"]


class VillageMinutes(Owned):
    """The signed berita acara of a village's own forum, scanned; on it the operator may submit (rule 22)."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="+")
    village = models.ForeignKey("regions.Region", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=80)
    day = models.DateField()
    scan = models.ForeignKey("documents.Blob", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["cycle", "village_id", "-added_at", "-id"]

    def __str__(self) -> str:
        return f"Berita acara musrenbang {self.village.label} {self.number}"


class Photo(Owned):
    """A picture of the place as it is; where it was taken is removed from the file (rule 103)."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="photos")
    image = models.ForeignKey("documents.Blob", on_delete=models.PROTECT, related_name="+")
    caption = models.CharField(max_length=120, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["proposal", "added_at", "id"]
        constraints = [models.UniqueConstraint(fields=["proposal", "image"], name="photo_once")]


class RecipientProof(Owned):
    """What shows that the group which receives goods may receive them; the latest counts (rule 41)."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="proofs")
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in Proof])
    number = models.CharField(max_length=120)
    scan = models.ForeignKey("documents.Blob", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["proposal", "-added_at", "-id"]


class Distinction(Owned):
    """Why a proposal is not the same as another that looks like it, in the village's words (rule 29)."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="distinctions")
    other = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    said_at = models.DateTimeField()
    said_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["proposal", "said_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "other"], name="told_apart_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="told_apart_with_reason"),
        ]


class Word(models.Model):
    """A word of a public proposal's title or place by its stem (`rules.stems`): the index that the search reads."""

    stem = models.CharField(max_length=40)
    position = models.BigIntegerField()
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="words")

    class Meta:
        ordering = ["stem", "position"]
        constraints = [models.UniqueConstraint(fields=["stem", "position"], name="word_once")]


class Tally(models.Model):
    """How many proposals of a kecamatan and cycle stand in a state; the database keeps it (`triggers`)."""

    kabupaten = models.CharField(max_length=5)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="+")
    kecamatan = models.ForeignKey("regions.Region", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20)
    number = models.PositiveIntegerField()

    class Meta:
        ordering = ["cycle", "kecamatan", "state"]
        constraints = [models.UniqueConstraint(fields=["cycle", "kecamatan", "state"], name="tally_once")]
