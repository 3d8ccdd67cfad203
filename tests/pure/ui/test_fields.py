"""What offices type into fields of rupiah and volumes, and the sentence for what these cannot hold."""

from decimal import Decimal

import pytest
from django import forms
from django.utils import translation

from mufakat.ui.fields import Rupiah, Sheet, Volume

ROUND = "Tulis rupiah bulat tanpa koma, misalnya 150.000.000."
MOST = "Paling banyak Rp999.999.999.999.999. Periksa jumlah angka nolnya."
COMMA = "Tulis angka dengan koma desimal, misalnya 120,5."
DIGITS = "Tulis paling banyak dua angka di belakang koma, misalnya 120,55."
LARGE = "Volume harus kurang dari 100.000.000.000. Periksa jumlah angka nolnya."


def cleaned(field, typed):
    """The value, or the sentence that refuses it."""
    try:
        return field.clean(typed)
    except forms.ValidationError as error:
        return error.messages[0]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("", None), ("Rp 1.500.000", 1_500_000), ("0", 0), ("999.999.999.999.999", 10**15 - 1),
        ("1.000.000.000.000.000", MOST), ("sejuta", ROUND), ("-5", ROUND), ("1.000,50", ROUND), ("10 juta", ROUND),
    ],
)  # fmt: skip
def test_rupiah_are_whole_and_can_be_written_in_words(typed, answer):
    assert cleaned(Rupiah(required=False), typed) == answer


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("", None), ("1.200,5", Decimal("1200.50")), ("120.5", Decimal("120.50")), ("99.999.999.999,99", Decimal("99999999999.99")),
        ("100000000000", LARGE), ("12,345", DIGITS), ("12,340", Decimal("12.34")), ("seratus", COMMA), ("-3", COMMA),
        ("1e5", COMMA), ("± 120 m", COMMA),
    ],
)  # fmt: skip
def test_volume_is_kept_to_the_digit_or_refused(typed, answer):
    assert cleaned(Volume(required=False), typed) == answer


class Typed(Sheet):
    """A form with a field that must be filled in."""

    value = Rupiah(label="Nilai")
    count = forms.IntegerField(label="Jumlah", min_value=0, max_value=9)
    name = forms.CharField(label="Nama", max_length=5)
    day = forms.DateField(label="Tanggal")


WRONG = {"value": "", "count": "satu", "name": "terlalu panjang", "day": "kemarin"}
SAID = {
    "id": [
        "Isi nilai.", "Tulis bilangan bulat, misalnya 120.", "Paling banyak 5 huruf, sekarang 15. Ringkaskan.",
        "Tulis tanggal lengkap: hari, bulan, dan tahun.",
    ],
    "en": [
        "Fill in: nilai.", "Write a whole number, for example 120.", "At most 5 characters, now 15. Shorten it.",
        "Write a whole date: day, month and year.",
    ],
}  # fmt: skip


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_is_wrong_is_said_in_the_house_words_and_the_readers_language(language):
    with translation.override(language):
        assert Typed(WRONG).faults == SAID[language]


@pytest.mark.parametrize(("typed", "sentence"), [("-1", "Paling sedikit 0."), ("10", "Paling banyak 9.")])
def test_number_out_of_bounds_is_told_the_bound(typed, sentence):
    assert Typed(WRONG | {"count": typed}).errors["count"] == [sentence]
