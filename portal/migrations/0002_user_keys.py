from typing import Any

from django.db import migrations

import portal.lib.fields


def fill(apps: Any, schema_editor: Any) -> None:
    """Saving an account writes its keys."""
    for user in apps.get_model("portal", "User").objects.iterator():
        user.save(update_fields=["sort_key", "search_key"])


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="sort_key",
            field=portal.lib.fields.SortKeyField(
                "last_name",
                "first_name",
                "email",
                blank=True,
                db_index=True,
                default="",
                editable=False,
                max_length=200,
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="search_key",
            field=portal.lib.fields.SearchKeyField(
                "last_name",
                "first_name",
                "last_name",
                "email",
                blank=True,
                default="",
                editable=False,
            ),
        ),
        migrations.AlterModelOptions(
            name="user",
            options={
                "ordering": ("sort_key", "pk"),
                "verbose_name": "account",
                "verbose_name_plural": "accounts",
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
