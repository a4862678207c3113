from django.db import migrations, models


def empty_baselines(apps, schema_editor):
    """A baseline of a counted figure moved its percent and nothing else; nought says the same."""
    indicators = apps.get_model("projects", "Indicator").objects
    indicators.filter(method="measured", baseline__isnull=False).update(baseline=None)


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0003_codes_fit_addresses"),
    ]

    operations = [
        migrations.RunPython(empty_baselines, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("method", "entered"),
                    ("baseline__isnull", True),
                    ("baseline", 0),
                    _connector="OR",
                ),
                name="projects_indicator_measured_from_nought",
                violation_error_message=(
                    "A measured figure counts the portal's rows from nought; it has no baseline."
                ),
            ),
        ),
    ]
