"""Who signs in for a practice or school, who signs in to ask, and the role of the front office."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

import rondom.core.clock
import rondom.core.ids
from rondom.accounts.enums import Role

ROLES = Role.choices
KINDS = [
    ("staff", "staff member"), ("resident", "resident"), ("referrer", "somebody of a practice or school"),
    ("asker", "somebody who asked a question"),
]  # fmt: skip


def record():
    """Return the columns of every record."""
    moment = {"default": rondom.core.clock.now, "editable": False}
    return [
        (
            "id",
            models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
        ),
        ("version", models.PositiveIntegerField(default=1, editable=False)),
        ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
        ("created_at", models.DateTimeField(**moment)),
        ("changed_at", models.DateTimeField(**moment)),
    ]


def account(name):
    """Return the column that points to the account."""
    return models.OneToOneField(
        on_delete=django.db.models.deletion.PROTECT, related_name=name, to=settings.AUTH_USER_MODEL
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_looked_at_again")]

    operations = [
        migrations.AlterField("account", "kind", models.CharField(choices=KINDS, max_length=10)),
        migrations.AlterField("roleassignment", "role", models.CharField("role", choices=ROLES, max_length=40)),
        migrations.AlterField("roleaward", "role", models.CharField("role", choices=ROLES, max_length=40)),
        migrations.CreateModel(
            name="Referrer",
            fields=[
                *record(),
                ("starts", models.DateField(verbose_name="from")),
                ("ends", models.DateField(blank=True, null=True, verbose_name="until")),
                ("place", models.UUIDField(db_index=True)),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("what", models.CharField(blank=True, max_length=60, verbose_name="work")),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="phone")),
                ("account", account("referrer")),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(("ends__isnull", True), ("ends__gt", F("starts")), _connector="OR"),
                        name="accounts_referrer_period",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Asker",
            fields=[*record(), ("index", models.BinaryField(max_length=16, unique=True)), ("account", account("asker"))],
            options={"abstract": False},
        ),
    ]
