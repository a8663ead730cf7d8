"""The login (R8). What a person offers or wants is in profiles; what they own is in the ledger."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models

from jobsphere.db.models import Record
from jobsphere.kit import clock
from jobsphere.kit.actor import ADMIN, CONTRACTOR, CUSTOMER, Actor
from jobsphere.kit.ids import uuid7
from jobsphere.users.rules import CODE_ATTEMPTS, CodePurpose


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
    deactivated_at = models.DateTimeField(null=True, blank=True)

    # Django's own columns that we do not use: a person has one name, and signs in by e-mail.
    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[PeopleManager] = PeopleManager()

    def actor(self) -> Actor:
        """Return what services and policies know of this person."""
        return Actor(id=self.id, roles=self.roles(), rights=frozenset(self.rights), name=self.name)

    def roles(self) -> frozenset[str]:
        """Return the roles that this person holds."""
        flags = {CUSTOMER: self.is_customer, CONTRACTOR: self.is_contractor, ADMIN: self.is_superuser}
        return frozenset(name for name, held in flags.items() if held)

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]

    def clean(self) -> None:
        self.email = type(self).objects.normalize_email(self.email)

    def __str__(self) -> Any:
        return self.email


class Session(Record):
    """A sign-in on one device, and the whole family of its tokens: when it is revoked, all of them are dead."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_ins")
    #: When the person last proved who they are; step-up asks for a recent one.
    authenticated_at = models.DateTimeField()
    last_used_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=20, blank=True)
    user_agent = models.CharField(max_length=255, blank=True)
    address = models.GenericIPAddressField(null=True)
    #: Of the one refresh token that is good now; any older one of ours that comes back was stolen or copied.
    refresh_fingerprint = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["user", "revoked_at"])]


class OneTimeCode(Record):
    """Six digits for whoever reads the letters of an address.

    The row is made for any address, registered or not, so that asking tells nothing; the worker finds the person.
    The ticket stays with whoever asked: only they can try a code, so nobody can use up another's attempts.
    """

    purpose = models.CharField(max_length=20, choices=[(each.value, each.name) for each in CodePurpose])
    email = models.EmailField()
    #: Where the wish came from, to count letters.
    address = models.GenericIPAddressField(null=True)
    ticket_fingerprint = models.CharField(max_length=64, unique=True)
    #: These two are empty until the letter is written: the code itself never rests in the queue or the database.
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="codes")
    code_fingerprint = models.CharField(max_length=64, blank=True)
    attempts_left = models.PositiveSmallIntegerField(default=CODE_ATTEMPTS)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["email", "purpose", "created_at"]), models.Index(fields=["created_at"])]
