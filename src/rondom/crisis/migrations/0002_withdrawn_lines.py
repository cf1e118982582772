from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('crisis', '0001_initial'),
    ]

    operations = [
        migrations.AddField('registerline', 'withdrawn_at', models.DateTimeField(null=True)),
        migrations.AddField(
            'registerline', 'withdrawn_because',
            models.CharField(blank=True, default='', max_length=200, verbose_name='why withdrawn'),
            preserve_default=False,
        ),
        migrations.AddField(
            'registerline', 'withdrawn_name',
            models.CharField(blank=True, default='', max_length=120, verbose_name='withdrawn by'),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            'registerline',
            models.CheckConstraint(
                condition=models.Q(
                    ('withdrawn_at__isnull', True), ('withdrawn_because', ''), ('withdrawn_name', '')
                ) | models.Q(
                    ('withdrawn_at__isnull', False),
                    models.Q(('withdrawn_because', ''), _negated=True),
                    models.Q(('withdrawn_name', ''), _negated=True),
                ),
                name='crisis_line_withdrawn_whole',
            ),
        ),
    ]
