"""The sandbox's two pages for people: the 3-D Secure challenge and the payee's onboarding. HTML without scripts."""

import base64
import hashlib
from html import escape
from urllib.parse import urlencode, urlsplit

from jobsphere.payments.gateways.sandbox.cards import BANKS
from jobsphere.payments.gateways.sandbox.objects import Body

_STYLE = """
:root { color-scheme: light dark; --ink: #14202b; --paper: #f4f6f8; --card: #fff; --line: #8795a1; --go: #0b5c3b;
  --stop: #8f1d1d; --quiet: #45525e; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #eef2f5; --paper: #10171d; --card: #1a232b; --line: #74838f; --go: #7fe0b0; --stop: #ffb3ad;
    --quiet: #b4c0ca; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 1rem; min-height: 100vh; display: grid; place-items: center; background: var(--paper);
  color: var(--ink); font: 1.0625rem/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 26rem; padding: 1.5rem; background: var(--card); border: 1px solid var(--line);
  border-radius: 1rem; }
h1 { margin: 0 0 .25rem; font-size: 1.375rem; line-height: 1.25; }
p { margin: .5rem 0 1rem; color: var(--quiet); }
.sum { font-size: 2rem; font-weight: 650; color: var(--ink); margin: .75rem 0; }
fieldset { margin: 1rem 0; padding: 0; border: 0; }
legend, .name { font-weight: 600; padding: 0; }
label { display: flex; gap: .75rem; align-items: center; min-height: 2.75rem; }
input[type=text] { width: 100%; min-height: 2.75rem; padding: .5rem .75rem; font: inherit; color: inherit;
  background: transparent; border: 1px solid var(--line); border-radius: .5rem; }
input[type=radio] { width: 1.25rem; height: 1.25rem; flex: none; accent-color: var(--go); }
button { width: 100%; min-height: 3rem; margin-top: .75rem; padding: .5rem 1rem; font: inherit; font-weight: 600;
  border-radius: .5rem; cursor: pointer; background: transparent; border: 2px solid var(--go); color: var(--go); }
button.go { background: var(--go); color: var(--card); }
button.stop { border-color: var(--stop); color: var(--stop); }
:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
.note { margin: 1.25rem 0 0; font-size: .9375rem; }
""".strip()

#: Lets this page's own style through and nothing else.
CONTENT_POLICY = (
    "default-src 'none'; base-uri 'none'; frame-ancestors 'self'; style-src 'sha256-"
    + base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    + "'"
)


def challenge_page(intent: Body) -> str:
    """Draw the bank's question: was it you?"""
    if intent["status"] != "requires_action":
        return document("Nothing to confirm", f"<h1>{_CHALLENGE_OVER[0]}</h1><p>{_CHALLENGE_OVER[1]}</p>")
    saving = intent["object"] == "setup_intent"
    title = "Confirm your card" if saving else "Confirm your payment"
    asked = "" if saving else f'<p class="sum">{escape(price(intent["amount"], intent["currency"]))}</p>'
    return document(
        title,
        f"""
<h1>{title}</h1>
<p>Your bank asks whether this is you.</p>
{asked}
<form method="post">
<button class="go" name="result" value="complete">Complete</button>
<button class="stop" name="result" value="fail">Fail</button>
</form>
<p class="note">This is the sandbox: no bank is asked and no money moves.</p>""",
    )


_CHALLENGE_OVER = (
    "Nothing to confirm",
    "This payment does not wait for your bank any more. You can close this page.",
)


def challenge_done_page(*, passed: bool) -> str:
    """Draw the end of a challenge for a payer who has nowhere to return to."""
    words = "Your payment is confirmed." if passed else "The payment was not confirmed. Try another card."
    return document("Done", f"<h1>{words}</h1><p>You can close this page.</p>")


def onboarding_page(account: Body, token: str, problem: str = "") -> str:
    """Draw what a payee must tell: a name, and a test bank."""
    banks = "".join(
        f'<label><input type="radio" name="bank" value="{bank.number}" {"checked" if not index else ""} required>'
        f"<span>…{bank.number[-4:]}: {escape(bank.label)}</span></label>"
        for index, bank in enumerate(BANKS)
    )
    alert = f'<p role="alert">{escape(problem)}</p>' if problem else ""
    return document(
        "Get paid",
        f"""
<h1>Get paid</h1>
<p>Tell where your earnings go. Account {escape(str(account["email"] or account["id"]))}.</p>{alert}
<form method="post">
<input type="hidden" name="token" value="{escape(token)}">
<p><label class="name" for="holder">Name on the bank account</label>
<input type="text" id="holder" name="holder" autocomplete="name" maxlength="100" required></p>
<fieldset><legend>Test bank account</legend>{banks}</fieldset>
<button class="go">Agree and finish</button>
</form>
<p class="note">This is the sandbox: nothing you write leaves this machine.</p>""",
    )


def message_page(title: str, text: str) -> str:
    """Draw a page that only says something."""
    return document(title, f"<h1>{escape(title)}</h1><p>{escape(text)}</p>")


def price(amount: int, currency: str) -> str:
    """Write an amount plainly: 1000.00 USD, 500 JPY."""
    if currency in ("jpy", "krw", "vnd", "clp", "xof", "xaf", "ugx", "rwf"):
        return f"{amount} {currency.upper()}"
    return f"{amount // 100}.{amount % 100:02d} {currency.upper()}"


def return_address(intent: Body, return_url: str) -> str:
    """Return where the payer goes after a challenge, with what Stripe adds to it; empty when nowhere safe."""
    parts = urlsplit(return_url)
    if parts.scheme not in ("http", "https"):
        return ""
    passed = intent["status"] in ("requires_capture", "succeeded", "processing")
    kind = intent["object"]
    added = urlencode(
        {
            kind: intent["id"],
            f"{kind}_client_secret": intent["client_secret"],
            "redirect_status": "succeeded" if passed else "failed",
        }
    )
    return parts._replace(query=f"{parts.query}&{added}" if parts.query else added).geturl()


def document(title: str, body: str) -> str:
    """Draw a whole page of the sandbox."""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)} (sandbox)</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style></head><body><main>{body}</main></body></html>"
    )
