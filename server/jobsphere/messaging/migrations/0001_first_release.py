import django.db.models.deletion
import jobsphere.kit.clock
import jobsphere.kit.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("messaging", "0001_conversations"),
        ("messaging", "0002_what_becomes_of_messages"),
    ]

    dependencies = [
        ('users', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Conversation',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('subject_type', models.CharField(max_length=40)),
                ('subject_id', models.UUIDField()),
                ('last_activity', models.UUIDField(default=jobsphere.kit.ids.uuid7, unique=True)),
                ('revision', models.PositiveBigIntegerField(default=0)),
                ('first', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('kind', models.CharField(choices=[('text', 'TEXT'), ('system', 'SYSTEM')], default='text', max_length=8)),
                ('client_id', models.CharField(max_length=64)),
                ('body', models.CharField(blank=True, max_length=5000)),
                ('code', models.CharField(blank=True, max_length=60)),
                ('params', models.JSONField(default=dict)),
                ('link', models.CharField(blank=True, max_length=200)),
                ('revision', models.PositiveBigIntegerField(default=0)),
                ('delivered_at', models.DateTimeField(null=True)),
                ('read_at', models.DateTimeField(null=True)),
                ('edited_at', models.DateTimeField(null=True)),
                ('deleted_at', models.DateTimeField(null=True)),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='messaging.conversation')),
                ('reply_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='messaging.message')),
                ('sender', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['conversation', 'id'], name='messaging_history'), models.Index(condition=models.Q(('read_at', None)), fields=['conversation', 'sender'], name='messaging_unread')],
                'constraints': [models.UniqueConstraint(fields=('sender', 'client_id'), name='messaging_client_id_once'), models.UniqueConstraint(condition=models.Q(('sender', None)), fields=('conversation', 'client_id'), name='messaging_step_once'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'system'), ('sender', None)), models.Q(('kind', 'text'), ('sender__isnull', False)), _connector='OR'), name='messaging_steps_are_nobodys')],
            },
        ),
        migrations.CreateModel(
            name='HiddenMessage',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hidden', to='messaging.message')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('message', 'user'), name='messaging_hidden_once')],
            },
        ),
        migrations.CreateModel(
            name='EarlierText',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('body', models.CharField(blank=True, max_length=5000)),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='earlier', to='messaging.message')),
            ],
            options={
                'indexes': [models.Index(fields=['created_at'], name='messaging_earlier_by_age')],
            },
        ),
        migrations.AddField(
            model_name='conversation',
            name='last_message',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='messaging.message'),
        ),
        migrations.AddIndex(
            model_name='conversation',
            index=models.Index(fields=['first', 'last_activity'], name='messaging_by_first'),
        ),
        migrations.AddIndex(
            model_name='conversation',
            index=models.Index(fields=['second', 'last_activity'], name='messaging_by_second'),
        ),
        migrations.AddConstraint(
            model_name='conversation',
            constraint=models.UniqueConstraint(fields=('first', 'second', 'subject_type', 'subject_id'), name='messaging_one_conversation'),
        ),
        migrations.AddConstraint(
            model_name='conversation',
            constraint=models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='messaging_two_people_in_order'),
        ),
    ]
