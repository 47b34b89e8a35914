"""What messages say, in both languages and at each detail. Rule P2."""

import re
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.money import parse_taka
from contracts.notifications import DETAILS
from contracts.transactions.complaint_words import ComplaintOutcome
from contracts.transactions.lending_endings_words import FeeKind
from contracts.transactions.lending_words import LoanStatus
from notifications.domain import drafts
from notifications.domain.contents import content_of
from notifications.domain.figures import member_number, taka
from notifications.domain.kinds import KINDS
from notifications.domain.parts import parts_of
from notifications.domain.texts import compose
from notifications.templates import templates
from tests.unit.notifications.test_recipients import recipient

MEETING, BOOKED = date(2026, 11, 23), date(2026, 11, 24)
LINE = {
    "row_id": "r",
    "member_id": "m",
    "account_code": "GS.001-0001.00012.1",
    "product_name_bn": "সাধারণ সঞ্চয়",
    "product_name_en": "General savings",
    "amount": parse_taka("50.00"),
    "nothing_received": None,
    "balance": parse_taka("1250.00"),
    "receipt_number": "D7-000123",
}
SHEET = {"sheet_id": "s", "business_on": MEETING, "value_on": MEETING, "lines": [LINE]}
DEPOSIT = LINE | {"entry_id": "e", "business_on": MEETING, "value_on": MEETING}
ROW = {
    "row_id": "r",
    "version": 2,
    "member_id": "m",
    "kind": "lowered",
    "before": parse_taka("500.00"),
    "after": parse_taka("300.00"),
    "meeting_on": MEETING,
    "receipt_number": "D7-000123",
}
REVERSAL = {
    "entry_id": "e2",
    "business_on": BOOKED,
    "value_on": MEETING,
    "first_receipt": "D7-000123",
    "lines": [
        LINE | {"direction": "withdrawal", "balance": parse_taka("1200.00")},
        LINE | {"member_id": "other", "direction": "deposit"},
    ],
}
WITHDRAWAL = LINE | {"id": "w", "on": MEETING, "lapses_on": date(2026, 11, 26)}
PAID = LINE | {"entry_id": "w", "business_on": MEETING, "value_on": MEETING}
CLOSING = LINE | {"entry_id": "c", "business_on": MEETING, "payout": parse_taka("820.00")}
LOAN = {
    "loan_id": "l",
    "member_id": "m",
    "account_code": "JAG.001-0001.00012.1",
    "product_name_bn": "জাগরণ",
    "product_name_en": "Jagoron",
    "principal": parse_taka("10000.00"),
    "how": "cash",
    "instalments": 46,
    "first_due_on": date(2026, 12, 8),
    "first_amount": parse_taka("242.00"),
    "business_on": MEETING,
    "version": 2,
}
CODE = {
    "loan_id": "l",
    "member_id": "m",
    "on": MEETING,
    "send": 1,
    "amount": parse_taka("10000.00"),
    "mobile": "sealed number",
    "code": "sealed code",
}
MOVED = LINE | {"entry_id": "s", "business_on": MEETING, "loan_balance": parse_taka("5906.48")}
COUNTER = {
    "entry_id": "f",
    "member_id": "m",
    "amount": parse_taka("50.00"),
    "receipt_number": "B001-2026-000007",
    "business_on": MEETING,
}
RESCHEDULE = LOAN | {
    "id": "r",
    "on": MEETING,
    "instalments": 30,
    "instalment": parse_taka("358.00"),
    "last_due_on": date(2027, 7, 5),
}
COMPLAINT = {
    "complaint_id": "k",
    "member_id": "m",
    "taken_on": MEETING,
    "answer_by": date(2026, 11, 30),
    "answered_on": BOOKED,
}
EMPTY = LINE | {"amount": None, "nothing_received": "absent", "balance": None, "account_code": None}
EVERY = (
    *drafts.of_sheet(SHEET),
    *drafts.of_sheet(SHEET | {"lines": [EMPTY]}),
    *drafts.of_deposit(DEPOSIT),
    *drafts.of_row_change(ROW),
    *drafts.of_reversal(REVERSAL),
    *drafts.of_withdrawal_request(WITHDRAWAL | {"lapses_on": None}),
    *drafts.of_withdrawal_approval(WITHDRAWAL),
    *drafts.of_withdrawal(PAID),
    *drafts.of_account_closing(CLOSING),
    *drafts.of_correction(REVERSAL),
    *drafts.of_loan_payout(LOAN),
    *drafts.of_payout_code(CODE),
    *(draft for status in LoanStatus for draft in drafts.of_loan_closing(LOAN | {"status": status})),
    *drafts.of_savings_moved(MOVED),
    *drafts.of_reschedule(RESCHEDULE),
    *(
        draft
        for what in (*FeeKind, "recovery")
        for draft in drafts.of_counter_money(COUNTER | {"what": what})
    ),
    *(draft for found in (False, True) for draft in drafts.of_complaint_heard(COMPLAINT | {"found": found})),
    *(
        draft
        for outcome in ComplaintOutcome
        for draft in drafts.of_complaint_answer(COMPLAINT | {"outcome": outcome})
    ),
    *drafts.of_opening({"account_id": "a", "member_id": "m", "code": "GS.001-0001.00012.1"}),
    *drafts.of_login({"member_id": "m", "version": 1, "deed": "issued"}),
    *drafts.of_login({"member_id": "m", "version": 2, "deed": "pin_changed"}),
)


def say(draft, **wish):
    to = recipient(**wish)
    template = templates()[draft.kind.name]
    return compose(template, content_of(draft, to, template), to.language)


class TestLoans:
    @pytest.mark.rule("P2", "L7")
    def test_savings_that_paid_a_loan_say_what_is_left_of_both(self):
        (draft,) = drafts.of_savings_moved(MOVED)

        assert "principal left Tk 5,906.48" in say(draft, language="en").text

    @pytest.mark.rule("P2", "L1")
    def test_a_reschedule_says_the_new_days_and_amounts(self):
        (draft,) = drafts.of_reschedule(RESCHEDULE)

        assert say(draft, language="en").text == (
            "Mikrof 23-11-26: the instalments of your loan Jagoron were set anew: 30 of Tk 358 each, from"
            " 08-12-26 to 05-07-27. No service charge was added. If you did not ask, tell your branch."
            " Member 00012"
        )
        assert "৩০ কিস্তি, প্রতিটি ৳৩৫৮" in say(draft).text

    def test_money_at_the_counter_names_its_receipt(self):
        (draft,) = drafts.of_counter_money(COUNTER | {"what": "form"})

        assert say(draft, language="en").text == (
            "Mikrof 23-11-26: Tk 50 was taken as form fee, receipt B001-2026-000007. If this is wrong, tell"
            " your branch. Member 00012"
        )

    @pytest.mark.rule("P2", "L4")
    def test_a_payout_says_how_much_how_and_what_is_due_first(self):
        (draft,) = drafts.of_loan_payout(LOAN)

        assert say(draft, language="en").text == (
            "Mikrof 23-11-26: your loan Jagoron of Tk 10,000 was paid in cash. 46 instalments, the first on"
            " 08-12-26: Tk 242. If you did not get it, tell your branch at once. Member 00012"
        )
        assert "জাগরণ ঋণ ৳১০,০০০ নগদে দেওয়া হয়েছে। ৪৬ কিস্তি" in say(draft).text

    @pytest.mark.rule("L4")
    def test_a_code_says_for_how_much_it_is_and_when_to_say_it(self):
        (draft,) = drafts.of_payout_code(CODE)

        assert say(draft, language="en").text == (
            "Mikrof: your loan of Tk 10,000, code ######. Say it only at the branch when the money is in your"
            " hand, to nobody else; it lasts 5 minutes. Member 00012"
        )
        assert "আপনার ঋণ ৳১০,০০০, কোড ######। টাকা হাতে পেলে তবেই শাখায় কোডটি বলুন" in say(draft).text
        assert "10,000" not in say(draft, language="en", detail="see_book").text

    def test_each_end_has_its_words(self):
        said = {
            say(drafts.of_loan_closing(LOAN | {"status": status})[0], language="en").text
            for status in LoanStatus
        }

        assert len(said) == len(LoanStatus)


class TestComplaints:
    @pytest.mark.rule("P4")
    def test_she_hears_until_when_she_is_answered(self):
        (draft,) = drafts.of_complaint_heard(COMPLAINT | {"found": False})

        assert say(draft, language="en").text == (
            "Mikrof: we are looking at what you told us on 23-11-26; you will be answered by 30-11-26."
            " Member 00012"
        )
        assert "৩০-১১-২৬ তারিখের মধ্যে উত্তর পাবেন" in say(draft).text

    @pytest.mark.rule("P4")
    def test_each_answer_has_its_words_and_an_answer_against_her_says_where_to_go(self):
        said = {
            outcome: say(drafts.of_complaint_answer(COMPLAINT | {"outcome": outcome})[0], language="en").text
            for outcome in ComplaintOutcome
        }

        assert len(set(said.values())) == len(ComplaintOutcome)
        for outcome in ("book_right", "not_upheld", "unclear"):
            assert "the area office" in said[outcome]


class TestConfirmation:
    def test_in_bangla_fits_into_one_short_message(self):
        message = say(drafts.of_sheet(SHEET)[0])

        assert message.text == "মাইক্রফ ২৩-১১-২৬: সাধারণ সঞ্চয় ৳৫০ জমা, স্থিতি ৳১,২৫০। সদস্য ০০০১২"
        assert message.parts == 1

    def test_in_english_fits_into_one_short_message(self):
        message = say(drafts.of_sheet(SHEET)[0], language="en")

        assert (
            message.text == "Mikrof 23-11-26: General savings Tk 50 received, balance Tk 1,250. Member 00012"
        )
        assert message.parts == 1

    def test_of_the_counter_says_the_same(self):
        assert say(drafts.of_deposit(DEPOSIT)[0]).text == say(drafts.of_sheet(SHEET)[0]).text

    @pytest.mark.rule("P2")
    def test_names_both_dates_where_they_differ(self):
        (draft,) = drafts.of_sheet(SHEET | {"business_on": BOOKED})

        assert "২৩-১১-২৬ (বইয়ে ২৪-১১-২৬)" in say(draft).text
        assert "23-11-26 (booked 24-11-26)" in say(draft, language="en").text

    @pytest.mark.rule("M5")
    def test_tells_her_of_money_that_has_no_account_yet(self):
        line = LINE | {"account_code": None, "product_name_en": None, "balance": None}
        (draft,) = drafts.of_sheet(SHEET | {"lines": [line]})

        assert "Tk 50 received, your branch will tell you" in say(draft, language="en").text

    def test_joins_several_accounts_of_one_member(self):
        (draft,) = drafts.of_sheet(SHEET | {"lines": [LINE, LINE | {"amount": parse_taka("20.50")}]})

        text = say(draft, language="en").text
        assert "Tk 50 received" in text
        assert "Tk 20.50 received" in text


class TestDetail:
    @pytest.mark.rule("P2")
    @pytest.mark.parametrize("language", ["bn", "en"])
    def test_no_balances_tells_none(self, language):
        for draft in EVERY:
            text = say(draft, detail="no_balances", language=language).text
            assert "1,2" not in text
            assert "১,২" not in text

    @pytest.mark.rule("P2")
    @pytest.mark.parametrize("language", ["bn", "en"])
    def test_see_your_book_tells_no_amount(self, language):
        for draft in EVERY:
            text = say(draft, detail="see_book", language=language).text
            assert not re.search(r"৳|Tk", text)

    @pytest.mark.rule("P2")
    def test_a_lock_screen_shows_neither_figure_nor_name(self):
        for template in templates().values():
            for title in template.title.values():
                assert not re.search(r"[0-9০-৯{৳]|Tk", title)


class TestCorrections:
    @pytest.mark.rule("P2")
    @pytest.mark.parametrize("detail", DETAILS)
    @pytest.mark.parametrize("language", ["bn", "en"])
    def test_name_the_earlier_receipt(self, detail, language):
        for draft in (*drafts.of_row_change(ROW), *drafts.of_reversal(REVERSAL)):
            assert "D7-000123" in say(draft, detail=detail, language=language).text

    @pytest.mark.rule("M12")
    def test_everybody_affected_is_told(self):
        assert {draft.member_id for draft in drafts.of_reversal(REVERSAL)} == {"m", "other"}

    def test_say_which_way_the_money_went(self):
        out, into = (say(draft, language="en").text for draft in drafts.of_reversal(REVERSAL))

        assert "Tk 50 taken out, balance Tk 1,200" in out
        assert "Tk 50 added" in into

    @pytest.mark.rule("M6")
    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({}, "from Tk 500 to Tk 300"),
            ({"kind": "removed", "after": None}, "from Tk 500 to nothing"),
            ({"kind": "account_changed", "after": ROW["before"]}, "from Tk 500 to another account"),
        ],
    )
    def test_a_row_that_went_down_or_away_is_told(self, change, words):
        (draft,) = drafts.of_row_change(ROW | change)

        assert words in say(draft, language="en").text


class TestMoneyPaidOut:
    @pytest.mark.rule("M9")
    @pytest.mark.rule("P2")
    def test_is_told_at_request_approval_and_payment(self):
        drafted = (
            *drafts.of_withdrawal_request(WITHDRAWAL | {"lapses_on": None}),
            *drafts.of_withdrawal_approval(WITHDRAWAL),
            *drafts.of_withdrawal(PAID),
        )

        asked, agreed, paid = (say(draft, language="en").text for draft in drafted)

        assert "a withdrawal was asked for: General savings Tk 50" in asked
        assert "Fetch it yourself at the branch by 26-11-26" in agreed
        assert "Tk 50 paid out, balance Tk 1,250" in paid

    @pytest.mark.rule("M9")
    @pytest.mark.parametrize(("language", "where"), [("en", "at your samity"), ("bn", "সমিতির সভায়")])
    def test_says_where_it_is_paid(self, language, where):
        (draft,) = drafts.of_withdrawal_approval(WITHDRAWAL | {"in_field": True})

        assert where in say(draft, language=language).text

    def test_a_closed_account_is_told_with_what_was_paid(self):
        (draft,) = drafts.of_account_closing(CLOSING)

        assert "General savings was closed and Tk 820 paid out" in say(draft, language="en").text

    @pytest.mark.rule("M13")
    def test_a_correction_of_an_earlier_day_names_both_days_and_the_receipt(self):
        out, into = (say(draft, language="en").text for draft in drafts.of_correction(REVERSAL))

        assert "23-11-26 (booked 24-11-26): earlier receipt D7-000123 was corrected" in out
        assert "Tk 50 added" in into


class TestNothingReceived:
    @pytest.mark.rule("P2")
    @pytest.mark.parametrize("reason", ["absent", "no_money", "ill", "travelling", "refused", "other"])
    def test_every_reason_has_its_words(self, reason):
        (draft,) = drafts.of_sheet(SHEET | {"lines": [EMPTY | {"nothing_received": reason}]})

        assert draft.kind.name == "nothing_received"
        for language, detail in product(("bn", "en"), DETAILS):
            assert say(draft, language=language, detail=detail).text

    @pytest.mark.rule("P2")
    def test_is_told_even_where_another_account_was_paid(self):
        told = drafts.of_sheet(SHEET | {"lines": [LINE, EMPTY]})

        assert [draft.kind.name for draft in told] == ["deposit_confirmed", "nothing_received"]


class TestTemplates:
    def test_there_is_one_for_every_kind_in_both_languages(self):
        assert set(templates()) == set(KINDS)
        for template in templates().values():
            for words in (template.title, *template.texts.values(), *template.lines.values()):
                assert set(words) == {"bn", "en"}
                assert set(re.findall(r"{\w+}", words["bn"])) == set(re.findall(r"{\w+}", words["en"]))

    @given(
        draft=st.sampled_from(EVERY), detail=st.sampled_from(DETAILS), language=st.sampled_from(["bn", "en"])
    )
    def test_every_message_is_whole_and_in_one_language(self, draft, detail, language):
        message = say(draft, detail=detail, language=language)

        assert "{" not in message.text
        assert "None" not in message.text
        assert message.parts == parts_of(message.text) <= 3
        if language == "en":
            assert not re.search(r"[ঀ-৿]", message.text)


class TestFigures:
    @pytest.mark.parametrize(
        ("amount", "bangla", "english"),
        [
            ("0.00", "৳০", "Tk 0"),
            ("50.00", "৳৫০", "Tk 50"),
            ("1250.50", "৳১,২৫০.৫০", "Tk 1,250.50"),
            ("100000.00", "৳১,০০,০০০", "Tk 1,00,000"),
            ("12345678.05", "৳১,২৩,৪৫,৬৭৮.০৫", "Tk 1,23,45,678.05"),
        ],
    )
    def test_amounts_are_grouped_by_lakh(self, amount, bangla, english):
        assert (taka(parse_taka(amount), "bn"), taka(parse_taka(amount), "en")) == (bangla, english)

    def test_a_member_is_told_by_her_own_part_of_the_code(self):
        assert member_number("001-0001.00012", "bn") == "০০০১২"
        assert member_number(None, "en") == "–"
