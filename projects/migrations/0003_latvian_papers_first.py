"""Papers of a report are listed Latvian first; nothing changes in the database."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("projects", "0002_report_versions")]

    operations = [
        migrations.AlterModelOptions(
            name="reportpaper",
            options={
                "ordering": ["version", "-language", "kind"],
                "verbose_name": "paper of a report",
                "verbose_name_plural": "papers of reports",
            },
        )
    ]
