"""Verbs of series. Each runs inside the transaction of its edge."""

from jobsphere.repeats.services.agreeing import (
    Wish,
    accept_repeat,
    change_card,
    decline_repeat,
    end_repeat,
    pause_repeat,
    pay_date,
    propose_repeat,
    resume_repeat,
    skip_date,
)
from jobsphere.repeats.services.making import give_up, make_next, try_again
from jobsphere.repeats.services.pricing import agree_price, decline_price, propose_price, withdraw_price

__all__ = [
    "Wish",
    "accept_repeat",
    "agree_price",
    "change_card",
    "decline_price",
    "decline_repeat",
    "end_repeat",
    "give_up",
    "make_next",
    "pause_repeat",
    "pay_date",
    "propose_price",
    "propose_repeat",
    "resume_repeat",
    "skip_date",
    "try_again",
    "withdraw_price",
]
