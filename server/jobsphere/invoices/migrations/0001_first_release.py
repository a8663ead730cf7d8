from jobsphere.db.append_only import AppendOnly
import django.db.models.deletion
import django.db.models.expressions
import jobsphere.db.encryption_fields
import jobsphere.kit.clock
import jobsphere.kit.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("invoices", "0001_documents"),
    ]

    dependencies = [
        ('users', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Brand',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('name', models.CharField(max_length=120)),
                ('address', models.CharField(blank=True, max_length=500)),
                ('country', models.CharField(blank=True, max_length=2)),
                ('tax_number', models.CharField(blank=True, max_length=40)),
                ('colour', models.CharField(max_length=7)),
                ('logo', models.TextField(blank=True)),
                ('footer', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Start',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Invoice',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('issuer', models.CharField(max_length=40)),
                ('year', models.PositiveSmallIntegerField()),
                ('sequence', models.PositiveIntegerField()),
                ('number', models.CharField(max_length=32, unique=True)),
                ('kind', models.CharField(choices=[('work', 'work'), ('platform_fee', 'platform_fee'), ('service_fee', 'service_fee'), ('payout_fee', 'payout_fee'), ('kept_fee', 'kept_fee')], max_length=16)),
                ('type', models.CharField(choices=[('invoice', 'invoice'), ('credit_note', 'credit_note')], max_length=16)),
                ('contract_id', models.UUIDField(null=True)),
                ('payout_id', models.UUIDField(null=True)),
                ('issued_on', models.DateField()),
                ('currency', models.CharField(max_length=3)),
                ('gross', models.BigIntegerField()),
                ('net', models.BigIntegerField()),
                ('tax', models.BigIntegerField()),
                ('treatment', models.CharField(choices=[('standard', 'standard'), ('reduced', 'reduced'), ('zero', 'zero'), ('exempt', 'exempt'), ('reverse_charge', 'reverse_charge'), ('none', 'none')], max_length=16)),
                ('basis_points', models.PositiveIntegerField()),
                ('words_digest', models.CharField(max_length=64)),
                ('cause', models.CharField(max_length=60)),
                ('cause_id', models.UUIDField()),
                ('brand', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='invoices.brand')),
                ('buyer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('corrects', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='credit_notes', to='invoices.invoice')),
                ('seller', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['buyer', '-id'], name='invoice_by_buyer'), models.Index(fields=['seller', '-id'], name='invoice_by_seller'), models.Index(fields=['contract_id', 'id'], name='invoice_by_contract'), models.Index(fields=['issued_on', 'id'], name='invoice_by_day')],
                'constraints': [models.UniqueConstraint(fields=('issuer', 'year', 'sequence'), name='one_invoice_a_number'), models.UniqueConstraint(fields=('cause_id', 'kind', 'type'), name='one_invoice_a_cause'), models.CheckConstraint(condition=models.Q(('gross', django.db.models.expressions.CombinedExpression(models.F('net'), '+', models.F('tax'))), ('gross__gt', 0), ('net__gte', 0), ('tax__gte', 0)), name='invoice_adds_up')],
            },
        ),
        migrations.CreateModel(
            name='InvoiceCounter',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('issuer', models.CharField(max_length=40)),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('issuer', 'year'), name='one_invoice_counter_a_year')],
            },
        ),
        migrations.CreateModel(
            name='InvoiceLine',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('hold_id', models.UUIDField(null=True)),
                ('gross', models.BigIntegerField()),
                ('tax', models.BigIntegerField()),
                ('invoice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='invoices.invoice')),
            ],
            options={
                'indexes': [models.Index(fields=['hold_id', 'id'], name='invoice_line_by_hold')],
                'constraints': [models.UniqueConstraint(fields=('invoice', 'position'), name='one_invoice_line_a_position'), models.CheckConstraint(condition=models.Q(('gross__gt', 0), ('tax__gte', 0), ('tax__lte', models.F('gross'))), name='invoice_line_sane')],
            },
        ),
        migrations.CreateModel(
            name='InvoiceWords',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('content', jobsphere.db.encryption_fields.EncryptedJSONField(row_bound=False)),
                ('invoice', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='words', to='invoices.invoice')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TaxDetails',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('business', models.BooleanField(default=False)),
                ('self_billing_at', models.DateTimeField(null=True)),
                ('details', jobsphere.db.encryption_fields.EncryptedJSONField(row_bound=False)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TaxRate',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('country', models.CharField(max_length=2)),
                ('region', models.CharField(blank=True, max_length=60)),
                ('category', models.CharField(blank=True, max_length=60)),
                ('supply', models.CharField(choices=[('work', 'work'), ('fees', 'fees')], max_length=8)),
                ('treatment', models.CharField(choices=[('standard', 'standard'), ('reduced', 'reduced'), ('zero', 'zero'), ('exempt', 'exempt'), ('reverse_charge', 'reverse_charge'), ('none', 'none')], max_length=16)),
                ('basis_points', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=60)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['country', 'supply', 'valid_from'], name='tax_rate_scope')],
                'constraints': [models.CheckConstraint(condition=models.Q(('basis_points__lte', 10000)), name='tax_rate_at_most_all'), models.CheckConstraint(condition=models.Q(('valid_until', None), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='tax_rate_days_in_order')],
            },
        ),
        AppendOnly("invoices_invoice"),
        AppendOnly("invoices_invoiceline"),
        AppendOnly("invoices_brand"),
    ]
