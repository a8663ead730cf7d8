"""The Paystack sandbox's pages for payers: the checkout and the bank's question. HTML without scripts."""

from html import escape
from urllib.parse import urlencode, urlsplit

from jobsphere.payments.gateways.paystack.sandbox.cards import CARDS
from jobsphere.payments.gateways.paystack.sandbox.store import Body
from jobsphere.payments.gateways.sandbox.pages import document


def checkout_page(paid: Body, problem: str = "") -> str:
    """Draw the card form."""
    alert = f'<p role="alert">{escape(problem)}</p>' if problem else ""
    cards = "".join(f"<li><code>{card.number}</code>: {escape(card.label)}</li>" for card in CARDS)
    return document(
        "Pay",
        f"""
<h1>Pay with a card</h1>
<p>{escape(str(paid["customer"]["email"]))}</p>
<p class="sum">{escape(price(paid))}</p>{alert}
<form method="post">
<p><label class="name" for="number">Card number</label>
<input type="text" id="number" name="number" inputmode="numeric" autocomplete="cc-number" value="{CARDS[0].number}"
 required></p>
<p><label class="name" for="expiry">Valid until (MM/YY)</label>
<input type="text" id="expiry" name="expiry" autocomplete="cc-exp" value="12/50" pattern="[0-9]{{2}}/[0-9]{{2}}"
 required></p>
<p><label class="name" for="cvv">Security code</label>
<input type="text" id="cvv" name="cvv" inputmode="numeric" autocomplete="cc-csc" value="408" required></p>
<button class="go" name="act" value="pay">Pay {escape(price(paid))}</button>
</form>
<form method="post"><button class="stop" name="act" value="leave">Cancel</button></form>
<p class="note">This is the sandbox: no money moves. Test cards:</p><ul class="note">{cards}</ul>""",
    )


def challenge_page(paid: Body, kind: str) -> str:
    """Draw the bank's question."""
    asked = {
        "otp": "Your bank has sent you a code (it is 123456).",
        "pin": "Your bank asks for your PIN (any four digits).",
    }
    code = (
        '<p><label class="name" for="code">Code</label>'
        '<input type="text" id="code" name="code" inputmode="numeric" value="123456"></p>'
        if kind in asked
        else ""
    )
    return document(
        "Confirm your payment",
        f"""
<h1>Confirm your payment</h1>
<p>{escape(asked.get(kind, "Your bank asks whether this is you."))}</p>
<p class="sum">{escape(price(paid))}</p>
<form method="post">{code}
<button class="go" name="result" value="complete">Complete</button>
<button class="stop" name="result" value="fail">Fail</button>
</form>
<p class="note">This is the sandbox: no bank is asked and no money moves.</p>""",
    )


def price(paid: Body) -> str:
    """Write an amount: Paystack counts hundredths in every currency."""
    return f"{paid['amount'] // 100}.{paid['amount'] % 100:02d} {paid['currency']}"


def return_address(paid: Body, return_url: str) -> str:
    """Return where the payer goes afterwards, with what Paystack adds to it; empty when nowhere safe."""
    parts = urlsplit(return_url)
    if parts.scheme not in ("http", "https"):
        return ""
    added = urlencode({"trxref": paid["reference"], "reference": paid["reference"]})
    return parts._replace(query=f"{parts.query}&{added}" if parts.query else added).geturl()
