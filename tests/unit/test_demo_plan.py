"""The demonstration institution is the same one every time, and the size that was promised."""

from datetime import date, timedelta

from demo.plan import make_plan, meeting_weekday, working_days_before
from demo.romanize import romanize

MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)


def test_a_seed_and_an_anchor_make_one_plan() -> None:
    assert make_plan(7, MONDAY) == make_plan(7, MONDAY)
    assert make_plan(7, MONDAY) != make_plan(8, MONDAY)


def test_it_has_the_size_that_was_promised() -> None:
    plan = make_plan(2026, MONDAY)

    assert len(plan.branches()) == 2
    assert len(plan.samities) == 12
    assert sum(len(samity.members) for samity in plan.samities) == 300
    assert plan.anchor - plan.first_day == timedelta(days=14)


def test_there_is_something_to_collect_on_the_anchor_day() -> None:
    for anchor in (MONDAY + timedelta(days=days) for days in range(7)):
        plan = make_plan(2026, anchor)
        today = meeting_weekday(plan.anchor)

        assert {one.branch for one in plan.samities if one.weekday == today} == {
            branch.id for branch in plan.branches()
        }


def test_friday_is_no_working_day() -> None:
    assert make_plan(2026, FRIDAY).anchor == FRIDAY - timedelta(days=1)
    assert FRIDAY not in working_days_before(FRIDAY + timedelta(days=3), 12)


def test_saturday_is_the_first_day_of_the_week() -> None:
    assert [meeting_weekday(date(2026, 11, 21) + timedelta(days=days)) for days in range(7)] == [*range(1, 8)]


def test_names_are_written_as_a_form_would() -> None:
    assert romanize("শারমিন আক্তার") == "Sharmin Aktar"
    assert romanize("আয়েশা খান") == "Ayesha Khan"
    assert romanize("সুমাইয়া তালুকদার") == "Sumaiya Talukdar"
