"""The book beside the deeds: the chart, accounts at banks, vouchers by hand, year ends."""
