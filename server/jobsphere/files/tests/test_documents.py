"""The words of documents: read in a process of their own, kept sealed, for their owner alone."""

import io
import zlib

import docx
import pytest
from django.db import connection

from jobsphere.files.documents import reader, sandbox
from jobsphere.files.models import DocumentText, StoredFile
from jobsphere.files.tests.conftest import PDF, image
from jobsphere.files.tests.test_api import upload

pytestmark = pytest.mark.django_db(transaction=True)


def pdf(*lines: str) -> bytes:
    """Return a PDF of one page with these lines."""
    shown = " ".join(f"({line}) Tj 0 -20 Td" for line in lines)
    return pdf_of(f"BT /F1 12 Tf 50 750 Td {shown} ET".encode())


def pdf_of(drawing: bytes, coding: str = "") -> bytes:
    coded = f"/Filter {coding}" if coding else ""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
        b"<<%s/Length %d>>stream\n%s\nendstream" % (coded.encode(), len(drawing), drawing),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%sendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 6\n0000000000 65535 f \n" + table
    return out + head + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(out)


def word(*paragraphs: str) -> bytes:
    document, out = docx.Document(), io.BytesIO()
    for each in paragraphs:
        document.add_paragraph(each)
    table = document.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Rewiring", "since 2011"
    document.save(out)
    return out.getvalue()


def asked(client, content: bytes, name: str = "cv.pdf", **fields) -> str:
    url = upload(client, content, name, **fields).json()["url"]
    answer = client.post(f"{url}/text/")
    assert (answer.status_code, answer.json()["status"]) == (202, "pending"), answer.json()
    return f"{url}/text/"


def test_a_pdf_is_read_by_the_queue_and_rests_sealed(client_for, casey, run_worker):
    client = client_for(casey)
    url = asked(client, pdf("Pat Rivera", "Joiner with 12 years"))
    run_worker()
    body = client.get(url).json()
    assert (body["status"], body["pages"], body["truncated"]) == ("ready", 1, False)
    assert body["text"] == "Pat Rivera\nJoiner with 12 years"
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM files_documenttext")
        assert "Joiner" not in cursor.fetchone()[0]


def test_a_word_document_is_read_with_its_tables(client_for, casey, run_worker):
    client = client_for(casey)
    url = asked(client, word("Électricienne", "", "", "Ten years"), "cv.docx", purpose="document")
    run_worker()
    assert client.get(url).json()["text"] == "Électricienne\n\nTen years\nRewiring | since 2011"


def test_asking_again_reads_once(client_for, casey, run_worker):
    client = client_for(casey)
    url = asked(client, pdf("Words"))
    client.post(url)
    run_worker()
    assert client.post(url).json()["text"] == "Words"
    assert DocumentText.objects.count() == 1


@pytest.mark.parametrize(
    "content,reason",
    [
        (PDF, "damaged"),
        (pdf_of(b""), "no-text"),
        (b"%PDF-1.7\nnonsense\n%%EOF", "damaged"),
    ],
)
def test_what_cannot_be_read_says_why(client_for, casey, run_worker, content, reason):
    client = client_for(casey)
    url = asked(client, content)
    run_worker()
    body = client.get(url).json()
    assert (body["status"], body["reason"], body["text"]) == ("failed", reason, "")
    assert body["detail"].endswith(".")
    assert client.post(url).json()["status"] == "pending"


def test_a_locked_pdf_says_so(client_for, casey, run_worker):
    from pypdf import PdfWriter

    writer, out = PdfWriter(clone_from=io.BytesIO(pdf("Secret"))), io.BytesIO()
    writer.encrypt("password", algorithm="RC4-128")
    writer.write(out)
    client = client_for(casey)
    url = asked(client, out.getvalue())
    run_worker()
    assert client.get(url).json()["reason"] == "locked"


def test_a_page_that_grows_to_gigabytes_ends_at_the_limits():
    bomb = pdf_of(zlib.compress(b"(x) Tj " * 60_000_000, 9), "/FlateDecode")
    reading = sandbox.read(io.BytesIO(bomb), "pdf")
    assert reading.reason in ("too-large", "too-slow", "damaged")
    assert reading.text == ""


def test_a_text_without_end_is_cut(client_for, casey, run_worker):
    client = client_for(casey)
    url = asked(client, word("word " * 100_000), "long.docx")
    run_worker()
    body = client.get(url).json()
    assert body["truncated"]
    assert reader.MAX_CHARACTERS - 10 < len(body["text"]) <= reader.MAX_CHARACTERS


def test_words_are_for_the_owner_alone(client_for, casey, omar, ada):
    url = asked(client_for(casey), pdf("Private"))
    for other in (omar, ada):
        assert client_for(other).get(url).status_code == 404
        assert client_for(other).post(url).status_code == 404
    assert client_for(None).get(url).status_code == 401
    assert DocumentText.objects.get().status == "pending"


def test_a_picture_has_no_words(client_for, casey):
    client = client_for(casey)
    url = upload(client, image(), "x.png").json()["url"]
    assert client.post(f"{url}/text/").json()["code"] == "not-readable"
    assert client.get(f"{upload(client).json()['url']}/text/").status_code == 404


def test_the_words_go_with_the_file(client_for, casey, run_worker):
    client = client_for(casey)
    url = asked(client, pdf("Words"))
    client.delete(url.removesuffix("/text/"))
    run_worker()
    assert not DocumentText.objects.exists()
    assert client.get(url).status_code == 404
    assert StoredFile.objects.get().deleted_at


def test_query_counts_are_pinned(client_for, casey, run_worker, django_assert_num_queries):
    client = client_for(casey)
    url = asked(client, pdf("Words"))
    run_worker()
    with django_assert_num_queries(3):
        assert client.get(url).json()["status"] == "ready"
