from datetime import timedelta
from jobsphere.db.append_only import AppendOnly, Door
import jobsphere.kit.clock
import jobsphere.kit.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("audit", "0001_initial"),
        ("audit", "0002_no_names"),
        ("audit", "0003_entries_leave_through_a_door"),
    ]

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('actor_id', models.UUIDField(null=True)),
                ('actor_name', models.CharField(blank=True, max_length=200)),
                ('verb', models.CharField(max_length=100)),
                ('target_type', models.CharField(max_length=50)),
                ('target_id', models.UUIDField(null=True)),
                ('detail', models.JSONField(default=dict)),
                ('request_id', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'verbose_name_plural': 'audit entries',
                'indexes': [models.Index(fields=['target_id', 'id'], name='audit_by_target'), models.Index(fields=['actor_id', 'id'], name='audit_by_actor'), models.Index(fields=['verb', 'id'], name='audit_by_verb')],
            },
        ),
        AppendOnly("audit_auditentry"),
        Door("audit_auditentry", at_least=timedelta(days=365)),
    ]
