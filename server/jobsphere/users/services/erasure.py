"""What the login itself shows and forgets: the row stays, without the person, because the books refer to it."""

from typing import Any

from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.db.models import ForeignKey

from jobsphere.db.transactions import require_transaction
from jobsphere.users.models import OneTimeCode, Session, User
from jobsphere.users.personal_data import Data, Subject, table

#: Apps whose rows about a person hold nothing but what belongs to their sign-in.
_SIGN_IN_APPS = ("users", "account", "mfa", "socialaccount", "usersessions")


def export_account(subject: Subject) -> Data:
    """Return the login, its addresses and its sign-ins."""
    account = User.objects.filter(pk=subject.id)
    columns = ("id", "created_at", "name", "email", "phone", "is_customer", "is_contractor", "rights", "last_login")
    return {
        "account": account.values(*columns).get(),
        "addresses": table(EmailAddress.objects.filter(user_id=subject.id), "email", "verified", "primary"),
        "sessions": table(
            Session.objects.filter(user_id=subject.id),
            "created_at",
            "last_used_at",
            "revoked_at",
            "end_reason",
            "user_agent",
            "address",
        ),
    }


def erase_account(subject: Subject) -> None:
    """Delete whatever belongs to the sign-in, and leave a login that nobody can use and nobody can recognise."""
    require_transaction()
    for model, name in _owned_by_people():
        model._default_manager.filter(**{name: subject.id}).delete()
    OneTimeCode.objects.filter(email__iexact=subject.email).delete()
    User.objects.filter(pk=subject.id).update(
        name=subject.label,
        email=f"{subject.id.hex}@erased.invalid",
        phone="",
        password=make_password(None),
        rights=[],
        is_active=False,
        is_staff=False,
        is_superuser=False,
        last_login=None,
    )


def _owned_by_people() -> list[tuple[Any, str]]:
    """Return every table of sign-in that refers to a person, and by which column; new ones are found by themselves."""
    models = [model for label in _SIGN_IN_APPS if apps.is_installed(_app(label)) for model in _models(label)]
    return [
        (model, field.attname)
        for model in models
        for field in model._meta.local_fields
        if isinstance(field, ForeignKey) and field.related_model is User
    ]


def _app(label: str) -> str:
    return "jobsphere.users" if label == "users" else f"allauth.{label}"


def _models(label: str) -> list[Any]:
    return list(apps.get_app_config(label).get_models())
