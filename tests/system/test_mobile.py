"""The app in a real browser against the whole system: officer and member, in Bangla, thumb by thumb."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from playwright.sync_api import BrowserType, expect

from demo.forms import staff_form
from demo.plan import Name
from demo.town import PASSWORD, Branch, Town, eventually, new_id, savings_of
from tests.support.phone import ROOT, Phone, kill_browser, phone

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

FIRST_VISIT_BYTES = 200_000
PIN = "৮২৬০৫৭"
SENTENCES = json.loads((ROOT / "gateway/src/gateway/words/errors.json").read_text())
BANGLA = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")


class Yard:
    """A samity of two in a branch of its own, with phones for whoever stands in the yard."""

    def __init__(self, branch: Branch, chromium: BrowserType, folder: Path) -> None:
        self.branch = branch
        self.chromium = chromium
        self.folder = folder
        self.samity = branch.open_samity()
        self.members = [branch.admit(self.samity, name_bn=name) for name in ("রহিমা বেগম", "জোবেদা খাতুন")]
        self.sheet = eventually(self.complete_sheet)["id"]

    def complete_sheet(self) -> dict[str, Any] | None:
        sheet = self.branch.todays_sheet(self.samity)
        return sheet if len(sheet["rows"]) == len(self.members) else None

    def phone(self, name: str = "phone") -> AbstractContextManager[Phone]:
        return phone(self.chromium, self.branch.town.base_url, self.folder / name)

    def officer_on(self, mobile: Phone) -> Phone:
        return mobile.sign_in_officer(self.branch.usernames["field_officer"], PASSWORD)

    def open_sheet(self, mobile: Phone) -> None:
        mobile.open(f"sheets/{self.sheet}")
        mobile.sees("রহিমা বেগম")

    def code_for(self, member: str) -> tuple[str, str]:
        """Her member code, and the code of the sealed slip. Rule P1."""
        branch = self.branch
        approval = eventually(lambda: branch.accountant.put(f"/members/{member}/login/issues/{new_id()}", {}))
        decision = branch.manager.post(f"/approvals/identity/{approval['id']}/decision", {"approve": True})
        return branch.accountant.get(f"/members/{member}")["code"], decision["secret"]

    def pending_of(self, member: str) -> str:
        book = self.branch.manager.get(f"/members/{member}/passbook")
        return str(book["accounts"][0]["pending_in"])


@pytest.fixture
def yard(town: Town, chromium: BrowserType, tmp_path: Path) -> Yard:
    return Yard(town.open_branch(), chromium, tmp_path)


def fill_sheet(mobile: Phone) -> None:
    """Fifty taka from the one, nothing from the other who is ill."""
    mobile.page.locator(".member-card", has_text="রহিমা বেগম").get_by_role("button", name="৳৫০").tap()
    mobile.page.locator(".member-card", has_text="জোবেদা খাতুন").get_by_role("button", name="জমা নেই").tap()
    mobile.page.get_by_text("অসুস্থ").tap()
    mobile.tap("লিখে রাখুন")
    mobile.sees("সবার লেখা হয়েছে")


def submit(mobile: Phone, counted: str) -> None:
    mobile.tap("মিলিয়ে জমা দিন")
    mobile.write("হাতে গোনা টাকা", counted)
    mobile.tap("জমা দিন")


def confirmed(branch: Branch, member: str) -> bool:
    """Whether she has been told of the deposit in the book."""
    messages = branch.manager.get("/messages", member_id=member)["items"]
    return "deposit_confirmed" in {message["kind"] for message in messages}


def hand_over(mobile: Phone, counted: str) -> None:
    mobile.open("hand-over")
    mobile.write("আপনি দিচ্ছেন", counted)
    mobile.tap("বুঝিয়ে দিলাম")
    mobile.sees("গণনার অপেক্ষায়")


def make_pin(mobile: Phone, member_code: str, slip_code: str) -> None:
    mobile.open("activate")
    mobile.write("সদস্য কোড", member_code.translate(BANGLA))
    mobile.write("খামের কোড", slip_code)
    mobile.write("নতুন পিন", PIN)
    mobile.write("নতুন পিন আবার লিখুন", PIN)
    mobile.tap("পিন বানান")


@pytest.mark.rule("M1")
@pytest.mark.rule("M7")
@pytest.mark.rule("P1")
def test_what_the_officer_taps_is_in_her_book(yard: Yard) -> None:
    branch, (payer, _) = yard.branch, yard.members
    member_code, slip_code = yard.code_for(payer)
    with yard.phone("officer") as officer, yard.phone("her") as her:
        make_pin(her, member_code, slip_code)
        her.sees("এখনো কোনো লেনদেন লেখা হয়নি।")

        yard.officer_on(officer)
        yard.open_sheet(officer)
        officer.tap("আদায় শুরু করুন")
        fill_sheet(officer)
        officer.look()
        submit(officer, "৫০")
        officer.sees("জমা হয়েছে। সদস্যরা এখনই")

        her.sees("অপেক্ষমাণ")
        her.sees("৳৫০ জমা পথে")
        expect(her.page.locator(".balance")).to_have_text("৳০")
        her.look()

        branch.count_vault("opening")
        hand_over(officer, "৫০")
        branch.authorise(branch.officer.get("/hand-overs")["items"][0]["id"], 50)

        her.sees("নিশ্চিত")
        expect(her.page.locator(".balance")).to_have_text("৳৫০")
        eventually(lambda: confirmed(branch, payer))
        her.go_to("বার্তা")
        her.sees("৫০")
        her.look()
        assert officer.faults + her.faults == []


@pytest.mark.rule("M4")
@pytest.mark.rule("M5")
def test_a_submission_survives_the_phone_and_counts_once(yard: Yard) -> None:
    payer, _ = yard.members
    with yard.phone() as officer:
        yard.officer_on(officer)
        yard.open_sheet(officer)
        officer.tap("আদায় শুরু করুন")
        fill_sheet(officer)
        officer.context.set_offline(True)
        submit(officer, "৫০")
        officer.sees("নেটওয়ার্ক এলে নিজেই যাবে")
        kill_browser(yard.folder / "phone")
    assert yard.pending_of(payer) == "0.00"

    with yard.phone() as officer:
        officer.open()
        eventually(lambda: yard.pending_of(payer) == "50.00")
        yard.open_sheet(officer)
        officer.sees("জমা হয়েছে। সদস্যরা এখনই")

    assert yard.pending_of(payer) == "50.00"
    assert yard.branch.officer.get(f"/sheets/{yard.sheet}")["status"] == "submitted"


@pytest.mark.rule("M4")
def test_a_sheet_belongs_to_one_phone(yard: Yard) -> None:
    payer, _ = yard.members
    with yard.phone("first") as first, yard.phone("second") as second:
        for mobile in (first, second):
            yard.officer_on(mobile)
            yard.open_sheet(mobile)
        first.tap("আদায় শুরু করুন")
        fill_sheet(first)
        yard.open_sheet(second)
        second.sees("এই শিট অন্য একটি ফোনে খোলা আছে")
        second.look()
        second.tap("এই ফোনে নিয়ে আসুন")
        drawer = second.page.get_by_role("dialog")
        drawer.get_by_label("কারণ").fill("প্রথম ফোনের ব্যাটারি শেষ")
        drawer.get_by_role("button", name="এই ফোনে নিয়ে আসুন").tap()
        fill_sheet(second)
        submit(second, "৫০")
        second.sees("জমা হয়েছে। সদস্যরা এখনই")

        submit(first, "৫০")
        first.sees("মিলিয়ে দেখা হবে")

    assert yard.pending_of(payer) == "50.00"
    compared = yard.branch.manager.get(f"/sheets/{yard.sheet}/comparisons")["items"]
    assert {item["amount"] for item in compared} == {"50.00", None}


@pytest.mark.rule("M10")
def test_untouched_is_never_zero(yard: Yard) -> None:
    with yard.phone() as officer:
        yard.officer_on(officer)
        yard.open_sheet(officer)
        officer.tap("আদায় শুরু করুন")
        officer.page.locator(".member-card", has_text="রহিমা বেগম").get_by_role("button", name="৳১০০").tap()
        submit(officer, "১০০")
        officer.sees("১ বাকি")
        assert yard.branch.officer.get(f"/sheets/{yard.sheet}")["status"] == "collecting"

        officer.tap("বাকি ১ জন: জমা নেই")
        officer.tap("টাকা নেই")
        submit(officer, "১০০")
        eventually(lambda: yard.branch.officer.get(f"/sheets/{yard.sheet}")["status"] == "submitted")


@pytest.mark.rule("M6")
def test_a_returned_row_is_lowered_with_a_reason_that_she_reads(yard: Yard) -> None:
    payer, _ = yard.members
    with yard.phone() as officer:
        yard.officer_on(officer)
        yard.open_sheet(officer)
        officer.tap("আদায় শুরু করুন")
        fill_sheet(officer)
        submit(officer, "৫০")
        officer.sees("জমা হয়েছে। সদস্যরা এখনই")
        give_back(yard, payer, "বইয়ে ৪০ লেখা")

        yard.open_sheet(officer)
        officer.sees("ফেরত: বইয়ে ৪০ লেখা")
        officer.page.locator(".row-line", has_text="৳৫০").tap()
        officer.page.get_by_label("টাকা", exact=True).fill("40")
        expect(officer.button("লিখে রাখুন")).to_be_disabled()
        officer.write("কমানোর কারণ", "পড়তে ভুল হয়েছিল")
        officer.tap("লিখে রাখুন")
        submit(officer, "৪০")
        eventually(lambda: yard.pending_of(payer) == "40.00")

    lines = yard.branch.manager.get(f"/members/{payer}/passbook")["lines"]
    assert {(line["status"], line["amount"]) for line in lines} == {("pending", "40.00"), ("struck", "50.00")}
    assert "পড়তে ভুল হয়েছিল" in {line["reason"] for line in lines}


def give_back(yard: Yard, member: str, reason: str) -> None:
    """The manager returns her row."""
    sheet = yard.branch.manager.get(f"/sheets/{yard.sheet}")
    rows = next(line["rows"] for line in sheet["rows"] if line["member_id"] == member)
    body = {"rows": [{"row_id": rows[0]["row_id"], "reason": reason}]}
    yard.branch.manager.post(f"/sheets/{yard.sheet}/returns", body)


@pytest.mark.rule("L8")
@pytest.mark.rule("P10")
def test_an_admission_from_the_yard_leaves_no_number_on_the_phone(yard: Yard) -> None:
    nid = f"1990{uuid4().int % 10**13:013d}"
    with yard.phone() as officer:
        yard.officer_on(officer)
        officer.open(f"admission/{yard.samity}")
        officer.tap("পরের ধাপ")
        officer.sees("এটি লিখতে হবে।")
        officer.look()
        for label, text in {
            "নাম (বাংলায়)": "নাসিমা আক্তার",
            "নাম (ইংরেজিতে)": "Nasima Akter",
            "জন্ম তারিখ": "০৭-০১-১৯৯০",
            "জাতীয় পরিচয়পত্রের নম্বর": nid.translate(BANGLA),
        }.items():
            officer.write(label, text)
        officer.tap("পরের ধাপ")
        for label in ("গ্রাম", "ডাকঘর", "উপজেলা", "জেলা"):
            officer.write(label, "শেরপুর")
        officer.write("পাশবই নম্বর", "৪৫৬")
        officer.tap("পরের ধাপ")
        officer.write("নমিনির নাম", "রাকিব হাসান")
        officer.write("সম্পর্ক", "ছেলে")
        officer.write("জন্ম তারিখ", "০১-০২-২০০১")
        officer.tap("পরের ধাপ")
        officer.tap("পরের ধাপ")
        officer.sees("প্রতিটির উত্তর লাগবে।")
        for answer in officer.page.get_by_text("হ্যাঁ", exact=True).all():
            answer.tap()
        officer.write("সাক্ষীর নাম", "রহিমা বেগম")
        officer.look()
        officer.tap("পরের ধাপ")
        officer.tap("আবেদন পাঠান")
        officer.sees("আবেদন পৌঁছেছে")
        assert officer.faults == []

    approvals = yard.branch.manager.get("/approvals")["items"]
    mine = next(one for one in approvals if one["kind"] == "admission" and one["subject_bn"] == "নাসিমা আক্তার")
    yard.branch.manager.post(f"/approvals/accounts/{mine['id']}/decision", {"approve": True})
    eventually(lambda: savings_of(yard.branch.manager, mine["subject_id"])["status"] == "open")
    assert files_with(yard.folder / "phone", nid, nid.translate(BANGLA)) == []


def files_with(folder: Path, *secrets: str) -> list[str]:
    """The files of a profile in which one of these stands, in either of a browser's encodings."""
    needles = [secret.encode(coding) for secret in secrets for coding in ("utf-8", "utf-16-le")]
    return [
        str(path)
        for path in folder.rglob("*")
        if path.is_file() and any(needle in path.read_bytes() for needle in needles)
    ]


def test_the_app_opens_without_a_network_and_speaks_both_languages(yard: Yard) -> None:
    with yard.phone() as mobile:
        mobile.open()
        mobile.look()
        mobile.tap("English")
        mobile.sees("Your account, in your hand")
        mobile.look()
        mobile.go_to("Privacy notice")
        mobile.sees("without your recorded consent")
        eventually(lambda: mobile.page.evaluate("navigator.serviceWorker.controller !== null"))

        mobile.context.set_offline(True)
        mobile.open("terms")
        mobile.sees("The app goes beside your paper passbook")
        assert mobile.faults == []


def test_the_first_visit_fits_a_village_connection(yard: Yard) -> None:
    with yard.phone() as mobile:
        mobile.open()
        mobile.page.wait_for_load_state("networkidle")
        transferred = mobile.page.evaluate(
            "performance.getEntries().reduce((sum, entry) => sum + (entry.transferSize || 0), 0)"
        )

        assert 50_000 < transferred < FIRST_VISIT_BYTES


def test_an_officer_s_first_sign_in_changes_the_one_time_password(yard: Yard) -> None:
    branch, staff, username = yard.branch, new_id(), f"new{yard.branch.code}"
    name = Name("নতুন কর্মী", "New Officer")
    form = staff_form(
        username, "field_officer", branch.id, name=name, mobile="01712345670", from_on=branch.on
    )
    approval = branch.town.administrator.put(f"/staff/{staff}", form)
    decision = branch.town.second.post(f"/approvals/identity/{approval['id']}/decision", {"approve": True})
    with yard.phone() as mobile:
        mobile.open()
        mobile.tap("মাঠকর্মী")
        mobile.write("ব্যবহারকারী নাম", username)
        mobile.write("পাসওয়ার্ড", decision["secret"])
        mobile.tap("প্রবেশ করুন")
        mobile.write("নতুন পাসওয়ার্ড", PASSWORD)
        mobile.write("নতুন পাসওয়ার্ড আবার লিখুন", PASSWORD)
        mobile.look()
        mobile.tap("প্রবেশ করুন")
        mobile.sees("আজকের কাজ")


def test_a_wrong_password_is_said_in_the_reader_s_language(yard: Yard) -> None:
    with yard.phone() as mobile:
        mobile.open()
        mobile.tap("মাঠকর্মী")
        mobile.write("ব্যবহারকারী নাম", yard.branch.usernames["field_officer"])
        mobile.write("পাসওয়ার্ড", "certainly not it")
        mobile.tap("প্রবেশ করুন")
        mobile.sees(SENTENCES["SIGN_IN_REFUSED"]["bn"])
        mobile.tap("English")
        mobile.tap("Sign in")
        mobile.sees(SENTENCES["SIGN_IN_REFUSED"]["en"])
