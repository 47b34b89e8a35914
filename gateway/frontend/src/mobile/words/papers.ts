/** What may be read without signing in: terms, notice, contact. Rule P10. */
import type { Phrase } from "./phrase.ts";

export interface Paper {
  title: Phrase;
  version: string;
  paragraphs: readonly Phrase[];
}

export const papers: Readonly<Record<"terms" | "notice" | "contact", Paper>> = {
  terms: {
    title: ["ব্যবহারের নিয়ম", "Terms of use"],
    version: "2026-11",
    paragraphs: [
      ["অ্যাপটি কাগজের পাশবইয়ের সঙ্গী, বদলি নয়। ব্যবহার করা না-করা আপনার ইচ্ছা।", "The app goes beside your paper passbook and never replaces it. Whether you use it is up to you."],
      ["এখানে কেউ নিজে নিজে নাম লেখাতে পারেন না। অফিস আপনার হিসাব খোলে এবং বন্ধ খামে একটি কোড দেয়।", "Nobody registers here. The office opens your access and gives you a code in a sealed envelope."],
      ["পিন শুধু আপনার। মাঠকর্মী, ব্যবস্থাপক বা অন্য কেউ কখনো পিন চাইবেন না; চাইলে শাখায় জানান।", "The PIN is yours alone. No officer or manager will ever ask for it; tell the branch if somebody does."],
      ["অ্যাপে টাকা লেনদেন হয় না। মাঠকর্মী টাকা নিলে তা \"অপেক্ষমাণ\" দেখা যায়, অফিসে গোনার পর \"নিশ্চিত\" হয়।", "No money moves in the app. What the officer received shows as pending, and as confirmed once the office has counted it."],
      ["সাময়িক বন্ধ করতে শাখায় ফোন করুন। স্থায়ীভাবে বন্ধ করতে শাখায় এসে নিয়ম শেষ করতে হবে।", "To shut your access for a while, call the branch. To end it for good, visit the branch and finish the formalities."],
    ],
  },
  notice: {
    title: ["গোপনীয়তার কথা", "Privacy notice"],
    version: "2026-11",
    paragraphs: [
      ["আপনার লিখিত সম্মতি ছাড়া আপনার কোনো তথ্য বাইরের কাউকে দেওয়া হয় না।", "Nothing about you goes to anyone outside without your recorded consent."],
      ["পরিচয়পত্র ও ফোন নম্বর তালা দেওয়া অবস্থায় রাখা হয়, ঢেকে দেখানো হয়; খুলে দেখলে কে কেন দেখলেন তা লেখা থাকে।", "Your identity and phone numbers are kept encrypted and shown masked; who uncovers one, and why, is written down."],
      ["প্রতিটি কাজের জন্য আলাদা সম্মতি নেওয়া হয়। সদস্যপদের বাইরের সম্মতি যেকোনো সময় ফিরিয়ে নেওয়া যায়।", "You consent to each purpose by itself. Beyond membership, you may take a consent back at any time."],
      ["ফোনের পর্দা বন্ধ থাকলে বার্তায় নাম বা টাকার অঙ্ক দেখা যায় না।", "On a locked screen a message shows neither name nor amount."],
      ["এই কথাগুলো বদলালে আপনাকে বার্তায় জানানো হবে এবং সমিতিতে পড়ে শোনানো হবে।", "If this notice changes, a message will tell you and it will be read out in the samity."],
    ],
  },
  contact: {
    title: ["যোগাযোগ ও অভিযোগ", "Contact and complaints"],
    version: "2026-11",
    paragraphs: [
      ["প্রথমে আপনার শাখার ব্যবস্থাপককে জানান; শাখার ফোন নম্বর পাশবইয়ের প্রথম পাতায় আছে।", "First tell the manager of your branch; its phone number is on the first page of your passbook."],
      ["অঙ্ক না মিললে কাগজের পাশবই সঙ্গে নিন। এক দিনের মধ্যে সাড়া, সাত দিনের মধ্যে উত্তর পাবেন।", "If an amount differs, bring your paper passbook. You hear from us within a day and have an answer within seven."],
      ["আপনার নিজের মাঠকর্মী আপনার অভিযোগ বন্ধ করতে পারেন না।", "Your own field officer cannot close your complaint."],
    ],
  },
};
