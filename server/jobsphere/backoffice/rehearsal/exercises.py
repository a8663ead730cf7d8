"""The list of exercises. The API, `manage.py rehearse` and the page are drawn from it; nothing else lists them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from jobsphere.backoffice.rehearsal import banks, hours, letters, network, troupe
from jobsphere.backoffice.rehearsal.families import STRIPE
from jobsphere.backoffice.rehearsal.types import Exercise, Parameter, ParameterKind, Values
from jobsphere.kit.errors import FieldError, InvalidInput
from jobsphere.payments.gateways import registry
from jobsphere.payments.gateways.sandbox.cards import CARDS

TIME, PEOPLE, CARD, WIRE, BANK, EVENTS = "time", "people", "card", "wire", "bank", "events"
#: The groups in order, with their titles.
GROUPS: Mapping[str, str] = {
    PEOPLE: "Something to rehearse on",
    TIME: "Time",
    CARD: "The next card",
    WIRE: "Between us and the gateway",
    BANK: "Banks and cardholders",
    EVENTS: "The gateway's events",
}


def whole(name: str, title: str, default: int, minimum: int, maximum: int, hint: str = "") -> Parameter:
    """Return a whole number that is asked for."""
    return Parameter(name, title, ParameterKind.WHOLE, default, minimum=minimum, maximum=maximum, hint=hint)


def choice(name: str, title: str, *choices: tuple[str, str], hint: str = "") -> Parameter:
    """Return a choice; the first one is the default."""
    return Parameter(name, title, ParameterKind.CHOICE, choices[0][0], choices=choices, hint=hint)


def text(name: str, title: str, default: str = "", hint: str = "") -> Parameter:
    """Return a text that is asked for; it may stay as it is."""
    return Parameter(name, title, ParameterKind.TEXT, default, hint=hint)


#: Which sandbox. Every exercise that plays with one takes it.
GATEWAY = choice(
    "gateway", "Gateway", ("", "the one in use"), *((name, name.replace("_", " ")) for name in registry.sandboxes())
)
TIMES = whole("times", "How many times", 1, 1, 50)
_PAYEE = text("payee", "Payee", hint="Their e-mail address or account at the gateway; the newest one when empty.")
_CHARGEBACK = text("chargeback", "Chargeback", hint="Its id at the gateway; the newest open one when empty.")


def request(first: str = "payment") -> Parameter:
    """Return the choice of what is asked of the gateway."""
    names = [first, *(name for name in STRIPE.requests if name != first)]
    return choice("request", "Which request", *((name, name.capitalize()) for name in names))


_EXERCISES: tuple[Exercise, ...] = (
    Exercise(
        "deal",
        PEOPLE,
        "Play a deal",
        "Remy and Robin, who exist for rehearsals only, make a deal through the verbs that everybody uses.",
        "Payments, the books and the two wallets. Whatever you ordered for the next payment happens to them.",
        troupe.deal,
        (
            choice(
                "until",
                "As far as",
                ("accepted", "accepted, the money is protected"),
                ("offered", "offered, the card is reserved"),
                ("released", "released, the work is approved"),
                ("withdrawn", "withdrawn to the bank"),
                ("refunded", "called off and refunded"),
            ),
            whole("amount", "Price in dollars", 1000, 1, 100_000),
            choice("card", "Card", *((card.tokens[0], f"…{card.number[-4:]} {card.label}") for card in CARDS)),
        ),
    ),
    Exercise(
        "withdraw",
        PEOPLE,
        "Withdraw what was earned",
        "Robin withdraws everything that has cleared, after connecting a bank where there is none.",
        "The payout in the list of payouts: requested, transferring, at the bank, paid.",
        troupe.withdraw,
    ),
    Exercise(
        "clock",
        TIME,
        "Move the clock",
        "The marketplace's clock, in all its processes, and the gateway's go forward. They never go back.",
        "Offers expire, silent work is released, earnings clear, retries come due; sign-ins stay as they are.",
        hours.move_clock,
        (whole("days", "Days", 0, 0, 366), whole("hours", "Hours", 0, 0, 23)),
    ),
    Exercise(
        "worker",
        TIME,
        "Run the worker now",
        "Everything in the queue that is due runs in this process, here and now.",
        "The figures of the queue; dead letters, should anything be given up.",
        hours.run_worker,
        settles=False,
    ),
    Exercise(
        "decline",
        CARD,
        "Decline the next card",
        "The next card is declined by its bank, whichever card it is.",
        "The offer ends as declined, nothing was taken, no transfer stands in the books; another card works.",
        network.decline,
        (
            choice(
                "code",
                "The bank's reason",
                ("insufficient_funds", "insufficient funds"),
                ("generic_decline", "no reason given"),
                ("lost_card", "lost card"),
                ("expired_card", "expired card"),
            ),
            TIMES,
        ),
    ),
    Exercise(
        "three-d-secure",
        CARD,
        "Ask the next payer for 3-D Secure",
        "The bank wants to see the next payer before it reserves anything, whichever card it is.",
        "The offer waits for its payment, and nothing is reserved until the payer comes back.",
        network.challenge,
        (TIMES,),
    ),
    Exercise(
        "timeout",
        CARD,
        "Let the next payment time out",
        "The gateway takes twelve seconds; we wait ten. It did the work, and we do not know.",
        "An operation is unknown, never failed. The same key is sent again, and nothing is taken twice.",
        lambda values: network.slow({"seconds": 12, "request": "payment", "times": 1, **values}),
    ),
    Exercise(
        "lose-answer",
        WIRE,
        "Lose an answer",
        "The gateway carries the request out; its answer never arrives.",
        "The operation is unknown and asked again with its key; the gateway has one payment, not two.",
        network.lose_answer,
        (request(), TIMES),
    ),
    Exercise(
        "lose-request",
        WIRE,
        "Lose a request",
        "The request never arrives at the gateway.",
        "From here this looks the same as a lost answer, so it is treated the same.",
        network.lose_request,
        (request(), TIMES),
    ),
    Exercise(
        "error-before",
        WIRE,
        "Answer 500, nothing done",
        "The gateway fails before it has done anything.",
        "Unknown, and tried again until there is an answer.",
        network.fail_before,
        (request(), TIMES),
    ),
    Exercise(
        "error-after",
        WIRE,
        "Answer 500, although it was done",
        "The gateway does the work and answers 500, now and whenever the same key comes.",
        "The gateway is asked what happened, and its word is booked.",
        network.fail_after,
        (request(), TIMES),
    ),
    Exercise(
        "slow",
        WIRE,
        "Slow the gateway down",
        "Answers take so long; beyond ten seconds we stop waiting.",
        "People wait, the queue goes on, nothing is done twice.",
        network.slow,
        (whole("seconds", "Seconds", 3, 1, 60), request("anything"), TIMES),
    ),
    Exercise(
        "rate-limit",
        WIRE,
        "Answer 429",
        "The gateway finds that we ask too often.",
        "We wait longer each time, and go on.",
        network.limit_rate,
        (request("anything"), TIMES),
    ),
    Exercise(
        "down",
        WIRE,
        "Take the gateway down",
        "No request arrives until it comes back.",
        "People get 202 and nothing is lost; operations pile up as unknown.",
        network.go_down,
    ),
    Exercise(
        "up",
        WIRE,
        "Bring the gateway back",
        "The gateway answers again, and every fault that still waits is called off.",
        "The queue empties by itself as retries come due; move the clock an hour to see it.",
        network.come_back,
    ),
    Exercise(
        "forget-keys",
        WIRE,
        "Forget the idempotency keys",
        "The gateway forgets every key, as it may after a day.",
        "An unknown operation is looked up instead of repeated: still nothing happens twice.",
        network.forget_keys,
    ),
    Exercise(
        "bounce",
        BANK,
        "Bounce a payout",
        "The bank takes a payout, says so, and sends it back.",
        "The payout is returned, the transfer reversed, and the money is in the wallet again.",
        banks.bounce_payout,
        (
            text("payout", "Payout", hint="Its id at the gateway; the newest one when empty."),
            choice(
                "code",
                "The bank's reason",
                ("account_closed", "account closed"),
                ("no_account", "no such account"),
                ("invalid_currency", "another currency"),
            ),
        ),
    ),
    Exercise(
        "fail-refund",
        BANK,
        "Let a refund fail",
        "A refund that was said to have succeeded did not reach the card.",
        "The refund is failed, its money stands as refund in transit, and finance is alarmed; retry it.",
        banks.fail_refund,
        (text("refund", "Refund", hint="Its id; the newest one when empty."),),
    ),
    Exercise(
        "chargeback",
        BANK,
        "Let a chargeback arrive",
        "The cardholder's bank takes a captured payment back at once.",
        "The payment is disputed, refunds of it stop, and the money is booked as taken by the bank.",
        banks.open_chargeback,
        (
            text("payment", "Payment", hint="Its id; the newest one when empty."),
            choice(
                "reason",
                "The cardholder says",
                ("fraudulent", "it was not me"),
                ("product_not_received", "I got nothing"),
                ("product_unacceptable", "it was no good"),
                ("duplicate", "I paid twice"),
            ),
        ),
    ),
    Exercise(
        "chargeback-won",
        BANK,
        "Win a chargeback",
        "The bank decides for us, and the money comes back.",
        "The payment is disputed no longer; the books stand as before.",
        banks.win_chargeback,
        (_CHARGEBACK,),
    ),
    Exercise(
        "chargeback-lost",
        BANK,
        "Lose a chargeback",
        "The bank decides for the cardholder.",
        "The loss stands in the books by name; what was released already is owed by its payee.",
        banks.lose_chargeback,
        (_CHARGEBACK,),
    ),
    Exercise(
        "restrict",
        BANK,
        "Restrict a payee",
        "The gateway wants a document and closes the payee's account.",
        "Withdrawals are refused with the reason; the wallet keeps its money.",
        banks.restrict_payee,
        (_PAYEE,),
    ),
    Exercise(
        "unrestrict",
        BANK,
        "Open a restricted payee",
        "The document came; the account is open again.",
        "Withdrawals work.",
        banks.unrestrict_payee,
        (_PAYEE,),
    ),
    Exercise(
        "bank",
        BANK,
        "Change a payee's bank",
        "The payee names another account at the gateway.",
        "What becomes of the next payout.",
        banks.change_bank,
        (_PAYEE, choice("bank", "Account", *banks.BANK_CHOICES)),
    ),
    Exercise(
        "withhold",
        EVENTS,
        "Keep events back",
        "The gateway's events do not arrive until they are released.",
        "What was answered at once is right; what only an event tells waits, or is found by looking.",
        letters.withhold,
        (
            choice(
                "pattern",
                "Which events",
                ("*", "all of them"),
                ("payment_intent.*", "of payments"),
                ("charge.*", "of charges and chargebacks"),
                ("payout.*", "of payouts"),
            ),
        ),
    ),
    Exercise(
        "release-events",
        EVENTS,
        "Release the events",
        "Everything that was kept back arrives at once.",
        "Old news about what has moved on changes nothing.",
        letters.release,
    ),
    Exercise(
        "duplicate",
        EVENTS,
        "Repeat the last events",
        "The last events come again, many times each.",
        "Each is stored and handled once; the rest is answered 200 and forgotten.",
        letters.duplicate,
        (whole("events", "How many events", 5, 1, 50), whole("copies", "Times each", 10, 2, 20)),
    ),
    Exercise(
        "shuffle",
        EVENTS,
        "Mix the last events up",
        "The last events come again in another order.",
        "An event is a reason to look, never the news itself: the order does not matter.",
        letters.shuffle,
        (whole("events", "How many events", 10, 2, 50), whole("seed", "Shuffle", 7, 1, 9999)),
    ),
    Exercise(
        "forge",
        EVENTS,
        "Forge an event",
        "Somebody without the secret sends an event.",
        "It is answered 400, and nothing of it is stored.",
        letters.forge,
        (choice("how", "How", *((name, name) for name in letters.FORGERIES)),),
    ),
    Exercise(
        "deliver",
        EVENTS,
        "Deliver events now",
        "The gateway's clock ticks, and every event that waits is delivered and handled.",
        "Nothing is pending afterwards.",
        letters.deliver,
    ),
)

#: These play with no gateway of one's choice.
_EVERYWHERE = {"deal", "withdraw", "clock", "worker", "deliver"}

EXERCISES: tuple[Exercise, ...] = tuple(
    each if each.name in _EVERYWHERE else replace(each, parameters=(*each.parameters, GATEWAY)) for each in _EXERCISES
)
BY_NAME: Mapping[str, Exercise] = {each.name: each for each in EXERCISES}


def exercise(name: str) -> Exercise:
    """Return an exercise; raises InvalidInput for an unknown name."""
    if name not in BY_NAME:
        raise InvalidInput.at("/exercise", "unknown", f"There is no exercise called {name!r}.")
    return BY_NAME[name]


def read(asked: Exercise, given: Mapping[str, Any]) -> Values:
    """Return the values of all parameters, defaults where none was given; raises InvalidInput that names each wrong."""
    known = {each.name for each in asked.parameters}
    wrong = [FieldError(f"/values/{name}", "unknown-field", "There is no such value.") for name in given.keys() - known]
    values: dict[str, int | str] = {}
    for parameter in asked.parameters:
        value, problem = _value(parameter, given.get(parameter.name, parameter.default))
        values[parameter.name] = value
        if problem:
            wrong.append(FieldError(f"/values/{parameter.name}", "invalid", problem))
    if wrong:
        raise InvalidInput(wrong)
    return values


def _value(parameter: Parameter, given: Any) -> tuple[int | str, str]:
    """Read one value; a whole number may come as its digits, from a command line. Returns what is wrong with it."""
    if parameter.kind is ParameterKind.WHOLE:
        return _whole(parameter, given)
    if not isinstance(given, str) or len(given) > 200:
        return parameter.default, f"{parameter.title} is a text."
    names = [name for name, _ in parameter.choices]
    if parameter.kind is ParameterKind.CHOICE and given not in names:
        return parameter.default, f"{parameter.title} is one of: {', '.join(names)}."
    return given, ""


def _whole(parameter: Parameter, given: Any) -> tuple[int, str]:
    digits = str(given) if isinstance(given, str) or type(given) is int else ""
    if digits.isascii() and digits.isdecimal() and parameter.minimum <= int(digits[:12]) <= parameter.maximum:
        return int(digits[:12]), ""
    problem = f"{parameter.title} is a whole number from {parameter.minimum} to {parameter.maximum}."
    return parameter.minimum, problem
