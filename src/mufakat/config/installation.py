"""Where an installation keeps its data, for commands that work beside a running server."""

from __future__ import annotations

import argparse
import os
from pathlib import Path


def add_data_option(parser: argparse.ArgumentParser, language: str) -> None:
    """The option every such command shares."""
    english = language == "en"
    parser.add_argument(
        "--data", type=Path, default=None, help="data folder" if english else "folder data (bawaan: .mufakat)"
    )


def open_data(folder: Path | None) -> Path:
    """Point Django at a data folder and start it; the folder is made when it is new."""
    data = (folder or Path(os.environ.get("MUFAKAT_DATA", Path.cwd() / ".mufakat"))).resolve()
    data.mkdir(parents=True, exist_ok=True)
    os.environ["MUFAKAT_DATA"] = str(data)
    os.environ["DJANGO_SETTINGS_MODULE"] = "mufakat.config.settings"
    import django

    django.setup()
    return data
