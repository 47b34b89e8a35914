/** Why a row did not simply become pending. Rules M4, M5, M6, M8. */
import type { Phrase } from "./phrase.ts";

export const rowCodes: Readonly<Record<string, Phrase>> = {
  MEMBER_UNKNOWN: ["এই সদস্যকে পাওয়া যায়নি।", "The member is unknown."],
  MEMBER_MOVED: ["সদস্য অন্য সমিতিতে গেছেন; টাকাটি তাঁর নামে রাখা হয়েছে।", "She has moved to another samity; the money is kept in her name."],
  MEMBER_NOT_ACTIVE: ["তাঁর সদস্যপদ এখন চালু নেই; টাকাটি তাঁর নামে রাখা হয়েছে।", "Her membership is not active; the money is kept in her name."],
  ACCOUNT_UNKNOWN: ["এই হিসাব পাওয়া যায়নি; টাকাটি তাঁর নামে রাখা হয়েছে।", "The account is unknown; the money is kept in her name."],
  ACCOUNT_CLOSED: ["হিসাবটি বন্ধ; টাকাটি তাঁর নামে রাখা হয়েছে।", "The account is closed; the money is kept in her name."],
  ACCOUNT_OF_ANOTHER: ["হিসাবটি অন্য সদস্যের।", "The account is another member's."],
  OWN_OR_KIN: ["নিজের বা আত্মীয়ের হিসাব অন্য কর্মী লিখবেন।", "Another officer writes your own or a relative's account."],
  LOAN_SURPLUS: ["ঋণের বাকির চেয়ে বেশি টাকা; শাখা জানাবে।", "More than was left of the loan; the branch will tell."],
  FOUND_IN_EXCESS: ["বেশি গোনা টাকার মধ্যে আপনার টাকা পাওয়া গেছে; শাখা জানাবে।", "Found in what was counted too much; the branch will tell."],
  RECEIPT_USED: ["এই রসিদ নম্বর আগে ব্যবহার হয়েছে।", "This receipt number was used before."],
  SECOND_PAYMENT_NOT_SAID: ["তাঁর জমা আগেই আছে। সত্যিই দুবার দিলে \"আরেকবার জমা\" বেছে নিন।", "She has paid already. If she paid twice, choose the second payment."],
  CHANGE_REASON_MISSING: ["কমানোর কারণ লিখতে হবে।", "Say why it became less."],
  ROW_DIFFERS: ["একই সারি আগে অন্যভাবে পাঠানো হয়েছে।", "The same row was sent before with other words."],
  ROW_OUTDATED: ["এই সারির নতুন লেখা অফিসে আছে।", "The office has a newer version of this row."],
  ROW_NOT_RETURNED: ["জমা দেওয়া সারি ফেরত না এলে বদলানো যায় না।", "A submitted row changes only after it was returned."],
  ROW_OF_ANOTHER_SHEET: ["সারিটি অন্য শিটের।", "The row belongs to another sheet."],
  NOT_THE_HOLDER: ["শিটটি অন্য ফোনে খোলা; ব্যবস্থাপক মিলিয়ে দেখবেন।", "Another phone holds the sheet; the manager will compare."],
  OLD_EPOCH: ["শিটটি এর মধ্যে অন্য ফোনে গিয়েছিল; ব্যবস্থাপক মিলিয়ে দেখবেন।", "The sheet went to another phone meanwhile; the manager will compare."],
  WITHDRAWAL_NOT_CARRIED: ["এই উত্তোলনের অনুমোদন ও ফ্লোট এই শিটে নেই।", "No approval and float for this withdrawal is on this sheet."],
  WITHDRAWAL_AMOUNT: ["অনুমোদিত অঙ্কের পুরোটা দিতে হয়, কম বা বেশি নয়।", "The agreed amount is paid whole, not less and not more."],
  WITHDRAWAL_PAID: ["এই উত্তোলন এই শিটে আগেই দেওয়া হয়েছে।", "This withdrawal is paid on this sheet already."],
  MEMBER_DECEASED: ["সদস্যের মৃত্যুর খবর আছে; টাকা মনোনীতরা শাখা থেকে পাবেন।", "Her death was reported; the nominees are paid at the branch."],
  SHEET_CLOSED: ["শিটটি বইয়ে উঠে গেছে; টাকাটি মিলিয়ে দেখার তালিকায় আছে।", "The sheet is in the book already; the money is on the compare list."],
};
