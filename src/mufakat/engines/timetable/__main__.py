"""Entry of `python -m mufakat.engines.timetable`."""

import sys

from mufakat.engines.timetable.command import main

sys.exit(main())
