import django.db.models.deletion
import jobsphere.kit.clock
import jobsphere.kit.ids
import jobsphere.ledger.constraints
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='LedgerAccount',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('kind', models.CharField(max_length=32)),
                ('owner_type', models.CharField(blank=True, max_length=32)),
                ('owner_id', models.CharField(blank=True, max_length=64)),
                ('currency', models.CharField(max_length=3)),
                ('normal_side', models.CharField(max_length=6)),
                ('tracked', models.BooleanField()),
                ('may_go_negative', models.BooleanField()),
                ('balance', models.BigIntegerField(default=0)),
                ('sequence', models.BigIntegerField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('owner_id', 'kind', 'owner_type', 'currency'), name='one_ledger_account_per_key'), models.CheckConstraint(condition=models.Q(('may_go_negative', True), models.Q(('balance__gte', 0), ('normal_side', 'debit')), models.Q(('balance__lte', 0), ('normal_side', 'credit')), _connector='OR'), name='ledger_balance_stays_on_its_side'), models.CheckConstraint(condition=jobsphere.ledger.constraints.IsInteger(models.F('balance')), name='ledger_balance_is_an_integer'), models.CheckConstraint(condition=models.Q(models.Q(('balance', 0), ('sequence__isnull', True)), models.Q(('sequence__gte', 1), ('sequence__isnull', False), ('tracked', True)), _connector='OR'), name='ledger_balance_only_when_tracked'), models.CheckConstraint(condition=models.Q(('tracked', True), ('may_go_negative', True), _connector='OR'), name='ledger_limit_only_when_tracked')],
            },
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('code', models.CharField(max_length=64)),
                ('reference', models.CharField(max_length=128)),
                ('currency', models.CharField(max_length=3)),
                ('legs', models.PositiveSmallIntegerField()),
                ('source_type', models.CharField(max_length=32)),
                ('source_id', models.CharField(max_length=64)),
                ('memo', models.CharField(blank=True, max_length=255)),
            ],
            options={
                'indexes': [models.Index(fields=['source_id', 'source_type'], name='ledger_transfer_source')],
                'constraints': [models.UniqueConstraint(fields=('reference', 'code'), name='one_ledger_transfer_per_reference'), models.UniqueConstraint(fields=('id', 'legs'), name='ledger_transfer_with_its_legs'), models.CheckConstraint(condition=models.Q(('legs__gte', 2), ('legs__lte', 200)), name='ledger_transfer_has_legs')],
            },
        ),
        migrations.CreateModel(
            name='BalanceSnapshot',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('up_to', models.UUIDField()),
                ('balance', models.BigIntegerField()),
                ('entries', models.BigIntegerField()),
                ('account', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, to='ledger.ledgeraccount')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('account', 'up_to'), name='one_ledger_snapshot_per_entry')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('legs', models.PositiveSmallIntegerField()),
                ('position', models.PositiveSmallIntegerField()),
                ('amount', models.BigIntegerField()),
                ('sequence', models.BigIntegerField(null=True)),
                ('balance_after', models.BigIntegerField(null=True)),
                ('account', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='ledger.ledgeraccount')),
                ('transfer', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='ledger.transfer')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('sequence__isnull', True)), fields=['account', 'id'], name='ledger_entry_untracked')],
                'constraints': [models.UniqueConstraint(fields=('transfer', 'position'), name='one_ledger_entry_per_position'), models.UniqueConstraint(fields=('account', 'sequence'), name='one_ledger_entry_per_sequence'), models.CheckConstraint(condition=models.Q(('position__gte', 1), ('position__lte', models.F('legs'))), name='ledger_entry_within_its_legs'), models.CheckConstraint(condition=models.Q(('amount', 0), _negated=True), name='ledger_amount_is_not_zero'), models.CheckConstraint(condition=jobsphere.ledger.constraints.IsInteger(models.F('amount')), name='ledger_amount_is_an_integer'), models.CheckConstraint(condition=models.Q(models.Q(('balance_after__isnull', True), ('sequence__isnull', True)), models.Q(('balance_after__isnull', False), ('sequence__gte', 1), ('sequence__isnull', False)), _connector='OR'), name='ledger_entry_in_its_chain'), jobsphere.ledger.constraints.CompositeForeignKey(columns=('transfer_id', 'legs'), name='ledger_entry_is_sealed', to_columns=('id', 'legs'), to_table='ledger_transfer')],
            },
        ),
        # Entries stand by now; on SQLite this makes the (empty) table of accounts anew.
        migrations.AddConstraint(
            model_name='ledgeraccount',
            constraint=jobsphere.ledger.constraints.CompositeForeignKey(columns=('id', 'sequence'), name='ledger_balance_has_its_entry', to_columns=('account_id', 'sequence'), to_table='ledger_entry'),
        ),
    ]
