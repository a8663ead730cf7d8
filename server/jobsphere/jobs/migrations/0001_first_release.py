from jobsphere.db.search import TextSearch
import django.db.models.deletion
import jobsphere.jobs.types
import jobsphere.kit.clock
import jobsphere.kit.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("jobs", "0001_initial"),
        ("jobs", "0002_text_search"),
        ("jobs", "0003_hidden_by_staff"),
    ]

    dependencies = [
        ('profiles', '0001_first_release'),
        ('users', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('status', models.CharField(choices=[(jobsphere.jobs.types.JobStatus['DRAFT'], jobsphere.jobs.types.JobStatus['DRAFT']), (jobsphere.jobs.types.JobStatus['OPEN'], jobsphere.jobs.types.JobStatus['OPEN']), (jobsphere.jobs.types.JobStatus['ASSIGNED'], jobsphere.jobs.types.JobStatus['ASSIGNED']), (jobsphere.jobs.types.JobStatus['IN_PROGRESS'], jobsphere.jobs.types.JobStatus['IN_PROGRESS']), (jobsphere.jobs.types.JobStatus['DELIVERED'], jobsphere.jobs.types.JobStatus['DELIVERED']), (jobsphere.jobs.types.JobStatus['COMPLETED'], jobsphere.jobs.types.JobStatus['COMPLETED']), (jobsphere.jobs.types.JobStatus['CANCELLED'], jobsphere.jobs.types.JobStatus['CANCELLED']), (jobsphere.jobs.types.JobStatus['DISPUTED'], jobsphere.jobs.types.JobStatus['DISPUTED']), (jobsphere.jobs.types.JobStatus['EXPIRED'], jobsphere.jobs.types.JobStatus['EXPIRED'])], max_length=12)),
                ('visibility', models.CharField(choices=[(jobsphere.jobs.types.Visibility['PUBLIC'], jobsphere.jobs.types.Visibility['PUBLIC']), (jobsphere.jobs.types.Visibility['PRIVATE'], jobsphere.jobs.types.Visibility['PRIVATE']), (jobsphere.jobs.types.Visibility['HIDDEN'], jobsphere.jobs.types.Visibility['HIDDEN'])], max_length=8)),
                ('feed_key', models.UUIDField(default=jobsphere.kit.ids.uuid7, unique=True)),
                ('title', models.CharField(max_length=140)),
                ('description', models.TextField(blank=True, max_length=10000)),
                ('budget_kind', models.CharField(blank=True, choices=[(jobsphere.jobs.types.PriceKind['FIXED'], jobsphere.jobs.types.PriceKind['FIXED']), (jobsphere.jobs.types.PriceKind['HOURLY'], jobsphere.jobs.types.PriceKind['HOURLY'])], max_length=8)),
                ('budget_min_amount', models.BigIntegerField(null=True)),
                ('budget_max_amount', models.BigIntegerField(null=True)),
                ('currency', models.CharField(max_length=3)),
                ('starts_on', models.DateField(null=True)),
                ('due_on', models.DateField(null=True)),
                ('place', models.CharField(blank=True, max_length=120)),
                ('latitude', models.FloatField(null=True)),
                ('longitude', models.FloatField(null=True)),
                ('address', models.CharField(blank=True, max_length=300)),
                ('exact_latitude', models.FloatField(null=True)),
                ('exact_longitude', models.FloatField(null=True)),
                ('proposal_count', models.PositiveIntegerField(default=0)),
                ('updated_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(null=True)),
                ('expires_at', models.DateTimeField(null=True)),
                ('cancel_reason', models.CharField(blank=True, max_length=1000)),
                ('category', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='profiles.category')),
                ('contractor', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('customer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('skills', models.ManyToManyField(related_name='+', to='profiles.skill')),
            ],
            options={
                'indexes': [models.Index(fields=['visibility', 'status', '-feed_key'], name='job_feed'), models.Index(fields=['category', 'status', '-feed_key'], name='job_by_category'), models.Index(fields=['customer', '-feed_key'], name='job_by_customer'), models.Index(fields=['contractor', '-feed_key'], name='job_by_contractor'), models.Index(fields=['status', 'currency', 'budget_max_amount'], name='job_by_budget'), models.Index(fields=['status', 'due_on'], name='job_by_deadline'), models.Index(fields=['latitude', 'longitude'], name='job_by_coordinates'), models.Index(condition=models.Q(('status', jobsphere.jobs.types.JobStatus['OPEN'])), fields=['expires_at'], name='job_to_expire')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status', jobsphere.jobs.types.JobStatus['DRAFT']), ('visibility', jobsphere.jobs.types.Visibility['PRIVATE']), models.Q(('budget_kind__in', ['fixed', 'hourly']), ('budget_max_amount__gte', models.F('budget_min_amount')), ('budget_min_amount__gt', 0), ('category__isnull', False)), _connector='OR'), name='a_published_job_is_complete'), models.CheckConstraint(condition=models.Q(('contractor__isnull', True), models.Q(('contractor', models.F('customer')), _negated=True), _connector='OR'), name='nobody_hires_themselves')],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('status', models.CharField(choices=[(jobsphere.jobs.types.ProposalStatus['PENDING'], jobsphere.jobs.types.ProposalStatus['PENDING']), (jobsphere.jobs.types.ProposalStatus['SHORTLISTED'], jobsphere.jobs.types.ProposalStatus['SHORTLISTED']), (jobsphere.jobs.types.ProposalStatus['ACCEPTED'], jobsphere.jobs.types.ProposalStatus['ACCEPTED']), (jobsphere.jobs.types.ProposalStatus['REJECTED'], jobsphere.jobs.types.ProposalStatus['REJECTED']), (jobsphere.jobs.types.ProposalStatus['WITHDRAWN'], jobsphere.jobs.types.ProposalStatus['WITHDRAWN'])], default=jobsphere.jobs.types.ProposalStatus['PENDING'], max_length=12)),
                ('price_kind', models.CharField(choices=[(jobsphere.jobs.types.PriceKind['FIXED'], jobsphere.jobs.types.PriceKind['FIXED']), (jobsphere.jobs.types.PriceKind['HOURLY'], jobsphere.jobs.types.PriceKind['HOURLY'])], max_length=8)),
                ('price_amount', models.BigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('message', models.TextField(max_length=5000)),
                ('estimated_days', models.PositiveSmallIntegerField()),
                ('milestones', models.JSONField(default=list)),
                ('rejection_reason', models.CharField(blank=True, choices=[(jobsphere.jobs.types.RejectionReason['DECLINED'], jobsphere.jobs.types.RejectionReason['DECLINED']), (jobsphere.jobs.types.RejectionReason['JOB_FILLED'], jobsphere.jobs.types.RejectionReason['JOB_FILLED']), (jobsphere.jobs.types.RejectionReason['JOB_CANCELLED'], jobsphere.jobs.types.RejectionReason['JOB_CANCELLED'])], max_length=16)),
                ('feedback', models.CharField(blank=True, max_length=1000)),
                ('updated_at', models.DateTimeField()),
                ('contractor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('job', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='jobs.job')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('status__in', ['pending', 'shortlisted', 'accepted'])), fields=('job', 'contractor'), name='one_live_proposal_per_contractor_and_job'), models.UniqueConstraint(condition=models.Q(('status', jobsphere.jobs.types.ProposalStatus['ACCEPTED'])), fields=('job',), name='one_accepted_proposal_per_job'), models.CheckConstraint(condition=models.Q(('price_amount__gt', 0)), name='a_proposal_has_a_price')],
            },
        ),
        migrations.CreateModel(
            name='SavedSearch',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('name', models.CharField(max_length=80)),
                ('filters', models.JSONField(default=dict)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        TextSearch("jobs_job", ["title", "description"]),
    ]
