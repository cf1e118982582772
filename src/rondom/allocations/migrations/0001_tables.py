"""The tables of the room, made at once."""

import django.db.models.deletion
import rondom.core.clock
import rondom.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("allocations", "0001_initial"),
        ("allocations", "0002_initial"),
        ("allocations", "0003_changes_and_waits"),
        ("allocations", "0004_allocation_award"),
        ("allocations", "0005_wait_clock_and_decisions"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        ("decisions", "0001_tables"),
        ("dossiers", "0001_tables"),
        ("plans", "0001_tables"),
        ("providers", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Allocation",
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
                ("free_offer", models.CharField(blank=True, max_length=160, verbose_name="free offer")),
                ("volume", models.PositiveIntegerField(blank=True, null=True, verbose_name="how much")),
                ("unit", models.CharField(blank=True, max_length=2, verbose_name="unit")),
                (
                    "frequency",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("day", "per day"),
                            ("week", "per week"),
                            ("month", "per month"),
                            ("total", "in the whole period"),
                        ],
                        max_length=6,
                        verbose_name="per",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("municipal", "by our team, with the family"),
                            ("medical", "by a doctor"),
                            ("gi", "by a certified institution"),
                            ("court", "by the court"),
                        ],
                        max_length=10,
                        verbose_name="along which way",
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("taken", "a decision was taken"),
                            ("free_offer", "no decision needed: everybody may use this help"),
                            ("medical_as_asked", "no decision needed: a doctor referred, and this is what was asked"),
                            ("gi_determination", "no decision needed: a certified institution determined it"),
                            ("court_order", "no decision needed: the court ordered it"),
                        ],
                        max_length=20,
                        verbose_name="decision",
                    ),
                ),
                (
                    "decision_reference",
                    models.CharField(blank=True, max_length=60, verbose_name="number of the decision"),
                ),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="date of the decision")),
                ("deviations", models.CharField(blank=True, max_length=200)),
                ("despite", models.CharField(blank=True, max_length=300, verbose_name="why it is right all the same")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waits for the back office"),
                            ("ordered", "ordered, not started"),
                            ("started", "help is given"),
                            ("paused", "stopped for a while"),
                            ("stopped", "stopped"),
                            ("withdrawn", "withdrawn before the start"),
                            ("sent_back", "sent back by the back office"),
                        ],
                        max_length=10,
                    ),
                ),
                ("ordered_on", models.DateField()),
                (
                    "no_contract",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("single_youth", "an agreement for this youth alone"),
                            ("bridging", "the old agreement goes on until the new one begins"),
                            ("framework", "called off under a framework agreement of the region or the country"),
                            ("subcontractor", "a subcontractor of a provider with a contract"),
                            ("continuity", "help that runs goes on with the same provider"),
                        ],
                        max_length=14,
                        verbose_name="why without a contract",
                    ),
                ),
                (
                    "mandate",
                    models.CharField(blank=True, max_length=60, verbose_name="number of the agreement or mandate"),
                ),
                ("let_through_at", models.DateTimeField(null=True)),
                ("sent_back_because", models.CharField(blank=True, max_length=300)),
                ("registered_on", models.DateField(blank=True, null=True, verbose_name="registered at the provider")),
                ("first_talk_on", models.DateField(blank=True, null=True, verbose_name="first talk at the provider")),
                (
                    "wait_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("client_wants_to_wait", "the young person or a parent wants to wait"),
                            ("found_responsible_by_access", "we find it right to wait longer, and say why"),
                            ("in_care_elsewhere", "gets help elsewhere and cannot come now"),
                            ("registered_through_lwi", "registered through a national institution"),
                        ],
                        max_length=28,
                        verbose_name="why the wait may be longer",
                    ),
                ),
                ("wait_words", models.CharField(blank=True, max_length=300, verbose_name="in a few words")),
                ("right_address", models.BooleanField(null=True)),
                ("help_needed", models.BooleanField(null=True)),
                ("started_on", models.DateField(null=True)),
                ("start_told_on", models.DateField(null=True)),
                ("resumed_on", models.DateField(null=True)),
                ("stopped_on", models.DateField(null=True)),
                (
                    "stop_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("as_planned", "as planned"),
                            ("together", "earlier, agreed by all"),
                            ("by_family", "earlier, by the family alone"),
                            ("by_provider", "earlier, by the provider alone"),
                            ("circumstances", "earlier, by what happened outside the help"),
                            ("municipality", "by the municipality"),
                            ("other_provider", "another provider goes on"),
                            ("other_domain", "help under another law goes on"),
                            ("wrong_address", "not started: this was not the right address"),
                            ("advice_enough", "not started: advice was enough"),
                            ("died", "the youth has died"),
                            ("for_a_while", "for a while: it will go on"),
                            ("changed", "it goes on in another form, after a change"),
                        ],
                        max_length=16,
                        verbose_name="why it stopped",
                    ),
                ),
                ("stop_words", models.CharField(blank=True, max_length=300, verbose_name="in a few words")),
                ("end_decision", models.CharField(blank=True, max_length=60, verbose_name="decision about the end")),
                (
                    "award",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allocations",
                        to="decisions.decision",
                    ),
                ),
                (
                    "bridges",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bridged_by",
                        to="allocations.allocation",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allocations",
                        to="dossiers.case",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="allocations", to="dossiers.dossier"
                    ),
                ),
                (
                    "end_award",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="decisions.decision",
                    ),
                ),
                (
                    "follows",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="allocations.allocation",
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allocations",
                        to="plans.goal",
                    ),
                ),
                (
                    "let_through_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.staffmember",
                    ),
                ),
                (
                    "ordered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allocations_ordered",
                        to="accounts.staffmember",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allocations",
                        to="providers.product",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allocations",
                        to="providers.provider",
                    ),
                ),
                (
                    "shown_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.staffmember",
                    ),
                ),
                (
                    "start_clock",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="dossiers.clock"
                    ),
                ),
                (
                    "wait_clock",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="dossiers.clock"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(fields=["municipality", "state", "ordered_on"], name="allocations_municip_ae6eaa_idx"),
                    models.Index(fields=["dossier", "state"], name="allocations_dossier_b07475_idx"),
                    models.Index(fields=["case", "state"], name="allocations_case_id_ddb6d1_idx"),
                    models.Index(fields=["municipality", "state", "ends"], name="allocations_municip_3e14ef_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends__isnull", True), ("ends__gt", models.F("starts")), _connector="OR"),
                        name="allocations_allocation_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("free_offer", ""), ("product__isnull", False), ("provider__isnull", False)),
                            models.Q(("product__isnull", True), models.Q(("free_offer", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="allocations_allocation_product_or_free",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_on__isnull", False),
                                ("decision", "taken"),
                                models.Q(("decision_reference", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("decision", "taken"), _negated=True),
                                ("decided_on__isnull", True),
                                ("decision_reference", ""),
                            ),
                            _connector="OR",
                        ),
                        name="allocations_allocation_decision_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ("paused", "stopped")),
                                ("stopped_on__isnull", False),
                                models.Q(("stop_reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state__in", ("paused", "stopped")), _negated=True),
                                ("stop_reason", ""),
                                ("stopped_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="allocations_allocation_stopped_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("frequency", ""), ("volume__isnull", True)),
                            models.Q(("volume__gt", 0), models.Q(("frequency", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="allocations_allocation_volume_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("deviations", ""), models.Q(("despite", ""), _negated=True), _connector="OR"
                        ),
                        name="allocations_allocation_deviates_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "waiting"),
                            ("no_contract", ""),
                            models.Q(("mandate", ""), _negated=True),
                            ("state", "sent_back"),
                            _connector="OR",
                        ),
                        name="allocations_allocation_without_contract_with_mandate",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AllocationChange",
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
                            ("longer", "a later last day"),
                            ("shorter", "an earlier last day"),
                            ("more", "more"),
                            ("less", "less"),
                            ("followed", "ended, and another order follows"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("died", "the youth has died"),
                            ("contract", "the contract changed"),
                            ("longer", "looked at again: longer or more"),
                            ("shorter", "looked at again: shorter, less or otherwise"),
                            ("other_domain", "help under another law goes on"),
                            ("moved", "moved to another municipality, that goes on with the help"),
                            ("personal_budget", "a personal budget takes its place"),
                            ("other_provider", "another provider goes on"),
                            ("funding", "paid in another way from now on"),
                            ("boundary", "municipalities were put together"),
                            ("provider_asked", "the provider asked for it"),
                            ("sent_wrongly", "it should never have been ordered"),
                            ("correction", "a mistake of our own is put right"),
                        ],
                        max_length=16,
                        verbose_name="why",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=300, verbose_name="in a few words")),
                ("ends_before", models.DateField(null=True)),
                ("ends_after", models.DateField(null=True)),
                ("volume_before", models.PositiveIntegerField(null=True)),
                ("volume_after", models.PositiveIntegerField(null=True)),
                (
                    "decision_reference",
                    models.CharField(blank=True, max_length=60, verbose_name="number of the decision"),
                ),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="date of the decision")),
                ("agreed_with_provider", models.BooleanField(default=False, verbose_name="agreed with the provider")),
                ("made_at", models.DateTimeField()),
                (
                    "allocation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="allocations.allocation"
                    ),
                ),
                (
                    "award",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="decisions.decision",
                    ),
                ),
                (
                    "follower",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="allocations.allocation",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.staffmember"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["allocation", "made_at"], name="allocations_allocat_6a8f3b_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_on__isnull", True), ("decision_reference", "")),
                            models.Q(
                                models.Q(("decision_reference", ""), _negated=True), ("decided_on__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="allocations_change_decision_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("follower__isnull", False), ("kind", "followed")),
                            models.Q(models.Q(("kind", "followed"), _negated=True), ("follower__isnull", True)),
                            _connector="OR",
                        ),
                        name="allocations_change_followed_whole",
                    ),
                ],
            },
        ),
    ]
