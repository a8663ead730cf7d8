import django.db.models.deletion
import jobsphere.db.encryption_fields
import jobsphere.kit.clock
import jobsphere.kit.ids
import jobsphere.notifications.types
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("notifications", "0001_notifications"),
        ("notifications", "0002_verification"),
        ("notifications", "0003_a_report_is_answered"),
        ("notifications", "0004_catalogue_and_push"),
        ("notifications", "0005_changes_and_bookings"),
    ]

    dependencies = [
        ('users', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Device',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('kind', models.CharField(choices=[(jobsphere.notifications.types.DeviceKind['FCM'], jobsphere.notifications.types.DeviceKind['FCM']), (jobsphere.notifications.types.DeviceKind['WEB_PUSH'], jobsphere.notifications.types.DeviceKind['WEB_PUSH'])], max_length=8)),
                ('address', jobsphere.db.encryption_fields.EncryptedJSONField()),
                ('fingerprint', models.CharField(max_length=64, unique=True)),
                ('name', models.CharField(blank=True, max_length=80)),
                ('session_id', models.UUIDField(null=True)),
                ('last_sent_at', models.DateTimeField(null=True)),
                ('window_began_at', models.DateTimeField(null=True)),
                ('sent_in_window', models.PositiveIntegerField(default=0)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['user'], name='devices_by_user'), models.Index(fields=['session_id'], name='devices_by_session')],
            },
        ),
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('type', models.CharField(choices=[('job.new', 'JOB_NEW'), ('job.expired', 'JOB_EXPIRED'), ('proposal.received', 'PROPOSAL_RECEIVED'), ('proposal.shortlisted', 'PROPOSAL_SHORTLISTED'), ('proposal.accepted', 'PROPOSAL_ACCEPTED'), ('proposal.rejected', 'PROPOSAL_REJECTED'), ('offer.received', 'OFFER_RECEIVED'), ('offer.accepted', 'OFFER_ACCEPTED'), ('offer.rejected', 'OFFER_REJECTED'), ('offer.withdrawn', 'OFFER_WITHDRAWN'), ('offer.expired', 'OFFER_EXPIRED'), ('contract.started', 'CONTRACT_STARTED'), ('contract.completed', 'CONTRACT_COMPLETED'), ('contract.cancelled', 'CONTRACT_CANCELLED'), ('contract.reminder', 'CONTRACT_REMINDER'), ('contract.change', 'CONTRACT_CHANGE'), ('booking.updated', 'BOOKING_UPDATED'), ('milestone.submitted', 'MILESTONE_SUBMITTED'), ('milestone.changes_requested', 'MILESTONE_CHANGES_REQUESTED'), ('milestone.released', 'MILESTONE_RELEASED'), ('payment.action_required', 'PAYMENT_ACTION_REQUIRED'), ('payment.authorized', 'PAYMENT_AUTHORIZED'), ('payment.received', 'PAYMENT_RECEIVED'), ('payment.failed', 'PAYMENT_FAILED'), ('payment.refunded', 'PAYMENT_REFUNDED'), ('payout.requested', 'PAYOUT_REQUESTED'), ('payout.paid', 'PAYOUT_PAID'), ('payout.failed', 'PAYOUT_FAILED'), ('payout.setup', 'PAYOUT_SETUP'), ('message.received', 'MESSAGE_RECEIVED'), ('review.received', 'REVIEW_RECEIVED'), ('dispute.updated', 'DISPUTE_UPDATED'), ('account.security', 'ACCOUNT_SECURITY'), ('account.verification', 'ACCOUNT_VERIFICATION'), ('account.privacy', 'ACCOUNT_PRIVACY'), ('account.restriction', 'ACCOUNT_RESTRICTION'), ('report.updated', 'REPORT_UPDATED'), ('staff.alarm', 'STAFF_ALARM')], max_length=40)),
                ('message', models.CharField(blank=True, max_length=60)),
                ('params', models.TextField(default='{}')),
                ('title', models.CharField(max_length=120)),
                ('body', models.CharField(blank=True, max_length=1000)),
                ('link', models.CharField(blank=True, max_length=200)),
                ('metadata', models.JSONField(default=dict)),
                ('key', models.CharField(blank=True, max_length=120)),
                ('group_key', models.CharField(blank=True, max_length=120)),
                ('count', models.PositiveIntegerField(default=1)),
                ('folded', models.BooleanField(default=False)),
                ('in_app', models.BooleanField(default=True)),
                ('by_email', models.BooleanField(default=False)),
                ('read_at', models.DateTimeField(null=True)),
                ('emailed_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['user', 'id'], name='notifications_by_user'), models.Index(condition=models.Q(('in_app', True), ('read_at', None)), fields=['user'], name='notifications_unread'), models.Index(condition=models.Q(('by_email', True), ('emailed_at', None), ('folded', False), ('read_at', None)), fields=['user', 'id'], name='notifications_for_digest')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('key', ''), _negated=True), fields=('user', 'key'), name='notifications_key_once'), models.UniqueConstraint(condition=models.Q(('in_app', True), ('read_at', None), models.Q(('group_key', ''), _negated=True)), fields=('user', 'group_key'), name='notifications_one_unread_a_group')],
            },
        ),
        migrations.CreateModel(
            name='NotificationPreference',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('type', models.CharField(choices=[('job.new', 'JOB_NEW'), ('job.expired', 'JOB_EXPIRED'), ('proposal.received', 'PROPOSAL_RECEIVED'), ('proposal.shortlisted', 'PROPOSAL_SHORTLISTED'), ('proposal.accepted', 'PROPOSAL_ACCEPTED'), ('proposal.rejected', 'PROPOSAL_REJECTED'), ('offer.received', 'OFFER_RECEIVED'), ('offer.accepted', 'OFFER_ACCEPTED'), ('offer.rejected', 'OFFER_REJECTED'), ('offer.withdrawn', 'OFFER_WITHDRAWN'), ('offer.expired', 'OFFER_EXPIRED'), ('contract.started', 'CONTRACT_STARTED'), ('contract.completed', 'CONTRACT_COMPLETED'), ('contract.cancelled', 'CONTRACT_CANCELLED'), ('contract.reminder', 'CONTRACT_REMINDER'), ('contract.change', 'CONTRACT_CHANGE'), ('booking.updated', 'BOOKING_UPDATED'), ('milestone.submitted', 'MILESTONE_SUBMITTED'), ('milestone.changes_requested', 'MILESTONE_CHANGES_REQUESTED'), ('milestone.released', 'MILESTONE_RELEASED'), ('payment.action_required', 'PAYMENT_ACTION_REQUIRED'), ('payment.authorized', 'PAYMENT_AUTHORIZED'), ('payment.received', 'PAYMENT_RECEIVED'), ('payment.failed', 'PAYMENT_FAILED'), ('payment.refunded', 'PAYMENT_REFUNDED'), ('payout.requested', 'PAYOUT_REQUESTED'), ('payout.paid', 'PAYOUT_PAID'), ('payout.failed', 'PAYOUT_FAILED'), ('payout.setup', 'PAYOUT_SETUP'), ('message.received', 'MESSAGE_RECEIVED'), ('review.received', 'REVIEW_RECEIVED'), ('dispute.updated', 'DISPUTE_UPDATED'), ('account.security', 'ACCOUNT_SECURITY'), ('account.verification', 'ACCOUNT_VERIFICATION'), ('account.privacy', 'ACCOUNT_PRIVACY'), ('account.restriction', 'ACCOUNT_RESTRICTION'), ('report.updated', 'REPORT_UPDATED'), ('staff.alarm', 'STAFF_ALARM')], max_length=40)),
                ('in_app', models.BooleanField()),
                ('email', models.BooleanField()),
                ('push', models.BooleanField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'type'), name='notifications_one_choice_a_type')],
            },
        ),
        migrations.CreateModel(
            name='NotificationSettings',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('language', models.CharField(max_length=8)),
                ('time_zone', models.CharField(max_length=60)),
                ('quiet_from', models.TimeField(null=True)),
                ('quiet_to', models.TimeField(null=True)),
                ('digest', models.CharField(choices=[(jobsphere.notifications.types.Digest['OFF'], jobsphere.notifications.types.Digest['OFF']), (jobsphere.notifications.types.Digest['DAILY'], jobsphere.notifications.types.Digest['DAILY']), (jobsphere.notifications.types.Digest['WEEKLY'], jobsphere.notifications.types.Digest['WEEKLY'])], default=jobsphere.notifications.types.Digest['OFF'], max_length=8)),
                ('digested_at', models.DateTimeField(null=True)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('quiet_from__isnull', True), ('quiet_to__isnull', True)), models.Q(('quiet_from__isnull', False), ('quiet_to__isnull', False)), _connector='OR'), name='quiet_hours_begin_and_end')],
            },
        ),
    ]
