"""The processes of an installation, each started by the supervisor: `python -m mufakat.config.processes NAME --data …`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from mufakat.config.parents import end_with_parent
from mufakat.core.errors import MufakatError

WORKERS = min(2, os.cpu_count() or 1)
THREADS = 4
"""Processes of the page server, and requests each has in hand at once; measured, see ADR 0019."""


def main(argv: list[str]) -> int:
    """Run one process to its end."""
    end_with_parent()
    parser = argparse.ArgumentParser(prog="mufakat.config.processes")
    parser.add_argument("name", choices=["prepare", "pages", "live", "jobs"])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--stage", default=None)
    parser.add_argument("--quiet", action="store_true")
    given = parser.parse_args(argv)
    os.environ["MUFAKAT_DATA"] = str(given.data)
    os.environ["DJANGO_SETTINGS_MODULE"] = "mufakat.config.settings"
    try:
        {"prepare": _prepare, "pages": _pages, "live": _live, "jobs": _jobs}[given.name](given)
    except MufakatError as error:
        sys.stderr.write(str(error) + "\n")
        return 2
    return 0


def _prepare(given: argparse.Namespace) -> None:
    from mufakat.config.preparing import prepare

    prepare(data=given.data, stage=given.stage, is_quiet=given.quiet)


def _pages(given: argparse.Namespace) -> None:
    serve_pages("mufakat.config.wsgi:application", host=given.host, port=given.port)


def serve_pages(application: str, *, host: str, port: int) -> None:
    """Serve a WSGI application until told to end.

    Few workers with few threads: SQLite has one writer, and many that wait for it are served unfairly.
    """
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    Server(
        application,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        websockets=False,
        workers_kill_timeout=2,
        log_level=LogLevels.error,
    ).serve()


def _live(given: argparse.Namespace) -> None:
    from mufakat.config import settings
    from mufakat.runtime.live.server import serve

    serve(host=given.host, port=given.port, secret=settings.SECRET_KEY)


def _jobs(given: argparse.Namespace) -> None:
    import django

    django.setup()
    from mufakat.config import jobs

    jobs.work()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
