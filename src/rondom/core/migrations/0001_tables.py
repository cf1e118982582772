"""The tables of the room, made at once."""

import django.db.models.deletion
import rondom.core.clock
import rondom.core.ids
import rondom.core.models
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("core", "0001_initial"), ("core", "0002_once"), ("core", "0003_scheduled_run")]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="EventLink",
            fields=[
                ("position", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.BigIntegerField(unique=True)),
                ("link", models.BinaryField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="EventSeal",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("position", models.BigIntegerField()),
                ("head", models.BinaryField()),
                ("signature", models.BinaryField()),
                ("sealed_at", models.DateTimeField()),
                ("generation", models.PositiveSmallIntegerField()),
                ("horizon", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="KeyCheck",
            fields=[
                ("generation", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("check_value", models.CharField(max_length=16)),
                ("first_used_at", models.DateTimeField(default=rondom.core.clock.now)),
                ("retired_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="LookLink",
            fields=[
                ("position", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.BigIntegerField(unique=True)),
                ("link", models.BinaryField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LookSeal",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("position", models.BigIntegerField()),
                ("head", models.BinaryField()),
                ("signature", models.BinaryField()),
                ("sealed_at", models.DateTimeField()),
                ("generation", models.PositiveSmallIntegerField()),
                ("horizon", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OnceKey",
            fields=[
                ("key", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("owner", models.UUIDField()),
                ("address", models.CharField(blank=True, max_length=200)),
                ("used_at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="ScheduledRun",
            fields=[
                ("name", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("started_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                ("result", models.CharField(blank=True, max_length=60)),
            ],
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.UUIDField(default=rondom.core.ids.new_id, editable=False, unique=True)),
                ("at", models.DateTimeField()),
                ("actor", models.UUIDField()),
                ("actor_kind", models.CharField(max_length=10)),
                ("actor_role", models.CharField(max_length=40)),
                ("organisation", models.UUIDField(null=True)),
                ("on_behalf_of", models.UUIDField(null=True)),
                ("municipality", models.CharField(max_length=6)),
                ("session", models.CharField(max_length=32)),
                ("kind", models.CharField(max_length=60)),
                ("object_kind", models.CharField(max_length=60)),
                ("object_id", models.CharField(max_length=36)),
                ("fields", models.JSONField(default=list)),
                ("rules", models.JSONField(default=list)),
                ("ground", models.CharField(max_length=60)),
                ("result", models.CharField(max_length=10)),
                ("writer", models.UUIDField()),
                ("writer_number", models.PositiveBigIntegerField()),
                ("mac", models.BinaryField()),
                ("transaction", models.BigIntegerField(db_default=rondom.core.models.TransactionId(), editable=False)),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["actor", "at"], name="core_event_actor_5d15c1_idx"),
                    models.Index(fields=["kind", "at"], name="core_event_kind_871a6e_idx"),
                    models.Index(fields=["object_id"], name="core_event_object__b05af0_idx"),
                    models.Index(fields=["transaction"], name="core_event_transac_823d2e_idx"),
                    models.Index(fields=["writer", "writer_number"], name="core_event_writer_13bb5e_idx"),
                ],
            },
        ),
        migrations.CreateModel(
            name="EventSubject",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=20)),
                ("subject", models.UUIDField(db_index=True)),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="subjects", to="core.event"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Installation",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("demo", "demonstration"), ("training", "training"), ("production", "production")],
                        max_length=12,
                    ),
                ),
                ("made_at", models.DateTimeField(default=rondom.core.clock.now)),
                ("data_version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="core_installation_only_one")
                ],
            },
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.UUIDField(default=rondom.core.ids.new_id, editable=False, unique=True)),
                ("at", models.DateTimeField()),
                ("actor", models.UUIDField()),
                ("actor_kind", models.CharField(max_length=10)),
                ("actor_role", models.CharField(max_length=40)),
                ("organisation", models.UUIDField(null=True)),
                ("on_behalf_of", models.UUIDField(null=True)),
                ("municipality", models.CharField(max_length=6)),
                ("session", models.CharField(max_length=32)),
                ("kind", models.CharField(max_length=60)),
                ("object_kind", models.CharField(max_length=60)),
                ("object_id", models.CharField(max_length=36)),
                ("fields", models.JSONField(default=list)),
                ("rules", models.JSONField(default=list)),
                ("ground", models.CharField(max_length=60)),
                ("result", models.CharField(max_length=10)),
                ("writer", models.UUIDField()),
                ("writer_number", models.PositiveBigIntegerField()),
                ("mac", models.BinaryField()),
                ("transaction", models.BigIntegerField(db_default=rondom.core.models.TransactionId(), editable=False)),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["actor", "at"], name="core_look_actor_dbe7c5_idx"),
                    models.Index(fields=["kind", "at"], name="core_look_kind_1a7f56_idx"),
                    models.Index(fields=["object_id"], name="core_look_object__26dbd4_idx"),
                    models.Index(fields=["transaction"], name="core_look_transac_095a3a_idx"),
                    models.Index(fields=["writer", "writer_number"], name="core_look_writer_5b5fa0_idx"),
                ],
            },
        ),
        migrations.CreateModel(
            name="LookSubject",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=20)),
                ("subject", models.UUIDField(db_index=True)),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="subjects", to="core.look"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
