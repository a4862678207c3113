"""A migration that needs the table of accounts for itself, for a moment."""

from django.db import migrations


class Migration(migrations.Migration):
    operations = [
        migrations.RunSQL(
            "ALTER TABLE portal_user ADD COLUMN parked integer",
            "ALTER TABLE portal_user DROP COLUMN parked",
        )
    ]
