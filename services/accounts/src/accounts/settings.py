"""What an institution sets, else the usual limits: `MIKROF_ADMISSION_…` and `MIKROF_LENDING_…`."""

from environs import Env, validate

from accounts.domain.admission import AdmissionLimits
from accounts.domain.lending.loans import LendingLimits

USUAL = AdmissionLimits()
USUALLY_LENT = LendingLimits()


def admission_limits() -> AdmissionLimits:
    """Read the limits.

    Raises:
        environs.EnvError: one is no number, or makes no sense.
    """
    env = Env(prefix="MIKROF_ADMISSION_")
    some = validate.Range(min=1)
    return AdmissionLimits(
        youngest=env.int("YOUNGEST", USUAL.youngest, validate=some),
        oldest=env.int("OLDEST", USUAL.oldest, validate=some),
        members_per_number=env.int("MEMBERS_PER_NUMBER", USUAL.members_per_number, validate=some),
        households_per_number=env.int("HOUSEHOLDS_PER_NUMBER", USUAL.households_per_number, validate=some),
    )


def lending_limits() -> LendingLimits:
    """Read the limits of lending.

    Raises:
        environs.EnvError: one is no number, or makes no sense.
    """
    env, usual = Env(prefix="MIKROF_LENDING_"), USUALLY_LENT
    some, percent = validate.Range(min=1), validate.Range(min=0, max=100)
    return LendingLimits(
        guarantees=env.int("GUARANTEES", usual.guarantees, validate=some),
        samity_a_week=env.int("SAMITY_A_WEEK", usual.samity_a_week, validate=some),
        proposal_days=env.int("PROPOSAL_DAYS", usual.proposal_days, validate=some),
        call_back_percent=env.int("CALL_BACK_PERCENT", usual.call_back_percent, validate=percent),
        call_back_days=env.int("CALL_BACK_DAYS", usual.call_back_days, validate=some),
        reschedules=env.int("RESCHEDULES", usual.reschedules, validate=validate.Range(min=0)),
        good_instalments=env.int("GOOD_INSTALMENTS", usual.good_instalments, validate=some),
        call_for_code=env.bool("CALL_FOR_CODE", usual.call_for_code),
        call_minutes=env.int("CALL_MINUTES", usual.call_minutes, validate=some),
    )
