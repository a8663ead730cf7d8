import django.db.models.deletion
import jobsphere.db.encryption_fields
import jobsphere.kit.clock
import jobsphere.kit.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("reporting", "0001_reports"),
    ]

    dependencies = [
        ('users', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Threshold',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('regime', models.CharField(choices=[('dac7', 'dac7'), ('1099-k', '1099-k')], max_length=8)),
                ('year', models.PositiveSmallIntegerField()),
                ('amount', models.BigIntegerField()),
                ('activities', models.PositiveIntegerField()),
                ('both', models.BooleanField()),
                ('source', models.CharField(max_length=300)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ExchangeRate',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('year', models.PositiveSmallIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('into', models.CharField(max_length=3)),
                ('millionths', models.BigIntegerField()),
                ('source', models.CharField(max_length=300)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('millionths__gt', 0)), name='exchange_rate_positive')],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('year', models.PositiveSmallIntegerField()),
                ('regime', models.CharField(choices=[('dac7', 'dac7'), ('1099-k', '1099-k')], max_length=8)),
                ('message_ref', models.CharField(max_length=80, unique=True)),
                ('lines_count', models.PositiveIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('content', jobsphere.db.encryption_fields.EncryptedTextField()),
                ('corrects', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='reporting.report')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['year', 'regime', 'id'], name='report_by_year')],
            },
        ),
        migrations.CreateModel(
            name='ReportLine',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('currency', models.CharField(max_length=3)),
                ('doc_ref', models.CharField(max_length=80, unique=True)),
                ('corrects', models.CharField(blank=True, max_length=80)),
                ('change', models.CharField(max_length=10)),
                ('figures', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='reporting.report')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['user', '-id'], name='report_line_by_user')],
            },
        ),
        migrations.CreateModel(
            name='Seller',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('details', jobsphere.db.encryption_fields.EncryptedJSONField(row_bound=False)),
                ('complete', models.BooleanField(default=False)),
                ('asked_at', models.DateTimeField(null=True)),
                ('reminders', models.PositiveSmallIntegerField(default=0)),
                ('withheld_at', models.DateTimeField(null=True)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('complete', False)), fields=['asked_at'], name='seller_to_remind')],
            },
        ),
    ]
