import django.db.models.deletion
import jobsphere.kit.clock
import jobsphere.kit.ids
import jobsphere.repeats.rules.lifecycle
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("repeats", "0001_initial"),
    ]

    dependencies = [
        ('contracts', '0001_first_release'),
        ('users', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Repeat',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('title', models.CharField(max_length=200)),
                ('status', models.CharField(choices=[('proposed', 'proposed'), ('active', 'active'), ('paused', 'paused'), ('declined', 'declined'), ('ended', 'ended')], default=jobsphere.repeats.rules.lifecycle.RepeatStatus['PROPOSED'], max_length=12)),
                ('every', models.CharField(choices=[('weekly', 'weekly'), ('fortnightly', 'fortnightly'), ('monthly', 'monthly')], max_length=12)),
                ('first_day', models.DateField()),
                ('minute', models.PositiveSmallIntegerField()),
                ('minutes', models.PositiveIntegerField()),
                ('time_zone', models.CharField(max_length=64)),
                ('amount', models.BigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('method_id', models.UUIDField(null=True)),
                ('next_number', models.PositiveIntegerField(default=0)),
                ('next_at', models.DateTimeField()),
                ('new_amount', models.BigIntegerField(null=True)),
                ('new_from', models.DateField(null=True)),
                ('new_agreed_at', models.DateTimeField(null=True)),
                ('misses', models.PositiveSmallIntegerField(default=0)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('closed_at', models.DateTimeField(null=True)),
                ('contractor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.offer')),
            ],
            options={
                'indexes': [models.Index(fields=['customer', '-id'], name='repeat_by_customer'), models.Index(fields=['contractor', '-id'], name='repeat_by_contractor'), models.Index(condition=models.Q(('status', jobsphere.repeats.rules.lifecycle.RepeatStatus['ACTIVE'])), fields=['next_at'], name='repeat_to_make')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0), ('minute__lt', 1440), ('minutes__gt', 0)), name='repeat_is_sound'), models.CheckConstraint(condition=models.Q(models.Q(('new_agreed_at__isnull', True), ('new_amount__isnull', True), ('new_from__isnull', True)), models.Q(('new_amount__gt', 0), ('new_from__isnull', False)), _connector='OR'), name='repeat_new_price_is_whole'), models.UniqueConstraint(condition=models.Q(('status__in', [jobsphere.repeats.rules.lifecycle.RepeatStatus['PROPOSED'], jobsphere.repeats.rules.lifecycle.RepeatStatus['ACTIVE'], jobsphere.repeats.rules.lifecycle.RepeatStatus['PAUSED']])), fields=('offer',), name='repeat_one_live_an_offer')],
            },
        ),
        migrations.CreateModel(
            name='Occurrence',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('number', models.PositiveIntegerField()),
                ('due_on', models.DateField()),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('amount', models.BigIntegerField()),
                ('status', models.CharField(choices=[('charging', 'charging'), ('failed', 'failed'), ('needs_customer', 'needs_customer'), ('made', 'made'), ('skipped', 'skipped')], default=jobsphere.repeats.rules.lifecycle.OccurrenceStatus['CHARGING'], max_length=16)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('next_try_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, max_length=64)),
                ('contract', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.contract')),
                ('offer', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.offer')),
                ('repeat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='occurrences', to='repeats.repeat')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('status__in', (jobsphere.repeats.rules.lifecycle.OccurrenceStatus['CHARGING'], jobsphere.repeats.rules.lifecycle.OccurrenceStatus['FAILED'], jobsphere.repeats.rules.lifecycle.OccurrenceStatus['NEEDS_CUSTOMER']))), fields=['starts_at'], name='occurrence_unpaid'), models.Index(condition=models.Q(('status', jobsphere.repeats.rules.lifecycle.OccurrenceStatus['FAILED'])), fields=['next_try_at'], name='occurrence_to_try_again')],
                'constraints': [models.UniqueConstraint(fields=('repeat', 'due_on'), name='occurrence_once_a_date'), models.UniqueConstraint(fields=('repeat', 'number'), name='occurrence_once_a_number'), models.CheckConstraint(condition=models.Q(('amount__gt', 0), ('ends_at__gt', models.F('starts_at'))), name='occurrence_is_sound'), models.CheckConstraint(condition=models.Q(models.Q(('status', jobsphere.repeats.rules.lifecycle.OccurrenceStatus['MADE']), _negated=True), ('contract__isnull', False), _connector='OR'), name='occurrence_made_has_a_contract')],
            },
        ),
    ]
