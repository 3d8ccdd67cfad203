"""The forum's official papers as frozen data; `mufakat.documents.render` turns them into bytes.

Texts are final Indonesian. Money is whole rupiah; None prints as a dash. Every list is already in print order.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Official:
    """A person who signs or chairs, in the capacity that holds on the day (rule 113)."""

    position: str
    """For example "Camat Kebomas"."""
    name: str = ""
    """Empty prints as a line to fill in."""
    nip: str = ""
    """Only for civil servants (rule 84)."""
    rank: str = ""
    capacity: str = ""
    """"", "Plt.", "Plh.", "Pj." or "a.n."."""
    institution: str = ""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Kop of the office: lines from top to bottom, the last ones being the address."""

    government: str
    """For example "PEMERINTAH KABUPATEN GRESIK"."""
    office: str
    """For example "KECAMATAN KEBOMAS"."""
    address: str = ""
    contact: str = ""
    logo_svg: str = ""
    """An SVG document, or empty for none."""


@dataclass(frozen=True, slots=True)
class Forum:
    """Which forum this is. `plan_year` is n; the forum is held in n-1."""

    kecamatan: str
    kabupaten: str
    """With its kind: "Kabupaten Gresik"."""
    provinsi: str
    plan_year: int
    day: date
    time: str = ""
    """For example "08.00-15.00 WIB"; empty prints as a line to fill in."""
    place: str = ""
    kecamatan_term: str = "Kecamatan"
    """Local word: Kecamatan, Distrik, Kapanewon (rule 89)."""
    resumed: tuple[date, ...] = ()
    """Later days on which a suspended session went on, in order (rule 116)."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the paper is, printed on every page (rules 52, 119)."""

    is_draft: bool
    """RANCANGAN: not the result of a forum, no number."""
    is_example: bool
    """CONTOH, BUKAN DOKUMEN RESMI."""
    at: datetime
    """The only moment printed or stored."""
    paper: str = "a4"
    """"a4" or "f4" (8.5 × 13 in)."""


@dataclass(frozen=True, slots=True)
class PriorityLine:
    """One row of Lampiran II, the ten T-D.4 columns; what is not mapped reads "belum dipetakan" (rule 118)."""

    number: int
    regional_priority: str
    regional_target: str
    program: str
    activity: str
    activity_target: str
    location: str
    """Village and place."""
    volume: str
    value: int | None
    """Agreed value (Before the forum: the proposed one.)"""
    agency: str
    requested_value: int | None = None
    """Shown beside the agreed value where the two differ."""


@dataclass(frozen=True, slots=True)
class OtherLine:
    """One row that is not on the priority list, with its reason (rule 81)."""

    number: int
    activity: str
    village: str
    location: str
    volume: str
    value: int | None
    agency: str
    result: str
    """Label, for example "Cadangan"."""
    reason_code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Group:
    """A heading with its lines and their sum: a table per agency, bidang or result."""

    title: str
    lines: tuple[OtherLine, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Tally:
    """One line of a recap: how many proposals and how much money."""

    label: str
    count: int
    value: int
    agreed_count: int = 0
    agreed_value: int = 0


@dataclass(frozen=True, slots=True)
class ElementCount:
    """Attendance of one element (unsur); total = male + female (rule 54)."""

    element: str
    male: int
    female: int

    @property
    def total(self) -> int:
        """All people of the element."""
        return self.male + self.female


@dataclass(frozen=True, slots=True)
class Attendee:
    """One row of Lampiran I."""

    number: int
    name: str
    gender: str
    """"L" or "P"."""
    element: str
    institution: str
    position: str
    origin: str
    """Village or address line that may be public."""


@dataclass(frozen=True, slots=True)
class Material:
    """A paper presented at the forum."""

    topic: str
    presenter: str


@dataclass(frozen=True, slots=True)
class Delegate:
    """One row of Lampiran IV."""

    number: int
    name: str
    gender: str
    element: str
    institution: str


@dataclass(frozen=True, slots=True)
class Objection:
    """An objection raised in the forum and how it was answered (rule 58)."""

    number: int
    by: str
    content: str
    answer: str


@dataclass(frozen=True, slots=True)
class Signatory:
    """One row of the signature table; a note such as "tidak menandatangani" stands in place of the signature."""

    number: int
    official: Official
    note: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """One agreed clause under MENYEPAKATI: its ordinal ("KESATU") and its text."""

    ordinal: str
    text: str


CLAUSES = ("prioritas", "lain", "supra", "delegasi", "syarat", "kesatuan", "penganggaran")
"""The clauses the figures write by themselves, in their usual order (rule 78)."""
COMPULSORY_CLAUSES = frozenset({"prioritas", "lain", "supra", "delegasi", "kesatuan"})
"""Those a berita acara may not do without: its annexes hang on them."""
MOST_CLAUSES = 20


@dataclass(frozen=True, slots=True)
class ChosenClause:
    """A clause as the office arranged it: one of `CLAUSES` by its key, or a text of its own."""

    key: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class BeritaAcara:
    """Berita Acara hasil kesepakatan with its annexes (domain §3.1; rules 77-85, 113, 114, 118, 119).

    As a draft, `number` is empty, and Lampiran I and IV print as blank forms when they have no entries.
    """

    standing: Standing
    letterhead: Letterhead
    forum: Forum
    number: str
    chair: Official
    basis: tuple[str, ...]
    """Dasar hukum."""
    speeches: tuple[str, ...]
    materials: tuple[Material, ...]
    elements: tuple[ElementCount, ...]
    invited: int | None
    clauses: tuple[Clause, ...]
    results: tuple[Tally, ...]
    """Count and value of every result; their sums equal the totals of all proposals."""
    pagu: int | None
    agreed_total: int
    agreed_count: int
    proposals_total: int
    proposals_count: int
    per_agency: tuple[Tally, ...]
    per_bidang: tuple[Tally, ...]
    per_village: tuple[Tally, ...]
    per_authority: tuple[Tally, ...]
    attendees: tuple[Attendee, ...]
    priorities: tuple[PriorityLine, ...]
    others: tuple[Group, ...]
    """Lampiran III: not agreed and reserve, grouped by result; empty prints NIHIL."""
    supra: tuple[OtherLine, ...]
    """Supra list; empty prints NIHIL."""
    delegates: tuple[Delegate, ...]
    objections: tuple[Objection, ...]
    signatories: tuple[Signatory, ...]
    notes: tuple[str, ...] = ()
    """Remarks that the paper must carry, such as a missing women's share with its reason (rule 73)."""


@dataclass(frozen=True, slots=True)
class Presence:
    """People of one element: invited, present, absent. Who came uninvited makes nobody absent."""

    element: str
    invited: int
    present: int

    @property
    def absent(self) -> int:
        """Invited and not come."""
        return max(0, self.invited - self.present)


@dataclass(frozen=True, slots=True)
class GroupResult:
    """What a group discussed and reported to the plenary (rule 59)."""

    name: str
    count: int
    agreed_count: int
    agreed_value: int
    report: str


@dataclass(frozen=True, slots=True)
class Turns:
    """How often a party spoke, and its share of all turns in whole percent (rule 71)."""

    label: str
    count: int
    percent: int


@dataclass(frozen=True, slots=True)
class Task:
    """A follow-up: what, by whom, until when."""

    what: str
    who: str
    until: str


@dataclass(frozen=True, slots=True)
class Notulen:
    """Notulen of the forum (rule 88): the berita acara's figures with who came, who spoke, and what follows.

    Lists of sentences are already in print order.
    """

    minutes: BeritaAcara
    secretary: str
    sittings: tuple[str, ...]
    agenda: tuple[str, ...]
    presence: tuple[Presence, ...]
    villages_absent: tuple[str, ...]
    agreements: tuple[str, ...]
    turns: tuple[Turns, ...]
    discussion: tuple[str, ...]
    votes: tuple[str, ...]
    groups: tuple[GroupResult, ...]
    tasks: tuple[Task, ...]
    closing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A village on the schematic map; coordinates in degrees, None when unknown."""

    name: str
    kind: str
    longitude: Decimal | None
    latitude: Decimal | None
    count: int
    value: int
    agreed_count: int
    agreed_value: int


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One proposal in the plan's full list, which appears exactly once."""

    number: int
    rank: int | None
    village: str
    activity: str
    location: str
    volume: str
    value: int | None
    agency: str
    bidang: str
    authority: str
    score: str
    result: str
    remark: str
    """Reason, warnings and links in a few words."""


@dataclass(frozen=True, slots=True)
class DistrictPlan:
    """Rancangan Rencana Pembangunan Kecamatan (domain §3.3): chapters, recaps, one full list."""

    standing: Standing
    letterhead: Letterhead
    forum: Forum
    approver: Official
    basis: tuple[str, ...]
    villages_desa: int
    villages_kelurahan: int
    villages_without_proposals: tuple[str, ...]
    criteria: tuple[tuple[str, int, str], ...]
    """Name, weight, where its facts come from ("tidak dinilai" when the sheets have none)."""
    coverage: str
    """One sentence on how much of the weight could be scored."""
    pagu: int | None
    results: tuple[Tally, ...]
    per_bidang: tuple[Tally, ...]
    per_agency: tuple[Tally, ...]
    per_village: tuple[Tally, ...]
    per_authority: tuple[Tally, ...]
    marks: tuple[Mark, ...]
    issues: tuple[str, ...]
    """Findings in whole sentences: duplicates, corrected agencies, missing values, villages that sent nothing."""
    cross_village: tuple[OtherLine, ...]
    supra: tuple[OtherLine, ...]
    lines: tuple[PlanLine, ...]
    proposals_total: int
    proposals_count: int
