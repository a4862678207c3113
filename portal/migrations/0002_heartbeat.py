from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                (
                    "part",
                    models.CharField(
                        choices=[("worker", "worker"), ("beat", "clock")],
                        max_length=10,
                        primary_key=True,
                        serialize=False,
                        verbose_name="part",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="last heard")),
            ],
            options={
                "verbose_name": "heartbeat",
                "verbose_name_plural": "heartbeats",
                "ordering": ("part",),
            },
        ),
    ]
