import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import portal.lib.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("projects", "0001_initial"),
        ("training", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Contact",
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
                    "as_stated",
                    portal.lib.fields.NameField(
                        blank=True, max_length=1000, verbose_name="as stated in the source"
                    ),
                ),
                ("name", portal.lib.fields.NameField(max_length=200, verbose_name="name")),
                (
                    "role_lv",
                    portal.lib.fields.NameField(
                        blank=True, max_length=200, verbose_name="role in Latvian"
                    ),
                ),
                (
                    "role_en",
                    portal.lib.fields.NameField(
                        blank=True, max_length=200, verbose_name="role in English"
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone")),
                (
                    "opted_in_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="agreed to be contacted"
                    ),
                ),
                (
                    "sort_key",
                    portal.lib.fields.SortKeyField(
                        "name",
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
                        "name", blank=True, default="", editable=False
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="projects.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contacts",
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
                "verbose_name": "contact",
                "verbose_name_plural": "contacts",
                "ordering": ["project", "sort_key", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Event",
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
                ("code", models.SlugField(max_length=80, verbose_name="code")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("seminar", "seminar"),
                            ("conference", "conference"),
                            ("exchange", "exchange visit"),
                            ("study_visit", "study visit"),
                            ("camp", "camp"),
                            ("training", "joint training"),
                            ("public_event", "public event"),
                            ("other", "other"),
                        ],
                        default="seminar",
                        max_length=15,
                        verbose_name="kind",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("held", "held"),
                            ("cancelled", "cancelled"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("start", models.DateField(blank=True, null=True, verbose_name="from")),
                (
                    "start_precision",
                    models.CharField(
                        choices=[("day", "day"), ("month", "month"), ("year", "year")],
                        default="day",
                        max_length=5,
                        verbose_name="start known to the",
                    ),
                ),
                ("end", models.DateField(blank=True, null=True, verbose_name="to")),
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
                    "days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(10000)],
                        verbose_name="days",
                    ),
                ),
                (
                    "place_lv",
                    portal.lib.fields.NameField(
                        blank=True, max_length=300, verbose_name="place in Latvian"
                    ),
                ),
                (
                    "place_en",
                    portal.lib.fields.NameField(
                        blank=True, max_length=300, verbose_name="place in English"
                    ),
                ),
                ("country", models.CharField(blank=True, max_length=2, verbose_name="country")),
                (
                    "audience_lv",
                    portal.lib.fields.LongTextField(
                        blank=True, max_length=20000, verbose_name="for whom, in Latvian"
                    ),
                ),
                (
                    "audience_en",
                    portal.lib.fields.LongTextField(
                        blank=True, max_length=20000, verbose_name="for whom, in English"
                    ),
                ),
                (
                    "target_people",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(1000000)],
                        verbose_name="planned participants",
                    ),
                ),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="demo data"),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="events",
                        to="projects.activity",
                        verbose_name="activity",
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hosted_events",
                        to="projects.organisation",
                        verbose_name="host",
                    ),
                ),
                (
                    "organiser",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="projects.organisation",
                        verbose_name="organiser",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
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
                "verbose_name": "event",
                "verbose_name_plural": "events",
                "ordering": ["project", "start", "code"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProgrammePart",
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
                    "section",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[django.core.validators.MaxValueValidator(10000)],
                        verbose_name="part",
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
                    "speaker",
                    portal.lib.fields.NameField(blank=True, max_length=200, verbose_name="speaker"),
                ),
                (
                    "speaker_role_lv",
                    portal.lib.fields.NameField(
                        blank=True, max_length=200, verbose_name="speaker's role in Latvian"
                    ),
                ),
                (
                    "speaker_role_en",
                    portal.lib.fields.NameField(
                        blank=True, max_length=200, verbose_name="speaker's role in English"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="network.event",
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
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "programme item",
                "verbose_name_plural": "programme items",
                "ordering": ["event", "section", "position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Publication",
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
                ("code", models.SlugField(max_length=80, verbose_name="code")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("brochure", "brochure"),
                            ("handbook", "handbook"),
                            ("book", "book"),
                            ("periodical", "periodical"),
                            ("other", "other"),
                        ],
                        default="other",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "planned_copies",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(1000000)],
                        verbose_name="planned copies",
                    ),
                ),
                (
                    "printed_copies",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(1000000)],
                        verbose_name="printed copies",
                    ),
                ),
                (
                    "recipients_lv",
                    portal.lib.fields.LongTextField(
                        blank=True, max_length=20000, verbose_name="recipients in Latvian"
                    ),
                ),
                (
                    "recipients_en",
                    portal.lib.fields.LongTextField(
                        blank=True, max_length=20000, verbose_name="recipients in English"
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="publications",
                        to="projects.activity",
                        verbose_name="activity",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="publications",
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
                "verbose_name": "publication",
                "verbose_name_plural": "publications",
                "ordering": ["project", "sort_key", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "recipient",
                    portal.lib.fields.NameField(
                        blank=True, max_length=300, verbose_name="recipient, if not in the list"
                    ),
                ),
                (
                    "copies",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MaxValueValidator(1000000)],
                        verbose_name="copies",
                    ),
                ),
                ("date", models.DateField(verbose_name="date")),
                ("is_demo", models.BooleanField(default=False, editable=False)),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="projects.organisation",
                        verbose_name="recipient",
                    ),
                ),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="network.publication",
                    ),
                ),
            ],
            options={
                "verbose_name": "delivery",
                "verbose_name_plural": "deliveries",
                "ordering": ["publication", "date", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Registration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "people",
                    models.PositiveIntegerField(
                        default=1,
                        validators=[django.core.validators.MaxValueValidator(1000000)],
                        verbose_name="people",
                    ),
                ),
                ("attended", models.BooleanField(blank=True, null=True, verbose_name="came")),
                ("is_demo", models.BooleanField(default=False, editable=False)),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="registrations",
                        to="network.contact",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="registrations",
                        to="network.event",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registrations",
                        to="projects.organisation",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registrations",
                        to="training.participant",
                    ),
                ),
            ],
            options={
                "verbose_name": "registration",
                "verbose_name_plural": "registrations",
                "ordering": ["event", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.UniqueConstraint(
                fields=("project", "name"), name="network_contact_once_per_project"
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("opted_in_at__isnull", False),
                    models.Q(("email", ""), ("phone", "")),
                    _connector="OR",
                ),
                name="network_contact_address_needs_consent",
                violation_error_message="E-mail and phone are kept only for those who agreed.",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name_lv", ""), _negated=True),
                    models.Q(("name_en", ""), _negated=True),
                    _connector="OR",
                ),
                name="network_event_has_a_name",
                violation_error_message="Give the name in at least one language.",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(
                fields=("project", "code"),
                name="network_event_code_once_per_project",
                violation_error_message="This code is taken in the project.",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("start__isnull", True),
                    ("end__isnull", True),
                    ("end__gte", models.F("start")),
                    _connector="OR",
                ),
                name="network_event_ends_after_it_starts",
                violation_error_message="The end is before the start.",
            ),
        ),
        migrations.AddConstraint(
            model_name="programmepart",
            constraint=models.UniqueConstraint(
                fields=("event", "section", "position"), name="network_programmepart_position_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name_lv", ""), _negated=True),
                    models.Q(("name_en", ""), _negated=True),
                    _connector="OR",
                ),
                name="network_publication_has_a_name",
                violation_error_message="Give the name in at least one language.",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(
                fields=("project", "code"),
                name="network_publication_code_once_per_project",
                violation_error_message="This code is taken in the project.",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("copies__gt", 0)),
                name="network_delivery_of_at_least_one_copy",
                violation_error_message="At least one copy.",
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.UniqueConstraint(
                fields=("event", "participant"), name="network_registration_participant_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.UniqueConstraint(
                fields=("event", "contact"), name="network_registration_contact_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("contact__isnull", True), ("participant__isnull", True)),
                    ("people", 1),
                    _connector="OR",
                ),
                name="network_registration_of_a_person_counts_one",
            ),
        ),
    ]
