"""The one kind of error that a person at the terminal is meant to read."""


class LauncherError(Exception):
    """Something outside the program is wrong: the text says what it is and what to do about it."""
