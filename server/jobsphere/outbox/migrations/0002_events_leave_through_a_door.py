from datetime import timedelta

from django.db import migrations

from jobsphere.db.append_only import Door


class Migration(migrations.Migration):
    dependencies = [
        ("outbox", "0001_initial"),
    ]

    operations = [
        Door("outbox_storedevent", at_least=timedelta(days=30)),
    ]
