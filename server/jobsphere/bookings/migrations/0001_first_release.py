import django.db.models.deletion
import jobsphere.bookings.rules.lifecycle
import jobsphere.kit.clock
import jobsphere.kit.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("bookings", "0001_initial"),
    ]

    dependencies = [
        ('contracts', '0001_first_release'),
        ('users', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Calendar',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('time_zone', models.CharField(max_length=64)),
                ('is_open', models.BooleanField(default=True)),
                ('buffer_before', models.PositiveSmallIntegerField(default=0)),
                ('buffer_after', models.PositiveSmallIntegerField(default=0)),
                ('notice_hours', models.PositiveSmallIntegerField(default=12)),
                ('horizon_days', models.PositiveSmallIntegerField(default=60)),
                ('step', models.PositiveSmallIntegerField(default=30)),
                ('arrival_minutes', models.PositiveSmallIntegerField(default=0)),
                ('cancellation_policy', models.CharField(choices=[('flexible', 'flexible'), ('moderate', 'moderate'), ('strict', 'strict')], default='moderate', max_length=10)),
                ('contractor', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('token_digest', models.CharField(max_length=64, unique=True)),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Package',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('title', models.CharField(max_length=120)),
                ('description', models.CharField(blank=True, max_length=1000)),
                ('category', models.CharField(blank=True, max_length=64)),
                ('minutes', models.PositiveSmallIntegerField()),
                ('amount', models.BigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('extras', models.JSONField(default=list)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('retired_at', models.DateTimeField(null=True)),
                ('contractor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['contractor', 'position'], name='package_by_contractor')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0), ('minutes__gt', 0)), name='package_costs_something')],
            },
        ),
        migrations.CreateModel(
            name='Booking',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('status', models.CharField(choices=[('held', 'held'), ('confirmed', 'confirmed'), ('freed', 'freed'), ('done', 'done')], default=jobsphere.bookings.rules.lifecycle.BookingStatus['HELD'], max_length=10)),
                ('seen_at', models.DateTimeField(null=True)),
                ('title', models.CharField(max_length=200)),
                ('extras', models.JSONField(default=list)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('buffer_before', models.PositiveSmallIntegerField(default=0)),
                ('buffer_after', models.PositiveSmallIntegerField(default=0)),
                ('arrival_minutes', models.PositiveSmallIntegerField(default=0)),
                ('time_zone', models.CharField(default='UTC', max_length=64)),
                ('proposed_starts_at', models.DateTimeField(null=True)),
                ('proposed_ends_at', models.DateTimeField(null=True)),
                ('proposed_by', models.CharField(blank=True, max_length=12)),
                ('sequence', models.PositiveIntegerField(default=0)),
                ('on_the_way_at', models.DateTimeField(null=True)),
                ('checked_in_at', models.DateTimeField(null=True)),
                ('nearness', models.CharField(blank=True, choices=[('', ''), ('here', 'here'), ('near', 'near'), ('away', 'away')], max_length=8)),
                ('absent', models.CharField(blank=True, max_length=12)),
                ('absence_reason', models.CharField(blank=True, max_length=1000)),
                ('absence_reported_at', models.DateTimeField(null=True)),
                ('absence_contested_at', models.DateTimeField(null=True)),
                ('contest_reason', models.CharField(blank=True, max_length=1000)),
                ('contract', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.contract')),
                ('contractor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('offer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.offer')),
                ('package', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bookings.package')),
            ],
            options={
                'indexes': [models.Index(fields=['customer', 'starts_at'], name='booking_by_customer'), models.Index(fields=['contractor', 'starts_at'], name='booking_by_contractor'), models.Index(condition=models.Q(('absence_contested_at', None), ('status', jobsphere.bookings.rules.lifecycle.BookingStatus['CONFIRMED'])), fields=['absence_reported_at'], name='booking_absence_to_settle'), models.Index(condition=models.Q(('seen_at', None), ('status', jobsphere.bookings.rules.lifecycle.BookingStatus['HELD'])), fields=['created_at'], name='booking_unpaid')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='booking_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('proposed_by', ''), ('proposed_starts_at__isnull', True)), models.Q(('proposed_ends_at__gt', models.F('proposed_starts_at')), models.Q(('proposed_by', ''), _negated=True)), _connector='OR'), name='booking_proposal_is_whole')],
            },
        ),
        migrations.CreateModel(
            name='SlotClaim',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('cell', models.DateTimeField()),
                ('booking', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='claims', to='bookings.booking')),
                ('contractor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('contractor', 'cell'), name='slot_claimed_once')],
            },
        ),
        migrations.CreateModel(
            name='SpecialDay',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('kind', models.CharField(choices=[('off', 'off'), ('extra', 'extra')], max_length=8)),
                ('first_day', models.DateField()),
                ('last_day', models.DateField()),
                ('starts', models.PositiveSmallIntegerField(default=0)),
                ('ends', models.PositiveSmallIntegerField(default=1440)),
                ('note', models.CharField(blank=True, max_length=120)),
                ('calendar', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='specials', to='bookings.calendar')),
            ],
            options={
                'indexes': [models.Index(fields=['calendar', 'last_day'], name='special_day_by_end')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends__lte', 1440), ('first_day__lte', models.F('last_day')), ('starts__lt', models.F('ends'))), name='special_day_in_order')],
            },
        ),
        migrations.CreateModel(
            name='WeeklyHours',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('weekday', models.PositiveSmallIntegerField()),
                ('starts', models.PositiveSmallIntegerField()),
                ('ends', models.PositiveSmallIntegerField()),
                ('calendar', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='weekly', to='bookings.calendar')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ends__lte', 1440), ('starts__lt', models.F('ends')), ('weekday__lte', 6)), name='weekly_hours_in_order')],
            },
        ),
    ]
