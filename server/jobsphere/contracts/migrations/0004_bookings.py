from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contracts', '0003_funding'),
    ]

    operations = [
        migrations.AddField(
            model_name='offer',
            name='cancels_by_slot',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='contract',
            name='slot_starts_at',
            field=models.DateTimeField(null=True),
        ),
    ]
