"""`hasil.json`: every proposal row with its result, totals to the rupiah, parameters and hashes.

The schema is `docs/reference/hasil.schema.json`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mufakat import __version__
from mufakat.drafting import totals
from mufakat.drafting.draft import Draft, Entry
from mufakat.drafting.labels import Result

if TYPE_CHECKING:
    from decimal import Decimal

SCHEMA_VERSION = 1


def outcome(draft: Draft, *, files: dict[str, str], decisions_sha256: str = "") -> dict[str, Any]:
    """The whole outcome as plain data; `files` maps the name of every other file written to its SHA-256."""
    return {
        "rows": [_row(entry) for entry in draft.entries],
        "totals": _totals(draft),
        "parameters": _parameters(draft, decisions_sha256),
        "findings": list(draft.findings),
        "versions": {"mufakat": __version__, "schema": SCHEMA_VERSION},
        "inputs": {f.name: f.sha256 for f in draft.files},
        "files": dict(sorted(files.items())),
    }


def outcome_bytes(draft: Draft, *, files: dict[str, str], decisions_sha256: str = "") -> bytes:
    """UTF-8 JSON, the same bytes for the same draft; every proposal on a line of its own."""
    data = outcome(draft, files=files, decisions_sha256=decisions_sha256)
    parts = (f"{_json(key)}: {_json_lines(value)}" for key, value in data.items())
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode("utf-8")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _json_lines(value: object) -> str:
    if not isinstance(value, list):
        return _json(value)
    return "[\n" + ",\n".join(map(_json, value)) + "\n]"


def _row(entry: Entry) -> dict[str, Any]:
    row, advice = entry.row, entry.recommended
    return {
        "number": entry.number,
        "village": entry.village_name,
        "village_code": row.village.code if row.village else "",
        "village_kind": row.village.kind if row.village else "",
        "title": row.title,
        "location": row.location,
        "volume": _plain(row.volume),
        "unit": row.unit,
        "value": entry.value,
        "requested_value": row.value,
        "agency": entry.agency,
        "authority": str(entry.ruling.authority) if entry.ruling else None,
        "bidang": entry.ruling.bidang if entry.ruling else "",
        "score": f"{entry.score:.2f}",
        "coverage": f"{entry.coverage:.2f}",
        "rank": entry.rank,
        "result": str(entry.result),
        "reason_code": entry.reason_code,
        "reason": entry.reason,
        "recommended": {
            "result": str(advice.result),
            "rank": advice.rank,
            "value": advice.value,
            "reason_code": advice.reason_code,
            "reason": advice.reason,
        },
        "duplicates": list(entry.duplicates),
        "warnings": list(entry.warnings),
        "source": {"file": row.source.file, "sheet": row.source.sheet, "row": row.source.row},
    }


def _plain(number: Decimal | None) -> int | float | None:
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def _totals(draft: Draft) -> dict[str, Any]:
    by_result = {str(r): draft.with_result(r) for r in Result}
    agreed = totals.value_of(draft.agreed)
    pagu = draft.options.pagu
    return {
        "rows": len(draft.entries),
        "value": totals.value_of(draft.entries),
        "agreed_rows": len(draft.agreed),
        "agreed_value": agreed,
        "pagu": pagu,
        "pagu_left": None if pagu is None else pagu - agreed,
        "by_result": {r: {"rows": len(e), "value": totals.value_of(e)} for r, e in by_result.items()},
        "by_agency": _recap(totals.per_agency(draft)),
        "by_bidang": _recap(totals.per_bidang(draft)),
        "by_village": _recap(totals.per_village(draft)),
        "by_authority": _recap(totals.per_authority(draft)),
    }


def _recap(tallies: tuple[Any, ...]) -> list[dict[str, Any]]:
    return [
        {
            "label": t.label,
            "rows": t.count,
            "value": t.value,
            "agreed_rows": t.agreed_count,
            "agreed_value": t.agreed_value,
        }
        for t in tallies
    ]


def _parameters(draft: Draft, decisions_sha256: str) -> dict[str, Any]:
    options = draft.options
    return {
        "kecamatan": options.place.code,
        "nama_kecamatan": options.place.kecamatan,
        "nama_kabupaten": options.place.kabupaten,
        "tahun": options.plan_year,
        "tanggal": options.day.isoformat(),
        "waktu": options.at.isoformat(timespec="minutes"),
        "pagu": options.pagu,
        "potong": "garis" if options.stops_at_line else "lewati",
        "keputusan": decisions_sha256 or None,
        "final": draft.is_decided,
        "contoh": options.is_example,
    }
