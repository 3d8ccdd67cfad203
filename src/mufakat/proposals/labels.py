"""Words of proposals for screens."""

from __future__ import annotations

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
