"""Rows as reading would yield them, for tests of what follows."""

from decimal import Decimal

from mufakat.engines.sheets.model import Reading, SheetRow, Source, Village

GIRI = Village("35.25.14.2009", "Giri", "desa", "Kebomas")
KEMBANGAN = Village("35.25.14.2002", "Kembangan", "desa", "Kebomas")
INDRO = Village("35.25.14.1019", "Indro", "kelurahan", "Kebomas")


def row(title="Pembangunan jembatan", village=GIRI, value=100_000_000, at=1, **fields):
    return SheetRow(
        source=Source("usulan.xlsx", "Usulan", at),
        title=title,
        village=village,
        village_text=village.name if village else "",
        value=value,
        **{"volume": Decimal(1), "unit": "unit", **fields},
    )


def reading(*rows, villages=(GIRI, KEMBANGAN, INDRO)):
    problems = tuple(p for r in rows for p in r.problems)
    return Reading(rows=tuple(rows), problems=problems, files=(), villages=villages)
