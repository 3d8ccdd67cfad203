"""`mufakat restore FILE`; see `backup_command`."""

from mufakat.config.backup_command import configure
from mufakat.config.backup_command import restore as run

__all__ = ["configure", "run"]
