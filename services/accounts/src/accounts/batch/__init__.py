"""The batch process of accounts: what it does by itself."""
