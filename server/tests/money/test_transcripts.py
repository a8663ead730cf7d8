"""Every transcript comes true, on both engines; and a transcript that is wrong does not."""

from pathlib import Path

import pytest

from jobsphere.ledger.reconcile import verify_books
from tests.money.transcript import play

pytestmark = pytest.mark.django_db(transaction=True)

TRANSCRIPTS = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_a_transcript_comes_true(path: Path) -> None:
    assert play(path.read_text(encoding="utf-8")).posted
    assert verify_books() == []


WRONG = {
    "a wrong balance": "balances: gateway:stripe 999 / escrow:h1 900 / revenue_platform_fee 100",
    "an account left out": "balances: gateway:stripe 1000 / escrow:h1 900",
    "an account too many": "balances: gateway:stripe 1000 / escrow:h1 900 / revenue_platform_fee 100 / wallet:pat 1",
    "a second posting": "post escrow.fund 1: gateway:stripe +1000 / escrow:h1 -900 / revenue_platform_fee -100",
    "a replay that is none": "again escrow.release 1: escrow:h1 +900 / wallet:pat -900",
    "a refusal that is none": "refuse insufficient-balance escrow.release 1: escrow:h1 +900 / wallet:pat -900",
    "another refusal": "refuse transfer-reference-reused escrow.release 1: escrow:h1 +901 / wallet:pat -901",
    "a fraction of a cent": "post escrow.release 1: escrow:h1 +0.001 / wallet:pat -0.001",
}


@pytest.mark.parametrize("line", WRONG.values(), ids=WRONG.keys())
def test_a_transcript_that_is_wrong_is_told_so(line: str) -> None:
    start = "post escrow.fund 1: gateway:stripe +1000 / escrow:h1 -900 / revenue_platform_fee -100"
    with pytest.raises(AssertionError, match="line 2"):
        play(f"{start}\n{line}")
    assert verify_books() == []


def test_an_unreadable_line_is_no_transcript() -> None:
    with pytest.raises(ValueError, match="no line such as"):
        play("transfer everything to me")
    assert verify_books() == []
