"""The tables of the room, made at once."""

import django.db.models.deletion
import rondom.core.clock
import rondom.core.fields
import rondom.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("providers", "0001_initial"), ("providers", "0002_changes_and_waits")]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Contract",
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
                ("number", models.CharField(max_length=40, verbose_name="contract number")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("framework", "framework agreement"),
                            ("single_youth", "agreement for one youth"),
                            ("bridging", "bridging agreement"),
                            ("subcontract", "subcontract"),
                            ("subsidy", "subsidy"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "scale",
                    models.CharField(
                        choices=[("local", "local"), ("regional", "regional"), ("national", "national")],
                        default="regional",
                        max_length=10,
                        verbose_name="scale",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [],
            },
        ),
        migrations.CreateModel(
            name="Lot",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "funding",
                    models.CharField(
                        choices=[
                            ("effort", "effort-based: price times volume"),
                            ("output", "output-based: price per result"),
                            ("task", "task-based: a fixed sum for a task"),
                        ],
                        max_length=10,
                        verbose_name="funding form",
                    ),
                ),
                (
                    "yearly_sum",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="sum per year in euros"
                    ),
                ),
                (
                    "ceiling_reached_on",
                    models.DateField(blank=True, null=True, verbose_name="the agreed sum has been used up since"),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lots", to="providers.contract"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("contract", "name"), name="providers_lot_name_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("funding", "task"), ("yearly_sum__isnull", False)),
                            models.Q(models.Q(("funding", "task"), _negated=True), ("yearly_sum__isnull", True)),
                            _connector="OR",
                        ),
                        name="providers_lot_sum_for_task",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Product",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("category", models.CharField(max_length=2, verbose_name="product category")),
                ("code", models.CharField(max_length=5, verbose_name="product code")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("unit", models.CharField(blank=True, max_length=2, verbose_name="unit")),
                ("result", models.CharField(blank=True, max_length=200, verbose_name="result that is paid for")),
                (
                    "lot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="products", to="providers.lot"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["municipality", "code"], name="providers_p_municip_046383_idx")],
                "constraints": [models.UniqueConstraint(fields=("lot", "code"), name="providers_product_code_once")],
            },
        ),
        migrations.CreateModel(
            name="Provider",
            fields=[
                (
                    "id",
                    models.UUIDField(default=rondom.core.ids.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("municipality", models.CharField(editable=False, max_length=6, verbose_name="municipality")),
                ("created_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=rondom.core.clock.now, editable=False)),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                (
                    "kvk_number",
                    models.CharField(blank=True, max_length=8, verbose_name="number at the Chamber of Commerce"),
                ),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="phone for registrations")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail for registrations")),
                ("merged_on", models.DateField(editable=False, null=True)),
                (
                    "merged_into",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absorbed",
                        to="providers.provider",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["municipality", "name"], name="providers_p_municip_d97b4c_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("merged_into__isnull", True), ("merged_on__isnull", True)),
                            models.Q(("merged_into__isnull", False), ("merged_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="providers_provider_merged_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Location",
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
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "lines",
                    rondom.core.fields.EncryptedTextField(editable=True, purpose="whereabouts", verbose_name="address"),
                ),
                ("place_municipality", models.CharField(blank=True, max_length=6)),
                ("shielded", models.BooleanField(default=False, verbose_name="shielded")),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="locations", to="providers.provider"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__isnull", True), ("ends__gt", models.F("starts")), _connector="OR"),
                        name="providers_location_period",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="contract",
            name="provider",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="contracts", to="providers.provider"
            ),
        ),
        migrations.CreateModel(
            name="Alias",
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
                ("name", models.CharField(max_length=160, verbose_name="name")),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="aliases", to="providers.provider"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__isnull", True), ("ends__gt", models.F("starts")), _connector="OR"),
                        name="providers_alias_period",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AgbCode",
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
                ("code", models.CharField(max_length=8, verbose_name="AGB code")),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="agb_codes", to="providers.provider"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["municipality", "code"], name="providers_a_municip_1ace80_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__isnull", True), ("ends__gt", models.F("starts")), _connector="OR"),
                        name="providers_agbcode_period",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="QualityProof",
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
                            ("certificate", "quality certificate (HKZ, ISO 9001)"),
                            ("registered_staff", "registered professionals (SKJ, BIG)"),
                            ("conduct", "certificates of conduct (VOG)"),
                            ("reporting_code", "reporting code and confidential adviser"),
                            ("annual_report", "annual report"),
                            ("certified_body", "certification as certified institution"),
                        ],
                        max_length=20,
                        verbose_name="proof",
                    ),
                ),
                ("seen_on", models.DateField(verbose_name="seen on")),
                ("valid_until", models.DateField(verbose_name="valid until and including")),
                ("remark", models.CharField(blank=True, max_length=160, verbose_name="remark")),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="proofs", to="providers.provider"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Rate",
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
                ("amount", models.DecimalField(decimal_places=2, max_digits=10, verbose_name="euros per unit")),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rates", to="providers.product"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__isnull", True), ("ends__gt", models.F("starts")), _connector="OR"),
                        name="providers_rate_period",
                    ),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="providers_rate_positive"),
                    models.UniqueConstraint(
                        condition=models.Q(("ends__isnull", True)), fields=("product",), name="providers_rate_one_open"
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="Contract",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends__isnull", True), ("ends__gt", models.F("starts")), _connector="OR"),
                name="providers_contract_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="Contract",
            constraint=models.UniqueConstraint(
                fields=("municipality", "number"), name="providers_contract_number_once"
            ),
        ),
    ]
