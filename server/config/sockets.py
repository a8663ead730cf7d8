"""The socket alone, for `manage.py realtime`: no HTTP is answered here but a sign of life."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

# After Django is set up: the socket reads its tables.
from jobsphere.realtime.asgi import Application  # noqa: E402

application = Application()
