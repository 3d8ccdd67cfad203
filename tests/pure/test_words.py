"""Numbers, money and dates as official Indonesian documents write them (rule 83)."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from mufakat.core.dates import date_in_words, full_date, moment
from mufakat.core.errors import MufakatError, Sentence, in_words
from mufakat.core.money import quantity, rupiah, rupiah_in_words
from mufakat.core.words import number_in_words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (19, "sembilan belas"),
        (21, "dua puluh satu"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (1000, "seribu"),
        (1001, "seribu satu"),
        (2022, "dua ribu dua puluh dua"),
        (11000, "sebelas ribu"),
        (101000, "seratus satu ribu"),
        (1_000_000, "satu juta"),
        (3_387_500_000, "tiga miliar tiga ratus delapan puluh tujuh juta lima ratus ribu"),
        (1_000_000_000_001, "satu triliun satu"),
        (-5, "minus lima"),
    ],
)
def test_number_in_words(number, words):
    assert number_in_words(number) == words


def test_number_in_words_refuses_what_it_cannot_spell():
    with pytest.raises(ValueError, match="di luar jangkauan"):
        number_in_words(10**15)


def test_dates_read_as_in_the_seed_case():
    day = date(2022, 2, 3)

    assert full_date(day) == "Kamis, 3 Februari 2022"
    assert date_in_words(day) == "Kamis tanggal tiga bulan Februari tahun dua ribu dua puluh dua"
    assert moment(datetime(2022, 2, 3, 14, 5)) == "3 Februari 2022 pukul 14.05"


def test_money_and_quantities_use_dots_and_comma():
    assert rupiah(10_500_000) == "Rp10.500.000"
    assert rupiah(-1000) == "-Rp1.000"
    assert rupiah_in_words(1500) == "seribu lima ratus rupiah"
    assert quantity(Decimal("1234.50")) == "1.234,5"
    assert quantity(Decimal("120")) == "120"
    assert quantity(Decimal("0.05")) == "0,05"


def test_sentence_is_said_whole_and_remembers_its_words():
    said = Sentence("Yang tidak sesuai: %(checks)s, paling banyak %(n)s.", checks=("Lokasi", "Harga"), n=4)

    assert said == "Yang tidak sesuai: Lokasi, Harga, paling banyak 4."
    assert (said.template, in_words(said.values["checks"], str.upper)) == (
        "Yang tidak sesuai: %(checks)s, paling banyak %(n)s.",
        "LOKASI, HARGA",
    )
    assert MufakatError(said).sentences[0] is said
