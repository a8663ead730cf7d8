import django.db.models.deletion
import django.utils.timezone
import jobsphere.db.encryption_fields
import jobsphere.kit.clock
import jobsphere.kit.ids
import jobsphere.users.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("users", "0001_initial"),
        ("users", "0002_sessions"),
        ("users", "0003_identity"),
    ]

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('email', models.EmailField(max_length=254, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('is_customer', models.BooleanField(default=False)),
                ('is_contractor', models.BooleanField(default=False)),
                ('rights', models.JSONField(blank=True, default=list)),
                ('phone', models.CharField(blank=True, max_length=32)),
                ('deactivated_at', models.DateTimeField(blank=True, null=True)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'user',
                'verbose_name_plural': 'users',
                'abstract': False,
            },
            managers=[
                ('objects', jobsphere.users.models.PeopleManager()),
            ],
        ),
        migrations.CreateModel(
            name='AttemptCounter',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('key', models.CharField(max_length=64, unique=True)),
                ('used', models.PositiveIntegerField()),
                ('began_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['began_at'], name='users_attem_began_a_638464_idx')],
            },
        ),
        migrations.CreateModel(
            name='Authenticator',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('secret', jobsphere.db.encryption_fields.EncryptedTextField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('last_step', models.BigIntegerField(default=0)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='authenticator', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='KnownDevice',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('token_fingerprint', models.CharField(max_length=64)),
                ('user_agent', models.CharField(blank=True, max_length=255)),
                ('last_used_at', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='devices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'token_fingerprint'), name='one_device_per_token')],
            },
        ),
        migrations.CreateModel(
            name='OneTimeCode',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('purpose', models.CharField(choices=[('verify_email', 'VERIFY_EMAIL'), ('reset_password', 'RESET_PASSWORD'), ('already_registered', 'ALREADY_REGISTERED'), ('link_social', 'LINK_SOCIAL')], max_length=20)),
                ('email', models.EmailField(max_length=254)),
                ('address', models.GenericIPAddressField(null=True)),
                ('ticket_fingerprint', models.CharField(max_length=64, unique=True)),
                ('code_fingerprint', models.CharField(blank=True, max_length=64)),
                ('link_fingerprint', models.CharField(blank=True, db_index=True, max_length=64)),
                ('attempts_left', models.PositiveSmallIntegerField(default=5)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='codes', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['email', 'purpose', 'created_at'], name='users_oneti_email_dff605_idx'), models.Index(fields=['created_at'], name='users_oneti_created_4abf3c_idx')],
            },
        ),
        migrations.CreateModel(
            name='Passkey',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('name', models.CharField(max_length=60)),
                ('credential_id', models.CharField(max_length=1400, unique=True)),
                ('credential', models.TextField()),
                ('sign_count', models.BigIntegerField(default=0)),
                ('synced', models.BooleanField(default=False)),
                ('last_used_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passkeys', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RecoveryCode',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('fingerprint', models.CharField(max_length=64)),
                ('used_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recovery_codes', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'fingerprint'), name='one_row_per_recovery_code')],
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('authenticated_at', models.DateTimeField()),
                ('last_used_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
                ('end_reason', models.CharField(blank=True, max_length=20)),
                ('user_agent', models.CharField(blank=True, max_length=255)),
                ('address', models.GenericIPAddressField(null=True)),
                ('client', models.CharField(choices=[('web', 'WEB'), ('mobile', 'MOBILE')], default='mobile', max_length=10)),
                ('method', models.CharField(choices=[('password', 'PASSWORD'), ('totp', 'TOTP'), ('recovery_code', 'RECOVERY_CODE'), ('passkey', 'PASSKEY'), ('social', 'SOCIAL')], default='password', max_length=20)),
                ('refresh_fingerprint', models.CharField(max_length=64)),
                ('previous_fingerprint', models.CharField(blank=True, max_length=64)),
                ('rotated_at', models.DateTimeField(null=True)),
                ('device', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='sessions', to='users.knowndevice')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sign_ins', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['user', 'revoked_at'], name='users_sessi_user_id_8629ba_idx')],
            },
        ),
        migrations.CreateModel(
            name='SignInStep',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('purpose', models.CharField(choices=[('second_factor', 'SECOND_FACTOR'), ('add_passkey', 'ADD_PASSKEY'), ('passkey_sign_in', 'PASSKEY_SIGN_IN'), ('reauthenticate', 'REAUTHENTICATE'), ('social', 'SOCIAL'), ('social_finish', 'SOCIAL_FINISH')], max_length=20)),
                ('ticket_fingerprint', models.CharField(max_length=64, unique=True)),
                ('data', models.JSONField(default=dict)),
                ('attempts_left', models.PositiveSmallIntegerField(default=5)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='steps', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['expires_at'], name='users_signi_expires_0f1d31_idx')],
            },
        ),
        migrations.CreateModel(
            name='SocialLogin',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('provider', models.CharField(max_length=20)),
                ('subject', models.CharField(max_length=255)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('last_used_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='social_logins', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('provider', 'subject'), name='one_person_per_social_login'), models.UniqueConstraint(fields=('user', 'provider'), name='one_social_login_per_provider')],
            },
        ),
    ]
