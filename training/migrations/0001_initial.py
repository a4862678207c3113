import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import portal.lib.fields
import training.models.sessions


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("projects", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Group",
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
                ("code", models.SlugField(max_length=40, verbose_name="code")),
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
                            ("training", "training group"),
                            ("supervision", "supervision group"),
                        ],
                        default="training",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="demo data"),
                ),
            ],
            options={
                "verbose_name": "group",
                "verbose_name_plural": "groups",
                "ordering": ["programme", "position", "sort_key", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Enrolment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("active", "active"),
                            ("completed", "completed"),
                            ("moved", "moved to another group"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="active",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "since",
                    models.DateField(default=django.utils.timezone.localdate, verbose_name="since"),
                ),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "minutes_attended",
                    models.PositiveIntegerField(
                        default=0, editable=False, verbose_name="minutes attended"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrolments",
                        to="projects.organisation",
                        verbose_name="sent by",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enrolments",
                        to="training.group",
                        verbose_name="group",
                    ),
                ),
            ],
            options={
                "verbose_name": "enrolment",
                "verbose_name_plural": "enrolments",
                "ordering": ["group", "participant__sort_key", "pk"],
            },
        ),
        migrations.CreateModel(
            name="EnrolmentChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "old_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("active", "active"),
                            ("completed", "completed"),
                            ("moved", "moved to another group"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "new_state",
                    models.CharField(
                        choices=[
                            ("active", "active"),
                            ("completed", "completed"),
                            ("moved", "moved to another group"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=10,
                    ),
                ),
                ("on", models.DateField(verbose_name="date")),
                (
                    "reason",
                    portal.lib.fields.NameField(blank=True, max_length=300, verbose_name="reason"),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="training.enrolment",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "change of enrolment",
                "verbose_name_plural": "changes of enrolment",
                "ordering": ["enrolment", "at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="JobCategory",
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
                    "position",
                    models.PositiveSmallIntegerField(
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(10000)],
                        verbose_name="order",
                    ),
                ),
            ],
            options={
                "verbose_name": "job category",
                "verbose_name_plural": "job categories",
                "ordering": ["position", "sort_key", "pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name_lv", ""), _negated=True),
                            models.Q(("name_en", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="training_jobcategory_has_a_name",
                        violation_error_message="Give the name in at least one language.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="enrolment",
            name="job_category",
            field=models.ForeignKey(
                blank=True,
                help_text="Decides which modules concern the person.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="enrolments",
                to="training.jobcategory",
                verbose_name="job category",
            ),
        ),
        migrations.CreateModel(
            name="Module",
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
                ("code", models.SlugField(max_length=60, verbose_name="code")),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(10000)],
                        verbose_name="order",
                    ),
                ),
                (
                    "days",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        max_digits=5,
                        null=True,
                        verbose_name="planned days",
                    ),
                ),
                (
                    "hours",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=6,
                        null=True,
                        verbose_name="planned hours",
                    ),
                ),
                (
                    "audience",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Choose nobody in particular if the module concerns everyone.",
                        related_name="modules",
                        to="training.jobcategory",
                        verbose_name="concerns",
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
                "verbose_name": "module",
                "verbose_name_plural": "modules",
                "ordering": ["programme", "position", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                (
                    "archived_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="archived"
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "given_name",
                    portal.lib.fields.NameField(max_length=100, verbose_name="given name"),
                ),
                (
                    "family_name",
                    portal.lib.fields.NameField(max_length=100, verbose_name="family name"),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "sort_key",
                    portal.lib.fields.SortKeyField(
                        "family_name",
                        "given_name",
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
                        "family_name",
                        "given_name",
                        "family_name",
                        blank=True,
                        default="",
                        editable=False,
                    ),
                ),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="demo data"),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "created_by",
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
                    "user",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="participant",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
            ],
            options={
                "verbose_name": "participant",
                "verbose_name_plural": "participants",
                "ordering": ["sort_key", "pk"],
            },
        ),
        migrations.AddField(
            model_name="enrolment",
            name="participant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="enrolments",
                to="training.participant",
                verbose_name="participant",
            ),
        ),
        migrations.CreateModel(
            name="Employment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "position",
                    portal.lib.fields.NameField(
                        blank=True, max_length=300, verbose_name="position"
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="since")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="employments",
                        to="projects.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "job_category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="employments",
                        to="training.jobcategory",
                        verbose_name="job category",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="employments",
                        to="training.participant",
                    ),
                ),
            ],
            options={
                "verbose_name": "employment",
                "verbose_name_plural": "employments",
                "ordering": [
                    "participant",
                    models.OrderBy(models.F("valid_from"), descending=True, nulls_last=True),
                    "pk",
                ],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("date", models.DateField(verbose_name="date")),
                ("starts", models.TimeField(verbose_name="starts")),
                ("ends", models.TimeField(verbose_name="ends")),
                (
                    "break_minutes",
                    models.PositiveSmallIntegerField(
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(10000)],
                        verbose_name="breaks, minutes",
                    ),
                ),
                (
                    "minutes",
                    training.models.sessions.ContactMinutesField(
                        editable=False, verbose_name="contact minutes"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("open", "open"),
                            ("closed", "closed"),
                            ("cancelled", "cancelled"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "topic",
                    portal.lib.fields.NameField(blank=True, max_length=300, verbose_name="topic"),
                ),
                ("revision", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "closed_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="closed"
                    ),
                ),
                (
                    "closed_by",
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
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="training.group",
                        verbose_name="group",
                    ),
                ),
                (
                    "module",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="training.module",
                        verbose_name="module",
                    ),
                ),
            ],
            options={
                "verbose_name": "session",
                "verbose_name_plural": "sessions",
                "ordering": ["group", "date", "starts", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "old_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("present", "present"),
                            ("partial", "partly present"),
                            ("online", "online"),
                            ("absent", "absent"),
                            ("excused", "excused"),
                        ],
                        max_length=10,
                    ),
                ),
                ("old_minutes", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "new_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("present", "present"),
                            ("partial", "partly present"),
                            ("online", "online"),
                            ("absent", "absent"),
                            ("excused", "excused"),
                        ],
                        max_length=10,
                    ),
                ),
                ("new_minutes", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("comment", portal.lib.fields.NameField(blank=True, max_length=300)),
                ("base_revision", models.PositiveIntegerField(default=0)),
                (
                    "reason",
                    portal.lib.fields.NameField(blank=True, max_length=300, verbose_name="reason"),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="training.enrolment",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="training.session",
                    ),
                ),
            ],
            options={
                "verbose_name": "mark",
                "verbose_name_plural": "marks",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("present", "present"),
                            ("partial", "partly present"),
                            ("online", "online"),
                            ("absent", "absent"),
                            ("excused", "excused"),
                        ],
                        max_length=10,
                        verbose_name="mark",
                    ),
                ),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="own minutes"
                    ),
                ),
                (
                    "comment",
                    portal.lib.fields.NameField(blank=True, max_length=300, verbose_name="comment"),
                ),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendance",
                        to="training.enrolment",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendance",
                        to="training.session",
                    ),
                ),
            ],
            options={
                "verbose_name": "mark in the register",
                "verbose_name_plural": "register",
                "ordering": ["session_id", "enrolment_id"],
            },
        ),
        migrations.CreateModel(
            name="SessionChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "old_state",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("open", "open"),
                            ("closed", "closed"),
                            ("cancelled", "cancelled"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "new_state",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("open", "open"),
                            ("closed", "closed"),
                            ("cancelled", "cancelled"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "reason",
                    portal.lib.fields.NameField(blank=True, max_length=300, verbose_name="reason"),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="training.session",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "change of session",
                "verbose_name_plural": "changes of session",
                "ordering": ["session", "at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Site",
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
                ("code", models.SlugField(max_length=60, verbose_name="code")),
                (
                    "locative_lv",
                    portal.lib.fields.NameField(
                        blank=True,
                        help_text="As papers say it: Rēzeknē.",
                        max_length=120,
                        verbose_name="where, in Latvian",
                    ),
                ),
                (
                    "address",
                    portal.lib.fields.NameField(blank=True, max_length=300, verbose_name="address"),
                ),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="demo data"),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sites",
                        to="projects.organisation",
                        verbose_name="municipality",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sites",
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
                "verbose_name": "site",
                "verbose_name_plural": "sites",
                "ordering": ["project", "sort_key", "pk"],
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="session",
            name="site",
            field=models.ForeignKey(
                blank=True,
                help_text="Only if it differs from the group's.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sessions",
                to="training.site",
                verbose_name="site",
            ),
        ),
        migrations.AddField(
            model_name="group",
            name="site",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="groups",
                to="training.site",
                verbose_name="site",
            ),
        ),
        migrations.CreateModel(
            name="TrainingProgramme",
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
                ("code", models.SlugField(max_length=60, verbose_name="code")),
                (
                    "declared_hours",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=7,
                        null=True,
                        verbose_name="declared hours",
                    ),
                ),
                (
                    "hour_unit",
                    models.CharField(
                        choices=[
                            ("ac45", "academic hours of 45 min"),
                            ("ac40", "academic hours of 40 min"),
                            ("clock60", "hours of 60 min"),
                            ("unknown", "unit not stated"),
                        ],
                        default="ac45",
                        max_length=10,
                        verbose_name="unit of hours",
                    ),
                ),
                (
                    "declared_days",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        max_digits=6,
                        null=True,
                        verbose_name="declared days",
                    ),
                ),
                (
                    "declared_groups",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(10000)],
                        verbose_name="declared groups",
                    ),
                ),
                (
                    "declared_sites",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(10000)],
                        verbose_name="declared sites",
                    ),
                ),
                (
                    "threshold_percent",
                    models.PositiveSmallIntegerField(
                        default=80,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="attendance threshold, %",
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="projects.activity",
                        verbose_name="activity",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="training_programmes",
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
                "verbose_name": "training programme",
                "verbose_name_plural": "training programmes",
                "ordering": ["project", "sort_key", "pk"],
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="module",
            name="programme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="modules",
                to="training.trainingprogramme",
                verbose_name="training programme",
            ),
        ),
        migrations.AddField(
            model_name="group",
            name="programme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="groups",
                to="training.trainingprogramme",
                verbose_name="training programme",
            ),
        ),
        migrations.CreateModel(
            name="GroupTrainer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="trainers",
                        to="training.group",
                        verbose_name="group",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="teaching",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="trainer",
                    ),
                ),
            ],
            options={
                "verbose_name": "trainer",
                "verbose_name_plural": "trainers",
                "ordering": ["group", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("group", "user"),
                        name="training_grouptrainer_once",
                        violation_error_message="This trainer teaches the group already.",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.UniqueConstraint(
                fields=("participant", "group"),
                name="training_enrolment_once_per_group",
                violation_error_message="This person is in the group already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="training_enrolment_ends_after_it_begins",
                violation_error_message="The end is before the beginning.",
            ),
        ),
        migrations.AddConstraint(
            model_name="employment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_from__isnull", True),
                    ("valid_to__isnull", True),
                    ("valid_to__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="training_employment_ends_after_it_begins",
                violation_error_message="The end is before the beginning.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mark",
            constraint=models.UniqueConstraint(
                fields=("enrolment", "session", "base_revision"),
                name="training_mark_once_per_revision",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(
                fields=("enrolment", "session"), name="training_attendance_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("minutes__isnull", False), ("status", "partial")),
                    models.Q(
                        models.Q(("status", "partial"), _negated=True), ("minutes__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="training_attendance_minutes_only_when_partial",
                violation_error_message="Minutes belong to a partial mark, and a partial mark needs them.",
            ),
        ),
        migrations.AddConstraint(
            model_name="site",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name_lv", ""), _negated=True),
                    models.Q(("name_en", ""), _negated=True),
                    _connector="OR",
                ),
                name="training_site_has_a_name",
                violation_error_message="Give the name in at least one language.",
            ),
        ),
        migrations.AddConstraint(
            model_name="site",
            constraint=models.UniqueConstraint(
                fields=("project", "code"),
                name="training_site_code_once_per_project",
                violation_error_message="This code is taken in the project.",
            ),
        ),
        migrations.AddIndex(
            model_name="session",
            index=models.Index(fields=["state", "date"], name="training_session_state_date"),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "cancelled"), _negated=True),
                fields=("group", "date", "starts"),
                name="training_session_once_at_a_time",
                violation_error_message="The group has a session at this time already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends__gt", models.F("starts"))),
                name="training_session_ends_after_it_starts",
                violation_error_message="The end is before the start.",
            ),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes__gt", 0)),
                name="training_session_has_contact_minutes",
                violation_error_message="The breaks leave no time for the session.",
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingprogramme",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name_lv", ""), _negated=True),
                    models.Q(("name_en", ""), _negated=True),
                    _connector="OR",
                ),
                name="training_trainingprogramme_has_a_name",
                violation_error_message="Give the name in at least one language.",
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingprogramme",
            constraint=models.UniqueConstraint(
                fields=("project", "code"),
                name="training_trainingprogramme_code_once_per_project",
                violation_error_message="This code is taken in the project.",
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingprogramme",
            constraint=models.CheckConstraint(
                condition=models.Q(("threshold_percent__gte", 1), ("threshold_percent__lte", 100)),
                name="training_trainingprogramme_threshold_is_a_share",
            ),
        ),
        migrations.AddConstraint(
            model_name="module",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name_lv", ""), _negated=True),
                    models.Q(("name_en", ""), _negated=True),
                    _connector="OR",
                ),
                name="training_module_has_a_name",
                violation_error_message="Give the name in at least one language.",
            ),
        ),
        migrations.AddConstraint(
            model_name="module",
            constraint=models.UniqueConstraint(
                fields=("programme", "code"),
                name="training_module_code_once_per_programme",
                violation_error_message="This code is taken in the programme.",
            ),
        ),
        migrations.AddConstraint(
            model_name="group",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name_lv", ""), _negated=True),
                    models.Q(("name_en", ""), _negated=True),
                    _connector="OR",
                ),
                name="training_group_has_a_name",
                violation_error_message="Give the name in at least one language.",
            ),
        ),
        migrations.AddConstraint(
            model_name="group",
            constraint=models.UniqueConstraint(
                fields=("programme", "code"),
                name="training_group_code_once_per_programme",
                violation_error_message="This code is taken in the programme.",
            ),
        ),
    ]
