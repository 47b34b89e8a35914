"""Reports: what each is, what it may be asked for, and how its figures become lines. Pure."""
