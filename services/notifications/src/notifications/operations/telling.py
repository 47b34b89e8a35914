"""Turning drafts into messages. Rules P2 and P10."""

from collections.abc import Mapping, Sequence

from notifications.domain.contents import content_of
from notifications.domain.drafts import Draft
from notifications.domain.recipients import NO_NUMBER, Recipient, is_written, mask, standing
from notifications.domain.texts import Template, compose
from notifications.repository import Books, Message
from notifications.vault import Vault


def tell(books: Books, drafts: Sequence[Draft], templates: Mapping[str, Template], vault: Vault) -> None:
    """Write the messages of an event, each once, in each recipient's words.

    What may not go out is written all the same, with the reason, so that it is counted (P10).

    Raises:
        NotFound: accounts has not told of a member yet; the event is tried again.
    """
    recipients = books.people.get_recipients({draft.member_id for draft in drafts})
    written = [
        _message(books, draft, recipients[draft.member_id], templates[draft.kind.name], vault)
        for draft in drafts
        if is_written(draft.kind, recipients[draft.member_id])
    ]
    books.messages.add(written)


def _message(books: Books, draft: Draft, to: Recipient, template: Template, vault: Vault) -> Message:
    composed = compose(template, content_of(draft, to, template), to.language)
    mobile = vault.keep(draft.mobile, to.member_id) or to.mobile
    status = standing(draft.kind, has_number=mobile is not None, consents=to.consents)
    return Message(
        id=books.work.new_id(),
        key=draft.key,
        member_id=to.member_id,
        kind=draft.kind.name,
        purpose=draft.kind.purpose,
        language=to.language,
        title=composed.title,
        text=composed.text,
        parts=composed.parts,
        template_version=composed.version,
        status=status,
        recipient_masked=_masked(mobile, to, vault) if status != NO_NUMBER else None,
        attempts=0,
        created_at=books.work.now,
        due_at=books.work.now,
        to_mobile=None if draft.mobile is None else mobile,
        secret=vault.keep(draft.secret, to.member_id),
    )


def _masked(mobile: str | None, to: Recipient, vault: Vault) -> str | None:
    return None if mobile is None else mask(vault.show(mobile, to.member_id))
