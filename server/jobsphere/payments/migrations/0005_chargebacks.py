import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

import jobsphere.db.encryption_fields
import jobsphere.kit.clock
import jobsphere.kit.ids
import jobsphere.payments.rules


class Migration(migrations.Migration):

    dependencies = [
        ('payments', '0004_earnings_clear'),
    ]

    operations = [
        migrations.AddField(
            model_name='payment',
            name='charged_back_amount',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name='gatewayoperation',
            name='kind',
            field=models.CharField(choices=[('authorize', 'authorize'), ('confirm', 'confirm'), ('capture', 'capture'), ('void', 'void'), ('refund', 'refund'), ('transfer', 'transfer'), ('reverse_transfer', 'reverse_transfer'), ('pay_out', 'pay_out'), ('onboard', 'onboard'), ('submit_evidence', 'submit_evidence'), ('accept_dispute', 'accept_dispute')], max_length=24),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=Q(charged_back_amount__gte=0, charged_back_amount__lte=F('captured_amount') - F('refunding_amount')), name='payment_charged_back_within_what_is_left'),
        ),
        migrations.CreateModel(
            name='Chargeback',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('gateway', models.CharField(max_length=32)),
                ('gateway_id', models.CharField(max_length=255)),
                ('currency', models.CharField(max_length=3)),
                ('amount', models.BigIntegerField()),
                ('status', models.CharField(default=jobsphere.payments.rules.ChargebackStatus['OPEN'], max_length=16)),
                ('inquiry', models.BooleanField(default=False)),
                ('reason', models.CharField(blank=True, max_length=255)),
                ('taken', models.BigIntegerField(default=0)),
                ('returned', models.BigIntegerField(default=0)),
                ('fee', models.BigIntegerField(default=0)),
                ('lost', models.BigIntegerField(default=0)),
                ('written_off', models.BigIntegerField(default=0)),
                ('payee_fee', models.BigIntegerField(default=0)),
                ('evidence_due_by', models.DateTimeField(null=True)),
                ('evidence', jobsphere.db.encryption_fields.EncryptedJSONField(null=True, row_bound=False)),
                ('submitting_at', models.DateTimeField(null=True)),
                ('evidence_sent_at', models.DateTimeField(null=True)),
                ('accepting_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('reminders_sent', models.PositiveSmallIntegerField(default=0)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('payment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='chargebacks', to='payments.payment')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['payment', 'id'], name='chargeback_of_payment'),
                    models.Index(condition=Q(status__in=['open', 'under_review']), fields=['evidence_due_by'], name='chargeback_contested'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=Q(amount__gt=0), name='chargeback_amount_is_positive'),
                    models.CheckConstraint(condition=Q(lost__gte=0, lost__lte=F('taken') - F('returned')), name='chargeback_lost_was_taken'),
                    models.CheckConstraint(condition=Q(written_off__gte=0, written_off__lte=F('lost')), name='chargeback_written_off_was_lost'),
                    models.UniqueConstraint(fields=('gateway', 'gateway_id'), name='one_chargeback_per_gateway_object'),
                ],
            },
        ),
    ]
