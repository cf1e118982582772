"""The secret with which a register makes the pseudonyms of its youths."""

import rondom.core.clock
import rondom.core.fields
import rondom.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("crisis", "0001_tables")]

    operations = [
        migrations.CreateModel(
            name="PseudonymKey",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("region", models.CharField(max_length=40, unique=True, verbose_name="region")),
                ("links", rondom.core.fields.EncryptedTextField(editable=True, purpose="crisis-pseudonyms")),
                ("generation", models.PositiveSmallIntegerField()),
            ],
            options={"abstract": False},
        ),
    ]
