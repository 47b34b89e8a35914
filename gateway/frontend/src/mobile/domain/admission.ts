/** The admission form: what was typed, what is wrong with it, and how it goes to the server. Rules L8, P10. */
import type { Admission, Consent, Nominee, Purpose } from "../api/wire.ts";
import { toLatin } from "./digits.ts";
import { readDay, type Day } from "./days.ts";

export const PURPOSES: readonly Purpose[] = ["membership", "messages", "credit_bureau", "photo"];
/** Which wording of the consents the app reads aloud. */
export const CONSENT_VERSION = "2026-11";
const ADULT_AT = 18;
const WHOLE = 100;

export interface TypedNominee {
  key: string;
  name: string;
  relation: string;
  birthOn: string;
  share: string;
  guardianName: string;
  guardianRelation: string;
}

export interface Typed {
  samityId: string;
  nameBn: string;
  nameEn: string;
  kinBn: string;
  kinEn: string;
  sex: Admission["sex"];
  birthOn: string;
  nid: string;
  mobile: string;
  village: string;
  post: string;
  upazila: string;
  district: string;
  line: string;
  passbookNumber: string;
  language: "bn" | "en";
  nominees: TypedNominee[];
  consents: Partial<Record<Purpose, boolean>>;
  readBy: string;
  mark: Consent["mark"];
  witness: string;
}

/** What is wrong with a field, by the field's name; nominees' as `nominee.0.share`. */
export type Faults = Readonly<Record<string, "required" | "nid" | "mobile" | "day" | "share" | "shares" | "agree" | "answer">>;

export const emptyNominee = (key: string, share = ""): TypedNominee => ({
  key, share, name: "", relation: "", birthOn: "", guardianName: "", guardianRelation: "",
});

export function emptyForm(samityId: string, readBy: string, key: string): Typed {
  return {
    samityId, readBy,
    nameBn: "", nameEn: "", kinBn: "", kinEn: "", sex: "female", birthOn: "", nid: "",
    mobile: "", village: "", post: "", upazila: "", district: "", line: "", passbookNumber: "", language: "bn",
    nominees: [emptyNominee(key, "100")], consents: {}, mark: "thumb", witness: "",
  };
}

const plain = (number: string): string => toLatin(number).replace(/[\s-]/g, "");
const isNid = (typed: string): boolean => /^(\d{10}|\d{13}|\d{17})$/.test(plain(typed));
const isMobile = (typed: string): boolean => /^(\+?88)?01[3-9]\d{8}$/.test(plain(typed));
const shareOf = (typed: string): number => (/^\d{1,3}$/.test(toLatin(typed.trim())) ? Number(toLatin(typed.trim())) : 0);

export const shareTotal = (form: Typed): number =>
  form.nominees.reduce((total, nominee) => total + shareOf(nominee.share), 0);

/** Whether somebody born then is under age on a day; an unreadable date is not. */
export function isMinor(birthOn: string, today: Day): boolean {
  const born = readDay(toLatin(birthOn));
  if (born === null) return false;
  const comesOfAge = `${String(Number(born.slice(0, 4)) + ADULT_AT)}${born.slice(4)}`;
  return comesOfAge > today;
}

type Found = Record<string, Faults[string]>;

/** The fields that are plain text. */
export type TextName = { [Name in keyof Typed]: string extends Typed[Name] ? Name : never }[keyof Typed];

function missing(form: Typed, names: readonly TextName[]): Found {
  const empty = names.filter((name) => form[name].trim() === "");
  return Object.fromEntries(empty.map((name) => [name, "required"]));
}

/** Faults of the first step: who she is. */
export function personFaults(form: Typed): Faults {
  const found = missing(form, ["samityId", "nameBn", "nameEn", "birthOn", "nid"]);
  if (!found["birthOn"] && readDay(toLatin(form.birthOn)) === null) found["birthOn"] = "day";
  if (!found["nid"] && !isNid(form.nid)) found["nid"] = "nid";
  return found;
}

/** Faults of the second step: where she lives and how she is reached. */
export function contactFaults(form: Typed): Faults {
  const found = missing(form, ["village", "post", "upazila", "district", "passbookNumber"]);
  if (form.mobile.trim() !== "" && !isMobile(form.mobile)) found["mobile"] = "mobile";
  return found;
}

const isShare = (typed: string): boolean => shareOf(typed) >= 1 && shareOf(typed) <= WHOLE;

function nomineeFaults(nominee: TypedNominee, place: number, today: Day): Found {
  const always = ["name", "relation", "birthOn", "share"] as const;
  const names = isMinor(nominee.birthOn, today) ? ([...always, "guardianName", "guardianRelation"] as const) : always;
  const found: Found = {};
  if (readDay(toLatin(nominee.birthOn)) === null) found[`nominee.${place}.birthOn`] = "day";
  if (!isShare(nominee.share)) found[`nominee.${place}.share`] = "share";
  for (const name of names) if (nominee[name].trim() === "") found[`nominee.${place}.${name}`] = "required";
  return found;
}

/** Faults of the third step: the shares make exactly a hundred, and a minor's has somebody to receive it. */
export function nomineesFaults(form: Typed, today: Day): Faults {
  const found = Object.assign({}, ...form.nominees.map((one, place) => nomineeFaults(one, place, today))) as Found;
  if (shareTotal(form) !== WHOLE) found["shares"] = "shares";
  return found;
}

/** Faults of the fourth step: every purpose answered, membership agreed to. Rule P10. */
export function consentFaults(form: Typed): Faults {
  const found = missing(form, ["readBy", "witness"]);
  for (const purpose of PURPOSES) if (form.consents[purpose] === undefined) found[purpose] = "answer";
  if (form.consents.membership === false) found["membership"] = "agree";
  return found;
}

function nomineeOf(typed: TypedNominee, today: Day): Nominee {
  const guardian = { name: typed.guardianName.trim(), relation: typed.guardianRelation.trim() };
  return {
    name: typed.name.trim(),
    relation: typed.relation.trim(),
    birth_on: readDay(toLatin(typed.birthOn)) ?? "",
    share_percent: shareOf(typed.share),
    guardian: isMinor(typed.birthOn, today) ? guardian : null,
  };
}

function consentsOf(form: Typed, spoken: "bn" | "en", at: string): Consent[] {
  return PURPOSES.map((purpose) => ({
    purpose, at,
    given: form.consents[purpose] === true,
    text_version: CONSENT_VERSION,
    language: spoken,
    read_aloud_by: form.readBy.trim(),
    mark: form.mark,
    witness: form.witness.trim(),
  }));
}

const orNull = (typed: string): string | null => typed.trim() || null;

/** The form as the server takes it; call it only without faults. `spoken` is the language that was read aloud. */
export function admissionOf(form: Typed, spoken: "bn" | "en", at: string, today: Day): Admission {
  return {
    samity_id: form.samityId,
    name_bn: form.nameBn.trim(),
    name_en: form.nameEn.trim(),
    father_or_spouse_bn: orNull(form.kinBn),
    father_or_spouse_en: orNull(form.kinEn),
    sex: form.sex,
    birth_on: readDay(toLatin(form.birthOn)) ?? "",
    nid: plain(form.nid),
    mobile: form.mobile.trim() === "" ? null : plain(form.mobile),
    address: {
      village: form.village.trim(), post: form.post.trim(), upazila: form.upazila.trim(),
      district: form.district.trim(), line: orNull(form.line),
    },
    nominees: form.nominees.map((nominee) => nomineeOf(nominee, today)),
    consents: consentsOf(form, spoken, at),
    language: form.language,
    passbook_number: toLatin(form.passbookNumber.trim()),
    warnings_seen: [],
  };
}
