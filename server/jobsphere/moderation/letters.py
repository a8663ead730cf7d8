"""Letters about decisions, to people who may not be able to sign in: whoever can is notified in the usual way."""

from pathlib import Path
from uuid import UUID

from jobsphere.db.composed import get
from jobsphere.kit.words import Phrase, Wording
from jobsphere.mail.letters import Letter, compose
from jobsphere.mail.readers import reader_of
from jobsphere.moderation import links
from jobsphere.moderation.models import Decision
from jobsphere.moderation.selectors.statements import WITH, statement_view
from jobsphere.moderation.types import StatementView
from jobsphere.outbox.subscriptions import job
from jobsphere.users.personal_data import Subject, subject_of

WORDS = Wording(Path(__file__).parent / "words")


@job()
def send_letter(kind: str, decision_id: str) -> None:
    """Write to the person of a decision: suspended, over, upheld or overturned."""
    row = get(Decision, *WITH, pk=UUID(decision_id))
    letter(kind, subject_of(row.person_id), statement_view(row)).send()


def letter(kind: str, to: Subject, statement: StatementView) -> Letter:
    """Return the letter; its link opens the decision without a sign-in, and so belongs to nobody but the addressee."""
    until = statement.restriction.until if statement.restriction else None
    period = Phrase("suspended.until_moment", {"until": until}) if until else Phrase("suspended.until_lifted")
    return compose(
        WORDS,
        kind,
        to=to.email,
        reader=reader_of(to.id),
        name=to.name,
        until=period,
        facts=statement.facts,
        rule=statement.rule.title,
        rule_text=statement.rule.text,
        appeal_until=statement.appeal_until,
        reasons=statement.appeal.reasons if statement.appeal else "",
        link=links.link_for(statement.id),
    )
