"""What two branches lived through from November to January: what `closed_months.py` counts again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.support.branch import id_of
from tests.support.closed_months import (
    DECEMBER,
    JANUARY,
    NOVEMBER,
    SAVES_NOTHING,
    WORKED,
    Months,
    Register,
    work_on,
)
from tests.support.purse import deposit, pass_days, withdraw

if TYPE_CHECKING:
    from tests.support.branch import Branch

HOME = {
    **dict.fromkeys(("Rahima", "Salma", "Nargis", "Mina", "Asma", "Bina", "Dalia", "Ela", "Gita"), "female"),
    **dict.fromkeys(("Jorina", "Lata"), "female"),
    **dict.fromkeys(("Karim", "Jamal", "Farid", "Kamal"), "male"),
}
AWAY = {**dict.fromkeys(("Khadija", "Hosna", "Parul"), "female"), "Nobin": "male"}


def live_three_months(here: Branch, there: Branch) -> tuple[Months, Months]:
    """Live through three months in both branches and close them; the other one leaves its last open."""
    register = Register()
    home, away = Months(here, register), Months(there, register)
    here.post_staff(here.person("field_officer", "Officer two"), "Officer two")
    for one, samity, sexes in ((home, "Jhumka", HOME), (away, "Kadam", AWAY)):
        one.branch.open_samity(samity, active=False)
        one.branch.open_day()
        work_on(one.branch, WORKED)
        one.gather(samity, sexes)
    _november(home, away)
    _go_on(home, away, date(2026, 12, 1))
    _end(home, away, NOVEMBER)
    _december(home, away)
    _go_on(home, away, date(2026, 12, 31))
    _last_of_december(home)
    _go_on(home, away, date(2027, 1, 2))
    _second_of_january(home)
    _end(home, away, DECEMBER)
    _january(home, away)
    _go_on(home, away, date(2027, 2, 1))
    home.end(JANUARY)
    return home, away


def _november(home: Months, away: Months) -> None:
    for number, name in enumerate((*HOME, *AWAY)):
        if name not in SAVES_NOTHING:
            branch = (home if name in HOME else away).branch
            deposit(branch, id_of(f"general_savings of {name}"), f"{1000 + 37 * number}.00")
    home.lend("Rahima", date(2026, 11, 9), "female own JAG", 500)
    home.lend("Salma", date(2026, 11, 2), "female PKSF SUF", 310)
    home.lend("Karim", date(2026, 8, 3), "male PKSF JAG", 700, 30)
    home.lend("Jamal", date(2025, 9, 1), "male own JAG", 90, 80)
    home.lend("Nargis", date(2026, 12, 8), "female own JAG", 410)
    home.lend("Asma", date(2022, 1, 10), "female own JAG", 210)
    home.lend("Bina", date(2022, 2, 14), "female PKSF JAG", 330)
    home.lend("Dalia", date(2026, 10, 12), "female own JAG", 610)
    home.lend("Ela", date(2026, 11, 16), "female own JAG", 270)
    home.lend("Farid", date(2026, 11, 9), "male PKSF JAG", 370)
    home.lend("Gita", date(2026, 11, 16), "female PKSF JAG", 430)
    away.lend("Khadija", date(2026, 5, 4), "female own JAG", 130, 40)
    away.lend("Hosna", date(2026, 10, 19), "female PKSF JAG", 470)
    away.lend("Nobin", date(2026, 7, 6), "male own JAG", 230)
    for name, instalments in (("Rahima", 3), ("Salma", 1), ("Bina", 1), ("Dalia", 4), ("Nargis", 1)):
        home.pay(name, instalments)
    for name, instalments in (("Khadija", 2), ("Hosna", 3)):
        away.pay(name, instalments)
    _save(home, away, 0)


def _december(home: Months, away: Months) -> None:
    home.gather("Jhumka", {"Shirin": "female"})
    deposit(home.branch, id_of("general_savings of Shirin"), "140.00")
    deposit(home.branch, id_of("general_savings of Salma"), "250.00")
    withdraw(home.branch, id_of("general_savings of Rahima"), "300.00")
    withdraw(home.branch, id_of("general_savings of Karim"), "170.00")
    for name, instalments in (("Rahima", 5), ("Salma", 4), ("Karim", 1), ("Nargis", 3), ("Farid", 2)):
        home.pay(name, instalments)
    home.pay_out("Mina", date(2026, 12, 16), "female own JAG", 290)
    home.re_date("Gita", date(2026, 12, 21), 430)
    home.move("Dalia", away, "Kadam")
    away.move("Hosna", home, "Jhumka")
    home.pay("Hosna", 2)
    away.pay("Nobin", 1)
    _save(home, away, 1)


def _last_of_december(home: Months) -> None:
    home.waive("Ela")
    home.put_aside(2_100)
    home.write_off("Asma")


def _second_of_january(home: Months) -> None:
    """The first business day after the half-year: the last one for its write-offs."""
    home.put_aside(2_970)
    home.write_off("Bina")


def _january(home: Months, away: Months) -> None:
    home.gather("Jhumka", {"Tania": "female", "Rubel": "male"})
    home.waive("Farid")
    home.pay_out("Jorina", date(2027, 1, 18), "female PKSF JAG", 350)
    home.pay_out("Kamal", date(2027, 1, 20), "male own JAG", 190)
    home.pay_out("Nargis", date(2027, 1, 18), "female own JAG", 150)
    home.pay("Mina", 1)
    home.pay("Gita", 4)
    home.pay("Jamal", 1)
    away.pay("Dalia", 2)
    deposit(home.branch, id_of("general_savings of Jorina"), "410.00")
    withdraw(home.branch, id_of("general_savings of Mina"), "60.00")
    _save(home, away, 2)


def _save(home: Months, away: Months, month: int) -> None:
    """Move all other savings, in each month by other amounts."""
    home.save(
        "Rahima", "voluntary_savings", paid=900 + 31 * month, interest=11 + month, taken=130 + 7 * month
    )
    home.save("Karim", "voluntary_savings", paid=610 - 17 * month, interest=7 + month, taken=90 + 11 * month)
    home.save("Salma", "term_savings", paid=2_400 + 100 * month, interest=23 + 2 * month, taken=310 + month)
    home.save(
        "Jamal", "term_savings", paid=1_700 - 90 * month, interest=19 + 3 * month, taken=210 + 3 * month
    )
    home.save("Nargis", "lump_savings", paid=20_000 - 900 * month, interest=150 + 9 * month, taken=4_100)
    home.save(
        "Farid", "lump_savings", paid=12_000 + 70 * month, interest=83 + month, taken=2_900 - 80 * month
    )
    away.save("Khadija", "voluntary_savings", paid=330 + month, interest=5 + month, taken=40)
    away.save("Nobin", "term_savings", paid=520 + 9 * month, interest=6, taken=70 + month)
    away.save("Khadija", "lump_savings", paid=7_000 + 3 * month, interest=31 + month, taken=800)
    if month:
        home.save("Mina", "voluntary_savings", paid=55, taken=5)


def _go_on(home: Months, away: Months, until: date) -> None:
    for one in (home, away):
        pass_days(one.branch, until)


def _end(home: Months, away: Months, month: date) -> None:
    for one in (home, away):
        one.end(month)
