"""What was due of a loan in a month and what of it came (domain 4.8), by formula and taka by taka."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.support.recomputed_snapshots import walk
from transactions.domain.snapshots import DueFlow, Promised, due_flow

BEGIN, UNTIL = date(2026, 11, 1), date(2026, 11, 30)
amounts = st.integers(0, 10**7)


class TestADueFlow:
    @given(st.lists(st.tuples(st.integers(-60, 90), amounts), max_size=12), amounts, amounts)
    def test_is_what_walking_along_the_instalments_finds(
        self, schedule: list[tuple[int, int]], paid_before: int, came: int
    ) -> None:
        instalments = [(BEGIN + timedelta(days=after), amount) for after, amount in schedule]
        before = sum(amount for due_on, amount in instalments if due_on < BEGIN)
        until = sum(amount for due_on, amount in instalments if due_on <= UNTIL)

        flow = due_flow(
            Promised(before=before, before_now=before, until=until), paid_before, came, ended=False
        )

        told = walk(instalments, paid_before, came, BEGIN, UNTIL)
        for name in ("opening_due", "opening_advance", "recoverable", "due_recovered", "regular_recovered"):
            assert getattr(flow, name) == told[name], name
        assert (flow.advance_recovered, flow.due) == (told["advance_recovered"], told["due"])

    @given(amounts, amounts, amounts, amounts, st.integers(-(10**7), 10**7), st.booleans())
    def test_adds_up_and_ends_where_schedule_and_payments_are(
        self, before: int, moved: int, fell: int, paid: int, recovered: int, ended: bool
    ) -> None:
        promised = Promised(before=before, before_now=moved, until=moved + fell)

        flow = due_flow(promised, paid, recovered, ended=ended)

        collected = flow.due_recovered + flow.regular_recovered + flow.advance_recovered
        assert collected == max(recovered, 0)
        assert flow.due == (
            flow.opening_due + flow.adjusted + flow.recoverable - flow.due_recovered - flow.regular_recovered
        )
        if ended:
            assert (flow.due, flow.advance) == (0, 0)
        else:
            assert flow.due - flow.advance == promised.until - paid - recovered

    def test_pays_old_dues_first_then_the_months_own_and_the_rest_is_ahead(self) -> None:
        """484 were due in October of which 242 came; 968 fall due in November and 1,452 are paid."""
        flow = due_flow(
            Promised(before=484_00, before_now=484_00, until=1_452_00), 242_00, 1_452_00, ended=False
        )

        assert flow == DueFlow(
            opening_due=242_00,
            recoverable=968_00,
            due_recovered=242_00,
            regular_recovered=968_00,
            advance_recovered=242_00,
            advance=242_00,
        )

    def test_calls_what_a_holiday_moved_no_recovery(self) -> None:
        flow = due_flow(Promised(before=300, before_now=100, until=500), 0, 0, ended=False)

        assert (flow.opening_due, flow.adjusted, flow.recoverable, flow.due) == (300, -200, 400, 500)

    def test_leaves_nothing_due_of_a_loan_that_ended(self) -> None:
        flow = due_flow(Promised(before=300, before_now=300, until=500), 0, 0, ended=True)

        assert (flow.adjusted, flow.due) == (-500, 0)
