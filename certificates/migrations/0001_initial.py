import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import certificates.rules.numbers
import portal.lib.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("projects", "0001_initial"),
        ("training", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CertificateTemplate",
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
                    "language",
                    models.CharField(
                        choices=[
                            ("lv+en", "Latvian and English"),
                            ("lv", "Latvian"),
                            ("en", "English"),
                        ],
                        default="lv+en",
                        max_length=5,
                        verbose_name="language",
                    ),
                ),
                (
                    "kind_lv",
                    portal.lib.fields.NameField(
                        default="par profesionālās kompetences pilnveidi",
                        help_text="Stands under the word APLIECĪBA.",
                        max_length=160,
                        verbose_name="kind in Latvian",
                    ),
                ),
                (
                    "kind_en",
                    portal.lib.fields.NameField(
                        default="Certificate of professional competence improvement",
                        max_length=160,
                        verbose_name="kind in English",
                    ),
                ),
                (
                    "series",
                    models.CharField(
                        help_text="Begins every number: LPR gives LPR-2026/0001.",
                        max_length=12,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[0-9A-ZĀČĒĢĪĶĻŅŠŪŽ]{1,12}$",
                                "Only capital letters and digits: LPR.",
                            )
                        ],
                        verbose_name="series",
                    ),
                ),
                (
                    "place_lv",
                    portal.lib.fields.NameField(
                        blank=True,
                        help_text="As papers say it: Rēzeknē. Empty: the site of the group.",
                        max_length=80,
                        verbose_name="place of issue in Latvian",
                    ),
                ),
                (
                    "place_en",
                    portal.lib.fields.NameField(
                        blank=True,
                        help_text="For example Rēzekne.",
                        max_length=80,
                        verbose_name="place of issue in English",
                    ),
                ),
                (
                    "hours_shown",
                    models.CharField(
                        choices=[
                            ("attended", "hours the person attended"),
                            ("declared", "hours the programme declares"),
                        ],
                        default="attended",
                        max_length=10,
                        verbose_name="hours shown",
                    ),
                ),
                ("is_default", models.BooleanField(default=False, verbose_name="offered first")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificate_templates",
                        to="projects.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "required_modules",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Each must reach the attendance threshold by itself.",
                        related_name="+",
                        to="training.module",
                        verbose_name="required modules",
                    ),
                ),
            ],
            options={
                "verbose_name": "certificate template",
                "verbose_name_plural": "certificate templates",
                "ordering": ["project", "-is_default", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("facts", models.JSONField(editable=False, verbose_name="facts")),
                (
                    "language",
                    models.CharField(editable=False, max_length=5, verbose_name="language"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "waiting"), ("ready", "ready"), ("failed", "failed")],
                        default="waiting",
                        editable=False,
                        max_length=8,
                        verbose_name="paper",
                    ),
                ),
                (
                    "priority",
                    models.PositiveSmallIntegerField(
                        choices=[(10, "someone waits"), (50, "just issued"), (90, "behind")],
                        default=50,
                        editable=False,
                    ),
                ),
                (
                    "requested_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="requested"
                    ),
                ),
                (
                    "ready_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="ready since"),
                ),
                (
                    "attempts",
                    models.PositiveSmallIntegerField(
                        default=0, editable=False, verbose_name="attempts"
                    ),
                ),
                ("lease_until", models.DateTimeField(editable=False, null=True)),
                (
                    "lease_owner",
                    models.CharField(blank=True, db_index=True, editable=False, max_length=120),
                ),
                (
                    "failure",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("font", "The paper's font is not installed."),
                            ("missing", "A picture of the visual set is missing or was changed."),
                            ("picture", "A picture cannot be read."),
                            ("refused", "The paper refers to a file outside the portal."),
                            ("letter", "The font has no shape for a character."),
                            ("drawing", "The page could not be drawn."),
                            ("slow", "It took too long."),
                            ("disk", "The file could not be written: is the disk full?"),
                            ("stopped", "The work was stopped before it was done, three times."),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="reason",
                    ),
                ),
                ("failure_detail", models.CharField(blank=True, editable=False, max_length=200)),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        editable=False,
                        max_length=200,
                        upload_to="",
                        verbose_name="file",
                    ),
                ),
                ("sha256", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "rendition",
                    models.PositiveSmallIntegerField(
                        default=1, editable=False, verbose_name="rendition"
                    ),
                ),
                ("earlier_files", models.JSONField(blank=True, default=list, editable=False)),
                ("series", models.CharField(editable=False, max_length=12, verbose_name="series")),
                ("year", models.PositiveSmallIntegerField(editable=False, verbose_name="year")),
                ("number", models.PositiveIntegerField(editable=False, verbose_name="number")),
                (
                    "token",
                    models.CharField(
                        default=certificates.rules.numbers.new_token,
                        editable=False,
                        max_length=32,
                        unique=True,
                    ),
                ),
                (
                    "holder",
                    portal.lib.fields.NameField(
                        editable=False, max_length=201, verbose_name="name on the paper"
                    ),
                ),
                (
                    "sort_key",
                    portal.lib.fields.SortKeyField(
                        "sort_name",
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
                        "holder", "display_number", blank=True, default="", editable=False
                    ),
                ),
                ("issued_on", models.DateField(editable=False, verbose_name="issued")),
                ("revoked_on", models.DateField(editable=False, null=True, verbose_name="revoked")),
                (
                    "revoked_reason",
                    portal.lib.fields.NameField(
                        blank=True, editable=False, max_length=300, verbose_name="reason"
                    ),
                ),
                (
                    "is_demo",
                    models.BooleanField(default=False, editable=False, verbose_name="demo data"),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="training.enrolment",
                        verbose_name="enrolment",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="training.group",
                        verbose_name="group",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="issued by",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="training.participant",
                        verbose_name="participant",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="projects.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successor",
                        to="certificates.certificate",
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="certificates.certificatetemplate",
                        verbose_name="template",
                    ),
                ),
            ],
            options={
                "verbose_name": "certificate",
                "verbose_name_plural": "certificates",
                "ordering": ["-year", "series", "-number"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Register",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("series", models.CharField(max_length=12, verbose_name="series")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("next_number", models.PositiveIntegerField(default=1, verbose_name="next number")),
            ],
            options={
                "verbose_name": "register of numbers",
                "verbose_name_plural": "registers of numbers",
                "ordering": ["series", "year"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("series", "year"), name="certificates_register_once_a_year"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Signatory",
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
                    "name",
                    portal.lib.fields.NameField(max_length=100, verbose_name="name and surname"),
                ),
                (
                    "office_lv",
                    portal.lib.fields.NameField(
                        blank=True, max_length=160, verbose_name="office in Latvian"
                    ),
                ),
                (
                    "office_en",
                    portal.lib.fields.NameField(
                        blank=True, max_length=160, verbose_name="office in English"
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signatories",
                        to="certificates.certificatetemplate",
                        verbose_name="template",
                    ),
                ),
            ],
            options={
                "verbose_name": "signatory",
                "verbose_name_plural": "signatories",
                "ordering": ["template", "position", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="certificatetemplate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("archived_at__isnull", True), ("is_default", True)),
                fields=("project",),
                name="certificates_certificatetemplate_one_default",
                violation_error_message="Another template of the project is offered first.",
            ),
        ),
        migrations.AddIndex(
            model_name="certificate",
            index=models.Index(
                condition=models.Q(("state", "waiting")),
                fields=["priority", "requested_at"],
                name="certificates_certificate_queue",
            ),
        ),
        migrations.AddIndex(
            model_name="certificate",
            index=models.Index(fields=["project", "issued_on"], name="certificates_project_issued"),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "ready"), _negated=True),
                    models.Q(
                        models.Q(("file", ""), _negated=True),
                        models.Q(("sha256", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="certificates_certificate_ready_has_a_file",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.UniqueConstraint(
                fields=("series", "year", "number"), name="certificates_certificate_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_on__isnull", True)),
                fields=("enrolment",),
                name="certificates_certificate_one_valid",
            ),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("revoked_on__isnull", True), ("revoked_reason", "")),
                    models.Q(
                        ("revoked_on__isnull", False),
                        models.Q(("revoked_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="certificates_certificate_revoked_with_a_reason",
            ),
        ),
    ]
