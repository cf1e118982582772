"""Whether who is invited to a meeting comes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0001_tables")]

    operations = [
        migrations.AlterField(
            model_name="draft",
            name="anchor_kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("case", "case"),
                    ("dossier", "dossier"),
                    ("person", "person"),
                    ("concern", "question or worry"),
                    ("referral", "referral past our triage"),
                    ("remainder", "what stayed after a destruction"),
                ],
                default="",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="meetingparticipant",
            name="answer",
            field=models.CharField(
                blank=True,
                choices=[("comes", "comes"), ("not", "does not come")],
                default="",
                max_length=6,
                verbose_name="comes or not",
            ),
        ),
        migrations.AddField(
            model_name="meetingparticipant",
            name="answer_words",
            field=models.CharField(blank=True, default="", max_length=200, verbose_name="in a few words"),
        ),
        migrations.AddField(
            model_name="meetingparticipant",
            name="answered_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name="meetingparticipant",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer", ""), ("answer_words", ""), ("answered_at__isnull", True))
                | models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                name="dossiers_meetingparticipant_answered_whole",
            ),
        ),
    ]
