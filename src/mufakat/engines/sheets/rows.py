"""One line of a table becomes a row: texts, figures and places understood, problems gathered."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from mufakat.core.money import rupiah
from mufakat.engines.sheets import numbers
from mufakat.engines.sheets.columns import multiplier_of, text_of
from mufakat.engines.sheets.model import Problem, Severity, SheetRow, Source, Village
from mufakat.engines.sheets.private import mask
from mufakat.engines.sheets.tables import Line, Table

_MARK = re.compile(r"\s*\((?P<who>[^()]*?)\s*\b(?:P|prioritas\s*)(?P<rank>\d{1,2})\)\s*$", re.IGNORECASE)
_ROMAN = {
    r: n
    for n, r in enumerate(
        ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV"], start=1
    )
}
_RT = re.compile(r"\bRT\.?\s*0*(\d{1,3})\b", re.IGNORECASE)
_RW = re.compile(r"\bRW\.?\s*0*(\d{1,3}|[IVX]{1,5})\b", re.IGNORECASE)
_COORDINATES = re.compile(r"(-?\d{1,2}\.\d{3,})\s*[,;]\s*(\d{2,3}\.\d{3,})")


class RowBuilder:
    """One line being understood; problems gather here."""

    def __init__(self, source: Source, table: Table, line: Line) -> None:
        self.source, self.table, self.line = source, table, line
        self.problems: list[Problem] = []

    def raw(self, name: str) -> object:
        """The cell of a field as read."""
        return self.line.cells.get(name)

    def text(self, name: str) -> str:
        """The cell of a field as trimmed text, private numbers masked."""
        return mask(text_of(self.raw(name)))

    def head(self, name: str) -> str:
        """The heading of a field as written."""
        column = self.line.header.columns.get(name)
        return self.line.header.heads.get(column, "") if column is not None else ""

    def _say(self, severity: Severity, code: str, name: str, value: str, what: str, remedy: str) -> None:
        self.problems.append(Problem(severity, code, self.source, self.head(name), mask(value), what, remedy))

    def fault(self, code: str, name: str, value: str, what: str, remedy: str) -> None:
        """A fault in a field."""
        self._say(Severity.FAULT, code, name, value, what, remedy)

    def warn(self, code: str, name: str, value: str, what: str, remedy: str) -> None:
        """A warning in a field."""
        self._say(Severity.WARNING, code, name, value, what, remedy)

    def build(self, village: Village | None, village_text: str) -> SheetRow:
        """The row, with everything found in it."""
        title, proposer, rank = self._title()
        volume, unit = self._volume()
        unit_price, value = self._money(volume.value)
        location = self.text("location")
        rt, rw = self._neighbourhood(location, title)
        latitude, longitude = self._coordinates(location)
        levels = tuple((name, int(v)) for name, v in self.line.levels.items() if v in ("1", "2", "3", "4", "5"))
        if self.line.is_hidden:
            self.warn(
                "baris_tersembunyi",
                "title",
                "",
                "Baris ini disembunyikan dalam lembar, tetapi tetap dibaca.",
                "Hapus barisnya bila bukan usulan.",
            )
        households = self._count("households")
        return SheetRow(
            source=self.source,
            title=title,
            village=village,
            village_text=village_text,
            number=self.text("number"),
            problem=self.text("problem") if "title" in self.line.header.columns else "",
            location=location,
            rt=rt,
            rw=rw,
            volume=volume.value,
            volume_text=mask(volume.text),
            unit=unit,
            unit_price=unit_price,
            value=value,
            agency=self.text("agency") or self.text("agency_first"),
            bidang=self.text("bidang"),
            section=self.line.section,
            priority=self._priority(),
            households=households,
            people=self._count("people"),
            groups=self.text("groups") or (self.text("households") if households is None else ""),
            land_status=self.text("land_status"),
            recipient=self.text("recipient"),
            note=self.text("note"),
            status=self.text("status"),
            sipd_id=self.text("sipd_id"),
            target_priority=self.text("target_priority"),
            target=self.text("target"),
            program=self.text("program"),
            activity_target=self.text("activity_target"),
            sub_activity=self.text("sub_activity"),
            latitude=latitude,
            longitude=longitude,
            levels=levels,
            swadaya=self.text("swadaya"),
            documents=self.text("documents"),
            proposer=proposer,
            proposer_rank=rank,
            kecamatan_text=self.text("kecamatan"),
            problems=tuple(self.problems),
        )

    def _title(self) -> tuple[str, str, int | None]:
        title = " ".join(f"{self.text('title') or self.text('problem')} {self.line.extra}".split())
        if not title.strip(" -–."):
            self.fault("judul_kosong", "title", "", "Judul usulan tidak tertulis.", "Tulis apa yang diusulkan.")
            return "", self.text("proposer"), None
        mark = _MARK.search(title)
        proposer = self.text("proposer")
        if mark:
            return title, proposer or mark["who"].strip(), int(mark["rank"])
        return title, proposer, None

    def _volume(self) -> tuple[numbers.Volume, str]:
        volume = numbers.volume(self.raw("volume"))
        unit = self.text("unit")
        measured = numbers.volume(unit) if re.match(r"^\d", unit) else None
        if measured and measured.value and volume.value is None:
            volume, unit = measured, measured.unit
        if volume.text and volume.value is None:
            self.warn(
                "volume_tidak_terbaca",
                "volume",
                volume.text,
                "Volume tidak terbaca sebagai satu angka; ditulis apa adanya.",
                "Tulis angkanya saja, satuannya di kolom satuan.",
            )
        return volume, unit or volume.unit

    def _money(self, volume: Decimal | None) -> tuple[int | None, int | None]:
        stated = numbers.amount(self.raw("value"), multiplier=self._multiplier("value"))
        price = numbers.amount(self.raw("unit_price"), multiplier=self._multiplier("unit_price"))
        unit_price = _whole(price.value) if price.status == "ok" else None
        if stated.status == "ok" and stated.is_unit_price:
            unit_price, stated = _whole(stated.value), numbers.Amount("blank")
        if stated.status == "blank" and unit_price and volume:
            product = (volume * unit_price).quantize(Decimal(1))
            return unit_price, int(product)
        if stated.status == "blank":
            return unit_price, None
        value = self._certain(stated)
        if value and unit_price and volume:
            self._compare(value, unit_price, volume)
        return unit_price, value

    def _multiplier(self, name: str) -> int:
        column = self.line.header.columns.get(name)
        own = multiplier_of(self.line.header.heads.get(column, ""), is_heading=True) if column is not None else 1
        return own if own > 1 else max((multiplier_of(t) for t in self.table.above), default=1)

    def _certain(self, stated: numbers.Amount) -> int | None:
        text = self.text("value")
        if stated.status == "uncertain":
            self.fault(
                "nilai_tidak_pasti",
                "value",
                text,
                f"Nilai “{text}” tidak pasti.",
                "Tanyakan kepada pengusul dan tulis satu angka.",
            )
            return None
        value = _whole(stated.value)
        if stated.status == "unreadable" or value is None:
            self.fault(
                "nilai_tidak_terbaca",
                "value",
                text,
                f"Nilai “{text}” tidak terbaca sebagai rupiah.",
                "Tulis angkanya, misalnya 150.000.000.",
            )
            return None
        if value <= 0:
            self.fault(
                "nilai_nol",
                "value",
                text,
                f"Nilai “{text}” tidak lebih dari 0.",
                "Isi nilainya, atau kosongkan bila belum dihitung.",
            )
            return None
        return value

    def _compare(self, value: int, unit_price: int, volume: Decimal) -> None:
        product = int((volume * unit_price).quantize(Decimal(1)))
        if abs(product - value) > max(1, value // 1000):
            what = f"Nilai {rupiah(value)} berbeda dari volume × harga satuan {rupiah(product)}."
            self.warn(
                "nilai_berbeda", "value", self.text("value"), what, "Periksa volume, harga satuan, atau nilainya."
            )

    def _neighbourhood(self, location: str, title: str) -> tuple[str, str]:
        rt, rw = self.text("rt"), self.text("rw")
        both = re.fullmatch(r"\s*0*(\d{1,3})\s*/\s*0*(\d{1,3})\s*", self.text("rt_rw"))
        if both:
            return both[1].zfill(2), both[2].zfill(2)
        text = f"{self.text('rt_rw')} {location} {title}"
        rts, rws = _RT.findall(text), _RW.findall(text)
        rt = rt or (rts[0] if len(set(rts)) == 1 else "")
        rw = rw or (rws[0] if len(set(rws)) == 1 else "")
        return (rt.zfill(2) if rt.isdigit() else rt), (rw.zfill(2) if rw.isdigit() else rw)

    def _coordinates(self, location: str) -> tuple[Decimal | None, Decimal | None]:
        found = _COORDINATES.search(f"{self.text('coordinates')} {location}")
        lat, lon = (found[1], found[2]) if found else (self.text("latitude"), self.text("longitude"))
        try:
            latitude, longitude = Decimal(lat.replace(",", ".")), Decimal(lon.replace(",", "."))
        except InvalidOperation:
            return None, None
        inside = -11 <= latitude <= 6 and 95 <= longitude <= 141
        return (latitude, longitude) if inside else (None, None)

    def _priority(self) -> int | None:
        text = self.text("priority").strip(" .()")
        found = re.fullmatch(r"(?:p|prioritas|ke|no)?\.?\s*-?\s*(\d{1,3})", text, re.IGNORECASE)
        if found and int(found[1]) > 0:
            return int(found[1])
        return _ROMAN.get(text.upper().removeprefix("PRIORITAS").strip())

    def _count(self, name: str) -> int | None:
        found = re.match(r"^\s*(\d[\d.]*)\s*(kk|jiwa|orang|rumah tangga|rt)?\.?\s*$", self.text(name), re.IGNORECASE)
        if not found:
            return None
        number = int(found[1].replace(".", ""))
        if name == "households" and found[2] and found[2].lower() in ("jiwa", "orang"):
            return None
        return number


def _whole(value: Decimal | None) -> int | None:
    return int(value.quantize(Decimal(1))) if value is not None else None
