"""The book beside the deeds: what head office adds to the chart, vouchers by hand, year ends. Pure."""
