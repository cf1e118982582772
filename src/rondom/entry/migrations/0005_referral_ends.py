"""A referral ends: the help ended or never began, somebody took it back, or it was registered by mistake."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("entry", "0004_how_is_answered")]

    operations = [
        migrations.AddField(
            model_name="referral",
            name="ended_on",
            field=models.DateField(null=True, verbose_name="ended on"),
        ),
        migrations.AddField(
            model_name="referral",
            name="ended_because",
            field=models.CharField(
                blank=True,
                choices=[
                    ("help_ended", "the help has ended"),
                    ("not_begun", "the help never began"),
                    ("moved", "another municipality is responsible now"),
                    ("taken_back", "who referred took it back"),
                    ("mistake", "registered by mistake"),
                ],
                default="",
                max_length=12,
                verbose_name="why it ended",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="referral",
            name="ended_words",
            field=models.CharField(blank=True, default="", max_length=300, verbose_name="in a few words"),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_because="")
                | (Q(ended_on__isnull=False) & ~Q(ended_because="")),
                name="entry_referral_ended_whole",
            ),
        ),
    ]
