"""Words of the cycle for screens."""

from __future__ import annotations

from mufakat.cycles.rules import EffectKind, Proof

PROOFS: dict[Proof, str] = {
    Proof.ENTITY: "Badan hukum yang disahkan",
    Proof.REGISTERED: "Terdaftar pada instansi",
    Proof.RECOGNISED: "Diakui perangkat daerah",
}
EFFECTS: dict[EffectKind, str] = {
    EffectKind.NEW: "Entri baru",
    EffectKind.CHANGED: "Diubah",
    EffectKind.SAME: "Tetap",
}
EFFECT_SHAPES: dict[EffectKind, str] = {EffectKind.NEW: "ok", EffectKind.CHANGED: "back", EffectKind.SAME: "wait"}
