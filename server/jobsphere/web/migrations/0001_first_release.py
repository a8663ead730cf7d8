import jobsphere.db.encryption_fields
import jobsphere.kit.clock
import jobsphere.kit.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("web", "0001_initial"),
        ("web", "0002_sealed_answers"),
    ]

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='IdempotencyRecord',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('actor_id', models.UUIDField()),
                ('key', models.CharField(max_length=255)),
                ('method', models.CharField(max_length=8)),
                ('path', models.CharField(max_length=255)),
                ('body_hash', models.CharField(max_length=64)),
                ('answer_status', models.PositiveSmallIntegerField(default=0)),
                ('answer', jobsphere.db.encryption_fields.EncryptedJSONField(null=True, row_bound=False)),
            ],
            options={
                'indexes': [models.Index(fields=['created_at'], name='web_idempot_created_a4f7fd_idx')],
                'constraints': [models.UniqueConstraint(fields=('actor_id', 'key'), name='one_answer_per_key')],
            },
        ),
    ]
