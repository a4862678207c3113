from typing import Any

from django.db import migrations

import portal.lib.fields


def fill(apps: Any, schema_editor: Any) -> None:
    """Saving a row writes its key."""
    for name in ("ProjectIdentifier", "ProjectTitle"):
        for row in apps.get_model("projects", name).objects.iterator():
            row.save(update_fields=["search_key"])


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0004_baseline_of_entered_figures"),
    ]

    operations = [
        migrations.AddField(
            model_name="projectidentifier",
            name="search_key",
            field=portal.lib.fields.SearchKeyField(
                "number", blank=True, default="", editable=False
            ),
        ),
        migrations.AddField(
            model_name="projecttitle",
            name="search_key",
            field=portal.lib.fields.SearchKeyField("title", blank=True, default="", editable=False),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
