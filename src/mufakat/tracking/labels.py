"""Words of the way after the forum."""

from __future__ import annotations

from mufakat.tracking.states import Outcome, Stage

STAGES: dict[Stage, str] = {
    Stage.AGENCY_FORUM: "Forum Perangkat Daerah",
    Stage.REGENCY_FORUM: "Musrenbang kabupaten",
    Stage.RKPD: "RKPD",
    Stage.KUA_PPAS: "KUA-PPAS",
    Stage.APBD: "APBD",
    Stage.REALISATION: "Realisasi",
}
OUTCOMES: dict[Outcome, str] = {
    Outcome.ACCOMMODATED: "Diakomodir",
    Outcome.NOT_ACCOMMODATED: "Tidak diakomodir",
    Outcome.POSTPONED: "Ditunda",
}
