"""Each kind of operation: how it is sent, how it is looked up, and what its outcome means."""

from jobsphere.payments.outcomes import chargebacks, money_back, money_in, money_out, saved

__all__ = ["chargebacks", "money_back", "money_in", "money_out", "saved"]
