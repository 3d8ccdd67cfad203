"""Entry of `python -m mufakat.engines.ranking`."""

import sys

from mufakat.engines.ranking.command import main

sys.exit(main())
