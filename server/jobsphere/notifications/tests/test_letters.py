"""Letters: what is in them, when they leave, through a real SMTP server (R86)."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail

from config.env import mail as mail_settings
from jobsphere.kit import clock
from jobsphere.kit.ids import uuid7
from jobsphere.notifications.models import Notification, NotificationPreference, NotificationSettings
from jobsphere.notifications.tasks import write_digests
from jobsphere.notifications.tests.servers import certificate, smtp
from jobsphere.notifications.tests.telling import FAILED, PAID, choose, prove_address, set_up, tell, write
from jobsphere.notifications.unsubscribing import token_for
from jobsphere.outbox.models import DeadLetter

pytestmark = pytest.mark.django_db(transaction=True)


def use(settings: Any, url: str) -> None:
    """Send letters as EMAIL_URL says."""
    for name, value in mail_settings(url).items():
        setattr(settings, name, value)


def parts(letter: EmailMessage) -> tuple[str, str]:
    """Return text and HTML of a letter that arrived."""
    text, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert text is not None
    assert html is not None
    return text.get_content(), html.get_content()


def html_of(letter: Any) -> str:
    """Return the HTML of a letter in Django's test mailbox."""
    return str(letter.alternatives[0].content)


def at(moment: datetime) -> None:
    """Move the marketplace's clock to a moment."""
    clock.set_offset(moment - clock.machine_now())


def test_a_letter_is_html_and_text_with_everything_inline_and_a_way_out(pat, run_worker, settings):
    settings.PUBLIC_URL, settings.BRAND_NAME = "https://market.example", "Handy"
    prove_address(pat, "pat@example.com")
    offer_id = uuid7()
    told = tell(pat, params={"offer_id": offer_id, "title": "Roof <b>& tap</b>"})
    with smtp() as (postbox, port):
        use(settings, f"smtp://127.0.0.1:{port}?starttls=no")
        run_worker()
        run_worker()
    (letter,) = postbox.letters
    text, html = parts(letter)
    assert (letter["To"], letter["Subject"]) == ("pat@example.com", "You have an offer of $1,000.00")
    assert letter["Message-ID"] == f"<{told}@market.example>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["Auto-Submitted"] == "auto-generated"
    for form in (text, html):
        assert f"https://market.example/offers/{offer_id}" in form
        assert "Open it in Handy" in form
        assert "because you chose “I have an offer or a booking”" in form
        assert "https://market.example/unsubscribe#token=" in form
    assert "Roof <b>& tap</b>" in text
    assert "Roof &lt;b&gt;&amp; tap&lt;/b&gt;" in html
    assert 'class="button" style="' in html
    assert "prefers-color-scheme: dark" in html
    assert "<script" not in html
    assert "http://" not in html.replace("http://www.w3.org", "")
    assert Notification.objects.get().emailed_at


def test_a_letter_is_in_the_readers_language(client_for, pat, run_worker):
    prove_address(pat, "pat@example.com")
    set_up(client_for(pat), language="de", time_zone="Europe/Berlin")
    tell(pat)
    run_worker()
    assert mail.outbox[0].subject == "Du hast eine Anfrage über 1.000,00\xa0$"
    assert mail.outbox[0].extra_headers["Content-Language"] == "de"
    assert "Keine E-Mails dieser Art mehr" in mail.outbox[0].body


def test_what_must_be_known_has_no_way_out(pat, run_worker):
    prove_address(pat, "pat@example.com")
    tell(pat, FAILED)
    run_worker()
    (letter,) = mail.outbox
    assert "List-Unsubscribe" not in letter.extra_headers
    assert "unsubscribe" not in letter.body
    assert "money or safety hangs on it" in letter.body


def test_starttls_and_a_password_on_the_way(pat, run_worker, settings, tmp_path, monkeypatch):
    prove_address(pat, "pat@example.com")
    tell(pat)
    context, trusted = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    with smtp(tls_context=context, require_starttls=True, auth_required=True) as (postbox, port):
        use(settings, f"smtp://postman:s3cret%2Fword@127.0.0.1:{port}")
        run_worker()
    assert [letter["To"] for letter in postbox.letters] == ["pat@example.com"]
    assert postbox.logins == ["postman"]


def test_a_mail_server_whose_certificate_nobody_signed_gets_no_letter(pat, run_worker, settings, tmp_path):
    prove_address(pat, "pat@example.com")
    tell(pat)
    context, _ = certificate(tmp_path)
    with smtp(tls_context=context, require_starttls=True) as (postbox, port):
        use(settings, f"smtp://127.0.0.1:{port}")
        run_worker()
    assert postbox.letters == []
    assert Notification.objects.get().emailed_at is None


def test_later_is_tried_again_and_never_is_a_dead_letter_that_blocks_nobody(pat, sam, run_worker, settings):
    for person, address in ((pat, "pat@example.com"), (sam, "sam@example.com")):
        prove_address(person, address)
        tell(person)
    with smtp() as (postbox, port):
        use(settings, f"smtp://127.0.0.1:{port}?starttls=no")
        postbox.answers = {"pat@example.com": ["550 5.1.1 No such user"], "sam@example.com": ["451 4.2.0 Later"]}
        run_worker()
        assert postbox.letters == []
        assert ["550" in each.error for each in DeadLetter.objects.all()] == [True]
        clock.set_offset(timedelta(minutes=1))
        run_worker()
        assert [letter["To"] for letter in postbox.letters] == ["sam@example.com"]
    assert Notification.objects.get(user_id=pat.id).emailed_at is None


def test_a_mail_server_that_is_away_loses_nothing(pat, run_worker, settings):
    prove_address(pat, "pat@example.com")
    tell(pat)
    with smtp() as (_, port):
        pass
    use(settings, f"smtp://127.0.0.1:{port}?starttls=no")
    run_worker()
    assert DeadLetter.objects.count() == 0
    with smtp() as (postbox, port):
        use(settings, f"smtp://127.0.0.1:{port}?starttls=no")
        clock.set_offset(timedelta(minutes=1))
        run_worker()
        assert len(postbox.letters) == 1


def test_no_alert_goes_to_an_unproven_address(pat, run_worker):
    tell(pat)
    run_worker()
    assert mail.outbox == []


def test_what_was_read_in_the_app_is_not_mailed(client_for, pat, run_worker):
    prove_address(pat, "pat@example.com")
    tell(pat)
    client_for(pat).post("/api/notifications/read-all/")
    run_worker()
    assert mail.outbox == []


def test_mail_only_means_that_the_app_does_not_show_it(client_for, pat, run_worker):
    prove_address(pat, "pat@example.com")
    client = client_for(pat)
    choose(client, ("offer.received", False, True))
    tell(pat)
    run_worker()
    assert len(mail.outbox) == 1
    assert client.get("/api/notifications/unread-count/").json() == {"unread": 0}


def test_a_name_cannot_add_a_header_nor_a_button(client_for, pat, run_worker):
    prove_address(pat, "pat@example.com")
    choose(client_for(pat), ("message.received", True, True))
    params = {"sender": "Sam\r\nBcc: all@example.com", "preview": "[Pay](https://evil.example)", "conversation_id": 1}
    tell(pat, "message.received", params=params)
    run_worker()
    (letter,) = mail.outbox
    assert letter.subject == "Sam Bcc: all@example.com wrote to you"
    assert letter.recipients() == ["pat@example.com"]
    assert 'href="https://evil.example"' not in html_of(letter)


def test_several_messages_become_one_letter(client_for, pat, run_worker):
    prove_address(pat, "pat@example.com")
    choose(client_for(pat), ("message.received", True, True))
    chat = uuid7()
    for _ in range(3):
        write(pat, chat=chat)
    run_worker()
    assert [letter.subject for letter in mail.outbox] == ["3 new messages from Pat Rivera"]


def test_quiet_hours_hold_back_what_can_wait_until_they_end_where_the_person_is(client_for, pat, run_worker):
    prove_address(pat, "pat@example.com")
    set_up(client_for(pat), time_zone="America/New_York", quiet_from="22:00", quiet_to="07:30")
    at(datetime(2027, 1, 12, 4, 0, tzinfo=UTC))  # eleven at night in New York
    tell(pat)
    tell(pat, FAILED)
    run_worker()
    assert [letter.subject for letter in mail.outbox] == ["Your payment failed"]
    at(datetime(2027, 1, 12, 12, 29, tzinfo=UTC))
    run_worker()
    assert len(mail.outbox) == 1
    at(datetime(2027, 1, 12, 12, 31, tzinfo=UTC))
    run_worker()
    assert [letter.subject for letter in mail.outbox][1:] == ["You have an offer of $1,000.00"]


def test_a_digest_bundles_what_is_unread_once_a_day_on_the_persons_clock(client_for, pat, run_worker):
    prove_address(pat, "pat@example.com")
    client = client_for(pat)
    at(datetime(2027, 1, 12, 5, 0, tzinfo=UTC))
    set_up(client, language="en", time_zone="Europe/Berlin", digest="daily")
    tell(pat)
    read = tell(pat, PAID)
    tell(pat, FAILED)
    write(pat, chat=uuid7())  # not wanted by e-mail
    client.post(f"/api/notifications/{read}/read/")
    write_digests()
    run_worker()
    assert [letter.subject for letter in mail.outbox] == ["Your payment failed"]
    tell(pat, PAID)
    for hour in (7, 9, 15):  # eight o'clock in Berlin is seven in UTC
        at(datetime(2027, 1, 12, hour, 1, tzinfo=UTC))
        write_digests()
        run_worker()
    digest = mail.outbox[1]
    assert len(mail.outbox) == 2
    assert digest.subject == "2 things that you have not seen yet"
    assert "You have an offer of $1,000.00" in digest.body
    assert "is at your bank" in html_of(digest)
    assert "List-Unsubscribe" in digest.extra_headers
    at(datetime(2027, 1, 13, 7, 1, tzinfo=UTC))
    write_digests()
    run_worker()
    assert len(mail.outbox) == 2


def test_a_weekly_digest_comes_on_monday(client_for, pat, run_worker):
    prove_address(pat, "pat@example.com")
    at(datetime(2027, 1, 13, 12, 0, tzinfo=UTC))  # a Wednesday
    set_up(client_for(pat), digest="weekly")
    tell(pat)
    for day in range(13, 21):
        at(datetime(2027, 1, day, 12, 0, tzinfo=UTC))
        write_digests()
        run_worker()
        assert len(mail.outbox) == (day >= 18)


def test_one_click_ends_letters_of_a_kind_without_a_sign_in(client_for, pat, run_worker, settings):
    prove_address(pat, "pat@example.com")
    tell(pat)
    run_worker()
    header = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>")
    path = header.removeprefix(settings.PUBLIC_URL)
    visitor = client_for(None)
    assert visitor.get(path).json() == {
        "scope": "offer.received",
        "label": "I have an offer or a booking",
        "brand": "JobSphere",
        "done": False,
    }
    assert NotificationPreference.objects.count() == 0
    page = visitor.get(path, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert page["Location"].startswith(f"{settings.PUBLIC_URL}/unsubscribe#token=")
    for _ in range(2):
        answer = visitor.post(path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
        assert (answer.status_code, answer.json()["done"]) == (200, True)
    assert NotificationPreference.objects.get().email is False
    tell(pat)
    run_worker()
    assert len(mail.outbox) == 1


def test_who_ends_all_letters_still_has_those_that_must_be_known(client_for, pat, run_worker):
    prove_address(pat, "pat@example.com")
    token = token_for(pat.known_id(), "all")
    assert client_for(None).post(f"/api/notifications/unsubscribe/?token={token}").json()["done"]
    tell(pat)
    tell(pat, FAILED)
    run_worker()
    assert [letter.subject for letter in mail.outbox] == ["Your payment failed"]


@pytest.mark.parametrize("token", ["", "x", "a:b:c"])
def test_a_link_that_is_not_ours_changes_nothing(client_for, pat, token):
    client = client_for(None)
    good = token_for(pat.known_id(), "all")
    for each in (token, good[:-2], good.replace(":", "!")):
        assert client.post(f"/api/notifications/unsubscribe/?token={each}").status_code in (400, 404)
    assert NotificationPreference.objects.count() == 0


def test_a_header_link_is_one_that_mail_programs_take(pat, run_worker, settings):
    prove_address(pat, "pat@example.com")
    tell(pat)
    run_worker()
    parts = urlsplit(mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>"))
    assert parts.path == "/api/notifications/unsubscribe/"
    assert list(parse_qs(parts.query)) == ["token"]


def test_a_new_person_is_written_to_in_the_language_of_their_browser(client_for, run_worker):
    body = {"email": "neu@example.com", "password": "ein-langes-geheimnis-77", "name": "Neu", "roles": ["customer"]}
    answer = client_for(None).post(
        "/api/auth/register/", body, format="json", headers={"Accept-Language": "de-DE,de;q=0.9"}
    )
    assert answer.status_code in (200, 201), answer.json()
    run_worker()
    assert NotificationSettings.objects.get().language == "de"
    assert mail.outbox[0].subject == "Dein Code für JobSphere"
    assert "10 Minuten" in mail.outbox[0].body
