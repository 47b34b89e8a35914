"""What a loan costs and when it is repaid: terms, dates, schedules, and the law. Pure."""
