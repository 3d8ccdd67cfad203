from dataclasses import asdict

from django.db import migrations, models


def fill(apps, schema_editor):
    """Bounds of the regions that ship with us, for installations that loaded them before."""
    from mufakat.regions import names

    region = apps.get_model("regions", "Region").objects.using(schema_editor.connection.alias)
    for known in names.shipped().regions.values():
        if known.bounds is not None:
            region.filter(code=known.code).update(**asdict(known.bounds))


def _side():
    return models.DecimalField(decimal_places=6, max_digits=9, null=True)


class Migration(migrations.Migration):
    dependencies = [("regions", "0001_initial")]

    operations = [
        *(migrations.AddField("region", side, _side()) for side in ("south", "west", "north", "east")),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
