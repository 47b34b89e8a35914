"""Questions whose every answer is a fault: the one list of what must be true of the books (mechanics S4).

Operators ask them by `./mikrof verify`, the tests after each test. Each is a statement over whole tables, and
what it answers names what is wrong.
"""

from transactions.repository.questions.book import BOOK
from transactions.repository.questions.collection import COLLECTION
from transactions.repository.questions.days import DAYS
from transactions.repository.questions.lending import LENDING
from transactions.repository.questions.money import MONEY
from transactions.repository.questions.savings import SAVINGS

FAULTS = {**MONEY, **DAYS, **BOOK, **COLLECTION, **SAVINGS, **LENDING}
