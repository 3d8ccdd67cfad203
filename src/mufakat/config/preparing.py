"""Before serving: the database at its newest, and the invented year in it when a demonstration is asked for."""

from __future__ import annotations

import sys
from pathlib import Path

from mufakat.core.errors import MufakatError

MARK = "tahap"
"""File beside an example's database: its stage and the day it was built."""


class NotEmpty(MufakatError):
    """The example was asked for where something else is kept."""

    code = "bukan_data_contoh"


def prepare(*, data: Path, stage: str | None, is_quiet: bool) -> None:
    """Migrate; with a stage, build the example into an empty database and name its sign-ins. Raises NotEmpty."""
    import django
    from django.core.management import call_command

    (data / "static" / "staticfiles.json").unlink(missing_ok=True)
    django.setup()
    _gather_static()
    call_command("migrate", verbosity=0)
    if stage is not None:
        _fill(data, stage)
        if not is_quiet:
            _name_sign_ins()


def _gather_static() -> None:
    """Put style sheets, script, font and icons under hashed names, compressed; the server that starts next uses them."""
    from django.conf import settings
    from django.core.management import call_command
    from django.test.utils import override_settings

    hashed = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    with override_settings(STORAGES=hashed):
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)


def _fill(data: Path, stage: str) -> None:
    """Build the whole year in one transaction, so that an interrupted start leaves an empty database."""
    from django.db import transaction
    from django.utils import timezone

    from mufakat.cycles.models import Cycle
    from mufakat.demo.year import Stage, build

    mark = data / MARK
    if mark.exists():
        return
    if Cycle.objects.exists():
        raise NotEmpty(
            "Basis data ini sudah berisi siklus; contoh hanya diisikan ke basis data yang kosong. "
            "Pilih folder lain dengan --data, atau basis data lain dengan DATABASE_URL."
        )
    _say(f"Menyiapkan contoh tahap “{stage}”: satu tahun Musrenbang Kecamatan Kebomas …")
    now = timezone.now()
    with transaction.atomic():
        build(stage=Stage(stage), now=now)
    mark.write_text(f"{stage} {timezone.localdate(now)}")


def _name_sign_ins() -> None:
    from django.utils import timezone

    from mufakat.demo.year import PASSWORD
    from mufakat.people.queries import example_sign_ins

    _say(f"Kata sandi semua akun contoh: {PASSWORD}")
    for label, name in example_sign_ins(on=timezone.localdate()):
        _say(f"  {name:<24}{label}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
