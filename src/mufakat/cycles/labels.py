"""Words of the cycle for screens."""

from __future__ import annotations

from mufakat.cycles.rules import Proof

PROOFS: dict[Proof, str] = {
    Proof.ENTITY: "Badan hukum yang disahkan",
    Proof.REGISTERED: "Terdaftar pada instansi",
    Proof.RECOGNISED: "Diakui perangkat daerah",
}
