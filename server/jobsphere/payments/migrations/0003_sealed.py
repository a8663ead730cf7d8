import jobsphere.db.encryption_fields
from django.db import migrations

from jobsphere.db.encryption_migrations import seal_existing


class Migration(migrations.Migration):

    dependencies = [
        ('payments', '0002_prepaid'),
    ]

    operations = [
        migrations.AlterField(
            model_name='payment',
            name='action',
            field=jobsphere.db.encryption_fields.EncryptedJSONField(null=True, row_bound=False),
        ),
        migrations.AlterField(
            model_name='gatewayevent',
            name='body',
            field=jobsphere.db.encryption_fields.EncryptedTextField(),
        ),
        seal_existing('payments', 'Payment', 'action'),
        seal_existing('payments', 'GatewayEvent', 'body'),
    ]
