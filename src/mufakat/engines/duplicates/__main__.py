"""Entry of `python -m mufakat.engines.duplicates`."""

import sys

from mufakat.engines.duplicates.command import main

sys.exit(main())
