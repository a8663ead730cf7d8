"""The login (R8). What a person offers or wants is in profiles; what they own is in the ledger."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models

from jobsphere.db.encryption_fields import EncryptedTextField
from jobsphere.db.models import Record
from jobsphere.kit import clock
from jobsphere.kit.actor import ADMIN, CONTRACTOR, CUSTOMER, Actor
from jobsphere.kit.ids import uuid7
from jobsphere.users.rules import CODE_ATTEMPTS, STEP_ATTEMPTS, Client, CodePurpose, Method, StepPurpose


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


class KnownDevice(Record):
    """A browser or phone on which a person has signed in: it holds a random token, we its hash.

    It proves nothing about the person. It only keeps strangers' failures from counting against its owner, and says
    which sign-ins are worth a letter.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="devices")
    token_fingerprint = models.CharField(max_length=64)
    user_agent = models.CharField(max_length=255, blank=True)
    last_used_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "token_fingerprint"], name="one_device_per_token")]


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
    client = models.CharField(
        max_length=10, choices=[(each.value, each.name) for each in Client], default=Client.MOBILE.value
    )
    method = models.CharField(
        max_length=20, choices=[(each.value, each.name) for each in Method], default=Method.PASSWORD.value
    )
    device = models.ForeignKey(KnownDevice, on_delete=models.SET_NULL, null=True, related_name="sessions")
    #: Of the one refresh token that is good now; any older one of ours that comes back was stolen or copied.
    refresh_fingerprint = models.CharField(max_length=64)
    #: Of the one before, which the same device may send again for a few seconds.
    previous_fingerprint = models.CharField(max_length=64, blank=True)
    rotated_at = models.DateTimeField(null=True)

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
    #: The letter also has a link, whose secret does what ticket and code do together.
    link_fingerprint = models.CharField(max_length=64, blank=True, db_index=True)
    attempts_left = models.PositiveSmallIntegerField(default=CODE_ATTEMPTS)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["email", "purpose", "created_at"]), models.Index(fields=["created_at"])]


class SignInStep(Record):
    """A sign-in (or a step-up) that has begun: who holds the ticket goes on with it, for a few tries and minutes."""

    purpose = models.CharField(max_length=20, choices=[(each.value, each.name) for each in StepPurpose])
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="steps")
    ticket_fingerprint = models.CharField(max_length=64, unique=True)
    #: The challenge of a passkey, or who Google says it is. Nothing in it is a secret from its holder.
    data = models.JSONField(default=dict)
    attempts_left = models.PositiveSmallIntegerField(default=STEP_ATTEMPTS)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["expires_at"])]


class AttemptCounter(Record):
    """How many attempts of one kind were made for one subject in the period that is running (rules.Limit)."""

    #: A keyed hash of the limit's name and its subject: addresses of people rest nowhere for it.
    key = models.CharField(max_length=64, unique=True)
    used = models.PositiveIntegerField()
    began_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["began_at"])]


class Authenticator(Record):
    """The app of a person that shows six digits every half minute (TOTP)."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="authenticator")
    secret = EncryptedTextField()
    #: Null until the person has shown that the app shows the right digits.
    confirmed_at = models.DateTimeField(null=True)
    #: The half minute of the last digits that were taken; they and older ones are never taken again.
    last_step = models.BigIntegerField(default=0)


class RecoveryCode(Record):
    """One of the codes on paper, each good once, for who has lost their other factors."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    fingerprint = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "fingerprint"], name="one_row_per_recovery_code")]


class Passkey(Record):
    """A WebAuthn credential: its public key, which is no secret."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="passkeys")
    name = models.CharField(max_length=60)
    credential_id = models.CharField(max_length=1400, unique=True)
    #: The attested credential data, as the authenticator gave it (base64url).
    credential = models.TextField()
    sign_count = models.BigIntegerField(default=0)
    #: It is copied between the devices of its owner (a passkey of a phone), or bound to one (a security key).
    synced = models.BooleanField(default=False)
    last_used_at = models.DateTimeField(null=True)


class SocialLogin(Record):
    """A login elsewhere that opens this one. We keep who it is, and none of the provider's tokens."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="social_logins")
    provider = models.CharField(max_length=20)
    subject = models.CharField(max_length=255)
    email = models.EmailField(blank=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "subject"], name="one_person_per_social_login"),
            models.UniqueConstraint(fields=["user", "provider"], name="one_social_login_per_provider"),
        ]
