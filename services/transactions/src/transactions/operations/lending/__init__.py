"""The acts on loans: paid out, re-dated, repaid, ended."""
