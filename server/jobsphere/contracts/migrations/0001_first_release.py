import django.db.models.deletion
import jobsphere.contracts.rules.cancellation
import jobsphere.contracts.rules.changes
import jobsphere.contracts.rules.expenses
import jobsphere.contracts.rules.lifecycles
import jobsphere.contracts.rules.terms
import jobsphere.contracts.rules.tips
import jobsphere.kit.clock
import jobsphere.kit.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("contracts", "0001_initial"),
        ("contracts", "0002_disputed"),
        ("contracts", "0003_funding"),
        ("contracts", "0004_bookings"),
        ("contracts", "0005_expenses"),
        ("contracts", "0006_hours"),
    ]

    dependencies = [
        ('jobs', '0001_first_release'),
        ('payments', '0001_first_release'),
        ('users', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Contract',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('title', models.CharField(max_length=200)),
                ('status', models.CharField(choices=[('active', 'active'), ('completed', 'completed'), ('cancelled', 'cancelled')], default=jobsphere.contracts.rules.lifecycles.ContractStatus['ACTIVE'], max_length=12)),
                ('amount', models.BigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('funding', models.CharField(choices=[('upfront', 'upfront'), ('by_milestone', 'by_milestone'), ('deposit', 'deposit'), ('weekly', 'weekly')], default=jobsphere.contracts.rules.terms.FundingShape['UPFRONT'], max_length=12)),
                ('cancellation_policy', models.CharField(choices=[('flexible', 'flexible'), ('moderate', 'moderate'), ('strict', 'strict')], max_length=10)),
                ('expense_cap', models.BigIntegerField(default=0)),
                ('slot_starts_at', models.DateTimeField(null=True)),
                ('started_at', models.DateTimeField(null=True)),
                ('completed_at', models.DateTimeField(null=True)),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('cancelled_by', models.CharField(blank=True, max_length=12)),
                ('cancel_reason', models.CharField(blank=True, max_length=1000)),
                ('held_at', models.DateTimeField(null=True)),
                ('hold_reason', models.CharField(blank=True, max_length=1000)),
                ('disputed_at', models.DateTimeField(null=True)),
                ('conversation_id', models.UUIDField(null=True)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('contractor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('job', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jobs.job')),
                ('payment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payments.payment')),
            ],
        ),
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('title', models.CharField(max_length=200)),
                ('status', models.CharField(choices=[('awaiting_payment', 'awaiting_payment'), ('pending', 'pending'), ('accepting', 'accepting'), ('accepted', 'accepted'), ('rejected', 'rejected'), ('withdrawn', 'withdrawn'), ('expired', 'expired'), ('declined_by_gateway', 'declined_by_gateway')], default=jobsphere.contracts.rules.lifecycles.OfferStatus['AWAITING_PAYMENT'], max_length=24)),
                ('amount', models.BigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('message', models.TextField(blank=True)),
                ('expires_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('starts_at', models.DateTimeField(null=True)),
                ('ends_at', models.DateTimeField(null=True)),
                ('is_booking', models.BooleanField(default=False)),
                ('funding', models.CharField(choices=[('upfront', 'upfront'), ('by_milestone', 'by_milestone'), ('deposit', 'deposit'), ('weekly', 'weekly')], default=jobsphere.contracts.rules.terms.FundingShape['UPFRONT'], max_length=12)),
                ('cancels_by_slot', models.BooleanField(default=False)),
                ('fee_terms', models.JSONField()),
                ('cancellation_policy', models.CharField(choices=[('flexible', 'flexible'), ('moderate', 'moderate'), ('strict', 'strict')], default=jobsphere.contracts.rules.cancellation.CancellationPolicy['MODERATE'], max_length=10)),
                ('closed_reason', models.CharField(blank=True, max_length=1000)),
                ('closed_at', models.DateTimeField(null=True)),
                ('contractor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('job', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jobs.job')),
                ('payment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payments.payment')),
                ('proposal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='jobs.proposal')),
            ],
            options={
                'indexes': [models.Index(fields=['customer', '-id'], name='offer_by_customer'), models.Index(fields=['contractor', '-id'], name='offer_by_contractor'), models.Index(condition=models.Q(('status__in', [jobsphere.contracts.rules.lifecycles.OfferStatus['AWAITING_PAYMENT'], jobsphere.contracts.rules.lifecycles.OfferStatus['PENDING']])), fields=['expires_at'], name='offer_to_expire')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='offer_amount_positive'), models.CheckConstraint(condition=models.Q(models.Q(('ends_at__isnull', True), ('starts_at__isnull', True)), ('ends_at__gt', models.F('starts_at')), _connector='OR'), name='offer_slot_in_order'), models.UniqueConstraint(condition=models.Q(('status__in', (jobsphere.contracts.rules.lifecycles.OfferStatus['ACCEPTING'], jobsphere.contracts.rules.lifecycles.OfferStatus['ACCEPTED']))), fields=('job',), name='offer_one_taken_a_job'), models.UniqueConstraint(condition=models.Q(('status__in', (jobsphere.contracts.rules.lifecycles.OfferStatus['AWAITING_PAYMENT'], jobsphere.contracts.rules.lifecycles.OfferStatus['PENDING'], jobsphere.contracts.rules.lifecycles.OfferStatus['ACCEPTING']))), fields=('job', 'contractor'), name='offer_one_live_a_contractor_and_job')],
            },
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('description', models.TextField(blank=True)),
                ('due_on', models.DateField(null=True)),
                ('status', models.CharField(choices=[('pending', 'pending'), ('funded', 'funded'), ('in_progress', 'in_progress'), ('submitted', 'submitted'), ('changes_requested', 'changes_requested'), ('released', 'released'), ('refunded', 'refunded'), ('removed', 'removed')], default=jobsphere.contracts.rules.lifecycles.MilestoneStatus['PENDING'], max_length=20)),
                ('amount', models.BigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('hold_id', models.UUIDField(null=True)),
                ('fund_by', models.DateField(null=True)),
                ('fund_reminded_at', models.DateTimeField(null=True)),
                ('started_at', models.DateTimeField(null=True)),
                ('submitted_at', models.DateTimeField(null=True)),
                ('auto_release_at', models.DateTimeField(null=True)),
                ('reminders_sent', models.PositiveSmallIntegerField(default=0)),
                ('closed_at', models.DateTimeField(null=True)),
                ('contract', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to='contracts.contract')),
                ('payment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payments.payment')),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to='contracts.offer')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('status', jobsphere.contracts.rules.lifecycles.MilestoneStatus['SUBMITTED'])), fields=['auto_release_at'], name='milestone_to_release'), models.Index(condition=models.Q(('contract__isnull', False), ('status', jobsphere.contracts.rules.lifecycles.MilestoneStatus['PENDING'])), fields=['fund_by'], name='milestone_to_fund')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='milestone_amount_positive'), models.CheckConstraint(condition=models.Q(('status__in', (jobsphere.contracts.rules.lifecycles.MilestoneStatus['PENDING'], jobsphere.contracts.rules.lifecycles.MilestoneStatus['REMOVED'])), models.Q(('contract__isnull', False), ('hold_id__isnull', False)), _connector='OR'), name='milestone_funded_has_a_hold'), models.UniqueConstraint(fields=('offer', 'position'), name='milestone_position')],
            },
        ),
        migrations.AddField(
            model_name='contract',
            name='offer',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='contract', to='contracts.offer'),
        ),
        migrations.CreateModel(
            name='RefundRequest',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('amount', models.BigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('reason', models.CharField(max_length=1000)),
                ('status', models.CharField(choices=[('requested', 'requested'), ('agreed', 'agreed'), ('declined', 'declined'), ('withdrawn', 'withdrawn')], default=jobsphere.contracts.rules.lifecycles.RefundRequestStatus['REQUESTED'], max_length=12)),
                ('answered_at', models.DateTimeField(null=True)),
                ('milestone', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refund_requests', to='contracts.milestone')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='refund_request_positive'), models.UniqueConstraint(condition=models.Q(('status', jobsphere.contracts.rules.lifecycles.RefundRequestStatus['REQUESTED'])), fields=('milestone',), name='refund_request_one_open')],
            },
        ),
        migrations.CreateModel(
            name='TimeEntry',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('started_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('minutes', models.PositiveIntegerField()),
                ('note', models.CharField(blank=True, max_length=500)),
                ('billed_at', models.DateTimeField(null=True)),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='time_entries', to='contracts.contract')),
                ('milestone', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.milestone')),
            ],
            options={
                'indexes': [models.Index(fields=['contract', '-id'], name='time_entry_by_contract'), models.Index(fields=['contract', 'started_at'], name='time_entry_by_start')],
                'constraints': [models.CheckConstraint(condition=models.Q(('minutes__gt', 0)), name='time_entry_positive')],
            },
        ),
        migrations.CreateModel(
            name='TimeTurn',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('contractor', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Tip',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('amount', models.BigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('hold_id', models.UUIDField(null=True)),
                ('paid_at', models.DateTimeField(null=True)),
                ('message', models.CharField(blank=True, max_length=500)),
                ('status', models.CharField(choices=[('awaiting_payment', 'awaiting_payment'), ('paid', 'paid'), ('withdrawn', 'withdrawn')], default=jobsphere.contracts.rules.tips.TipStatus['AWAITING_PAYMENT'], max_length=20)),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='contracts.contract')),
                ('payment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payments.payment')),
            ],
            options={
                'indexes': [models.Index(fields=['contract', '-id'], name='tip_by_contract')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='tip_amount_positive'), models.CheckConstraint(condition=models.Q(models.Q(('status', jobsphere.contracts.rules.tips.TipStatus['PAID']), _negated=True), ('hold_id__isnull', False), _connector='OR'), name='tip_paid_has_a_hold'), models.UniqueConstraint(condition=models.Q(('status', jobsphere.contracts.rules.tips.TipStatus['AWAITING_PAYMENT'])), fields=('contract',), name='tip_one_unpaid')],
            },
        ),
        migrations.CreateModel(
            name='ChangeOrder',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('proposed_by', models.CharField(max_length=12)),
                ('reason', models.CharField(max_length=1000)),
                ('changes', models.JSONField()),
                ('status', models.CharField(choices=[('proposed', 'proposed'), ('agreed', 'agreed'), ('applied', 'applied'), ('declined', 'declined'), ('withdrawn', 'withdrawn'), ('expired', 'expired')], default=jobsphere.contracts.rules.changes.ChangeOrderStatus['PROPOSED'], max_length=12)),
                ('currency', models.CharField(max_length=3)),
                ('pay_amount', models.BigIntegerField()),
                ('back_amount', models.BigIntegerField()),
                ('later_amount', models.BigIntegerField()),
                ('expires_at', models.DateTimeField()),
                ('answer', models.CharField(blank=True, max_length=1000)),
                ('closed_at', models.DateTimeField(null=True)),
                ('payment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payments.payment')),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='change_orders', to='contracts.contract')),
            ],
            options={
                'indexes': [models.Index(fields=['contract', '-id'], name='change_order_by_contract'), models.Index(condition=models.Q(('status__in', (jobsphere.contracts.rules.changes.ChangeOrderStatus['PROPOSED'], jobsphere.contracts.rules.changes.ChangeOrderStatus['AGREED']))), fields=['expires_at'], name='change_order_to_expire')],
                'constraints': [models.CheckConstraint(condition=models.Q(('back_amount__gte', 0), ('pay_amount__gte', 0)), name='change_order_amounts'), models.UniqueConstraint(condition=models.Q(('status__in', (jobsphere.contracts.rules.changes.ChangeOrderStatus['PROPOSED'], jobsphere.contracts.rules.changes.ChangeOrderStatus['AGREED']))), fields=('contract',), name='change_order_one_open')],
            },
        ),
        migrations.CreateModel(
            name='Expense',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('amount', models.BigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('hold_id', models.UUIDField(null=True)),
                ('paid_at', models.DateTimeField(null=True)),
                ('what', models.CharField(max_length=500)),
                ('spent_on', models.DateField()),
                ('status', models.CharField(choices=[('claimed', 'claimed'), ('paid', 'paid'), ('declined', 'declined'), ('withdrawn', 'withdrawn'), ('lapsed', 'lapsed')], default=jobsphere.contracts.rules.expenses.ExpenseStatus['CLAIMED'], max_length=12)),
                ('expires_at', models.DateTimeField()),
                ('reminded_at', models.DateTimeField(null=True)),
                ('answer', models.CharField(blank=True, max_length=1000)),
                ('closed_at', models.DateTimeField(null=True)),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='contracts.contract')),
                ('payment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='payments.payment')),
            ],
            options={
                'indexes': [models.Index(fields=['contract', '-id'], name='expense_by_contract'), models.Index(condition=models.Q(('status', jobsphere.contracts.rules.expenses.ExpenseStatus['CLAIMED'])), fields=['expires_at'], name='expense_to_lapse')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='expense_amount_positive'), models.CheckConstraint(condition=models.Q(models.Q(('status', jobsphere.contracts.rules.expenses.ExpenseStatus['PAID']), _negated=True), ('hold_id__isnull', False), _connector='OR'), name='expense_paid_has_a_hold')],
            },
        ),
        migrations.CreateModel(
            name='Deliverable',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('note', models.TextField(blank=True)),
                ('links', models.JSONField(default=list)),
                ('answer', models.CharField(blank=True, max_length=20)),
                ('feedback', models.CharField(blank=True, max_length=1000)),
                ('answered_at', models.DateTimeField(null=True)),
                ('milestone', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliverables', to='contracts.milestone')),
            ],
            options={
                'indexes': [models.Index(fields=['milestone', '-id'], name='deliverable_by_milestone')],
            },
        ),
        migrations.AddIndex(
            model_name='contract',
            index=models.Index(fields=['customer', '-id'], name='contract_by_customer'),
        ),
        migrations.AddIndex(
            model_name='contract',
            index=models.Index(fields=['contractor', '-id'], name='contract_by_contractor'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='contract_amount_positive'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(('expense_cap__gte', 0)), name='contract_expense_cap'),
        ),
    ]
