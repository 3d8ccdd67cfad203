"""Settings of the tests: nothing outside temporary folders, SQLite unless DATABASE_URL names a PostgreSQL."""

import os
import tempfile

os.environ.setdefault("MUFAKAT_DATA", tempfile.mkdtemp(prefix="mufakat-test-"))
os.environ.setdefault("MUFAKAT_SECRET_KEY", "kunci uji, bukan rahasia")

from mufakat.config.settings import *  # noqa: F403
from mufakat.config.settings import DATABASES

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(os.environ["MUFAKAT_DATA"], "test.sqlite3")}  # noqa: PTH118

os.makedirs(STATIC_ROOT, exist_ok=True)  # noqa: F405, PTH103  # whitenoise warns where there is no folder

# The live server's threads must let go of a PostgreSQL, or the test database cannot be dropped.
DATABASES["default"]["CONN_MAX_AGE"] = 0

PUBLIC_FIGURES_SECONDS = 0  # every test counts for itself

PASSWORD_HASHERS = ["tests.factories.passwords.QuickArgon2"]
