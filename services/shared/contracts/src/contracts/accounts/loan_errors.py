"""What the agreement of a loan refuses, each fact by its name."""

from contracts.errors import Kind, ServiceError


class PrincipalOutsideLimits(ServiceError):
    """The product is lent from and up to other amounts; facts: `least`, `most`."""


class PlanNotOffered(ServiceError):
    """The product is not repaid in this way; facts: `plans`, their codes."""


class CycleNotServed(ServiceError):
    """The product is for members with fewer or more loans behind them; facts: `cycle`, `first`, `last`."""


class BorrowerNotActive(ServiceError):
    """Only an active member gets a loan."""


class TooNewForLoan(ServiceError):
    """She has not been a member for long enough; facts: `first_on`, the first day on which she may."""


class AnotherLoanRuns(ServiceError):
    """The product is not lent beside another loan of hers; facts: `count` of those."""


class GrowthOverLimit(ServiceError):
    """The amount is too much more than her last loan; facts: `most`."""


class SavingsBelowShare(ServiceError):
    """She has saved less than this loan asks for; facts: `needed`, `saved`."""


class LoanOverdue(ServiceError):
    """A loan of hers is overdue; facts: `overdue`."""


class SamityWeekFull(ServiceError):
    """As many members of her samity get loans in that week as may; facts: `most`."""


class GuarantorsMissing(ServiceError):
    """More people must stand in for her; facts: `needed`."""


class GuarantorIsBorrower(ServiceError):
    """Nobody stands in for herself."""


class GuarantorNotActive(ServiceError):
    """Somebody who is no active member cannot stand in as one; facts: `name`."""


class GuarantorOverCommitted(ServiceError):
    """The guarantor stands in for as many loans as one may; facts: `most`."""


class YearlyRateOverCap(ServiceError):
    """The loan would cost more a year than the law allows; facts: `apr_percent`, `cap_percent`. Rule L2.

    `breach` and the exact `figure` are what an override is asked for by.
    """


class FirstDueTooEarly(ServiceError):
    """The law leaves more days before the first instalment; facts: `days`, `least`, `breach`, `figure`."""


class FeeNotAllowed(ServiceError):
    """The law of the day does not allow what is collected beside the loan; facts: `breach`, `figure`."""


class LoanNotInState(ServiceError):
    """The deed does not fit where the loan stands; facts: `state`."""

    kind = Kind.CONFLICT


class LoanPaidOutAlready(ServiceError):
    """The loan was paid out before, or is being paid out, in another way; facts: `state`."""

    kind = Kind.CONFLICT


class AmountNeverRises(ServiceError):
    """What is approved is at most what she asked for; facts: `most`. Rule L4."""


class AmountConsentMissing(ServiceError):
    """A lower amount than she asked for needs her recorded consent. Rule L4."""


class WitnessUnfit(ServiceError):
    """The witness is another person of the branch than who pays and who approved. Rule L4."""


class PhotoMissing(ServiceError):
    """She agreed to be photographed, so the payout carries a photograph. Rule L4."""


class PhotoNotAgreed(ServiceError):
    """She did not agree to be photographed. Rule P10."""


class PhoneCallMissing(ServiceError):
    """She has a telephone and said no code: another person than the payer calls her before. Rule L4."""


class TelephoneMissing(ServiceError):
    """She has no telephone number, so there is nowhere to send a code."""


class PayoutCodesSpent(ServiceError):
    """So many codes went out for this payout in a short time; facts: `most`, `minutes`."""

    kind = Kind.TOO_MANY


class PayoutCodeMissing(ServiceError):
    """She has a telephone, and the institution lets no call take the place of the code. Rule L4."""


class PayoutCodeNotSent(ServiceError):
    """No code is in force for this payout: send her one first. Rule L4."""


class PayoutCodeWrong(ServiceError):
    """It is not the code that went to her telephone; facts: `tries_left`."""


class PayoutCodeTriedOut(ServiceError):
    """The code was tried too often and opens nothing any more: send another one."""


class PayoutCodeExpired(ServiceError):
    """The code is too old, or another one was sent after it: send another one."""


class PayoutAccountNotHers(ServiceError):
    """The account is not the one of her own that was verified. Rule L4."""


class PersonConsentMissing(ServiceError):
    """Somebody who is no member must agree to being written down; facts: `name`. Rule P10."""
