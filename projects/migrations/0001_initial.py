import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import portal.lib.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Activity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name_lv",
                    portal.lib.fields.NameField(
                        blank=True, max_length=300, verbose_name="name in Latvian"
                    ),
                ),
                (
                    "name_en",
                    portal.lib.fields.NameField(
                        blank=True, max_length=300, verbose_name="name in English"
                    ),
                ),
                (
                    "sort_key",
                    portal.lib.fields.SortKeyField(
                        "name_lv",
                        "name_en",
                        blank=True,
                        db_index=True,
                        default="",
                        editable=False,
                        max_length=200,
                    ),
                ),
                (
                    "search_key",
                    portal.lib.fields.SearchKeyField(
                        "name_lv", "name_en", blank=True, default="", editable=False
                    ),
                ),
                (
                    "as_stated",
                    portal.lib.fields.NameField(
                        blank=True, max_length=1000, verbose_name="as stated in the source"
                    ),
                ),
                ("code", models.CharField(max_length=20, verbose_name="code")),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(10000)],
                        verbose_name="order",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("management", "management"),
                            ("training", "training"),
                            ("supervision", "supervision"),
                            ("event", "event"),
                            ("exchange", "exchange visit"),
                            ("camp", "camp"),
                            ("quality", "quality system"),
                            ("infrastructure", "equipment and infrastructure"),
                            ("research", "study"),
                            ("publication", "publication"),
                            ("publicity", "visibility"),
                            ("network", "network"),
                            ("other", "other"),
                        ],
                        default="other",
                        max_length=15,
                        verbose_name="kind",
                    ),
                ),
                (
                    "target",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="target",
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=40, verbose_name="unit")),
                ("due", models.DateField(blank=True, null=True, verbose_name="due")),
                (
                    "due_precision",
                    models.CharField(
                        choices=[("day", "day"), ("month", "month"), ("year", "year")],
                        default="day",
                        max_length=5,
                        verbose_name="due known to the",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="children",
                        to="projects.activity",
                        verbose_name="part of",
                    ),
                ),
            ],
            options={
                "verbose_name": "activity",
                "verbose_name_plural": "activities",
                "ordering": ["project", "position", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Funder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name_lv",
                    portal.lib.fields.NameField(
                        blank=True, max_length=300, verbose_name="name in Latvian"
                    ),
                ),
                (
                    "name_en",
                    portal.lib.fields.NameField(
                        blank=True, max_length=300, verbose_name="name in English"
                    ),
                ),
                (
                    "sort_key",
                    portal.lib.fields.SortKeyField(
                        "name_lv",
                        "name_en",
                        blank=True,
                        db_index=True,
                        default="",
                        editable=False,
                        max_length=200,
                    ),
                ),
                (
                    "search_key",
                    portal.lib.fields.SearchKeyField(
                        "name_lv", "name_en", blank=True, default="", editable=False
                    ),
                ),
                (
                    "archived_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="archived"
                    ),
                ),
                ("code", models.SlugField(max_length=60, unique=True, verbose_name="code")),
            ],
            options={
                "verbose_name": "funder",
                "verbose_name_plural": "funders",
                "ordering": ["sort_key", "pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name_lv", ""), _negated=True),
                            models.Q(("name_en", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="projects_funder_has_a_name",
                        violation_error_message="Give the name in at least one language.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name_lv",
                    portal.lib.fields.NameField(
                        blank=True, max_length=300, verbose_name="name in Latvian"
                    ),
                ),
                (
                    "name_en",
                    portal.lib.fields.NameField(
                        blank=True, max_length=300, verbose_name="name in English"
                    ),
                ),
                (
                    "sort_key",
                    portal.lib.fields.SortKeyField(
                        "name_lv",
                        "name_en",
                        blank=True,
                        db_index=True,
                        default="",
                        editable=False,
                        max_length=200,
                    ),
                ),
                (
                    "search_key",
                    portal.lib.fields.SearchKeyField(
                        "name_lv", "name_en", blank=True, default="", editable=False
                    ),
                ),
                (
                    "archived_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="archived"
                    ),
                ),
                (
                    "as_stated",
                    portal.lib.fields.NameField(
                        blank=True, max_length=1000, verbose_name="as stated in the source"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        max_length=40,
                        validators=[portal.lib.fields.validate_address],
                        verbose_name="code",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(10000)],
                        verbose_name="order",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("output", "output"), ("result", "result")],
                        default="output",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("measured", "measured from the portal's rows"),
                            ("entered", "entered with evidence"),
                        ],
                        default="entered",
                        max_length=10,
                        verbose_name="method",
                    ),
                ),
                ("measure", models.CharField(blank=True, max_length=60, verbose_name="measure")),
                (
                    "unit_lv",
                    portal.lib.fields.NameField(
                        blank=True, max_length=60, verbose_name="unit in Latvian"
                    ),
                ),
                (
                    "unit_en",
                    portal.lib.fields.NameField(
                        blank=True, max_length=60, verbose_name="unit in English"
                    ),
                ),
                (
                    "baseline",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="baseline",
                    ),
                ),
                (
                    "target",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="target",
                    ),
                ),
                (
                    "is_headline",
                    models.BooleanField(default=False, verbose_name="shown on the public page"),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="indicators",
                        to="projects.activity",
                        verbose_name="activity",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="parts",
                        to="projects.indicator",
                        verbose_name="of which part",
                    ),
                ),
            ],
            options={
                "verbose_name": "indicator",
                "verbose_name_plural": "indicators",
                "ordering": ["project", "position", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name_lv",
                    portal.lib.fields.NameField(
                        blank=True, max_length=300, verbose_name="name in Latvian"
                    ),
                ),
                (
                    "name_en",
                    portal.lib.fields.NameField(
                        blank=True, max_length=300, verbose_name="name in English"
                    ),
                ),
                (
                    "sort_key",
                    portal.lib.fields.SortKeyField(
                        "name_lv",
                        "name_en",
                        blank=True,
                        db_index=True,
                        default="",
                        editable=False,
                        max_length=200,
                    ),
                ),
                (
                    "search_key",
                    portal.lib.fields.SearchKeyField(
                        "name_lv", "name_en", blank=True, default="", editable=False
                    ),
                ),
                (
                    "archived_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="archived"
                    ),
                ),
                ("code", models.SlugField(max_length=80, unique=True, verbose_name="code")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("planning_region", "planning region"),
                            ("municipality", "municipality"),
                            ("district", "district (until 2009)"),
                            ("town", "town"),
                            ("institution", "institution"),
                            ("ngo", "association or foundation"),
                            ("ministry", "ministry"),
                            ("agency", "agency"),
                            ("school", "school"),
                            ("university", "university"),
                            ("company", "company"),
                            ("other", "other"),
                        ],
                        default="other",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "country",
                    models.CharField(
                        default="LV",
                        help_text="Two letters: LV, LT, BE …",
                        max_length=2,
                        verbose_name="country",
                    ),
                ),
                (
                    "register_number",
                    models.CharField(blank=True, max_length=40, verbose_name="registration number"),
                ),
                ("website", models.URLField(blank=True, verbose_name="website")),
                (
                    "valid_from",
                    models.DateField(blank=True, null=True, verbose_name="exists since"),
                ),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="existed until")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="units",
                        to="projects.organisation",
                        verbose_name="part of",
                    ),
                ),
                (
                    "successors",
                    models.ManyToManyField(
                        blank=True,
                        related_name="predecessors",
                        to="projects.organisation",
                        verbose_name="successors",
                    ),
                ),
            ],
            options={
                "verbose_name": "organisation",
                "verbose_name_plural": "organisations",
                "ordering": ["sort_key", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="IndicatorTarget",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("until", models.DateField(verbose_name="until")),
                (
                    "value",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, verbose_name="planned value"
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="targets",
                        to="projects.indicator",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="projects.organisation",
                        verbose_name="partner",
                    ),
                ),
            ],
            options={
                "verbose_name": "plan to a date",
                "verbose_name_plural": "plan by dates",
                "ordering": ["indicator", "until", "pk"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalOrganisation",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "name_lv",
                    portal.lib.fields.NameField(
                        blank=True, max_length=300, verbose_name="name in Latvian"
                    ),
                ),
                (
                    "name_en",
                    portal.lib.fields.NameField(
                        blank=True, max_length=300, verbose_name="name in English"
                    ),
                ),
                (
                    "sort_key",
                    portal.lib.fields.SortKeyField(
                        "name_lv",
                        "name_en",
                        blank=True,
                        db_index=True,
                        default="",
                        editable=False,
                        max_length=200,
                    ),
                ),
                (
                    "search_key",
                    portal.lib.fields.SearchKeyField(
                        "name_lv", "name_en", blank=True, default="", editable=False
                    ),
                ),
                (
                    "archived_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="archived"
                    ),
                ),
                ("code", models.SlugField(max_length=80, verbose_name="code")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("planning_region", "planning region"),
                            ("municipality", "municipality"),
                            ("district", "district (until 2009)"),
                            ("town", "town"),
                            ("institution", "institution"),
                            ("ngo", "association or foundation"),
                            ("ministry", "ministry"),
                            ("agency", "agency"),
                            ("school", "school"),
                            ("university", "university"),
                            ("company", "company"),
                            ("other", "other"),
                        ],
                        default="other",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "country",
                    models.CharField(
                        default="LV",
                        help_text="Two letters: LV, LT, BE …",
                        max_length=2,
                        verbose_name="country",
                    ),
                ),
                (
                    "register_number",
                    models.CharField(blank=True, max_length=40, verbose_name="registration number"),
                ),
                ("website", models.URLField(blank=True, verbose_name="website")),
                (
                    "valid_from",
                    models.DateField(blank=True, null=True, verbose_name="exists since"),
                ),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="existed until")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="projects.organisation",
                        verbose_name="part of",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical organisation",
                "verbose_name_plural": "historical organisations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="activity",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="projects.organisation",
                verbose_name="responsible",
            ),
        ),
        migrations.CreateModel(
            name="OrganisationName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=2, verbose_name="language")),
                ("name", portal.lib.fields.NameField(max_length=300, verbose_name="name")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="other_names",
                        to="projects.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "other name",
                "verbose_name_plural": "other names",
                "ordering": ["organisation", "language", "name"],
            },
        ),
        migrations.CreateModel(
            name="Programme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name_lv",
                    portal.lib.fields.NameField(
                        blank=True, max_length=300, verbose_name="name in Latvian"
                    ),
                ),
                (
                    "name_en",
                    portal.lib.fields.NameField(
                        blank=True, max_length=300, verbose_name="name in English"
                    ),
                ),
                (
                    "sort_key",
                    portal.lib.fields.SortKeyField(
                        "name_lv",
                        "name_en",
                        blank=True,
                        db_index=True,
                        default="",
                        editable=False,
                        max_length=200,
                    ),
                ),
                (
                    "search_key",
                    portal.lib.fields.SearchKeyField(
                        "name_lv", "name_en", blank=True, default="", editable=False
                    ),
                ),
                (
                    "archived_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="archived"
                    ),
                ),
                ("code", models.SlugField(max_length=60, unique=True, verbose_name="code")),
                (
                    "period",
                    models.CharField(
                        blank=True,
                        help_text="For example 2014–2020.",
                        max_length=20,
                        verbose_name="planning period",
                    ),
                ),
                (
                    "priority_lv",
                    portal.lib.fields.NameField(
                        blank=True, max_length=300, verbose_name="priority or measure in Latvian"
                    ),
                ),
                (
                    "priority_en",
                    portal.lib.fields.NameField(
                        blank=True, max_length=300, verbose_name="priority or measure in English"
                    ),
                ),
                (
                    "funders",
                    models.ManyToManyField(
                        blank=True,
                        related_name="programmes",
                        to="projects.funder",
                        verbose_name="funders",
                    ),
                ),
            ],
            options={
                "verbose_name": "programme",
                "verbose_name_plural": "programmes",
                "ordering": ["sort_key", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="HistoricalProject",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "archived_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="archived"
                    ),
                ),
                (
                    "code",
                    models.SlugField(
                        help_text="Short, in small letters: lli-317.",
                        max_length=60,
                        validators=[portal.lib.fields.validate_not_new],
                        verbose_name="code",
                    ),
                ),
                (
                    "title_lv",
                    portal.lib.fields.NameField(
                        blank=True, max_length=500, verbose_name="title in Latvian"
                    ),
                ),
                (
                    "title_en",
                    portal.lib.fields.NameField(
                        blank=True, max_length=500, verbose_name="title in English"
                    ),
                ),
                (
                    "short_lv",
                    portal.lib.fields.NameField(
                        blank=True, max_length=80, verbose_name="short name in Latvian"
                    ),
                ),
                (
                    "short_en",
                    portal.lib.fields.NameField(
                        blank=True, max_length=80, verbose_name="short name in English"
                    ),
                ),
                (
                    "acronym",
                    portal.lib.fields.NameField(blank=True, max_length=40, verbose_name="acronym"),
                ),
                (
                    "sort_key",
                    portal.lib.fields.SortKeyField(
                        "title_lv",
                        "title_en",
                        blank=True,
                        db_index=True,
                        default="",
                        editable=False,
                        max_length=200,
                    ),
                ),
                (
                    "search_key",
                    portal.lib.fields.SearchKeyField(
                        "code",
                        "acronym",
                        "short_lv",
                        "short_en",
                        "title_lv",
                        "title_en",
                        blank=True,
                        default="",
                        editable=False,
                    ),
                ),
                ("start", models.DateField(blank=True, null=True, verbose_name="start")),
                (
                    "start_precision",
                    models.CharField(
                        choices=[("day", "day"), ("month", "month"), ("year", "year")],
                        default="day",
                        max_length=5,
                        verbose_name="start known to the",
                    ),
                ),
                ("end", models.DateField(blank=True, null=True, verbose_name="end")),
                (
                    "end_precision",
                    models.CharField(
                        choices=[("day", "day"), ("month", "month"), ("year", "year")],
                        default="day",
                        max_length=5,
                        verbose_name="end known to the",
                    ),
                ),
                (
                    "duration_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(10000)],
                        verbose_name="stated duration, months",
                    ),
                ),
                (
                    "aim_lv",
                    portal.lib.fields.LongTextField(
                        blank=True, max_length=20000, verbose_name="aim in Latvian"
                    ),
                ),
                (
                    "aim_en",
                    portal.lib.fields.LongTextField(
                        blank=True, max_length=20000, verbose_name="aim in English"
                    ),
                ),
                (
                    "is_public",
                    models.BooleanField(default=False, verbose_name="shown on the public page"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Leave empty if the source does not name it.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="projects.organisation",
                        verbose_name="lead partner",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="projects.programme",
                        verbose_name="programme",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical project",
                "verbose_name_plural": "historical projects",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "archived_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="archived"
                    ),
                ),
                (
                    "code",
                    models.SlugField(
                        help_text="Short, in small letters: lli-317.",
                        max_length=60,
                        unique=True,
                        validators=[portal.lib.fields.validate_not_new],
                        verbose_name="code",
                    ),
                ),
                (
                    "title_lv",
                    portal.lib.fields.NameField(
                        blank=True, max_length=500, verbose_name="title in Latvian"
                    ),
                ),
                (
                    "title_en",
                    portal.lib.fields.NameField(
                        blank=True, max_length=500, verbose_name="title in English"
                    ),
                ),
                (
                    "short_lv",
                    portal.lib.fields.NameField(
                        blank=True, max_length=80, verbose_name="short name in Latvian"
                    ),
                ),
                (
                    "short_en",
                    portal.lib.fields.NameField(
                        blank=True, max_length=80, verbose_name="short name in English"
                    ),
                ),
                (
                    "acronym",
                    portal.lib.fields.NameField(blank=True, max_length=40, verbose_name="acronym"),
                ),
                (
                    "sort_key",
                    portal.lib.fields.SortKeyField(
                        "title_lv",
                        "title_en",
                        blank=True,
                        db_index=True,
                        default="",
                        editable=False,
                        max_length=200,
                    ),
                ),
                (
                    "search_key",
                    portal.lib.fields.SearchKeyField(
                        "code",
                        "acronym",
                        "short_lv",
                        "short_en",
                        "title_lv",
                        "title_en",
                        blank=True,
                        default="",
                        editable=False,
                    ),
                ),
                ("start", models.DateField(blank=True, null=True, verbose_name="start")),
                (
                    "start_precision",
                    models.CharField(
                        choices=[("day", "day"), ("month", "month"), ("year", "year")],
                        default="day",
                        max_length=5,
                        verbose_name="start known to the",
                    ),
                ),
                ("end", models.DateField(blank=True, null=True, verbose_name="end")),
                (
                    "end_precision",
                    models.CharField(
                        choices=[("day", "day"), ("month", "month"), ("year", "year")],
                        default="day",
                        max_length=5,
                        verbose_name="end known to the",
                    ),
                ),
                (
                    "duration_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(10000)],
                        verbose_name="stated duration, months",
                    ),
                ),
                (
                    "aim_lv",
                    portal.lib.fields.LongTextField(
                        blank=True, max_length=20000, verbose_name="aim in Latvian"
                    ),
                ),
                (
                    "aim_en",
                    portal.lib.fields.LongTextField(
                        blank=True, max_length=20000, verbose_name="aim in English"
                    ),
                ),
                (
                    "is_public",
                    models.BooleanField(default=False, verbose_name="shown on the public page"),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        help_text="Leave empty if the source does not name it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="led_projects",
                        to="projects.organisation",
                        verbose_name="lead partner",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to="projects.programme",
                        verbose_name="programme",
                    ),
                ),
            ],
            options={
                "verbose_name": "project",
                "verbose_name_plural": "projects",
                "ordering": ["sort_key", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("admin", "administrator"),
                            ("coordinator", "coordinator"),
                            ("partner", "municipal coordinator"),
                            ("officer", "officer"),
                            ("funder", "funder"),
                            ("auditor", "auditor"),
                        ],
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                ("everything", models.BooleanField(default=False, verbose_name="everything")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="projects.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="projects.programme",
                        verbose_name="programme",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="projects.project",
                        verbose_name="project",
                    ),
                ),
            ],
            options={
                "verbose_name": "membership",
                "verbose_name_plural": "memberships",
                "ordering": ["user", "role", "pk"],
            },
        ),
        migrations.AddField(
            model_name="indicator",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="indicators",
                to="projects.project",
                verbose_name="project",
            ),
        ),
        migrations.CreateModel(
            name="HistoricalMembership",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("admin", "administrator"),
                            ("coordinator", "coordinator"),
                            ("partner", "municipal coordinator"),
                            ("officer", "officer"),
                            ("funder", "funder"),
                            ("auditor", "auditor"),
                        ],
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                ("everything", models.BooleanField(default=False, verbose_name="everything")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="projects.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="projects.programme",
                        verbose_name="programme",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="projects.project",
                        verbose_name="project",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical membership",
                "verbose_name_plural": "historical memberships",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="activity",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="activities",
                to="projects.project",
                verbose_name="project",
            ),
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MaxValueValidator(10000)],
                        verbose_name="number",
                    ),
                ),
                ("period_start", models.DateField(verbose_name="period from")),
                ("period_end", models.DateField(verbose_name="period to")),
                ("due", models.DateField(blank=True, null=True, verbose_name="due")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("submitted", "submitted"),
                            ("returned", "returned"),
                            ("accepted", "accepted"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "submitted_on",
                    models.DateField(blank=True, null=True, verbose_name="submitted on"),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reports",
                        to="projects.project",
                        verbose_name="project",
                    ),
                ),
            ],
            options={
                "verbose_name": "report",
                "verbose_name_plural": "reports",
                "ordering": ["project", "number"],
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=60, verbose_name="code")),
                ("title", portal.lib.fields.NameField(max_length=300, verbose_name="title")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("programme_page", "programme page"),
                            ("project_description", "project description"),
                            ("partner_news", "news of a partner"),
                            ("contract", "contract"),
                            ("report", "report"),
                            ("other", "other document"),
                        ],
                        default="other",
                        max_length=30,
                        verbose_name="kind",
                    ),
                ),
                (
                    "publisher",
                    portal.lib.fields.NameField(
                        blank=True, max_length=300, verbose_name="publisher"
                    ),
                ),
                ("language", models.CharField(default="lv", max_length=2, verbose_name="language")),
                (
                    "published_on",
                    models.DateField(blank=True, null=True, verbose_name="published on"),
                ),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="address")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sources",
                        to="projects.project",
                        verbose_name="project",
                    ),
                ),
            ],
            options={
                "verbose_name": "source",
                "verbose_name_plural": "sources",
                "ordering": ["project", "code"],
            },
        ),
        migrations.CreateModel(
            name="RelatedProject",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "as_stated",
                    portal.lib.fields.NameField(
                        blank=True, max_length=1000, verbose_name="as stated in the source"
                    ),
                ),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("predecessor", "predecessor"),
                            ("successor", "successor"),
                            ("sister", "sister project"),
                        ],
                        default="predecessor",
                        max_length=12,
                        verbose_name="relation",
                    ),
                ),
                ("title", portal.lib.fields.NameField(max_length=500, verbose_name="title")),
                (
                    "other",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="projects.project",
                        verbose_name="project in the portal",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="related_projects",
                        to="projects.project",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="projects.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "related project",
                "verbose_name_plural": "related projects",
                "ordering": ["project", "title"],
            },
        ),
        migrations.CreateModel(
            name="ProjectTitle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "as_stated",
                    portal.lib.fields.NameField(
                        blank=True, max_length=1000, verbose_name="as stated in the source"
                    ),
                ),
                ("language", models.CharField(max_length=2, verbose_name="language")),
                ("title", portal.lib.fields.NameField(max_length=500, verbose_name="title")),
                (
                    "search_key",
                    portal.lib.fields.SearchKeyField(
                        "title", blank=True, default="", editable=False
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="title_variants",
                        to="projects.project",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="projects.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "other title",
                "verbose_name_plural": "other titles",
                "ordering": ["project", "language", "title"],
            },
        ),
        migrations.CreateModel(
            name="ProjectIdentifier",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "as_stated",
                    portal.lib.fields.NameField(
                        blank=True, max_length=1000, verbose_name="as stated in the source"
                    ),
                ),
                ("number", models.CharField(max_length=80, verbose_name="number")),
                (
                    "search_key",
                    portal.lib.fields.SearchKeyField(
                        "number", blank=True, default="", editable=False
                    ),
                ),
                (
                    "register",
                    portal.lib.fields.NameField(
                        blank=True, max_length=300, verbose_name="register"
                    ),
                ),
                (
                    "is_printed",
                    models.BooleanField(default=False, verbose_name="printed on papers"),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="identifiers",
                        to="projects.project",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="projects.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "project number",
                "verbose_name_plural": "project numbers",
                "ordering": ["project", "-is_printed", "number"],
            },
        ),
        migrations.CreateModel(
            name="ProjectAim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "as_stated",
                    portal.lib.fields.NameField(
                        blank=True, max_length=1000, verbose_name="as stated in the source"
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(10000)],
                        verbose_name="order",
                    ),
                ),
                (
                    "text_lv",
                    portal.lib.fields.LongTextField(
                        blank=True, max_length=20000, verbose_name="text in Latvian"
                    ),
                ),
                (
                    "text_en",
                    portal.lib.fields.LongTextField(
                        blank=True, max_length=20000, verbose_name="text in English"
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aims",
                        to="projects.project",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="projects.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "specific aim",
                "verbose_name_plural": "specific aims",
                "ordering": ["project", "position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Partnership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "as_stated",
                    portal.lib.fields.NameField(
                        blank=True, max_length=1000, verbose_name="as stated in the source"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("lead", "lead partner"),
                            ("partner", "partner"),
                            ("involved", "involved municipality"),
                            ("host", "host"),
                            ("associated", "associated partner"),
                        ],
                        default="partner",
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(10000)],
                        verbose_name="order",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partnerships",
                        to="projects.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="partnerships",
                        to="projects.project",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="projects.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "partner",
                "verbose_name_plural": "partners",
                "ordering": ["project", "position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="IndicatorValue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "as_stated",
                    portal.lib.fields.NameField(
                        blank=True, max_length=1000, verbose_name="as stated in the source"
                    ),
                ),
                ("on", models.DateField(verbose_name="date")),
                (
                    "value",
                    models.DecimalField(decimal_places=2, max_digits=12, verbose_name="value"),
                ),
                (
                    "note",
                    portal.lib.fields.LongTextField(
                        blank=True, max_length=20000, verbose_name="note"
                    ),
                ),
                (
                    "evidence",
                    models.FileField(blank=True, upload_to="evidence/", verbose_name="evidence"),
                ),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="demo data"),
                ),
                ("entered_at", models.DateTimeField(auto_now_add=True)),
                ("approved_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="values",
                        to="projects.indicator",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="projects.organisation",
                        verbose_name="partner",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="projects.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "entered value",
                "verbose_name_plural": "entered values",
                "ordering": ["indicator", "on", "pk"],
            },
        ),
        migrations.AddField(
            model_name="indicator",
            name="source",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="projects.source",
                verbose_name="source",
            ),
        ),
        migrations.CreateModel(
            name="HistoricalPartnership",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "as_stated",
                    portal.lib.fields.NameField(
                        blank=True, max_length=1000, verbose_name="as stated in the source"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("lead", "lead partner"),
                            ("partner", "partner"),
                            ("involved", "involved municipality"),
                            ("host", "host"),
                            ("associated", "associated partner"),
                        ],
                        default="partner",
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(10000)],
                        verbose_name="order",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="projects.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="projects.project",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="projects.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical partner",
                "verbose_name_plural": "historical partners",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalIndicator",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "name_lv",
                    portal.lib.fields.NameField(
                        blank=True, max_length=300, verbose_name="name in Latvian"
                    ),
                ),
                (
                    "name_en",
                    portal.lib.fields.NameField(
                        blank=True, max_length=300, verbose_name="name in English"
                    ),
                ),
                (
                    "sort_key",
                    portal.lib.fields.SortKeyField(
                        "name_lv",
                        "name_en",
                        blank=True,
                        db_index=True,
                        default="",
                        editable=False,
                        max_length=200,
                    ),
                ),
                (
                    "search_key",
                    portal.lib.fields.SearchKeyField(
                        "name_lv", "name_en", blank=True, default="", editable=False
                    ),
                ),
                (
                    "archived_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="archived"
                    ),
                ),
                (
                    "as_stated",
                    portal.lib.fields.NameField(
                        blank=True, max_length=1000, verbose_name="as stated in the source"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        max_length=40,
                        validators=[portal.lib.fields.validate_address],
                        verbose_name="code",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(10000)],
                        verbose_name="order",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("output", "output"), ("result", "result")],
                        default="output",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("measured", "measured from the portal's rows"),
                            ("entered", "entered with evidence"),
                        ],
                        default="entered",
                        max_length=10,
                        verbose_name="method",
                    ),
                ),
                ("measure", models.CharField(blank=True, max_length=60, verbose_name="measure")),
                (
                    "unit_lv",
                    portal.lib.fields.NameField(
                        blank=True, max_length=60, verbose_name="unit in Latvian"
                    ),
                ),
                (
                    "unit_en",
                    portal.lib.fields.NameField(
                        blank=True, max_length=60, verbose_name="unit in English"
                    ),
                ),
                (
                    "baseline",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="baseline",
                    ),
                ),
                (
                    "target",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="target",
                    ),
                ),
                (
                    "is_headline",
                    models.BooleanField(default=False, verbose_name="shown on the public page"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="projects.activity",
                        verbose_name="activity",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="projects.indicator",
                        verbose_name="of which part",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="projects.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="projects.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical indicator",
                "verbose_name_plural": "historical indicators",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFunding",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "as_stated",
                    portal.lib.fields.NameField(
                        blank=True, max_length=1000, verbose_name="as stated in the source"
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("total", "total"),
                            ("fund", "from the fund"),
                            ("national", "national co-financing"),
                            ("own", "own contribution"),
                            ("other", "other"),
                        ],
                        default="total",
                        max_length=10,
                        verbose_name="part",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("initial", "initial"),
                            ("stated", "as published"),
                            ("amended", "after amendment"),
                            ("final", "final"),
                        ],
                        default="stated",
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="amount",
                    ),
                ),
                (
                    "currency",
                    models.CharField(default="EUR", max_length=3, verbose_name="currency"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "funder",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="projects.funder",
                        verbose_name="funder",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Empty: the whole project.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="projects.organisation",
                        verbose_name="partner",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="projects.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="projects.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical funding",
                "verbose_name_plural": "historical funding",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Funding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "as_stated",
                    portal.lib.fields.NameField(
                        blank=True, max_length=1000, verbose_name="as stated in the source"
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("total", "total"),
                            ("fund", "from the fund"),
                            ("national", "national co-financing"),
                            ("own", "own contribution"),
                            ("other", "other"),
                        ],
                        default="total",
                        max_length=10,
                        verbose_name="part",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("initial", "initial"),
                            ("stated", "as published"),
                            ("amended", "after amendment"),
                            ("final", "final"),
                        ],
                        default="stated",
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="amount",
                    ),
                ),
                (
                    "currency",
                    models.CharField(default="EUR", max_length=3, verbose_name="currency"),
                ),
                (
                    "funder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="funding",
                        to="projects.funder",
                        verbose_name="funder",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: the whole project.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="funding",
                        to="projects.organisation",
                        verbose_name="partner",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="funding",
                        to="projects.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="projects.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "funding",
                "verbose_name_plural": "funding",
                "ordering": [
                    "project",
                    "organisation__sort_key",
                    "part",
                    "stage",
                    "source__code",
                    "pk",
                ],
            },
        ),
        migrations.AddField(
            model_name="activity",
            name="source",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="projects.source",
                verbose_name="source",
            ),
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "as_stated",
                    portal.lib.fields.NameField(
                        blank=True, max_length=1000, verbose_name="as stated in the source"
                    ),
                ),
                ("code", models.SlugField(max_length=80, verbose_name="code")),
                ("subject", models.SlugField(max_length=80, verbose_name="subject")),
                (
                    "label_lv",
                    portal.lib.fields.NameField(
                        blank=True, max_length=300, verbose_name="what it is about, in Latvian"
                    ),
                ),
                (
                    "label_en",
                    portal.lib.fields.NameField(
                        blank=True, max_length=300, verbose_name="what it is about, in English"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("achieved", "achieved"),
                            ("stated", "stated"),
                        ],
                        default="stated",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "number",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=16,
                        null=True,
                        verbose_name="figure",
                    ),
                ),
                (
                    "text_lv",
                    portal.lib.fields.LongTextField(
                        blank=True, max_length=20000, verbose_name="text in Latvian"
                    ),
                ),
                (
                    "text_en",
                    portal.lib.fields.LongTextField(
                        blank=True, max_length=20000, verbose_name="text in English"
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=40, verbose_name="unit")),
                ("date", models.DateField(blank=True, null=True, verbose_name="date it speaks of")),
                (
                    "date_precision",
                    models.CharField(
                        choices=[("day", "day"), ("month", "month"), ("year", "year")],
                        default="day",
                        max_length=5,
                    ),
                ),
                (
                    "note_lv",
                    portal.lib.fields.LongTextField(
                        blank=True, max_length=20000, verbose_name="note in Latvian"
                    ),
                ),
                (
                    "note_en",
                    portal.lib.fields.LongTextField(
                        blank=True, max_length=20000, verbose_name="note in English"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="projects.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="statements",
                        to="projects.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="projects.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "published figure",
                "verbose_name_plural": "published figures",
                "ordering": ["project", "subject", "code"],
            },
        ),
        migrations.CreateModel(
            name="StatusEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "as_stated",
                    portal.lib.fields.NameField(
                        blank=True, max_length=1000, verbose_name="as stated in the source"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("prepared", "in preparation"),
                            ("submitted", "submitted for evaluation"),
                            ("approved", "approved"),
                            ("running", "in progress"),
                            ("finished", "finished"),
                            ("rejected", "rejected"),
                            ("stopped", "stopped"),
                        ],
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                ("since", models.DateField(verbose_name="since")),
                (
                    "precision",
                    models.CharField(
                        choices=[("day", "day"), ("month", "month"), ("year", "year")],
                        default="day",
                        max_length=5,
                        verbose_name="known to the",
                    ),
                ),
                (
                    "note_lv",
                    portal.lib.fields.NameField(
                        blank=True, max_length=300, verbose_name="note in Latvian"
                    ),
                ),
                (
                    "note_en",
                    portal.lib.fields.NameField(
                        blank=True, max_length=300, verbose_name="note in English"
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="status_entries",
                        to="projects.project",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="projects.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "status",
                "verbose_name_plural": "status history",
                "ordering": ["project", "since", "pk"],
            },
        ),
        migrations.CreateModel(
            name="TargetGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "as_stated",
                    portal.lib.fields.NameField(
                        blank=True, max_length=1000, verbose_name="as stated in the source"
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(10000)],
                        verbose_name="order",
                    ),
                ),
                (
                    "name_lv",
                    portal.lib.fields.NameField(
                        blank=True, max_length=500, verbose_name="name in Latvian"
                    ),
                ),
                (
                    "name_en",
                    portal.lib.fields.NameField(
                        blank=True, max_length=500, verbose_name="name in English"
                    ),
                ),
                ("is_direct", models.BooleanField(default=True, verbose_name="benefits directly")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="target_groups",
                        to="projects.project",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="projects.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "target group",
                "verbose_name_plural": "target groups",
                "ordering": ["project", "position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="VisualSet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("lv", "latviešu"), ("en", "English")],
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="valid from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="valid to")),
                (
                    "statement",
                    portal.lib.fields.LongTextField(
                        max_length=20000, verbose_name="funding statement"
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="projects.organisation",
                        verbose_name="responsible partner",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="visual_sets",
                        to="projects.programme",
                        verbose_name="programme",
                    ),
                ),
            ],
            options={
                "verbose_name": "visual set",
                "verbose_name_plural": "visual sets",
                "ordering": ["programme", "language", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Logo",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(10000)],
                        verbose_name="order",
                    ),
                ),
                (
                    "label",
                    portal.lib.fields.NameField(
                        help_text="Stands beside or instead of the picture.",
                        max_length=300,
                        verbose_name="label",
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        upload_to="logos/",
                        validators=[
                            django.core.validators.FileExtensionValidator(
                                ["png", "jpg", "jpeg", "svg"]
                            )
                        ],
                        verbose_name="picture",
                    ),
                ),
                (
                    "minimum_height_mm",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        max_digits=5,
                        null=True,
                        verbose_name="least height, mm",
                    ),
                ),
                (
                    "visual_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="logos",
                        to="projects.visualset",
                    ),
                ),
            ],
            options={
                "verbose_name": "logo",
                "verbose_name_plural": "logos",
                "ordering": ["visual_set", "position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="FigureSnapshot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("known_on", models.DateField(verbose_name="known on")),
                ("value", models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                ("is_demo", models.BooleanField(default=False)),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="snapshots",
                        to="projects.indicator",
                    ),
                ),
            ],
            options={
                "verbose_name": "figure known on a day",
                "verbose_name_plural": "figures known by day",
                "ordering": ["indicator", "known_on"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("indicator", "known_on"), name="projects_figuresnapshot_once_a_day"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name_lv", ""), _negated=True),
                    models.Q(("name_en", ""), _negated=True),
                    _connector="OR",
                ),
                name="projects_organisation_has_a_name",
                violation_error_message="Give the name in at least one language.",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="projects_organisation_ends_after_it_begins",
                violation_error_message="The end is before the beginning.",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("register_number", ""), _negated=True),
                fields=("country", "register_number"),
                name="projects_organisation_register_number_once",
                violation_error_message="An organisation with this registration number exists already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicatortarget",
            constraint=models.UniqueConstraint(
                fields=("indicator", "until", "organisation"), name="projects_indicatortarget_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="indicatortarget",
            constraint=models.UniqueConstraint(
                condition=models.Q(("organisation__isnull", True)),
                fields=("indicator", "until"),
                name="projects_indicatortarget_whole_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisationname",
            constraint=models.UniqueConstraint(
                fields=("organisation", "language", "name"), name="projects_organisation_name_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="programme",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name_lv", ""), _negated=True),
                    models.Q(("name_en", ""), _negated=True),
                    _connector="OR",
                ),
                name="projects_programme_has_a_name",
                violation_error_message="Give the name in at least one language.",
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("title_lv", ""), _negated=True),
                    models.Q(("title_en", ""), _negated=True),
                    _connector="OR",
                ),
                name="projects_project_has_a_title",
                violation_error_message="Give the title in at least one language.",
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("start__isnull", True),
                    ("end__isnull", True),
                    ("end__gte", models.F("start")),
                    _connector="OR",
                ),
                name="projects_project_ends_after_it_starts",
                violation_error_message="The end is before the start.",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("everything", True),
                        ("organisation__isnull", True),
                        ("programme__isnull", True),
                        ("project__isnull", True),
                    ),
                    models.Q(
                        ("everything", False),
                        ("organisation__isnull", False),
                        ("programme__isnull", True),
                        ("project__isnull", True),
                    ),
                    models.Q(
                        ("everything", False),
                        ("organisation__isnull", True),
                        ("programme__isnull", False),
                        ("project__isnull", True),
                    ),
                    models.Q(
                        ("everything", False),
                        ("organisation__isnull", True),
                        ("programme__isnull", True),
                        ("project__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="projects_membership_has_one_scope",
                violation_error_message="Choose exactly one scope.",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                condition=models.Q(("everything", True)),
                fields=("user", "role"),
                name="projects_membership_everything_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                fields=("user", "role", "organisation"),
                name="projects_membership_organisation_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                fields=("user", "role", "programme"), name="projects_membership_programme_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                fields=("user", "role", "project"), name="projects_membership_project_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                fields=("project", "number"), name="projects_report_number_once_per_project"
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("period_end__gte", models.F("period_start"))),
                name="projects_report_ends_after_it_begins",
                violation_error_message="The end is before the start.",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.UniqueConstraint(
                fields=("project", "code"), name="projects_source_code_once_per_project"
            ),
        ),
        migrations.AddConstraint(
            model_name="relatedproject",
            constraint=models.UniqueConstraint(
                fields=("project", "relation", "title"), name="projects_relatedproject_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="projecttitle",
            constraint=models.UniqueConstraint(
                fields=("project", "language", "title"), name="projects_projecttitle_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="projectidentifier",
            constraint=models.UniqueConstraint(
                fields=("project", "number"), name="projects_projectidentifier_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="projectidentifier",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_printed", True)),
                fields=("project",),
                name="projects_projectidentifier_one_printed",
                violation_error_message="Only one number can be printed on papers.",
            ),
        ),
        migrations.AddConstraint(
            model_name="projectaim",
            constraint=models.UniqueConstraint(
                fields=("project", "position"), name="projects_projectaim_position_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="partnership",
            constraint=models.UniqueConstraint(
                fields=("project", "organisation"),
                name="projects_partnership_once",
                violation_error_message="This organisation is a partner already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name_lv", ""), _negated=True),
                    models.Q(("name_en", ""), _negated=True),
                    _connector="OR",
                ),
                name="projects_indicator_has_a_name",
                violation_error_message="Give the name in at least one language.",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.UniqueConstraint(
                fields=("project", "code"),
                name="projects_indicator_code_once_per_project",
                violation_error_message="This code is taken in the project.",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("method", "measured"), models.Q(("measure", ""), _negated=True)),
                    models.Q(("measure", ""), ("method", "entered")),
                    _connector="OR",
                ),
                name="projects_indicator_names_a_measure_or_is_entered",
                violation_error_message="A measured indicator names its measure; an entered one has none.",
            ),
        ),
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
                violation_error_message="A measured figure counts the portal's rows from nought; it has no baseline.",
            ),
        ),
        migrations.AddConstraint(
            model_name="funding",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__isnull", True), ("amount__gte", 0), _connector="OR"),
                name="projects_funding_amount_not_negative",
                violation_error_message="An amount cannot be negative.",
            ),
        ),
        migrations.AddConstraint(
            model_name="funding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("part", "fund"), _negated=True),
                    ("funder__isnull", False),
                    _connector="OR",
                ),
                name="projects_funding_from_a_fund_names_it",
                violation_error_message="Name the fund this part comes from.",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name_lv", ""), _negated=True),
                    models.Q(("name_en", ""), _negated=True),
                    _connector="OR",
                ),
                name="projects_activity_has_a_name",
                violation_error_message="Give the name in at least one language.",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.UniqueConstraint(
                fields=("project", "code"),
                name="projects_activity_code_once_per_project",
                violation_error_message="This code is taken in the project.",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.UniqueConstraint(
                fields=("project", "code"), name="projects_statement_code_once_per_project"
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("label_lv", ""), _negated=True),
                    models.Q(("label_en", ""), _negated=True),
                    _connector="OR",
                ),
                name="projects_statement_says_what_it_is_about",
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("number__isnull", False),
                    models.Q(("text_lv", ""), _negated=True),
                    models.Q(("text_en", ""), _negated=True),
                    models.Q(("as_stated", ""), _negated=True),
                    _connector="OR",
                ),
                name="projects_statement_says_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="statusentry",
            constraint=models.UniqueConstraint(
                fields=("project", "status", "since"), name="projects_statusentry_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="targetgroup",
            constraint=models.UniqueConstraint(
                fields=("project", "position"), name="projects_targetgroup_position_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="visualset",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="projects_visualset_ends_after_it_begins",
                violation_error_message="The end is before the beginning.",
            ),
        ),
    ]
