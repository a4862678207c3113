from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0005_search_keys_of_titles_and_numbers"),
    ]

    operations = [
        migrations.AddField(
            model_name="report",
            name="submitted_on",
            field=models.DateField(blank=True, null=True, verbose_name="submitted on"),
        ),
    ]
