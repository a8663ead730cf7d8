import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

import jobsphere.escrow.rules
import jobsphere.kit.clock
import jobsphere.kit.ids


class Migration(migrations.Migration):

    dependencies = [
        ('escrow', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='escrowhold',
            name='after_release',
            field=models.CharField(default=jobsphere.escrow.rules.FeesAfterRelease['PROPORTIONAL'], max_length=16),
        ),
        migrations.AddField(
            model_name='escrowhold',
            name='charged_back',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='feepolicy',
            name='after_release',
            field=models.CharField(default=jobsphere.escrow.rules.FeesAfterRelease['PROPORTIONAL'], max_length=16),
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
                'constraints': [models.CheckConstraint(condition=Q(amount=F('platform_fee') + F('service_fee') + F('payout'), amount__gt=0), name='escrow_loss_adds_up')],
            },
        ),
    ]
