"""Forms in the house's looks, and the fields Indonesian offices type into: rupiah with dots, volumes with a comma."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

MOST_DIGITS, LARGEST_VOLUME = 15, Decimal(10**11)
"""Digits of the largest amount that papers write in words, and the bound (not included) of a volume."""
NOTHING = ("", _("Pilih …"))


class Rupiah(forms.Field):
    """Whole rupiah, with or without "Rp" and dots; empty is None."""

    def to_python(self, value: Any) -> int | None:
        """The amount, or a sentence that says how to write it."""
        text = re.sub(r"[\s.]|^Rp", "", str(value or "").strip())
        if not text:
            return None
        if not text.isascii() or not text.isdigit():
            raise ValidationError(_("Tulis rupiah bulat tanpa koma, misalnya 150.000.000."))
        if len(text.lstrip("0")) > MOST_DIGITS:
            raise ValidationError(_("Paling banyak Rp999.999.999.999.999. Periksa jumlah angka nolnya."))
        return int(text)

    def prepare_value(self, value: Any) -> Any:
        """Amounts are shown with dots."""
        return f"{value:,}".replace(",", ".") if isinstance(value, int) else value


class Volume(forms.Field):
    """A quantity with a decimal comma (rule 20); empty is None."""

    def to_python(self, value: Any) -> Decimal | None:
        """The quantity, or a sentence that says how to write it."""
        text = str(value or "").strip()
        if not text:
            return None
        if not re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?|\d+([.,]\d+)?", text):
            raise ValidationError(_("Tulis angka dengan koma desimal, misalnya 120,5."))
        if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", text):
            text = text.replace(".", "")
        volume = Decimal(text.replace(",", "."))
        if volume >= LARGEST_VOLUME:
            raise ValidationError(_("Volume harus kurang dari 100.000.000.000. Periksa jumlah angka nolnya."))
        if volume != round(volume, 2):
            raise ValidationError(_("Tulis paling banyak dua angka di belakang koma, misalnya 120,55."))
        return round(volume, 2)


DEGREES = re.compile(r"\(?(-?\d{1,3}(?:[.,]\d+)?)°?\s*[,;\s]\s*(-?\d{1,3}(?:[.,]\d+)?)°?\)?")
NOT_A_POINT = _("Tulis lintang lalu bujur seperti pada aplikasi peta, misalnya -7.168912, 112.635201.")


class Point(forms.Field):
    """A place in degrees as map applications copy it; (latitude, longitude) with six decimals, empty is None."""

    def to_python(self, value: Any) -> tuple[Decimal, Decimal] | None:
        """Both degrees, or a sentence that says how to write them; only places in Indonesia."""
        text = str(value or "").strip().replace("−", "-")
        if not text:
            return None
        found = DEGREES.fullmatch(text)
        if found is None:
            raise ValidationError(NOT_A_POINT)
        latitude, longitude = (round(Decimal(part.replace(",", ".")), 6) for part in found.groups())
        if not (-11 <= latitude <= 6 and 95 <= longitude <= 141):
            raise ValidationError(NOT_A_POINT)
        return latitude, longitude


def _bounds(field: forms.Field) -> dict[str, Any]:
    """What Django refuses by itself, in the house's words."""
    found: dict[str, Any] = {
        "max_length": gettext("Paling banyak %(limit_value)s huruf, sekarang %(show_value)s. Ringkaskan.")
    }
    if isinstance(field, forms.IntegerField):
        found["invalid"] = gettext("Tulis bilangan bulat, misalnya 120.")
        found["min_value"] = gettext("Paling sedikit %(limit_value)s.")
        found["max_value"] = gettext("Paling banyak %(limit_value)s.")
    if isinstance(field, forms.DateField):
        found["invalid"] = gettext("Tulis tanggal lengkap: hari, bulan, dan tahun.")
    return found


class Sheet(forms.Form):
    """A form in the house's looks: our widgets' class, errors tied to their fields, no colon after labels."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        # Several forms share a page; their fields must not share ids.
        kwargs.setdefault("auto_id", f"{type(self).__name__.lower()}_%s")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if not isinstance(field.widget, (forms.RadioSelect, forms.CheckboxInput, forms.CheckboxSelectMultiple)):
                field.widget.attrs.setdefault("class", "input")
            named = {"name": str(field.label).lower()}
            field.error_messages["required"] = gettext("Isi %(name)s.") % named
            field.error_messages |= _bounds(field)
            field.error_messages["invalid_choice"] = gettext("Pilih %(name)s dari daftar.") % named

    @property
    def faults(self) -> list[str]:
        """Every fault as one sentence, in the order of the form."""
        return [str(e) for errors in self.errors.values() for e in errors]
