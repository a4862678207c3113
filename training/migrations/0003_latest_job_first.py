from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("training", "0002_session_changes")]

    operations = [
        migrations.AlterModelOptions(
            name="employment",
            options={
                "ordering": [
                    "participant",
                    models.OrderBy(models.F("valid_from"), descending=True, nulls_last=True),
                    "pk",
                ],
                "verbose_name": "employment",
                "verbose_name_plural": "employments",
            },
        ),
    ]
