"""Savings as they are agreed: products in their versions, and accounts opened under them. Pure."""
