"""Gateways: one port (`base`), its adapters, and the sandbox that stands in for the companies behind them."""
