"""What happens without anybody asking: the queue of jobs, kept beside the data, and their timetable."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone
from huey import SqliteHuey, crontab

log = logging.getLogger(__name__)
queue = SqliteHuey("mufakat", filename=str(settings.DATA / "jobs.sqlite3"), utc=True)


def _with_fresh_connection(job: Callable[[], int]) -> Callable[[], int]:
    """A job may be the first for hours: a connection the database has closed meanwhile is not used."""

    @wraps(job)
    def inner() -> int:
        close_old_connections()
        try:
            return job()
        finally:
            close_old_connections()

    return inner


@queue.periodic_task(crontab(minute="*/5"))  # type: ignore[untyped-decorator]
@_with_fresh_connection
def lapse_overdue() -> int:
    """Let returned proposals lapse whose due date has passed (rule 42), every five minutes; how many lapsed."""
    from mufakat.verification import commands

    lapsed = commands.lapse_overdue(at=timezone.now())
    if lapsed:
        log.info("%s usulan gugur karena tidak dilengkapi", lapsed)
    return lapsed


def work() -> None:
    """Work until SIGTERM; a job in hand is finished first. What became due while nothing ran is done at once."""
    lapse_overdue()
    queue.create_consumer(workers=1, max_delay=2.0, graceful_signal="TERM").run()
