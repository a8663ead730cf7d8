"""What production refuses to start with (DESIGN §8)."""

from django.core.exceptions import ImproperlyConfigured


def insecure_settings(
    *,
    secret_is_default: bool,
    debug: bool,
    gateway: str,
    webhook_secret: str,
    public_url: str,
    allowed_hosts: list[str],
) -> list[str]:
    """Return one sentence for each setting that is unsafe for real money, with its remedy."""
    problems = []
    if secret_is_default:
        problems.append("SECRET_KEY is the default or shorter than 32 characters: set a long random value.")
    if debug:
        problems.append("DEBUG is on: it shows internals to strangers. Unset it.")
    if gateway == "sandbox":
        problems.append("The gateway is the sandbox: set STRIPE_SECRET_KEY, or run without JOBSPHERE_ENV=production.")
    if gateway == "stripe" and not webhook_secret:
        problems.append(
            "STRIPE_WEBHOOK_SECRET is not set: no webhook could be believed. Copy it from Stripe's dashboard."
        )
    if not public_url.startswith("https://"):
        problems.append("PUBLIC_URL is plain HTTP: put TLS in front and set PUBLIC_URL=https://….")
    if not allowed_hosts or "*" in allowed_hosts:
        problems.append("ALLOWED_HOSTS is open: name the hosts that this marketplace answers to.")
    return problems


def refuse_insecure_production(
    *,
    secret_is_default: bool,
    debug: bool,
    gateway: str,
    webhook_secret: str,
    public_url: str,
    allowed_hosts: list[str],
) -> None:
    """Raise ImproperlyConfigured that lists everything unsafe at once, so that one start shows all of it."""
    problems = insecure_settings(
        secret_is_default=secret_is_default,
        debug=debug,
        gateway=gateway,
        webhook_secret=webhook_secret,
        public_url=public_url,
        allowed_hosts=allowed_hosts,
    )
    if problems:
        raise ImproperlyConfigured("Production refuses to start:\n- " + "\n- ".join(problems))
