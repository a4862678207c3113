"""Reports as they were submitted: versions, papers, steps; on PostgreSQL nothing of them changes."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import portal.lib.fields

# The frozen facts of a version stay; it may be sent once, and whoever froze it may be forgotten.
VERSION = """
CREATE FUNCTION projects_reportversion_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE'
    OR (NEW.id, NEW.report_id, NEW.number, NEW.frozen_at, NEW.replaces_id, NEW.facts)
       IS DISTINCT FROM (OLD.id, OLD.report_id, OLD.number, OLD.frozen_at, OLD.replaces_id, OLD.facts)
    OR (OLD.sent_at IS NOT NULL AND NEW.sent_at IS DISTINCT FROM OLD.sent_at)
    OR (NEW.frozen_by_id IS NOT NULL AND NEW.frozen_by_id IS DISTINCT FROM OLD.frozen_by_id)
  THEN
    RAISE EXCEPTION 'A submitted version of a report never changes (version %).', OLD.id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER projects_reportversion_stays BEFORE UPDATE OR DELETE ON projects_reportversion
  FOR EACH ROW EXECUTE FUNCTION projects_reportversion_stays();
"""

# A file that was made stays with its fingerprint: in its place, or, where it was lost or damaged
# and is made anew from the same facts, among the earlier ones.
PAPER = """
CREATE FUNCTION projects_reportpaper_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  known jsonb;
BEGIN
  IF TG_OP = 'DELETE'
    OR (NEW.id, NEW.version_id, NEW.language, NEW.kind)
       IS DISTINCT FROM (OLD.id, OLD.version_id, OLD.language, OLD.kind)
    OR (OLD.state = 'ready' AND NEW.state <> 'ready' AND NEW.file = OLD.file)
  THEN
    RAISE EXCEPTION 'A paper of a submitted report never changes (paper %).', OLD.id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  FOR known IN
    SELECT jsonb_build_object('file', each->>'file', 'sha256', each->>'sha256')
      FROM jsonb_array_elements(OLD.earlier_files) AS each
    UNION ALL SELECT jsonb_build_object('file', OLD.file, 'sha256', OLD.sha256) WHERE OLD.file <> ''
  LOOP
    IF known <> jsonb_build_object('file', NEW.file, 'sha256', NEW.sha256)
      AND NOT NEW.earlier_files @> jsonb_build_array(known)
    THEN
      RAISE EXCEPTION 'A file of a submitted report never changes (paper %).', OLD.id
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END LOOP;
  RETURN NEW;
END $$;
CREATE TRIGGER projects_reportpaper_stays BEFORE UPDATE OR DELETE ON projects_reportpaper
  FOR EACH ROW EXECUTE FUNCTION projects_reportpaper_stays();
"""

# The history of a report is only ever added to; who took a step may be forgotten.
STEP = """
CREATE FUNCTION projects_reportstep_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE'
    OR to_jsonb(NEW) - 'user_id' <> to_jsonb(OLD) - 'user_id'
    OR (NEW.user_id IS NOT NULL AND NEW.user_id IS DISTINCT FROM OLD.user_id)
  THEN
    RAISE EXCEPTION 'The history of a report is never changed (step %).', OLD.id
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER projects_reportstep_stays BEFORE UPDATE OR DELETE ON projects_reportstep
  FOR EACH ROW EXECUTE FUNCTION projects_reportstep_stays();
"""


def guard(apps, schema_editor):
    """SQLite serves the demo alone: there the actions are the only guard."""
    if schema_editor.connection.vendor == "postgresql":
        for statements in (VERSION, PAPER, STEP):
            schema_editor.execute(statements, params=None)


def unguard(apps, schema_editor):
    """Functions go with the triggers that call them."""
    if schema_editor.connection.vendor == "postgresql":
        for table in ("reportversion", "reportpaper", "reportstep"):
            schema_editor.execute(f"DROP FUNCTION projects_{table}_stays() CASCADE")


class Migration(migrations.Migration):
    safe_because = (
        "the state gains a choice, which no database knows of; figures remembered are a few rows "
        "a night, and the index of their new, empty column is built in milliseconds"
    )
    dependencies = [
        ("projects", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="report",
            name="revision",
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AlterField(
            model_name="report",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "draft"),
                    ("signing", "waiting for sign-off"),
                    ("submitted", "submitted"),
                    ("returned", "returned"),
                    ("accepted", "accepted"),
                ],
                default="draft",
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.CreateModel(
            name="ReportVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(editable=False, verbose_name="version"),
                ),
                ("facts", models.JSONField(editable=False, verbose_name="facts")),
                (
                    "frozen_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="frozen"
                    ),
                ),
                ("sent_at", models.DateTimeField(editable=False, null=True, verbose_name="sent")),
                (
                    "frozen_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successor",
                        to="projects.reportversion",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="projects.report",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a report",
                "verbose_name_plural": "versions of reports",
                "ordering": ["report", "number"],
            },
        ),
        migrations.CreateModel(
            name="ReportStep",
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
                            ("draft", "draft"),
                            ("signing", "waiting for sign-off"),
                            ("submitted", "submitted"),
                            ("returned", "returned"),
                            ("accepted", "accepted"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "new_state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("signing", "waiting for sign-off"),
                            ("submitted", "submitted"),
                            ("returned", "returned"),
                            ("accepted", "accepted"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "note",
                    portal.lib.fields.LongTextField(
                        blank=True, max_length=4000, verbose_name="note"
                    ),
                ),
                ("is_alone", models.BooleanField(default=False, verbose_name="no second person")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="projects.report",
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
                    "version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="projects.reportversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of a report",
                "verbose_name_plural": "steps of reports",
                "ordering": ["report", "at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ReportPaper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
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
                (
                    "kind",
                    models.CharField(
                        choices=[("pdf", "PDF"), ("xlsx", "XLSX")], editable=False, max_length=4
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="projects.reportversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "paper of a report",
                "verbose_name_plural": "papers of reports",
                "ordering": ["version", "language", "kind"],
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="figuresnapshot",
            name="version",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="snapshots",
                to="projects.reportversion",
            ),
        ),
        migrations.CreateModel(
            name="ReportText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("summary", "summary"),
                            ("next_steps", "next steps"),
                            ("statement", "statement of the responsible partner"),
                            ("activity", "what was done in an activity"),
                            ("indicator", "comment on a deviation"),
                        ],
                        max_length=12,
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
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report_texts",
                        to="projects.activity",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report_texts",
                        to="projects.indicator",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="projects.report",
                    ),
                ),
            ],
            options={
                "verbose_name": "text of a report",
                "verbose_name_plural": "texts of reports",
                "ordering": ["report", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("activity__isnull", False),
                                ("indicator__isnull", True),
                                ("part", "activity"),
                            ),
                            models.Q(
                                ("activity__isnull", True),
                                ("indicator__isnull", False),
                                ("part", "indicator"),
                            ),
                            models.Q(
                                ("activity__isnull", True),
                                ("indicator__isnull", True),
                                ("part__in", ["summary", "next_steps", "statement"]),
                            ),
                            _connector="OR",
                        ),
                        name="projects_reporttext_names_what_its_part_is_about",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("activity__isnull", True), ("indicator__isnull", True)),
                        fields=("report", "part"),
                        name="projects_reporttext_part_once",
                    ),
                    models.UniqueConstraint(
                        fields=("report", "activity"), name="projects_reporttext_activity_once"
                    ),
                    models.UniqueConstraint(
                        fields=("report", "indicator"), name="projects_reporttext_indicator_once"
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="reportversion",
            constraint=models.UniqueConstraint(
                fields=("report", "number"), name="projects_reportversion_number_once"
            ),
        ),
        migrations.AddIndex(
            model_name="reportpaper",
            index=models.Index(
                condition=models.Q(("state", "waiting")),
                fields=["priority", "requested_at"],
                name="projects_reportpaper_queue",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportpaper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "ready"), _negated=True),
                    models.Q(
                        models.Q(("file", ""), _negated=True),
                        models.Q(("sha256", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="projects_reportpaper_ready_has_a_file",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportpaper",
            constraint=models.UniqueConstraint(
                fields=("version", "language", "kind"), name="projects_reportpaper_once"
            ),
        ),
        migrations.RunPython(guard, unguard),
    ]
