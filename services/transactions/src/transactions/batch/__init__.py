"""The batch process of transactions: what it does by itself."""
