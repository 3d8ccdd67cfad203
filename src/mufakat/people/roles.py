"""Roles (domain §8.3) and where each of them may hold office."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What an office does; its region says where."""

    BAPPEDA = "bappeda"
    ADMIN_KECAMATAN = "admin_kecamatan"
    CAMAT = "camat"
    VERIFIKATOR = "verifikator"
    PEMANDU = "pemandu"
    NOTULIS = "notulis"
    KEPALA_DESA = "kepala_desa"
    OPERATOR_DESA = "operator_desa"
    OPD = "opd"
    AUDITOR = "auditor"


LABELS: dict[Role, str] = {
    Role.BAPPEDA: "Bappeda",
    Role.ADMIN_KECAMATAN: "Admin kecamatan",
    Role.CAMAT: "Camat",
    Role.VERIFIKATOR: "Verifikator kecamatan",
    Role.PEMANDU: "Tim Pemandu",
    Role.NOTULIS: "Notulis",
    Role.KEPALA_DESA: "Kepala desa/lurah",
    Role.OPERATOR_DESA: "Operator desa/kelurahan",
    Role.OPD: "Perangkat daerah",
    Role.AUDITOR: "Inspektorat",
}
LEVELS: dict[Role, int] = {
    Role.BAPPEDA: 2,
    Role.OPD: 2,
    Role.AUDITOR: 2,
    Role.ADMIN_KECAMATAN: 3,
    Role.CAMAT: 3,
    Role.VERIFIKATOR: 3,
    Role.PEMANDU: 3,
    Role.NOTULIS: 3,
    Role.KEPALA_DESA: 4,
    Role.OPERATOR_DESA: 4,
}
"""Level of region each role is held in: 2 regency, 3 kecamatan, 4 desa or kelurahan."""
