"""`python -m mufakat` is the `mufakat` command."""

import sys

from mufakat.cli import main

sys.exit(main())
