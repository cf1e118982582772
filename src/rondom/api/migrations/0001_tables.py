"""The tables of the room, made at once."""

import django.db.models.deletion
import rondom.core.clock
import rondom.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("api", "0001_initial")]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        ("entry", "0001_tables"),
        ("providers", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="ApiKey",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("name", models.CharField(max_length=120, verbose_name="which system")),
                ("scopes", models.CharField(max_length=60)),
                ("shown", models.CharField(max_length=12)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("expires_on", models.DateField(verbose_name="works until and including")),
                ("made_at", models.DateTimeField()),
                ("used_on", models.DateField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="api_keys_made",
                        to="accounts.staffmember",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="api_keys",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="api_keys",
                        to="entry.partner",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="api_keys",
                        to="providers.provider",
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.staffmember",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["municipality", "expires_on"], name="api_apikey_municip_eab89b_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("organisation__isnull", True), ("partner__isnull", False), ("provider__isnull", True)
                            ),
                            models.Q(
                                ("organisation__isnull", True), ("partner__isnull", True), ("provider__isnull", False)
                            ),
                            models.Q(
                                ("organisation__isnull", False), ("partner__isnull", True), ("provider__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="api_apikey_one_holder",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                            models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="api_apikey_withdrawn_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("receiver__isnull", False),
                            models.Q(("scopes__contains", "concerns:write"), _negated=True),
                            _connector="OR",
                        ),
                        name="api_apikey_worries_have_a_receiver",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SentConcern",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("body_mac", models.CharField(max_length=64)),
                (
                    "concern",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sent_with", to="entry.concern"
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sent", to="api.apikey"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
