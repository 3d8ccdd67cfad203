"""`mufakat audit verify`: name every changed, removed or reordered line of the audit chains, and altered documents."""

from __future__ import annotations

import argparse
import sys

from mufakat.config.installation import add_data_option, open_data


def configure(parser: argparse.ArgumentParser, language: str) -> None:
    """Declare the options."""
    parser.add_argument("what", choices=["verify"], metavar="verify")
    add_data_option(parser, language)


def run(arguments: argparse.Namespace) -> int:
    """0 when every chain and document is whole, 1 when something was altered."""
    open_data(arguments.data)
    from mufakat.audit.models import Head
    from mufakat.config.standing import faults

    found = faults()
    for sentence in found:
        sys.stdout.write(sentence + "\n")
    for head in Head.objects.order_by("kabupaten"):
        sys.stdout.write(f"Rantai {head.kabupaten}: baris terakhir {head.sequence}, sidik {head.digest}\n")
    lines = sum(Head.objects.values_list("sequence", flat=True))
    verdict = f"{len(found)} hal tidak utuh." if found else f"Utuh: {lines} baris audit dan seluruh dokumen cocok."
    sys.stdout.write(verdict + "\n")
    return 1 if found else 0
