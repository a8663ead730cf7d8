"""The most that a contractor may claim as expenses is said in the offer already (issue 7)."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("contracts", "0001_first_release"),
    ]

    operations = [
        migrations.AddField(
            model_name="offer",
            name="expense_cap",
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.CheckConstraint(condition=models.Q(("expense_cap__gte", 0)), name="offer_expense_cap"),
        ),
    ]
