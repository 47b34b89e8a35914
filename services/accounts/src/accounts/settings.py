"""What an institution sets for admissions: `MIKROF_ADMISSION_…` in the environment, else the usual limits."""

from environs import Env, validate

from accounts.domain.admission import AdmissionLimits

USUAL = AdmissionLimits()


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
