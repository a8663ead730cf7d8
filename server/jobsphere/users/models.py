"""The login (R8). What a person offers or wants is in profiles; what they own is in the ledger."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models

from jobsphere.kit import clock
from jobsphere.kit.actor import ADMIN, CONTRACTOR, CUSTOMER, Actor
from jobsphere.kit.ids import uuid7


class PeopleManager(UserManager["User"]):
    """Makes people by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":  # type: ignore[override]
        """Make a person with a hashed password (Argon2)."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":  # type: ignore[override]
        """Make an administrator."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def by_email(self, email: str) -> "User | None":
        """Return the person with this address, whatever its case."""
        return self.filter(email=email.strip().lower()).first()


class User(AbstractUser):
    """A login; the roles are flags because one person may be customer and contractor at once (C9)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_customer = models.BooleanField(default=False)
    is_contractor = models.BooleanField(default=False)
    rights = models.JSONField(default=list, blank=True)
    phone = models.CharField(max_length=32, blank=True)

    # Django's own columns that we do not use: a person has one name, and signs in by e-mail.
    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[PeopleManager] = PeopleManager()  # type: ignore[assignment]

    def actor(self) -> Actor:
        """Return what services and policies know of this person."""
        roles = {CUSTOMER: self.is_customer, CONTRACTOR: self.is_contractor, ADMIN: self.is_superuser}
        return Actor(
            id=self.id,
            roles=frozenset(name for name, held in roles.items() if held),
            rights=frozenset(self.rights),
            name=self.name,
        )

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]

    def clean(self) -> None:
        self.email = type(self).objects.normalize_email(self.email)

    def __str__(self) -> Any:
        return self.email
