"""A page of a list."""

from contracts.fields import CountField, UuidField
from contracts.schemas import Command

PAGE = 100


class PageCommand(Command):
    """A page of a list: after the last one seen, at most a hundred."""

    after = UuidField(load_default=None, allow_none=True)
    limit = CountField(minimum=1, maximum=PAGE, load_default=PAGE)
