from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("proposals", "0003_fill_lists_and_search")]
    operations = [
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__isnull", True), ("position__isnull", False), _connector="OR"),
                name="numbered_has_position",
            ),
        ),
    ]
