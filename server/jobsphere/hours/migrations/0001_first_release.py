import django.db.models.deletion
import jobsphere.hours.rules.lifecycle
import jobsphere.kit.clock
import jobsphere.kit.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("hours", "0001_initial"),
    ]

    dependencies = [
        ('contracts', '0001_first_release'),
        ('users', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='HourlyDeal',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('title', models.CharField(max_length=200)),
                ('status', models.CharField(choices=[('offered', 'offered'), ('running', 'running'), ('ending', 'ending'), ('over', 'over')], default=jobsphere.hours.rules.lifecycle.DealStatus['OFFERED'], max_length=10)),
                ('rate_amount', models.BigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('weekly_cap', models.PositiveIntegerField()),
                ('time_zone', models.CharField(max_length=64)),
                ('weeks', models.PositiveSmallIntegerField(null=True)),
                ('seen_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.CharField(blank=True, max_length=12)),
                ('end_reason', models.CharField(blank=True, max_length=1000)),
                ('contract', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.contract')),
                ('contractor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('offer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.offer')),
            ],
            options={
                'indexes': [models.Index(fields=['customer', '-id'], name='hourly_deal_by_customer'), models.Index(fields=['contractor', '-id'], name='hourly_deal_by_contractor'), models.Index(condition=models.Q(('status', jobsphere.hours.rules.lifecycle.DealStatus['RUNNING'])), fields=['id'], name='hourly_deal_running')],
                'constraints': [models.CheckConstraint(condition=models.Q(('rate_amount__gt', 0), ('weekly_cap__gt', 0)), name='hourly_deal_costs_something')],
            },
        ),
        migrations.CreateModel(
            name='Timer',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('started_at', models.DateTimeField()),
                ('stops_at', models.DateTimeField()),
                ('contractor', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('deal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='hours.hourlydeal')),
            ],
            options={
                'indexes': [models.Index(fields=['stops_at'], name='hourly_timer_to_stop')],
            },
        ),
        migrations.CreateModel(
            name='Week',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('starts_on', models.DateField()),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('closes_at', models.DateTimeField()),
                ('status', models.CharField(choices=[('open', 'open'), ('closed', 'closed')], default=jobsphere.hours.rules.lifecycle.WeekStatus['OPEN'], max_length=8)),
                ('closed_at', models.DateTimeField(null=True)),
                ('minutes', models.PositiveIntegerField(default=0)),
                ('billed_minutes', models.PositiveIntegerField(default=0)),
                ('amount', models.BigIntegerField(default=0)),
                ('disputed_at', models.DateTimeField(null=True)),
                ('disputed_minutes', models.PositiveIntegerField(default=0)),
                ('disputed_amount', models.BigIntegerField(default=0)),
                ('dispute_reason', models.CharField(blank=True, max_length=1000)),
                ('disputed_entries', models.JSONField(default=list)),
                ('deal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='all_weeks', to='hours.hourlydeal')),
                ('disputed_milestone', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.milestone')),
                ('milestone', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.milestone')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('status', jobsphere.hours.rules.lifecycle.WeekStatus['OPEN'])), fields=['closes_at'], name='hourly_week_to_close')],
                'constraints': [models.UniqueConstraint(fields=('deal', 'starts_on'), name='hourly_week_once'), models.CheckConstraint(condition=models.Q(('ends_at__lte', models.F('closes_at')), ('starts_at__lt', models.F('ends_at'))), name='hourly_week_in_order'), models.CheckConstraint(condition=models.Q(('billed_minutes__lte', models.F('minutes')), ('disputed_amount__lte', models.F('amount'))), name='hourly_week_bills_what_was_worked')],
            },
        ),
    ]
