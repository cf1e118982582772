"""The tables of the room, made at once."""

import django.db.models.deletion
import rondom.core.clock
import rondom.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("aids", "0001_initial")]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Publication",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("starts", models.DateField(verbose_name="from")),
                ("ends", models.DateField(blank=True, null=True, verbose_name="until")),
                ("key", models.CharField(max_length=40, verbose_name="aid")),
                ("table_version", models.CharField(max_length=20, verbose_name="version")),
                ("digest", models.CharField(max_length=64, verbose_name="mark")),
                ("content", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "waits for a second person"),
                            ("published", "published"),
                            ("declined", "declined"),
                            ("called_off", "called off"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("proposed_by", models.UUIDField()),
                ("decided_by", models.UUIDField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "replaces",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="aids.publication",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["key", "municipality", "starts"], name="aids_public_key_bce956_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__isnull", True), ("ends__gt", models.F("starts")), _connector="OR"),
                        name="aids_publication_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("state", "proposed")),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                models.Q(("state", "proposed"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="aids_publication_decided_whole",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "proposed")),
                        fields=("municipality", "key"),
                        name="aids_publication_one_proposed",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends__isnull", True), ("state", "published")),
                        fields=("municipality", "key"),
                        name="aids_publication_one_open",
                    ),
                ],
            },
        ),
    ]
