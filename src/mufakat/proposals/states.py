"""The life of a proposal (domain §8.2). Stored codes are Indonesian; the table is the only place that knows it."""

from __future__ import annotations

from enum import StrEnum

from mufakat.core.machine import Machine


class State(StrEnum):
    """Where a proposal stands."""

    DRAFT = "DRAF"
    DELETED = "DIHAPUS"
    SUBMITTED = "DIAJUKAN"
    WITHDRAWN = "DITARIK"
    RETURNED = "DIKEMBALIKAN"
    LAPSED = "GUGUR"
    IN_VERIFICATION = "VERIF_KEC"
    VERIFIED = "LOLOS_VERIF"
    NOT_ELIGIBLE = "TIDAK_LAYAK"
    TO_VILLAGE = "DIALIHKAN_DESA"
    MERGED = "DIGABUNG"
    DISCUSSED = "DIBAHAS"
    AGREED = "DISEPAKATI"
    RESERVE = "CADANGAN"
    NOT_AGREED = "BELUM_DISEPAKATI"
    FORWARDED = "DITERUSKAN_PD"
    IN_RENJA = "DIAKOMODIR_RENJA"
    NOT_ACCOMMODATED = "TIDAK_DIAKOMODIR"
    IN_RKPD = "MASUK_RKPD"
    IN_APBD = "MASUK_APBD"
    UNDER_WAY = "DILAKSANAKAN"
    DONE = "SELESAI"


class Action(StrEnum):
    """What may happen to a proposal."""

    SUBMIT = "ajukan"
    DELETE = "hapus"
    WITHDRAW = "tarik"
    TAKE_UP = "periksa"
    RETURN = "kembalikan"
    LAPSE = "gugurkan"
    VERIFY = "loloskan"
    REFUSE = "tolak"
    APPEAL = "banding"
    TO_VILLAGE = "alihkan_desa"
    MERGE = "gabung"
    UNMERGE = "lepas"
    DISCUSS = "bahas"
    AGREE = "sepakati"
    RESERVE = "cadangkan"
    NOT_AGREE = "tidak_sepakati"
    REOPEN = "buka_kembali"
    FORWARD = "teruskan"
    PROMOTE = "naikkan_cadangan"
    REROUTE = "ganti_opd"
    ACCOMMODATE = "akomodir"
    NOT_ACCOMMODATE = "tidak_akomodir"
    ENTER_RKPD = "masuk_rkpd"
    ENTER_APBD = "masuk_apbd"
    START = "laksanakan"
    FINISH = "selesaikan"


_S, _A = State, Action
_RESULTS = {
    _A.AGREE: _S.AGREED,
    _A.RESERVE: _S.RESERVE,
    _A.NOT_AGREE: _S.NOT_AGREED,
    _A.TO_VILLAGE: _S.TO_VILLAGE,
}
_BUDGET = (_S.FORWARDED, _S.IN_RENJA, _S.IN_RKPD, _S.IN_APBD)
PROPOSAL: Machine[State, Action] = Machine(
    {
        (_S.DRAFT, _A.SUBMIT): _S.SUBMITTED,
        (_S.DRAFT, _A.DELETE): _S.DELETED,
        (_S.SUBMITTED, _A.TAKE_UP): _S.IN_VERIFICATION,
        (_S.SUBMITTED, _A.RETURN): _S.RETURNED,
        (_S.SUBMITTED, _A.WITHDRAW): _S.WITHDRAWN,
        (_S.RETURNED, _A.SUBMIT): _S.SUBMITTED,
        (_S.RETURNED, _A.LAPSE): _S.LAPSED,
        (_S.IN_VERIFICATION, _A.VERIFY): _S.VERIFIED,
        (_S.IN_VERIFICATION, _A.RETURN): _S.RETURNED,
        (_S.IN_VERIFICATION, _A.REFUSE): _S.NOT_ELIGIBLE,
        (_S.IN_VERIFICATION, _A.TO_VILLAGE): _S.TO_VILLAGE,
        (_S.NOT_ELIGIBLE, _A.APPEAL): _S.IN_VERIFICATION,
        (_S.VERIFIED, _A.DISCUSS): _S.DISCUSSED,
        (_S.VERIFIED, _A.MERGE): _S.MERGED,
        (_S.DISCUSSED, _A.MERGE): _S.MERGED,
        (_S.MERGED, _A.UNMERGE): _S.VERIFIED,
        **{(_S.DISCUSSED, action): target for action, target in _RESULTS.items()},
        # Until the berita acara is issued the forum may take a result anew.
        **{(source, _A.REOPEN): _S.DISCUSSED for source in _RESULTS.values()},
        (_S.AGREED, _A.FORWARD): _S.FORWARDED,
        (_S.RESERVE, _A.PROMOTE): _S.FORWARDED,
        (_S.FORWARDED, _A.REROUTE): _S.FORWARDED,
        (_S.FORWARDED, _A.ACCOMMODATE): _S.IN_RENJA,
        (_S.IN_RENJA, _A.ENTER_RKPD): _S.IN_RKPD,
        (_S.IN_RKPD, _A.ENTER_APBD): _S.IN_APBD,
        (_S.IN_APBD, _A.START): _S.UNDER_WAY,
        (_S.UNDER_WAY, _A.FINISH): _S.DONE,
        **{(source, _A.NOT_ACCOMMODATE): _S.NOT_ACCOMMODATED for source in _BUDGET},
    }
)
EDITABLE = (State.DRAFT, State.RETURNED)
TAKEN_BACK = (State.DELETED, State.WITHDRAWN)
"""States outside a village's own order."""
HIDDEN = (State.DRAFT, State.DELETED)
"""States nobody outside the village sees; all others are public (rule 95)."""
