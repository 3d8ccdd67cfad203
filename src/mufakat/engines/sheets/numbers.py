"""Numbers as people write them: rupiah, volumes, words for thousands; uncertain ones are told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

_SCALES = {
    "t": 10**12, "triliun": 10**12, "trilyun": 10**12,
    "m": 10**9, "miliar": 10**9, "milyar": 10**9, "mil": 10**9, "mlr": 10**9, "mlyr": 10**9,
    "jt": 10**6, "juta": 10**6, "jta": 10**6, "jt.": 10**6,
    "rb": 10**3, "ribu": 10**3, "rbu": 10**3, "k": 10**3,
}  # fmt: skip
_UNCERTAIN = re.compile(
    r"±|\+/-|\+-|~|≈|\?|\b(kurang lebih|kira[- ]?kira|sekitar|estimasi kasar|perkiraan|kisaran|lebih kurang|mungkin|-an)\b"
    r"|\b(antara|s/?d|sampai|hingga)\b|\bjt-?an\b|\bjuta-?an\b|\bratusan\b|\bpuluhan\b",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\d\s*(?:jt|juta|rb|ribu|m|miliar)?\s*[-–—]\s*(?:rp\.?\s*)?\d", re.IGNORECASE)
_BLANK = re.compile(
    r"^(?:rp\.?)?\s*[-–—._…]*\s*$|^(?:belum (?:dihitung|ada|diketahui|tersedia|dianggarkan)|menyusul|tba|n/?a|nihil|kosong|tidak ada|tdk ada|#n/a)\.?$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d[\d.,\s\u00a0']*\d|\d")
_SCALED = re.compile(
    r"(\d[\d.,]*)\s*(triliun|trilyun|miliar|milyar|mlyr|mlr|mil|juta|jta|jt|ribu|rbu|rb|m|t|k)\b\.?", re.IGNORECASE
)
_PHONE = re.compile(r"08[\d .-]{8,13}")
_UNIT_PRICE = re.compile(r"^\s*(?:@|a'|per\s)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Amount:
    """A value cell as understood. `status` is `ok`, `blank`, `uncertain` or `unreadable`."""

    status: str
    value: Decimal | None = None
    is_unit_price: bool = False


def plain(text: str, *, is_money: bool) -> Decimal | None:
    """A bare number with Indonesian or English separators, or None.

    With both separators the last one is decimal. One kind alone: several of them, or one followed by exactly three
    digits, separate thousands (for money always, for volumes only the dot, and not after a leading zero).
    """
    body = re.sub(r"[\s\u00a0']", "", text)
    if not re.fullmatch(r"\d[\d.,]*", body):
        return None
    body = body.rstrip(".,")
    dots, commas = body.count("."), body.count(",")
    if dots and commas:
        decimal = "." if body.rfind(".") > body.rfind(",") else ","
        other = "," if decimal == "." else "."
        body = body.replace(other, "").replace(decimal, ".")
    elif dots or commas:
        mark = "." if dots else ","
        body = _one_kind(body, mark, is_money=is_money)
    try:
        return Decimal(body)
    except InvalidOperation:
        return None


def _one_kind(body: str, mark: str, *, is_money: bool) -> str:
    parts = body.split(mark)
    grouped = all(len(p) == 3 for p in parts[1:]) and len(parts[0]) <= 3 and parts[0] != "0"
    if grouped and (len(parts) > 2 or is_money or mark == "."):
        return "".join(parts)
    if len(parts) == 2:
        return ".".join(parts)
    return body


def amount(cell: object, *, multiplier: int = 1) -> Amount:
    """A money cell; `multiplier` is that of the heading ("dalam ribuan": 1000). Values are exact."""
    if cell is None:
        return Amount("blank")
    if isinstance(cell, bool):
        return Amount("unreadable")
    if isinstance(cell, int | float):
        return Amount("ok", Decimal(str(cell)) * multiplier)
    text = str(cell).strip()
    if _BLANK.match(text):
        return Amount("blank")
    return _text_amount(text, multiplier)


def _text_amount(text: str, multiplier: int) -> Amount:
    if _UNCERTAIN.search(text) or _RANGE.search(text):
        return Amount("uncertain")
    is_unit = bool(_UNIT_PRICE.match(text))
    text = re.sub(r"\(\s*[A-Za-z][^()]*\)", " ", text)  # the amount again in words
    body = re.sub(r"^\s*(?:@|a'|per\s)\s*", "", text, flags=re.IGNORECASE)
    body = re.sub(r"\b(?:rp|idr)\b\.?\s*|^rp\.?", "", body, flags=re.IGNORECASE).strip()
    sign = -1 if re.match(r"^[-–(]", body) and not re.match(r"^[-–]\s*$", body) else 1
    body = re.sub(r"[,.]\s*[-–=]+\s*$|[-–=]+\s*$", "", body.strip("-–() "))
    product = re.fullmatch(r"(\d[\d.,]*)\s*[x×*]\s*(?:rp\.?\s*)?(\d[\d.,]*)", body, re.IGNORECASE)
    if product:
        a, b = plain(product[1], is_money=True), plain(product[2], is_money=True)
        return Amount("ok", a * b * multiplier) if a is not None and b is not None else Amount("unreadable")
    scaled = _SCALED.fullmatch(body) or _SCALED.match(body)
    if scaled:
        return _scaled_amount(body, scaled, sign, is_unit=is_unit)
    found = _NUMBER.findall(body)
    rest = _NUMBER.sub("", body).strip(" .,-–=")
    is_unit = is_unit or rest.startswith("/")
    if (
        len(found) != 1
        or not re.fullmatch(r"(?:rupiah)?|/\s*\w{1,12}", rest, re.IGNORECASE)
        or _PHONE.fullmatch(found[0])
    ):
        return Amount("unreadable")
    value = plain(found[0], is_money=True)
    if value is None:
        return Amount("unreadable")
    return Amount("ok", sign * value * multiplier, is_unit)


def _scaled_amount(body: str, scaled: re.Match[str], sign: int, *, is_unit: bool) -> Amount:
    total = Decimal(0)
    rest = body
    value: Decimal | None
    while (part := _SCALED.match(rest)) is not None:
        number = part[1]
        value = (
            Decimal(number.replace(",", "."))
            if number.count(",") == 1 and "." not in number
            else plain(number, is_money=False)
        )
        if value is None:
            return Amount("unreadable")
        total += value * _SCALES[part[2].lower()]
        rest = rest[part.end() :].strip(" .")
    if rest and not re.fullmatch(r"rupiah|,?-+", rest, re.IGNORECASE):
        return Amount("unreadable")
    return Amount("ok", sign * total, is_unit)


def money(text: str) -> int | None:
    """Whole rupiah of a text, None when it is not one certain amount."""
    found = amount(text)
    if found.status != "ok" or found.value is None or found.value != found.value.to_integral_value():
        return None
    return int(found.value)


@dataclass(frozen=True, slots=True)
class Volume:
    """A volume cell: the figure when there is a single one, the unit written beside it, the text."""

    value: Decimal | None
    unit: str
    text: str


_MEASURE = re.compile(
    r"^(?:±|\+/-|kurang lebih|\+-|kl\.?|sekitar|~)?\s*(\d[\d.,]*)\s*(?:\([^)]*\))?\s*(.*)$", re.IGNORECASE
)
_PRODUCT = re.compile(r"\d[\d.,]*\s*\w{0,2}['’]?\s*[x×*]\s*\d", re.IGNORECASE)


def volume(cell: object) -> Volume:
    """A volume as people write it. "120 m'" gives 120 and m'; "3 x 4 x 0,6 m" gives the product and keeps the text."""
    if cell is None or isinstance(cell, bool):
        return Volume(None, "", "")
    if isinstance(cell, int | float):
        figure = Decimal(str(cell))
        return Volume(figure if figure > 0 else None, "", format(figure.normalize(), "f"))
    text = " ".join(str(cell).split())
    if _BLANK.match(text):
        return Volume(None, "", "")
    if _PRODUCT.search(text):
        return _dimensions(text)
    found = _MEASURE.match(text)
    if not found:
        return Volume(None, "", text)
    number = plain(found[1], is_money=False)
    unit = found[2].strip(" .")
    if unit.startswith(("-", "–")) or re.match(r"^(s/?d|sampai)", unit):
        return Volume(None, "", text)
    return Volume(number or None, unit, text)


def _dimensions(text: str) -> Volume:
    factors = [plain(f, is_money=False) for f in re.findall(r"\d[\d.,]*", text)]
    unit = re.sub(r"^.*\d[\d.,]*\s*", "", text).strip(" .")
    if any(f is None for f in factors) or not factors or len(factors) > 3:
        return Volume(None, unit, text)
    product = Decimal(1)
    for factor in filter(None, factors):
        product *= factor
    power = {2: "2", 3: "3"}.get(len(factors), "")
    measure = f"m{power}" if unit.lower() in ("m", "meter", "") else unit
    return Volume(Decimal(format(product.normalize(), "f")) if product > 0 else None, measure, text)
