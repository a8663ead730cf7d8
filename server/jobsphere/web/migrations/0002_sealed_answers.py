import jobsphere.db.encryption_fields
from django.db import migrations

from jobsphere.db.encryption_migrations import seal_existing


class Migration(migrations.Migration):

    dependencies = [
        ('web', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='idempotencyrecord',
            name='answer',
            field=jobsphere.db.encryption_fields.EncryptedJSONField(null=True, row_bound=False),
        ),
        seal_existing('web', 'IdempotencyRecord', 'answer'),
    ]
