from django.db import migrations

from mufakat.documents import triggers


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]
    operations = [migrations.RunPython(triggers.create, triggers.drop)]
