"""How somebody who asked wants the answer, and how it was given."""

from django.db import migrations, models

WAYS = [
    ("phone", "by phone"), ("mail", "by e-mail"), ("post", "by letter"), ("office", "in a talk"),
    ("page", "on their own page, after signing in"),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("entry", "0003_referrals_and_forms")]

    operations = [
        migrations.AddField(
            "concern",
            "answer_wanted",
            models.CharField("how they want the answer", max_length=10, choices=WAYS, blank=True, default=""),
        ),
        migrations.AddField(
            "concern",
            "answered_how",
            models.CharField("how the answer was given", max_length=10, choices=WAYS, blank=True, default=""),
        ),
    ]
