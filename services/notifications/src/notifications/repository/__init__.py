"""Notifications' rows in one unit of work: the only package that queries."""

from chassis.work import Work
from notifications.repository.messages import Delivery, Due, Message, MessageRows, Question, Shown
from notifications.repository.people import PeopleRows, Preference
from notifications.repository.scope import Scope
from notifications.repository.wordings import Proposal, WordingRows


class Books:
    """What `with self.books() as books` gives: the rows by what they are about, and the work itself."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.people = PeopleRows(work.session)
        self.messages = MessageRows(work.session)
        self.wordings = WordingRows(work.session)


__all__ = ["Books", "Delivery", "Due", "Message", "Preference", "Proposal", "Question", "Scope", "Shown"]
