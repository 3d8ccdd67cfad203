"""The forum of one kecamatan in one cycle: preparation, attendance, decisions, delegates, the hall."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.db.models import Q

from mufakat.drafting.labels import DECIDABLE
from mufakat.forums.rules import Agreement, Element, Method
from mufakat.forums.states import DELEGATE, FORUM, DelegateAction, DelegateState, ForumAction, ForumState
from mufakat.runtime.models import Owned


def _choices(kind: type) -> list[tuple[str, str]]:
    return [(item.value, item.value) for item in kind]  # type: ignore[attr-defined]


class Forum(Owned):
    """The main forum (musrenbang RKPD di kecamatan): one per kecamatan and cycle unless cancelled (rules 3, 116)."""

    cycle = models.ForeignKey("cycles.Cycle", on_delete=models.PROTECT, related_name="forums")
    kecamatan = models.ForeignKey("regions.Region", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    starts_at = models.TimeField()
    ends_at = models.TimeField()
    place = models.CharField(max_length=200)
    state = models.CharField(max_length=20, default=ForumState.SCHEDULED.value, choices=_choices(ForumState))
    state_reason = models.TextField(blank=True)
    sk_number = models.CharField(max_length=80, blank=True)
    sk_date = models.DateField(null=True)
    invited_on = models.DateField(null=True)
    override_reason = models.TextField(blank=True)
    """Why the forum starts although villages have not submitted (rule 49)."""
    is_pagu_binding = models.BooleanField(default=True)
    """Whether a sum above the pagu keeps the berita acara from being issued, or is only remarked (rule 68)."""
    paper = models.CharField(max_length=2, default="a4", choices=[("a4", "A4"), ("f4", "F4")])
    speaking_limit = models.PositiveSmallIntegerField(default=40)
    """Percent of all turns above which one party is pointed out to the facilitator (rule 71)."""
    attendance_opened_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    chair_name = models.CharField(max_length=120, blank=True)
    chair_position = models.CharField(max_length=120, blank=True)
    chair_capacity = models.CharField(max_length=10, blank=True)
    chair_nip = models.CharField(max_length=30, blank=True)
    delegates_reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["kabupaten", "day", "kecamatan_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "kecamatan"], condition=~Q(state="dibatalkan"), name="forum_once_per_cycle"
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="forum_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"Forum {self.kecamatan_id} {self.day}"

    @property
    def standing(self) -> ForumState:
        """Its state as the machine knows it."""
        return ForumState(self.state)

    @property
    def chair(self) -> tuple[str, str, str, str]:
        """Who chairs: name, position, capacity, NIP (rule 113)."""
        return self.chair_name, self.chair_position, self.chair_capacity, self.chair_nip

    def seat(self, chair: Mapping[str, str]) -> list[str]:
        """Put somebody in the chair (name, position, capacity, nip); the caller saves the columns it answers with."""
        columns = {f"chair_{name}": chair.get(name, "").strip() for name in ("name", "position", "capacity", "nip")}
        for column, value in columns.items():
            setattr(self, column, value)
        return list(columns)

    def move(self, action: ForumAction) -> None:
        """Take one step of the machine; the caller saves. Raises NotPossible."""
        self.state = FORUM.next(self.standing, action).value
        self.version += 1


class ForumPart(Owned):
    """A row that belongs to one forum."""

    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="%(class)ss")

    class Meta:
        abstract = True


class TeamMember(ForumPart):
    """Tim Penyelenggara (by SK of the camat) and Tim Pemandu (by Bappeda)."""

    team = models.CharField(max_length=20, choices=[("penyelenggara", "Penyelenggara"), ("pemandu", "Pemandu")])
    name = models.CharField(max_length=120)
    position = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=30)
    gender = models.CharField(max_length=1, choices=[("L", "L"), ("P", "P")])

    class Meta:
        ordering = ["forum", "team", "id"]


class AgendaItem(ForumPart):
    """One session of the day; the end time follows from the durations (rule 56)."""

    order = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    minutes = models.PositiveIntegerField()
    lead = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["forum", "order"]
        constraints = [
            models.UniqueConstraint(fields=["forum", "order"], name="agenda_order_once"),
            models.CheckConstraint(condition=Q(minutes__gte=1), name="agenda_takes_time"),
        ]


class Invitation(ForumPart):
    """An element invited with the number of people (rule 48)."""

    element = models.CharField(max_length=30, choices=_choices(Element))
    recipient = models.CharField(max_length=200, blank=True)
    people = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["forum", "id"]


class Sitting(ForumPart):
    """One stretch of the session: from its start or resumption until it was suspended (rule 116)."""

    began_at = models.DateTimeField()
    suspended_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    resumes_on = models.DateField(null=True)
    """The day announced when it was suspended; None where that was left open."""

    class Meta:
        ordering = ["forum", "began_at", "id"]


class WorkGroup(ForumPart):
    """A group (kelompok) that discusses a part of the list before the plenary (rule 59)."""

    order = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    bidang = models.CharField(max_length=20, blank=True)
    """The field whose proposals it takes by default; empty for a group that is filled by hand."""
    lead = models.CharField(max_length=120, blank=True)
    secretary = models.CharField(max_length=120, blank=True)
    report = models.TextField(blank=True)
    reported_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["forum", "order"]
        constraints = [
            models.UniqueConstraint(fields=["forum", "name"], name="group_name_once"),
            models.UniqueConstraint(fields=["forum", "bidang"], condition=~Q(bidang=""), name="group_of_field_once"),
        ]


class GroupPlace(ForumPart):
    """A proposal moved by hand to a group other than its field's; without a row it is in that of its field."""

    group = models.ForeignKey(WorkGroup, on_delete=models.PROTECT, related_name="places")
    proposal = models.ForeignKey("proposals.Proposal", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["forum", "id"]
        constraints = [models.UniqueConstraint(fields=["forum", "proposal"], name="in_one_group")]


class VillageStanding(ForumPart):
    """What one village said: excused before, list confirmed or objected on the day (rules 49, 58)."""

    village = models.ForeignKey("regions.Region", on_delete=models.PROTECT, related_name="+")
    excused_reason = models.TextField(blank=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=120, blank=True)
    objection = models.TextField(blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ["forum", "village_id"]
        constraints = [models.UniqueConstraint(fields=["forum", "village"], name="village_stands_once")]


class AgreementRecord(ForumPart):
    """Principles, tata tertib, criteria, groups: agreed when and how (rule 57)."""

    subject = models.CharField(max_length=30, choices=_choices(Agreement))
    method = models.CharField(max_length=30, choices=_choices(Method))
    agreed_at = models.DateTimeField()

    class Meta:
        ordering = ["forum", "agreed_at"]
        constraints = [models.UniqueConstraint(fields=["forum", "subject"], name="agreement_once")]


class Attendee(ForumPart):
    """One person present, counted once (rules 53-55)."""

    name = models.CharField(max_length=120)
    gender = models.CharField(max_length=1, choices=[("L", "L"), ("P", "P")])
    element = models.CharField(max_length=30, choices=_choices(Element))
    institution = models.CharField(max_length=160, blank=True)
    position = models.CharField(max_length=120, blank=True)
    village = models.ForeignKey("regions.Region", null=True, on_delete=models.PROTECT, related_name="+")
    is_voter = models.BooleanField(default=True)
    arrived_at = models.DateTimeField()
    person = models.CharField(max_length=200)
    """The key by which the same person is known again (rule 55)."""

    class Meta:
        ordering = ["forum", "arrived_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["forum", "person"], name="person_attends_once"),
            models.CheckConstraint(condition=Q(gender__in=["L", "P"]), name="attendee_l_or_p"),
        ]

    @property
    def particulars(self) -> tuple[str, str, str, str]:
        """What the chain keeps of a person, as a digest, in this order."""
        return self.name, self.gender, self.institution, self.position


class Block(ForumPart):
    """Uncontested proposals decided together after being read out (rule 69)."""

    name = models.CharField(max_length=120)
    read_out_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["forum", "read_out_at"]
        constraints = [models.UniqueConstraint(fields=["forum", "name"], name="block_name_once")]


class BlockMember(ForumPart):
    """A proposal in a block; a village may withdraw it until the block is decided."""

    block = models.ForeignKey(Block, on_delete=models.PROTECT, related_name="members")
    proposal = models.ForeignKey("proposals.Proposal", on_delete=models.PROTECT, related_name="+")
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["block", "id"]
        constraints = [models.UniqueConstraint(fields=["block", "proposal"], name="block_holds_once")]


class Decision(ForumPart):
    """The forum's result for one proposal, beside what was requested and verified (rules 45, 69, 70)."""

    proposal = models.ForeignKey("proposals.Proposal", on_delete=models.PROTECT, related_name="forum_decisions")
    result = models.CharField(max_length=30, choices=[(r.value, r.value) for r in DECIDABLE])
    value = models.BigIntegerField(null=True)
    agency = models.CharField(max_length=160, blank=True)
    reason_code = models.CharField(max_length=12, blank=True)
    reason = models.TextField(blank=True)
    method = models.CharField(max_length=30, choices=_choices(Method))
    votes_for = models.PositiveIntegerField(null=True)
    votes_against = models.PositiveIntegerField(null=True)
    votes_abstain = models.PositiveIntegerField(null=True)
    block = models.ForeignKey(Block, null=True, on_delete=models.PROTECT, related_name="decisions")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["forum", "decided_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["forum", "proposal"], name="one_result_per_proposal"),
            models.CheckConstraint(condition=Q(value__isnull=True) | Q(value__gte=0), name="agreed_value_not_negative"),
            models.CheckConstraint(condition=Q(result="disepakati") | ~Q(reason_code=""), name="refusal_has_reason"),
            models.CheckConstraint(condition=~Q(result="disepakati") | Q(value__isnull=False), name="agreed_has_value"),
        ]


class Correction(ForumPart):
    """A change of one agreed item that the next version of the berita acara makes; applied when that is locked."""

    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+")
    proposal = models.ForeignKey("proposals.Proposal", on_delete=models.PROTECT, related_name="+")
    value = models.BigIntegerField()
    agency = models.CharField(max_length=160)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["forum", "id"]
        constraints = [models.UniqueConstraint(fields=["document", "proposal"], name="corrected_once")]


class Delegate(ForumPart):
    """Who escorts the result to the agencies' forum and the regency (rules 73-76)."""

    attendee = models.OneToOneField(Attendee, on_delete=models.PROTECT, related_name="mandate")
    order = models.PositiveIntegerField()
    state = models.CharField(max_length=20, default=DelegateState.NOMINATED.value, choices=_choices(DelegateState))
    method = models.CharField(max_length=30, blank=True, choices=_choices(Method))
    votes = models.PositiveIntegerField(null=True)
    report = models.TextField(blank=True)

    class Meta:
        ordering = ["forum", "order"]
        constraints = [models.UniqueConstraint(fields=["forum", "order"], name="delegate_order_once")]

    def move(self, action: DelegateAction) -> None:
        """Take one step of the machine; the caller saves. Raises NotPossible."""
        self.state = DELEGATE.next(DelegateState(self.state), action).value


class Signer(ForumPart):
    """Who signs the berita acara beside the chair; from the attendance list (rule 84)."""

    attendee = models.OneToOneField(Attendee, on_delete=models.PROTECT, related_name="signature")
    order = models.PositiveIntegerField()
    capacity = models.CharField(max_length=10, blank=True)
    nip = models.CharField(max_length=30, blank=True)

    class Meta:
        ordering = ["forum", "order"]


class SignatureRemark(ForumPart):
    """A party of an issued berita acara that did not sign, with the remark; it does not block the lock (rule 114)."""

    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    """Its row in the signature table of the document."""
    party = models.CharField(max_length=300)
    note = models.TextField()

    class Meta:
        ordering = ["forum", "document", "number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="signature_remarked_once")]


class SpeakingTurn(ForumPart):
    """That somebody spoke: what they stand for, never who they are (rule 71)."""

    gender = models.CharField(max_length=1, choices=[("L", "L"), ("P", "P")])
    element = models.CharField(max_length=30, choices=_choices(Element))
    village = models.ForeignKey("regions.Region", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["forum", "at", "id"]
        constraints = [models.CheckConstraint(condition=Q(gender__in=["L", "P"]), name="speaker_l_or_p")]


class ClauseRow(ForumPart):
    """A clause of the berita acara as the office arranged it; no rows while it left the usual ones (rule 78)."""

    order = models.PositiveIntegerField()
    key = models.CharField(max_length=20, blank=True)
    """One of `drafting.papers.CLAUSES`; empty for a text of the office's own."""
    text = models.TextField(blank=True)
    is_on = models.BooleanField(default=True)

    class Meta:
        ordering = ["forum", "order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["forum", "key"], condition=~Q(key=""), name="usual_clause_once"),
            models.CheckConstraint(condition=Q(key="") ^ Q(text=""), name="clause_usual_or_own"),
        ]


class Notulen(Owned):
    """What the notulis writes beside what the session recorded by itself (rule 88); lists have one entry a line."""

    forum = models.OneToOneField(Forum, on_delete=models.PROTECT, related_name="notulen")
    secretary = models.CharField(max_length=120, blank=True)
    speeches = models.TextField(blank=True)
    """Who gave a speech, one a line; printed in the berita acara too."""
    materials = models.TextField(blank=True)
    """Topic; presenter, one a line; printed in the berita acara too."""
    discussion = models.TextField(blank=True)
    follow_ups = models.TextField(blank=True)
    """Task; who; until when, one a line."""
    closing = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)


class Floor(models.Model):
    """What the hall screen shows now: the case in hand and who speaks. No private data (rule 72)."""

    forum = models.OneToOneField(Forum, on_delete=models.PROTECT, primary_key=True, related_name="floor")
    kabupaten = models.CharField(max_length=5)
    proposal = models.ForeignKey("proposals.Proposal", null=True, on_delete=models.PROTECT, related_name="+")
    speaker = models.CharField(max_length=120, blank=True)
    heading = models.CharField(max_length=120, blank=True)
    changed_at = models.DateTimeField()
