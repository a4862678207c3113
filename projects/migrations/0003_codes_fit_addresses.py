from django.db import migrations, models

import portal.lib.fields


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0002_values_keep_their_author"),
    ]

    operations = [
        migrations.AlterField(
            model_name="historicalindicator",
            name="code",
            field=models.CharField(
                max_length=40, validators=[portal.lib.fields.validate_address], verbose_name="code"
            ),
        ),
        migrations.AlterField(
            model_name="historicalproject",
            name="code",
            field=models.SlugField(
                help_text="Short, in small letters: lli-317.",
                max_length=60,
                validators=[portal.lib.fields.validate_not_new],
                verbose_name="code",
            ),
        ),
        migrations.AlterField(
            model_name="indicator",
            name="code",
            field=models.CharField(
                max_length=40, validators=[portal.lib.fields.validate_address], verbose_name="code"
            ),
        ),
        migrations.AlterField(
            model_name="project",
            name="code",
            field=models.SlugField(
                help_text="Short, in small letters: lli-317.",
                max_length=60,
                unique=True,
                validators=[portal.lib.fields.validate_not_new],
                verbose_name="code",
            ),
        ),
    ]
