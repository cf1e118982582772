"""Process coordination: asked for a case, decided by a process coordinator."""

import django.db.models.deletion
import rondom.core.clock
import rondom.core.ids
from django.db import migrations, models

ROLES = [
    ("coordination", "case coordination"),
    ("sight_on_safety", "sight on safety"),
    ("contact", "contact person"),
    ("treatment_lead", "treatment lead at the provider"),
    ("process", "process coordination"),
]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_tables"), ("dossiers", "0002_answers_to_invitations")]

    operations = [
        migrations.AlterField(
            model_name="caserole", name="kind", field=models.CharField(choices=ROLES, max_length=20)
        ),
        migrations.AlterField(
            model_name="rolehandover", name="kind", field=models.CharField(choices=ROLES, max_length=20)
        ),
        migrations.CreateModel(
            name="ProcessRequest",
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
                    "ground",
                    models.CharField(
                        choices=[
                            ("stands_still", "the help stands still"),
                            ("family", "the family or the young person does not cooperate enough"),
                            ("institutions", "organisations do not cooperate enough"),
                            ("capacity", "we agree on what is needed, but nobody has room for it"),
                            ("consult", "only a consult: think along with us once"),
                        ],
                        max_length=14,
                        verbose_name="why",
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="what is the matter, and what was tried")),
                ("asked_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "waits for a process coordinator"),
                            ("taken_up", "process coordination runs"),
                            ("declined", "not needed, says the process coordinator"),
                            ("ended", "ended"),
                            ("not_now", "proposed, not asked"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("decision", models.TextField(blank=True, verbose_name="what was decided")),
                ("ended_at", models.DateTimeField(null=True)),
                ("result", models.TextField(blank=True, verbose_name="what came of it")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="process_asked",
                        to="accounts.staffmember",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="process_requests",
                        to="dossiers.case",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="process_decided",
                        to="accounts.staffmember",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["asked", "taken_up"])),
                        fields=("case",),
                        name="dossiers_processrequest_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True), ("state", "asked")),
                            ("state", "ended"),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                models.Q(("state", "asked"), _negated=True),
                                models.Q(("decision", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="dossiers_processrequest_decided_whole",
                    ),
                ],
            },
        ),
    ]
