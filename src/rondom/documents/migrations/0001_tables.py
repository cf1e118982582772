"""The tables of the room, made at once."""

import django.db.models.deletion
import rondom.core.clock
import rondom.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("documents", "0001_initial"), ("documents", "0002_letter_templates")]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        ("dossiers", "0001_tables"),
        ("people", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("letter", "letter or e-mail"),
                            ("report", "report of school, doctor or provider"),
                            ("plan", "plan"),
                            ("court", "document of the court or the Child Protection Board"),
                            ("statement", "statement of the young person or parent"),
                            ("identity", "proof of identity or authority"),
                            ("finance", "application, decision or payment"),
                            ("other", "something else"),
                        ],
                        max_length=12,
                        verbose_name="what is it",
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="title")),
                ("author", models.CharField(blank=True, max_length=160, verbose_name="written by")),
                ("dated_on", models.DateField(blank=True, null=True, verbose_name="date of the document")),
                (
                    "regime",
                    models.CharField(
                        choices=[
                            ("youth_help", "youth help dossier (20 years, Youth Act 7.3.8)"),
                            ("municipal", "case file of the municipality (Archives Act)"),
                        ],
                        max_length=12,
                        verbose_name="kept under",
                    ),
                ),
                (
                    "media_type",
                    models.CharField(
                        choices=[
                            ("application/pdf", "PDF"),
                            ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word"),
                            ("application/vnd.oasis.opendocument.text", "OpenDocument"),
                            ("image/jpeg", "JPEG"),
                            ("image/png", "PNG"),
                            ("image/heic", "HEIC"),
                            ("message/rfc822", "e-mail"),
                            ("text/plain", "plain text"),
                        ],
                        max_length=80,
                    ),
                ),
                ("size", models.PositiveBigIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("blob", models.UUIDField(unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "received"),
                            ("scanning", "being scanned for viruses"),
                            ("clean", "scanned, nothing found"),
                            ("quarantined", "not scanned yet"),
                            ("released", "opened without scan"),
                            ("refused", "closed: the scanner found something"),
                            ("own", "made here, nothing to scan"),
                        ],
                        max_length=12,
                    ),
                ),
                ("released_reason", models.CharField(blank=True, max_length=200, verbose_name="reason to open it")),
                ("added_at", models.DateTimeField()),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="accounts.staffmember"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="dossiers.case"
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.staffmember",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="documents.document",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["case", "-added_at"], name="documents_d_case_id_1ffb38_idx"),
                    models.Index(fields=["case", "digest"], name="documents_d_case_id_669012_idx"),
                    models.Index(fields=["state"], name="documents_d_state_df10a5_idx"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DocumentConcern",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("document", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="documents.document")),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="people.person")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("document", "person"), name="documents_concern_once")],
            },
        ),
        migrations.AddField(
            model_name="document",
            name="concerns",
            field=models.ManyToManyField(
                related_name="documents", through="documents.DocumentConcern", to="people.person"
            ),
        ),
        migrations.CreateModel(
            name="DocumentDossier",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("document", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="documents.document")),
                ("dossier", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="dossiers.dossier")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("document", "dossier"), name="documents_dossier_once")],
            },
        ),
        migrations.AddField(
            model_name="document",
            name="dossiers",
            field=models.ManyToManyField(
                related_name="documents", through="documents.DocumentDossier", to="dossiers.dossier"
            ),
        ),
        migrations.CreateModel(
            name="LetterTemplate",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("kind", models.CharField(max_length=40)),
                ("starts", models.DateField(verbose_name="from which day")),
                ("title", models.CharField(max_length=160, verbose_name="title of the letter")),
                ("text", models.TextField(verbose_name="text")),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letter_templates",
                        to="accounts.staffmember",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("municipality", "kind", "starts"), name="documents_template_once_a_day"
                    )
                ],
            },
        ),
    ]
