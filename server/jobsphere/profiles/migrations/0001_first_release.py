import django.db.models.deletion
import jobsphere.db.encryption_fields
import jobsphere.kit.clock
import jobsphere.kit.ids
import jobsphere.profiles.types
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("profiles", "0001_initial"),
        ("profiles", "0002_verification"),
        ("profiles", "0003_contractorprofile_rating_count_and_more"),
    ]

    dependencies = [
        ('users', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Category',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('kind', models.CharField(choices=[(jobsphere.profiles.types.CategoryKind['LOCAL'], jobsphere.profiles.types.CategoryKind['LOCAL']), (jobsphere.profiles.types.CategoryKind['FREELANCE'], jobsphere.profiles.types.CategoryKind['FREELANCE'])], max_length=10)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='profiles.category')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ContractorProfile',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('updated_at', models.DateTimeField()),
                ('bio', models.TextField(blank=True, max_length=5000)),
                ('place', models.CharField(blank=True, max_length=120)),
                ('latitude', models.FloatField(null=True)),
                ('longitude', models.FloatField(null=True)),
                ('languages', models.JSONField(default=list)),
                ('headline', models.CharField(max_length=120)),
                ('hourly_amount', models.BigIntegerField(null=True)),
                ('fixed_from_amount', models.BigIntegerField(null=True)),
                ('currency', models.CharField(max_length=3)),
                ('radius_km', models.PositiveSmallIntegerField(null=True)),
                ('years_of_experience', models.PositiveSmallIntegerField(null=True)),
                ('availability', models.CharField(blank=True, max_length=500)),
                ('rating_count', models.PositiveIntegerField(default=0)),
                ('rating_total', models.PositiveIntegerField(default=0)),
                ('categories', models.ManyToManyField(related_name='contractors', to='profiles.category')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PortfolioEntry',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('title', models.CharField(max_length=120)),
                ('description', models.TextField(blank=True, max_length=2000)),
                ('url', models.URLField(blank=True, max_length=500)),
                ('completed_on', models.DateField(null=True)),
                ('contractor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='portfolio', to='profiles.contractorprofile')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Skill',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='skills', to='profiles.category')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='contractorprofile',
            name='skills',
            field=models.ManyToManyField(related_name='contractors', to='profiles.skill'),
        ),
        migrations.CreateModel(
            name='Verification',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('kind', models.CharField(choices=[(jobsphere.profiles.types.VerificationKind['IDENTITY'], jobsphere.profiles.types.VerificationKind['IDENTITY']), (jobsphere.profiles.types.VerificationKind['LICENCE'], jobsphere.profiles.types.VerificationKind['LICENCE']), (jobsphere.profiles.types.VerificationKind['INSURANCE'], jobsphere.profiles.types.VerificationKind['INSURANCE']), (jobsphere.profiles.types.VerificationKind['QUALIFICATION'], jobsphere.profiles.types.VerificationKind['QUALIFICATION'])], max_length=16)),
                ('status', models.CharField(choices=[(jobsphere.profiles.types.VerificationStatus['SUBMITTED'], jobsphere.profiles.types.VerificationStatus['SUBMITTED']), (jobsphere.profiles.types.VerificationStatus['MORE_NEEDED'], jobsphere.profiles.types.VerificationStatus['MORE_NEEDED']), (jobsphere.profiles.types.VerificationStatus['APPROVED'], jobsphere.profiles.types.VerificationStatus['APPROVED']), (jobsphere.profiles.types.VerificationStatus['REJECTED'], jobsphere.profiles.types.VerificationStatus['REJECTED']), (jobsphere.profiles.types.VerificationStatus['LAPSED'], jobsphere.profiles.types.VerificationStatus['LAPSED']), (jobsphere.profiles.types.VerificationStatus['WITHDRAWN'], jobsphere.profiles.types.VerificationStatus['WITHDRAWN'])], max_length=16)),
                ('number', jobsphere.db.encryption_fields.EncryptedTextField(blank=True)),
                ('issuer', models.CharField(blank=True, max_length=120)),
                ('expires_on', models.DateField(null=True)),
                ('reason', models.CharField(blank=True, max_length=1000)),
                ('decided_at', models.DateTimeField(null=True)),
                ('reminded_at_days', models.PositiveSmallIntegerField(null=True)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'status'], name='verification_by_person'), models.Index(fields=['status', 'id'], name='verification_queue'), models.Index(condition=models.Q(('status', 'approved')), fields=['expires_on'], name='verification_expiry')],
            },
        ),
        migrations.CreateModel(
            name='CustomerProfile',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('updated_at', models.DateTimeField()),
                ('bio', models.TextField(blank=True, max_length=5000)),
                ('place', models.CharField(blank=True, max_length=120)),
                ('latitude', models.FloatField(null=True)),
                ('longitude', models.FloatField(null=True)),
                ('languages', models.JSONField(default=list)),
                ('company', models.CharField(blank=True, max_length=120)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('id', models.F('user_id'))), name='customerprofile_has_the_id_of_its_person'), models.CheckConstraint(condition=models.Q(models.Q(('latitude__isnull', True), ('longitude__isnull', True)), models.Q(('latitude__range', (-90, 90)), ('longitude__range', (-180, 180))), _connector='OR'), name='customerprofile_is_on_earth')],
            },
        ),
        migrations.CreateModel(
            name='HiringRequirement',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('kinds', models.JSONField(default=list)),
                ('category', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='requirement', to='profiles.category')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.Value(1), condition=models.Q(('category__isnull', True)), name='one_requirement_for_all_categories')],
            },
        ),
        migrations.AddIndex(
            model_name='contractorprofile',
            index=models.Index(fields=['latitude', 'longitude'], name='contractor_by_coordinates'),
        ),
        migrations.AddIndex(
            model_name='contractorprofile',
            index=models.Index(fields=['currency', 'hourly_amount'], name='contractor_by_hourly_price'),
        ),
        migrations.AddConstraint(
            model_name='contractorprofile',
            constraint=models.CheckConstraint(condition=models.Q(('id', models.F('user_id'))), name='contractorprofile_has_the_id_of_its_person'),
        ),
        migrations.AddConstraint(
            model_name='contractorprofile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('latitude__isnull', True), ('longitude__isnull', True)), models.Q(('latitude__range', (-90, 90)), ('longitude__range', (-180, 180))), _connector='OR'), name='contractorprofile_is_on_earth'),
        ),
        migrations.AddConstraint(
            model_name='contractorprofile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('hourly_amount__isnull', True), ('hourly_amount__gt', 0), _connector='OR'), models.Q(('fixed_from_amount__isnull', True), ('fixed_from_amount__gt', 0), _connector='OR')), name='contractor_prices_are_positive'),
        ),
    ]
