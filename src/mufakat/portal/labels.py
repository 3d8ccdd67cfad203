"""Words of the desk and the public pages."""

from __future__ import annotations

from mufakat.portal.year import Stop
from mufakat.proposals.states import State

STOPS: dict[Stop, str] = {
    Stop.PROPOSALS: "Usulan desa dan kelurahan",
    Stop.VERIFICATION: "Pemeriksaan kecamatan",
    Stop.FORUM: "Musrenbang kecamatan",
    Stop.AGENCIES: "Forum perangkat daerah",
    Stop.REGENCY: "Musrenbang kabupaten",
    Stop.RKPD: "RKPD ditetapkan",
    Stop.APBD: "APBD disetujui",
}
AFTER: dict[str, str] = {
    "diperiksa": "Diperiksa kecamatan",
    "dilengkapi": "Dilengkapi desa atau kelurahan",
    "hasil_periksa": "Hasil pemeriksaan",
    "forum": "Dibahas di forum kecamatan",
    "hasil_forum": "Hasil forum kecamatan",
    "diteruskan": "Diteruskan ke perangkat daerah",
    "jawaban": "Jawaban perangkat daerah",
    "rkpd": "Masuk RKPD",
    "apbd": "Masuk APBD",
    "dilaksanakan": "Dilaksanakan",
    "selesai": "Selesai",
}
NEXT: dict[State, tuple[str, ...]] = {
    State.SUBMITTED: ("diperiksa", "forum"),
    State.RETURNED: ("dilengkapi", "diperiksa"),
    State.IN_VERIFICATION: ("hasil_periksa", "forum"),
    State.VERIFIED: ("forum",),
    State.DISCUSSED: ("hasil_forum",),
    State.AGREED: ("diteruskan", "jawaban"),
    State.FORWARDED: ("jawaban", "rkpd"),
    State.IN_RENJA: ("rkpd", "apbd"),
    State.IN_RKPD: ("apbd", "dilaksanakan"),
    State.IN_APBD: ("dilaksanakan", "selesai"),
    State.UNDER_WAY: ("selesai",),
}
"""What comes after a state on the road; a state that is not here is the end of it."""
