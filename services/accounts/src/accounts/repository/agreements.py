"""What would be agreed for a loan: the product's version, the samity's meetings, schedule and law."""

from datetime import date

from accounts.domain.lending.agreements import Agreed, Meetings, PlannedPayout, agree, check_law, reaches_to
from accounts.domain.lending.eligibility import plan_of
from accounts.domain.lending.law import Law
from accounts.domain.lending.products import LoanProduct, product_in_force
from accounts.repository.calendar import CalendarStore
from accounts.repository.laws import LawStore
from accounts.repository.overrides import OverrideStore
from accounts.repository.products import ProductStore
from accounts.repository.samities import SamityStore
from contracts.accounts.product_errors import ProductNotOffered


class Agreements:
    """Terms and dates as they are kept, put together for one payout."""

    def __init__(
        self,
        products: ProductStore,
        laws: LawStore,
        overrides: OverrideStore,
        samities: SamityStore,
        calendar: CalendarStore,
    ) -> None:
        self._products = products
        self._laws = laws
        self._overrides = overrides
        self._samities = samities
        self._calendar = calendar

    def offered(self, code: str, on: date) -> LoanProduct:
        """Return the version of a loan product that is offered on a day.

        Raises:
            ProductNotOffered: there is none.
        """
        try:
            return product_in_force(self._products.loan_versions(code), on)
        except LookupError:
            raise ProductNotOffered(field="product_code", product_code=code, on=on.isoformat()) from None

    def version(self, code: str, version: int) -> LoanProduct:
        """Return the version that a loan was proposed under, and keeps."""
        return next(product for product in self._products.loan_versions(code) if product.version == version)

    def law(self, on: date) -> Law:
        """Return the law of a day."""
        return self._laws.on(on)

    def on(self, payout: PlannedPayout) -> Agreed:
        """Return what would be agreed for a payout, whether or not the law of its day allows it.

        Raises:
            PlanNotOffered: the product is not repaid in this way.
            ScheduleImpossible: no schedule can be made from these terms.
        """
        plan = plan_of(payout.product, payout.plan_code)
        days = self._samities.days.list_of(payout.samity_id)
        holidays = self._holidays(payout.samity_id, payout.on, reaches_to(plan, payout.on))
        return agree(payout, plan, Meetings(days, holidays), self.law(payout.on))

    def lawful(self, payout: PlannedPayout) -> Agreed:
        """Return what is agreed for a payout, if the law of its day, or an override, allows it (rule L2).

        Raises:
            PlanNotOffered, ScheduleImpossible: as `on`.
            FirstDueTooEarly, YearlyRateOverCap, FeeNotAllowed: as `check_law`.
        """
        agreed = self.on(payout)
        standing = self._overrides.standing(payout.loan_id, office_id=payout.branch_id)
        check_law(agreed, payout, self.law(payout.on), standing)
        return agreed

    def _holidays(self, samity_id: str, first: date, last: date) -> frozenset[date]:
        """Return the days between two on which a samity does not meet."""
        return self._calendar.holidays_of_samity(samity_id, first, last)
