from typing import Any

from django.db import migrations
from django.db.models import F


def prove(apps: Any, schema_editor: Any) -> None:
    """Each account keeps one row of its own address, proven; asked-for changes are dropped."""
    addresses = apps.get_model("account", "EmailAddress").objects
    addresses.exclude(email=F("user__email")).delete()
    addresses.update(verified=True, primary=True)
    without = apps.get_model("portal", "User").objects.exclude(pk__in=addresses.values("user"))
    for user in without.iterator():
        addresses.create(user=user, email=user.email, verified=True, primary=True)


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0002_user_keys"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [
        migrations.RunPython(prove, migrations.RunPython.noop),
    ]
