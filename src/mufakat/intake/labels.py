"""Words of the import for screens."""

from __future__ import annotations

from mufakat.intake.rules import Fate

FATES: dict[Fate, str] = {
    Fate.TAKEN: "Masuk",
    Fate.KNOWN: "Sudah ada",
    Fate.FAULTY: "Perlu diperbaiki",
    Fate.ELSEWHERE: "Desa/kelurahan lain",
    Fate.HELD: "Ditahan",
}
SHAPES: dict[Fate, str] = {
    Fate.TAKEN: "ok",
    Fate.KNOWN: "wait",
    Fate.FAULTY: "no",
    Fate.ELSEWHERE: "back",
    Fate.HELD: "wait",
}
