import django.db.models.deletion
import jobsphere.kit.clock
import jobsphere.kit.ids
import jobsphere.reviews.rules
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("reviews", "0001_initial"),
    ]

    dependencies = [
        ('contracts', '0001_first_release'),
        ('users', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('title', models.CharField(max_length=200)),
                ('closes_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(null=True)),
                ('written', models.PositiveSmallIntegerField(default=0)),
                ('contract', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.contract')),
                ('contractor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['customer', 'id'], name='review_round_by_customer'), models.Index(fields=['contractor', 'id'], name='review_round_by_contractor'), models.Index(condition=models.Q(('published_at', None)), fields=['closes_at'], name='review_rounds_to_close')],
                'constraints': [models.CheckConstraint(condition=models.Q(('written__lte', 2)), name='reviews_two_at_most'), models.CheckConstraint(condition=models.Q(('customer', models.F('contractor')), _negated=True), name='reviews_two_people')],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.UUIDField(default=jobsphere.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=jobsphere.kit.clock.now, editable=False)),
                ('role', models.CharField(choices=[(jobsphere.reviews.rules.ReviewRole['CUSTOMER'], jobsphere.reviews.rules.ReviewRole['CUSTOMER']), (jobsphere.reviews.rules.ReviewRole['CONTRACTOR'], jobsphere.reviews.rules.ReviewRole['CONTRACTOR'])], max_length=10)),
                ('status', models.CharField(choices=[(jobsphere.reviews.rules.ReviewStatus['SEALED'], jobsphere.reviews.rules.ReviewStatus['SEALED']), (jobsphere.reviews.rules.ReviewStatus['PUBLISHED'], jobsphere.reviews.rules.ReviewStatus['PUBLISHED']), (jobsphere.reviews.rules.ReviewStatus['HIDDEN'], jobsphere.reviews.rules.ReviewStatus['HIDDEN'])], max_length=10)),
                ('rating', models.PositiveSmallIntegerField()),
                ('text', models.CharField(blank=True, max_length=2000)),
                ('published_at', models.DateTimeField(null=True)),
                ('reply', models.CharField(blank=True, max_length=1000)),
                ('replied_at', models.DateTimeField(null=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='reviews.round')),
            ],
            options={
                'indexes': [models.Index(fields=['subject', 'role', 'status', 'id'], name='reviews_of_person'), models.Index(fields=['author', 'id'], name='reviews_by_author')],
                'constraints': [models.UniqueConstraint(fields=('round', 'author'), name='reviews_one_each'), models.CheckConstraint(condition=models.Q(('rating__range', (1, 5))), name='reviews_stars_exist'), models.CheckConstraint(condition=models.Q(('author', models.F('subject')), _negated=True), name='reviews_not_of_oneself')],
            },
        ),
    ]
