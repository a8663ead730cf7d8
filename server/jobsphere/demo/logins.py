"""The logins of the demo marketplace. They exist in sandbox mode only; production refuses the sandbox."""

from dataclasses import dataclass

PASSWORD = "demo-city-2026"  # noqa: S105  printed by `make run`, of people who do not exist


#: Everybody of the demo city, and nobody else, has an address here.
DOMAIN = "demo.example"


@dataclass(frozen=True, slots=True)
class Login:
    """One demo login and what it is good for."""

    email: str
    name: str
    what: str


CASEY = Login("casey@demo.example", "Casey Morgan", "customer: jobs, proposals to choose from, a contract under way")
PAT = Login("pat@demo.example", "Pat Rivera", "contractor: offers, contracts, a wallet with money in it")
SAM = Login("sam@demo.example", "Sam Okafor", "contractor: a rival of Pat's; works by the hour, has a plan")
ADA = Login("ada@demo.example", "Ada Admin", "admin: books, payments, commission, audit")

LOGINS = (CASEY, PAT, SAM, ADA)


def notes() -> str:
    """Return the lines that `make run` prints."""
    lines = [f"  Demo logins (password {PASSWORD}):"]
    lines += [f"    {login.email:<22} {login.what}" for login in LOGINS]
    return "\n".join(lines)
