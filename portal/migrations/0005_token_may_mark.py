"""Whether a token may save marks; those that were made to read go on reading only."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portal", "0004_second_step")]

    operations = [
        migrations.AddField(
            model_name="apitoken",
            name="may_mark",
            field=models.BooleanField(
                db_default=False, default=False, verbose_name="may save marks"
            ),
        ),
    ]
