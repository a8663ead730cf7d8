"""What happens in the year of two contractors, on which day, and the diary that their bookkeeper keeps of it.

Everything here is plain arithmetic and the calendar: nothing asks the marketplace what it thinks.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

NEW_YORK, BERLIN = ZoneInfo("America/New_York"), ZoneInfo("Europe/Berlin")
#: A Tuesday evening in New York, two at night in Berlin.
START = datetime(2027, 1, 6, 2, tzinfo=BERLIN)

#: Pat works by the hour, in weeks of New York, whose clocks change on 14 March and 7 November.
WEEKS, FIRST_MONDAY = 52, date(2027, 1, 4)
RATE, CAP = 37_33, 601
NOT_PAID_IN = {4, 13, 22, 31, 40}
NOTHING_DONE = {5, 16, 30, 47}
OVER_THE_CAP = {3, 20, 33, 51}
#: A week that Casey doubts, and how that ends.
DOUBTED = {7: "Pat gives in", 18: "Casey gives in", 29: "staff decide", 44: "Pat gives in"}
#: The weeks whose work gets a tip, and how much.
THANKS = {35: 25_00}

#: Sam cleans an office on the last day of each month, at two at night by the clocks of Berlin: on 28 March there is no
#: such hour, and on 31 October there are two.
VISITS = 12
OLD_PRICE, NEW_PRICE, NEW_FROM = 121_37, 133_99, date(2027, 8, 1)
LEFT_OUT, CALLED_OFF = 7, 9
#: What Sam gives back of the work of a month, and what Casey tips.
GIVEN_BACK, TIPS = {3: 40_00}, {5: 12_50}

#: The tax in the operator's fees rises in summer.
TAX, TAX_FROM_JULY, JULY = 1900, 2000, date(2027, 7, 1)


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happens at a moment: a verb of the year, and the number of the week or month it is about."""

    at: datetime
    verb: str
    number: int


def calendar() -> list[Step]:
    """Return all that happens, in the order of its time."""
    return sorted([*_weeks(), *_months()], key=lambda step: step.at)


def monday(number: int) -> date:
    """Return the first day of a week of hours."""
    return FIRST_MONDAY + timedelta(weeks=number - 1)


def nine_o_clock(number: int, day: int) -> datetime:
    """Return nine in the morning in New York on a day of a week of hours; 0 is its Monday."""
    return datetime.combine(monday(number) + timedelta(days=day), time(9), NEW_YORK)


def two_at_night(month: int) -> datetime:
    """Return when Sam cleans; of two such hours in a night it is the first."""
    return datetime.combine(last_day(month), time(2), BERLIN).astimezone(UTC)


def last_day(month: int) -> date:
    """Return the last day of a month of 2027."""
    return date(2027 + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _weeks() -> Iterator[Step]:
    for number in range(1, WEEKS + 1):

        def at(day: int, hour: int, number: int = number) -> datetime:
            return datetime.combine(monday(number) + timedelta(days=day), time(hour), NEW_YORK)

        yield Step(at(6, 21), "works_and_pays", number)
        # A little earlier each Monday: when a week is stated, the one before still has a few minutes of its seven days.
        stated = timedelta(hours=20, minutes=-5 * number)
        yield Step(at(7, 0) + stated, "is_stated", number)
        if lengths(number) and number < WEEKS:
            yield Step(at(14, 0) + stated + timedelta(minutes=70), "is_over", number)
        if number in DOUBTED:
            yield Step(at(8, 9), "is_doubted", number)
            yield Step(at(9, 9), "is_settled", number)
        if number in THANKS:
            yield Step(at(15, 9), "tips_pat", number)


def _months() -> Iterator[Step]:
    for month in range(1, VISITS + 1):

        def at(days: int, hour: int, month: int = month) -> datetime:
            return datetime.combine(last_day(month) + timedelta(days=days), time(hour), BERLIN)

        if month == LEFT_OUT:
            yield Step(at(-9, 12), "leaves_out", month)
        elif month > 1:
            yield Step(at(-3, 2), "is_made", month)
        if month == CALLED_OFF:
            yield Step(at(-1, 10), "is_called_off", month)
        elif month not in (LEFT_OUT, VISITS):
            yield Step(at(0, 7), "is_done", month)
        if month in GIVEN_BACK:
            yield Step(at(9, 12), "gives_back", month)
        if month in TIPS:
            yield Step(at(1, 12), "tips_sam", month)
        yield Step(at(0, 12), "month_ends", month)
    yield Step(datetime(2027, 7, 10, 9, tzinfo=BERLIN), "asks_for_more", 8)
    yield Step(datetime(2027, 7, 12, 9, tzinfo=BERLIN), "agrees", 8)
    yield Step(datetime(2028, 1, 3, 23, tzinfo=NEW_YORK), "year_ends", 2027)


def lengths(number: int) -> list[int]:
    """Return the minutes that Pat works in a week, an entry a day."""
    if number in NOT_PAID_IN | NOTHING_DONE:
        return []
    if number in OVER_THE_CAP:
        return [400, 400]
    return [61 + number % 17, 133 + number % 5]


def cents(rate: int, minutes: int) -> int:
    """Return what minutes cost, rounded half up."""
    return (2 * rate * minutes + 60) // 120


def percent(share: int, amount: int) -> int:
    """Return a share of an amount, rounded down."""
    return amount * share // 100


def without_tax(gross: int, rate: int) -> int:
    """Return what is left of a price when its tax is taken out, rounded half up."""
    return (2 * gross * 10_000 + 10_000 + rate) // (2 * (10_000 + rate))


def billed(number: int) -> int:
    """Return what a week costs, in cents."""
    return cents(RATE, min(sum(lengths(number)), CAP))


def paid_in(number: int) -> int:
    """Return what Casey pays in for a week: all of its cap, or nothing."""
    return 0 if number in NOT_PAID_IN or number > WEEKS else cents(RATE, CAP)


def doubtful(number: int) -> int:
    """Return what the first entry of a week has added to its cost."""
    return billed(number) - cents(RATE, min(sum(lengths(number)[1:]), CAP))


def price(month: int) -> int:
    """Return what the visit of a month costs."""
    return NEW_PRICE if last_day(month) >= NEW_FROM else OLD_PRICE


class Diary(Counter[str]):
    """What was paid and what went back, by the day on which it happened, in cents."""

    def pays(self, amount: int) -> None:
        self["paid"] += amount

    def gets_back(self, amount: int) -> None:
        self["refunded"] += amount

    @property
    def stays(self) -> int:
        """Return what is left of the work of the year, and of what is still held."""
        return self["paid"] - self["refunded"]


#: The six terms: what was paid is what became of it.
TERMS = ("paid", "refunded", "earned", "commission", "tax", "held")


def adds_up(terms: Counter[str]) -> bool:
    """Say whether what was paid is what contractors earned + commission + tax + what went back + what is held."""
    return terms["paid"] == sum(terms[term] for term in TERMS[1:])


def row(day: str, what: str, terms: Counter[str]) -> str:
    """Write a line of the transcript; what is not among the terms is not known."""
    return f"{day:<10}  {what:<42}" + "".join(f"{_dollars(terms[term]) if term in terms else '':>11}" for term in TERMS)


def heading() -> list[str]:
    """Write what stands above the figures."""
    return [
        "A year of Casey's with Pat, by the hour, and Sam, once a month. Dollars since it began, days in New York.",
        "paid = refunded + earned by both + commission without tax + tax in it + held, in every line.",
        "",
        f"{'day':<10}  {'what happened':<42}" + "".join(f"{term:>11}" for term in TERMS),
    ]


def _dollars(amount: int) -> str:
    return f"{amount // 100:,}.{amount % 100:02}"
