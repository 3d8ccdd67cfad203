"""Words of proposals for screens."""

from __future__ import annotations

from mufakat.proposals.rules import Part
from mufakat.proposals.states import State

STATES: dict[State, str] = {
    State.DRAFT: "Draf",
    State.DELETED: "Dihapus",
    State.SUBMITTED: "Diajukan",
    State.RETURNED: "Dikembalikan untuk dilengkapi",
    State.WITHDRAWN: "Ditarik",
    State.LAPSED: "Gugur, tidak dilengkapi",
    State.IN_VERIFICATION: "Diperiksa kecamatan",
    State.VERIFIED: "Lolos pemeriksaan",
    State.NOT_ELIGIBLE: "Tidak layak",
    State.TO_VILLAGE: "Dialihkan ke desa",
    State.MERGED: "Digabung",
    State.DISCUSSED: "Dibahas di forum",
    State.AGREED: "Disepakati forum",
    State.RESERVE: "Cadangan",
    State.NOT_AGREED: "Belum disepakati",
    State.FORWARDED: "Menunggu jawaban perangkat daerah",
    State.IN_RENJA: "Masuk rancangan Renja",
    State.NOT_ACCOMMODATED: "Tidak diakomodir",
    State.IN_RKPD: "Masuk RKPD",
    State.IN_APBD: "Masuk APBD",
    State.UNDER_WAY: "Dilaksanakan",
    State.DONE: "Selesai",
}
PARTS: dict[Part, str] = {
    Part.KIND: "Jenis dan nama usulan",
    Part.PROBLEM: "Masalah",
    Part.PLACE: "Lokasi",
    Part.VOLUME: "Volume dan nilai",
    Part.PEOPLE: "Penerima manfaat",
    Part.LAND: "Status lahan",
    Part.AGENCY: "Perangkat daerah dan penerima barang",
}
LAND_STATUSES = (
    "milik pemda",
    "milik desa",
    "fasum sudah diserahkan",
    "fasum belum diserahkan",
    "milik perorangan",
    "dalam sengketa",
    "milik instansi lain",
)
"""What a village chooses from; the words are those the drafting rules read."""
SHAPES: dict[State, str] = {
    State.NOT_ELIGIBLE: "no",
    State.NOT_AGREED: "no",
    State.NOT_ACCOMMODATED: "no",
    State.LAPSED: "no",
    State.RETURNED: "back",
    State.TO_VILLAGE: "back",
    State.AGREED: "ok",
    State.IN_RENJA: "ok",
    State.IN_RKPD: "ok",
    State.IN_APBD: "ok",
    State.UNDER_WAY: "ok",
    State.DONE: "ok",
}
"""Shape beside the word; everything else waits."""
ELSEWHERE = {
    "KEW-KEL": "Kewenangan kelurahan, dianggarkan kecamatan",
    "KEW-PROV": "Diteruskan ke provinsi",
    "KEW-PUSAT": "Diteruskan ke pusat",
}

GROUPS: dict[State, str] = STATES | {
    State.AGREED: "Disepakati atau dialihkan forum",
    State.FORWARDED: "Diteruskan, menunggu jawaban",
}
"""States as names of everything that stands in them: what the forum passed to another authority is among the agreed."""

STEPS: dict[State, str] = {State.FORWARDED: "Diteruskan sesudah Berita Acara dikunci"}
"""Steps that are called otherwise than where they lead, for what the forum passed to another authority."""


def label_of(state: str, reason_code: str) -> str:
    """The state in words; what the forum passed to another authority is not called agreed or awaiting an agency."""
    if state in (State.AGREED, State.FORWARDED) and reason_code in ELSEWHERE:
        return ELSEWHERE[reason_code]
    return STATES[State(state)]


def step_label(state: str, reason_code: str) -> str:
    """A step on the road in words: what goes to another authority is passed on after it was decided, not decided twice."""
    if state == State.FORWARDED and reason_code in ELSEWHERE:
        return STEPS[State.FORWARDED]
    return label_of(state, reason_code)


def shape_of(state: str) -> str:
    """The shape beside the word: ok, no, back or wait."""
    return SHAPES.get(State(state), "wait")
