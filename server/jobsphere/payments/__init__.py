"""Money in, money back, money out: payments, refunds, payouts and the gateways that carry them."""
