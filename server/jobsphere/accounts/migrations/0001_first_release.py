from jobsphere.db.append_only import AppendOnly
import django.db.models.deletion
import jobsphere.accounts.types
import jobsphere.kit.clock
import jobsphere.kit.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("accounts", "0001_accounts"),
        ("accounts", "0002_clean_ups"),
    ]

    dependencies = [
        ('users', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='CleanUp',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('source', models.CharField(max_length=16)),
                ('finished_at', models.DateTimeField(null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CleanUpReport',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('table', models.CharField(max_length=64)),
                ('before', models.DateTimeField()),
                ('removed', models.PositiveIntegerField()),
                ('unfinished', models.BooleanField(default=False)),
                ('milliseconds', models.PositiveIntegerField()),
                ('error', models.CharField(blank=True, max_length=500)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='accounts.cleanup')),
            ],
            options={
                'indexes': [models.Index(fields=['table', 'id'], name='clean_up_of_table')],
            },
        ),
        migrations.CreateModel(
            name='Closure',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('kind', models.CharField(choices=[(jobsphere.accounts.types.ClosureKind['DEACTIVATION'], jobsphere.accounts.types.ClosureKind['DEACTIVATION']), (jobsphere.accounts.types.ClosureKind['DELETION'], jobsphere.accounts.types.ClosureKind['DELETION'])], max_length=16)),
                ('status', models.CharField(choices=[(jobsphere.accounts.types.ClosureStatus['CLOSED'], jobsphere.accounts.types.ClosureStatus['CLOSED']), (jobsphere.accounts.types.ClosureStatus['BLOCKED'], jobsphere.accounts.types.ClosureStatus['BLOCKED']), (jobsphere.accounts.types.ClosureStatus['RECOVERED'], jobsphere.accounts.types.ClosureStatus['RECOVERED']), (jobsphere.accounts.types.ClosureStatus['ERASED'], jobsphere.accounts.types.ClosureStatus['ERASED'])], max_length=16)),
                ('until', models.DateTimeField()),
                ('blocked_by', models.JSONField(default=list)),
                ('ended_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['status', 'until'], name='closure_due')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status__in', ['closed', 'blocked'])), fields=('user',), name='one_open_closure_per_person')],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('kind', models.CharField(choices=[(jobsphere.accounts.types.ConsentKind['TERMS'], jobsphere.accounts.types.ConsentKind['TERMS']), (jobsphere.accounts.types.ConsentKind['PRIVACY'], jobsphere.accounts.types.ConsentKind['PRIVACY']), (jobsphere.accounts.types.ConsentKind['MARKETING'], jobsphere.accounts.types.ConsentKind['MARKETING'])], max_length=16)),
                ('version', models.CharField(max_length=32)),
                ('given', models.BooleanField()),
                ('source', models.CharField(max_length=32)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['user', 'kind', 'id'], name='consent_newest')],
            },
        ),
        migrations.CreateModel(
            name='DataExport',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('status', models.CharField(choices=[(jobsphere.accounts.types.ExportStatus['QUEUED'], jobsphere.accounts.types.ExportStatus['QUEUED']), (jobsphere.accounts.types.ExportStatus['BUILDING'], jobsphere.accounts.types.ExportStatus['BUILDING']), (jobsphere.accounts.types.ExportStatus['READY'], jobsphere.accounts.types.ExportStatus['READY']), (jobsphere.accounts.types.ExportStatus['FAILED'], jobsphere.accounts.types.ExportStatus['FAILED']), (jobsphere.accounts.types.ExportStatus['EXPIRED'], jobsphere.accounts.types.ExportStatus['EXPIRED'])], max_length=16)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('filename', models.CharField(blank=True, max_length=50)),
                ('size', models.BigIntegerField(default=0)),
                ('ready_at', models.DateTimeField(null=True)),
                ('expires_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['status', 'expires_at'], name='export_expiry')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status__in', ['queued', 'building'])), fields=('user',), name='one_export_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='EmailChange',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('status', models.CharField(choices=[(jobsphere.accounts.types.ChangeStatus['PENDING'], jobsphere.accounts.types.ChangeStatus['PENDING']), (jobsphere.accounts.types.ChangeStatus['DONE'], jobsphere.accounts.types.ChangeStatus['DONE']), (jobsphere.accounts.types.ChangeStatus['CANCELLED'], jobsphere.accounts.types.ChangeStatus['CANCELLED']), (jobsphere.accounts.types.ChangeStatus['EXPIRED'], jobsphere.accounts.types.ChangeStatus['EXPIRED'])], max_length=16)),
                ('old_email', models.EmailField(max_length=254)),
                ('new_email', models.EmailField(max_length=254)),
                ('old_code', models.CharField(blank=True, max_length=64)),
                ('new_code', models.CharField(blank=True, max_length=64)),
                ('cancel_token', models.CharField(blank=True, max_length=64)),
                ('old_confirmed_at', models.DateTimeField(null=True)),
                ('new_confirmed_at', models.DateTimeField(null=True)),
                ('attempts_left', models.PositiveSmallIntegerField(default=10)),
                ('expires_at', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['cancel_token'], name='email_change_by_token')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'pending')), fields=('user',), name='one_open_email_change')],
            },
        ),
        AppendOnly("accounts_consent"),
    ]
