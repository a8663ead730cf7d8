import django.db.models.deletion
import jobsphere.kit.clock
import jobsphere.kit.ids
import jobsphere.moderation.types
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("moderation", "0001_initial"),
        ("moderation", "0002_reports_decisions_appeals"),
        ("moderation", "0003_what_was_removed"),
    ]

    dependencies = [
        ('users', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('subject_type', models.CharField(max_length=40)),
                ('subject_id', models.UUIDField()),
                ('subject_title', models.CharField(max_length=200)),
                ('status', models.CharField(choices=[(jobsphere.moderation.types.CaseStatus['OPEN'], jobsphere.moderation.types.CaseStatus['OPEN']), (jobsphere.moderation.types.CaseStatus['CLAIMED'], jobsphere.moderation.types.CaseStatus['CLAIMED']), (jobsphere.moderation.types.CaseStatus['DECIDED'], jobsphere.moderation.types.CaseStatus['DECIDED'])], default=jobsphere.moderation.types.CaseStatus['OPEN'], max_length=8)),
                ('answer_by', models.DateTimeField()),
                ('claimed_at', models.DateTimeField(null=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('alarmed_at', models.DateTimeField(null=True)),
                ('claimed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['status', 'answer_by'], name='moderation_case_due'), models.Index(fields=['person', 'id'], name='moderation_case_of')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status__in', [jobsphere.moderation.types.CaseStatus['OPEN'], jobsphere.moderation.types.CaseStatus['CLAIMED']])), fields=('subject_type', 'subject_id'), name='moderation_one_case_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('claimed_by', None), ('status', jobsphere.moderation.types.CaseStatus['OPEN'])), models.Q(models.Q(('status', jobsphere.moderation.types.CaseStatus['OPEN']), _negated=True), ('claimed_by__isnull', False)), _connector='OR'), name='moderation_claimed_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('measure', models.CharField(choices=[(jobsphere.moderation.types.Measure['DISMISS'], jobsphere.moderation.types.Measure['DISMISS']), (jobsphere.moderation.types.Measure['REMOVE'], jobsphere.moderation.types.Measure['REMOVE']), (jobsphere.moderation.types.Measure['WARN'], jobsphere.moderation.types.Measure['WARN']), (jobsphere.moderation.types.Measure['RESTRICT'], jobsphere.moderation.types.Measure['RESTRICT']), (jobsphere.moderation.types.Measure['SUSPEND'], jobsphere.moderation.types.Measure['SUSPEND'])], max_length=8)),
                ('facts', models.CharField(max_length=4000)),
                ('rule', models.CharField(blank=True, choices=[(jobsphere.moderation.types.HouseRule['RESPECT'], jobsphere.moderation.types.HouseRule['RESPECT']), (jobsphere.moderation.types.HouseRule['HONESTY'], jobsphere.moderation.types.HouseRule['HONESTY']), (jobsphere.moderation.types.HouseRule['MONEY_INSIDE'], jobsphere.moderation.types.HouseRule['MONEY_INSIDE']), (jobsphere.moderation.types.HouseRule['PRIVACY'], jobsphere.moderation.types.HouseRule['PRIVACY']), (jobsphere.moderation.types.HouseRule['SPAM'], jobsphere.moderation.types.HouseRule['SPAM']), (jobsphere.moderation.types.HouseRule['LAW'], jobsphere.moderation.types.HouseRule['LAW'])], max_length=16)),
                ('content_removed', models.BooleanField(default=False)),
                ('removed', models.JSONField(default=dict)),
                ('automated', models.BooleanField(default=False)),
                ('unfounded', models.BooleanField(default=False)),
                ('appeal_until', models.DateTimeField()),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='moderation.case')),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'id'], name='moderation_decision_of')],
                'constraints': [models.CheckConstraint(condition=models.Q(('measure', jobsphere.moderation.types.Measure['DISMISS']), models.Q(('rule', ''), _negated=True), _connector='OR'), name='moderation_a_measure_stands_on_a_rule'), models.CheckConstraint(condition=models.Q(('person', models.F('decided_by')), _negated=True), name='moderation_nobody_judges_themselves')],
            },
        ),
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('status', models.CharField(choices=[(jobsphere.moderation.types.AppealStatus['OPEN'], jobsphere.moderation.types.AppealStatus['OPEN']), (jobsphere.moderation.types.AppealStatus['UPHELD'], jobsphere.moderation.types.AppealStatus['UPHELD']), (jobsphere.moderation.types.AppealStatus['OVERTURNED'], jobsphere.moderation.types.AppealStatus['OVERTURNED'])], default=jobsphere.moderation.types.AppealStatus['OPEN'], max_length=10)),
                ('words', models.CharField(max_length=2000)),
                ('answer_by', models.DateTimeField()),
                ('reasons', models.CharField(blank=True, max_length=4000)),
                ('decided_at', models.DateTimeField(null=True)),
                ('alarmed_at', models.DateTimeField(null=True)),
                ('reviewer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='appeal', to='moderation.decision')),
            ],
            options={
                'indexes': [models.Index(fields=['status', 'answer_by'], name='moderation_appeal_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('reviewer', None), ('status', jobsphere.moderation.types.AppealStatus['OPEN'])), models.Q(models.Q(('status', jobsphere.moderation.types.AppealStatus['OPEN']), _negated=True), ('reviewer__isnull', False)), _connector='OR'), name='moderation_an_answer_is_somebodys')],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('rule', models.CharField(choices=[(jobsphere.moderation.types.HouseRule['RESPECT'], jobsphere.moderation.types.HouseRule['RESPECT']), (jobsphere.moderation.types.HouseRule['HONESTY'], jobsphere.moderation.types.HouseRule['HONESTY']), (jobsphere.moderation.types.HouseRule['MONEY_INSIDE'], jobsphere.moderation.types.HouseRule['MONEY_INSIDE']), (jobsphere.moderation.types.HouseRule['PRIVACY'], jobsphere.moderation.types.HouseRule['PRIVACY']), (jobsphere.moderation.types.HouseRule['SPAM'], jobsphere.moderation.types.HouseRule['SPAM']), (jobsphere.moderation.types.HouseRule['LAW'], jobsphere.moderation.types.HouseRule['LAW'])], max_length=16)),
                ('words', models.CharField(blank=True, max_length=2000)),
                ('snapshot', models.JSONField(default=dict)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='moderation.case')),
                ('reporter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['reporter', 'id'], name='moderation_report_by')],
                'constraints': [models.UniqueConstraint(fields=('case', 'reporter'), name='moderation_report_once')],
            },
        ),
        migrations.CreateModel(
            name='Restriction',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('status', models.CharField(choices=[(jobsphere.moderation.types.RestrictionStatus['ACTIVE'], jobsphere.moderation.types.RestrictionStatus['ACTIVE']), (jobsphere.moderation.types.RestrictionStatus['EXPIRED'], jobsphere.moderation.types.RestrictionStatus['EXPIRED']), (jobsphere.moderation.types.RestrictionStatus['LIFTED'], jobsphere.moderation.types.RestrictionStatus['LIFTED'])], default=jobsphere.moderation.types.RestrictionStatus['ACTIVE'], max_length=8)),
                ('posting', models.BooleanField(default=False)),
                ('proposing', models.BooleanField(default=False)),
                ('messaging', models.BooleanField(default=False)),
                ('suspends', models.BooleanField(default=False)),
                ('was_closed', models.BooleanField(default=False)),
                ('until', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='restriction', to='moderation.decision')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('status', jobsphere.moderation.types.RestrictionStatus['ACTIVE'])), fields=['person'], name='moderation_restricted_now'), models.Index(condition=models.Q(('status', jobsphere.moderation.types.RestrictionStatus['ACTIVE'])), fields=['until'], name='moderation_to_expire')],
                'constraints': [models.CheckConstraint(condition=models.Q(('posting', True), ('proposing', True), ('messaging', True), _connector='OR'), name='moderation_a_restriction_restricts')],
            },
        ),
        migrations.CreateModel(
            name='Block',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('blocked', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('blocker', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['blocked', 'blocker'], name='moderation_blocked_by')],
                'constraints': [models.UniqueConstraint(fields=('blocker', 'blocked'), name='moderation_block_once'), models.CheckConstraint(condition=models.Q(('blocker', models.F('blocked')), _negated=True), name='moderation_block_another')],
            },
        ),
    ]
