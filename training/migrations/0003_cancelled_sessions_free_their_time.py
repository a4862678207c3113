"""A cancelled session no longer blocks its time for another one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("training", "0002_session_changes")]

    operations = [
        migrations.RemoveConstraint(model_name="session", name="training_session_once_at_a_time"),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "cancelled"), _negated=True),
                fields=("group", "date", "starts"),
                name="training_session_once_at_a_time",
                violation_error_message="The group has a session at this time already.",
            ),
        ),
    ]
