import django.db.models.deletion
import django.db.models.expressions
import jobsphere.escrow.rules
import jobsphere.kit.clock
import jobsphere.kit.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("escrow", "0001_initial"),
        ("escrow", "0002_money_that_comes_back"),
        ("escrow", "0003_for_the_metrics"),
        ("escrow", "0004_set_aside"),
    ]

    dependencies = [
        ('users', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='EscrowHold',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('contract_id', models.UUIDField()),
                ('milestone_id', models.UUIDField()),
                ('payment_id', models.UUIDField()),
                ('payer_id', models.UUIDField()),
                ('payee_id', models.UUIDField()),
                ('currency', models.CharField(max_length=3)),
                ('amount', models.BigIntegerField()),
                ('platform_fee', models.BigIntegerField()),
                ('held', models.BigIntegerField()),
                ('service_fee', models.BigIntegerField()),
                ('payout', models.BigIntegerField()),
                ('refunded', models.BigIntegerField(default=0)),
                ('platform_fee_refunded', models.BigIntegerField(default=0)),
                ('charged_back', models.BigIntegerField(default=0)),
                ('after_release', models.CharField(default=jobsphere.escrow.rules.FeesAfterRelease['PROPORTIONAL'], max_length=16)),
                ('status', models.CharField(default=jobsphere.escrow.rules.HoldStatus['FUNDED'], max_length=16)),
                ('frozen_reason', models.CharField(blank=True, max_length=1000)),
                ('set_aside_from', models.UUIDField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['contract_id', 'id'], name='hold_of_contract'), models.Index(fields=['payment_id'], name='hold_of_payment'), models.Index(condition=models.Q(('status__in', ['frozen', 'funded'])), fields=['status', 'currency', 'held'], name='hold_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='hold_amount_is_positive'), models.CheckConstraint(condition=models.Q(('held', django.db.models.expressions.CombinedExpression(models.F('service_fee'), '+', models.F('payout'))), ('payout__gte', 0), ('service_fee__gte', 0)), name='hold_parts_add_up'), models.CheckConstraint(condition=models.Q(('amount', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('held'), '+', models.F('platform_fee')), '+', models.F('refunded')), '-', models.F('platform_fee_refunded'))), ('platform_fee_refunded__lte', models.F('platform_fee'))), name='hold_accounts_for_its_amount'), models.UniqueConstraint(fields=('milestone_id',), name='one_hold_per_milestone')],
            },
        ),
        migrations.CreateModel(
            name='EscrowLoss',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('chargeback_id', models.UUIDField()),
                ('amount', models.BigIntegerField()),
                ('platform_fee', models.BigIntegerField()),
                ('service_fee', models.BigIntegerField()),
                ('payout', models.BigIntegerField()),
                ('returned_at', models.DateTimeField(null=True)),
                ('hold', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='losses', to='escrow.escrowhold')),
            ],
            options={
                'indexes': [models.Index(fields=['chargeback_id', 'id'], name='escrow_loss_of_chargeback')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('platform_fee'), '+', models.F('service_fee')), '+', models.F('payout'))), ('amount__gt', 0)), name='escrow_loss_adds_up')],
            },
        ),
        migrations.CreateModel(
            name='FeePolicy',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('name', models.CharField(max_length=64)),
                ('category', models.CharField(blank=True, max_length=64)),
                ('tier', models.CharField(blank=True, max_length=32)),
                ('currency', models.CharField(blank=True, max_length=3)),
                ('acceptance_basis_points', models.PositiveIntegerField()),
                ('acceptance_fixed', models.BigIntegerField(default=0)),
                ('acceptance_minimum', models.BigIntegerField(default=0)),
                ('acceptance_cap', models.BigIntegerField(null=True)),
                ('completion_basis_points', models.PositiveIntegerField()),
                ('completion_fixed', models.BigIntegerField(default=0)),
                ('completion_minimum', models.BigIntegerField(default=0)),
                ('completion_cap', models.BigIntegerField(null=True)),
                ('after_release', models.CharField(default=jobsphere.escrow.rules.FeesAfterRelease['PROPORTIONAL'], max_length=16)),
                ('valid_from', models.DateTimeField()),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['category', 'tier', 'currency', 'valid_from'], name='fee_policy_scope')],
                'constraints': [models.CheckConstraint(condition=models.Q(('acceptance_basis_points__lte', 10000), ('completion_basis_points__lte', 10000)), name='fee_shares_are_at_most_all')],
            },
        ),
    ]
