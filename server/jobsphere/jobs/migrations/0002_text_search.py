"""Index the words of jobs for the search."""

from django.db import migrations

from jobsphere.db.search import TextSearch


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_initial")]

    operations = [TextSearch("jobs_job", ["title", "description"])]
