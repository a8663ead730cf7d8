"""Hands a letter to the mail server, and tells what is worth another try from what never will be."""

import smtplib

from django.core.mail import EmailMessage

from jobsphere.outbox.errors import GiveUp


def deliver(message: EmailMessage) -> None:
    """Send one letter to one person.

    A refusal of the 5xx kind is for good (RFC 5321, 4.2.1): GiveUp makes a dead letter of it at once. Everything else
    (4xx, no connection, lost on the way) is raised as it is, and tried again by the queue.
    """
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _ in refused.recipients.values()]
        if codes and all(code >= 500 for code in codes):
            raise GiveUp(f"The mail server refuses this address for good ({codes[0]}).") from refused
        raise
    except smtplib.SMTPAuthenticationError:
        raise  # The operator's password is wrong; the letter is not at fault, so it waits.
    except smtplib.SMTPResponseException as refused:
        if refused.smtp_code >= 500 and not isinstance(refused, smtplib.SMTPConnectError | smtplib.SMTPHeloError):
            raise GiveUp(f"The mail server refuses this letter for good ({refused.smtp_code}).") from refused
        raise
