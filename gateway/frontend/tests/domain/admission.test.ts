import { describe, expect, it } from "vitest";

import {
  admissionOf, consentFaults, contactFaults, emptyForm, emptyNominee, isMinor, nomineesFaults, personFaults, PURPOSES,
  type Typed,
} from "../../src/mobile/domain/admission.ts";

const TODAY = "2026-11-23";

function whole(part: Partial<Typed> = {}): Typed {
  const nominee = { ...emptyNominee("n", "১০০"), name: "রাকিব", relation: "ছেলে", birthOn: "০১-০২-২০০০" };
  return {
    ...emptyForm("samity", "মোঃ করিম", "n"),
    nameBn: " নাসিমা ", nameEn: "Nasima", birthOn: "০৭-০১-১৯৯০", nid: "১২৩ ৪৫৬ ৭৮৯০", mobile: "০১৭১২-৩৪৫৬৭৮",
    village: "শেরপুর", post: "শেরপুর", upazila: "শেরপুর", district: "বগুড়া", passbookNumber: "৪৫",
    nominees: [nominee], consents: { membership: true, messages: false, credit_bureau: true, photo: true },
    witness: "রহিমা", ...part,
  };
}

describe("the admission form", () => {
  it("finds nothing wrong with a whole form in Bangla digits", () => {
    const form = whole();
    expect(personFaults(form)).toEqual({});
    expect(contactFaults(form)).toEqual({});
    expect(nomineesFaults(form, TODAY)).toEqual({});
    expect(consentFaults(form)).toEqual({});
  });

  it("goes to the server in Latin digits, trimmed, with an answer to every purpose (P10)", () => {
    const sent = admissionOf(whole(), "bn", "2026-11-23T05:00:00Z", TODAY);
    expect(sent).toMatchObject({
      name_bn: "নাসিমা", birth_on: "1990-01-07", nid: "1234567890", mobile: "01712345678", passbook_number: "45",
      father_or_spouse_bn: null, nominees: [{ birth_on: "2000-02-01", share_percent: 100, guardian: null }],
    });
    expect(sent.consents.map(({ purpose, given }) => [purpose, given])).toEqual([
      ["membership", true], ["messages", false], ["credit_bureau", true], ["photo", true],
    ]);
  });

  it.each(["123456789", "12345678901", "12345678901234", "abcdefghij"])("knows that %s is no identity number", (nid) => {
    expect(personFaults(whole({ nid }))).toEqual({ nid: "nid" });
  });

  it.each(["01112345678", "0171234567", "+8801212345678"])("knows that %s is no mobile number", (mobile) => {
    expect(contactFaults(whole({ mobile }))).toEqual({ mobile: "mobile" });
  });

  it("can do without a telephone", () => {
    expect(contactFaults(whole({ mobile: "" }))).toEqual({});
    expect(admissionOf(whole({ mobile: "" }), "bn", "", TODAY).mobile).toBeNull();
  });

  it("wants shares that make exactly a hundred", () => {
    const two = [{ ...whole().nominees[0], share: "60" }, { ...whole().nominees[0], key: "m", share: "39" }];
    expect(nomineesFaults(whole({ nominees: two as Typed["nominees"] }), TODAY)).toEqual({ shares: "shares" });
  });

  it("wants a guardian for a nominee under age, up to the day before his eighteenth birthday", () => {
    expect(isMinor("24-11-2008", TODAY)).toBe(true);
    expect(isMinor("23-11-2008", TODAY)).toBe(false);
    const [nominee] = whole().nominees;
    const minor = whole({ nominees: [{ ...nominee, birthOn: "০১-০২-২০২০" }] as Typed["nominees"] });
    expect(nomineesFaults(minor, TODAY)).toEqual({
      "nominee.0.guardianName": "required", "nominee.0.guardianRelation": "required",
    });
  });

  it("refuses without membership's consent, and leaves no purpose open (P10)", () => {
    expect(consentFaults(whole({ consents: {} }))).toEqual(Object.fromEntries(PURPOSES.map((purpose) => [purpose, "answer"])));
    expect(consentFaults(whole({ consents: { ...whole().consents, membership: false } }))).toEqual({ membership: "agree" });
  });
});
