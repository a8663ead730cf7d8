from datetime import timedelta

from django.db import migrations

from jobsphere.db.append_only import Door


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_no_names"),
    ]

    operations = [
        Door("audit_auditentry", at_least=timedelta(days=365)),
    ]
