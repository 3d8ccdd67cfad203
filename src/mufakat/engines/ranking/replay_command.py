"""`mufakat replay RUN.json`: repeat a stored computation and say whether it agrees to the byte."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from mufakat.engines.ranking.quiet import quiet_output


def configure(parser: argparse.ArgumentParser, language: str) -> None:
    """Declare the argument."""
    words = "stored run" if language == "en" else "catatan perhitungan"
    parser.add_argument("file", type=Path, metavar="RUN.json", help=words)


def run(arguments: argparse.Namespace) -> int:
    """Returns 0 when the run agrees, 1 when it differs."""
    from mufakat.engines.ranking.replay import replayed

    with quiet_output():
        same, words = replayed(arguments.file)
    sys.stdout.write(words + "\n")
    return 0 if same else 1
