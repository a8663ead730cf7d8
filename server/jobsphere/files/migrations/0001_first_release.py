import django.db.models.deletion
import jobsphere.db.encryption_fields
import jobsphere.files.types
import jobsphere.kit.clock
import jobsphere.kit.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("files", "0001_stored_file"),
        ("files", "0002_document_purposes"),
        ("files", "0003_stores_quotas_and_texts"),
    ]

    dependencies = [
        ('users', '0001_first_release'),
        ('users', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='FileUsage',
            fields=[
                ('owner', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('used_bytes', models.BigIntegerField(default=0)),
                ('day', models.DateField()),
                ('uploads', models.PositiveIntegerField(default=0)),
                ('uploaded_bytes', models.BigIntegerField(default=0)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('used_bytes__gte', 0)), name='files_usage_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('purpose', models.CharField(choices=[('attachment', 'ATTACHMENT'), ('avatar', 'AVATAR'), ('portfolio', 'PORTFOLIO'), ('document', 'DOCUMENT'), ('export', 'EXPORT')], max_length=20)),
                ('filename', models.CharField(max_length=50, unique=True)),
                ('display_name', models.CharField(max_length=200)),
                ('content_type', models.CharField(max_length=100)),
                ('size', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('width', models.PositiveIntegerField(null=True)),
                ('height', models.PositiveIntegerField(null=True)),
                ('colour', models.CharField(blank=True, max_length=7)),
                ('store', models.CharField(default='local', max_length=12)),
                ('variants', models.JSONField(null=True)),
                ('target_type', models.CharField(blank=True, max_length=40)),
                ('target_id', models.UUIDField(null=True)),
                ('deleted_at', models.DateTimeField(null=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('target_id__isnull', False)), fields=['target_type', 'target_id'], name='files_by_target'), models.Index(condition=models.Q(('deleted_at', None)), fields=['owner', 'id'], name='files_by_owner'), models.Index(condition=models.Q(('deleted_at', None), ('target_id', None)), fields=['created_at'], name='files_unattached')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('target_id', None), ('target_type', '')), models.Q(models.Q(('target_type', ''), _negated=True), ('target_id__isnull', False)), _connector='OR'), name='files_target_is_whole')],
            },
        ),
        migrations.CreateModel(
            name='DocumentText',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('status', models.CharField(choices=[(jobsphere.files.types.TextStatus['PENDING'], jobsphere.files.types.TextStatus['PENDING']), (jobsphere.files.types.TextStatus['READY'], jobsphere.files.types.TextStatus['READY']), (jobsphere.files.types.TextStatus['FAILED'], jobsphere.files.types.TextStatus['FAILED'])], max_length=8)),
                ('reason', models.CharField(blank=True, max_length=24)),
                ('text', jobsphere.db.encryption_fields.EncryptedTextField(blank=True)),
                ('pages', models.PositiveIntegerField(null=True)),
                ('truncated', models.BooleanField(default=False)),
                ('done_at', models.DateTimeField(null=True)),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='document_text', to='files.storedfile')),
            ],
            options={
                'abstract': False,
            },
        ),
    ]
