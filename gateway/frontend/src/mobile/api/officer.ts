/** What a field officer asks of the gateway. */
import type { Day } from "../domain/days.ts";
import { ask, get, post, put } from "../state/session.ts";
import { withQuery } from "./http.ts";
import type {
  Admission, Applicant, HandoverItem, MemberItem, Page, Passbook, Samity, Sheet, SheetHolding, SheetItem, SheetStatus,
} from "./wire.ts";

/** Reads a list to its end; pages are of at most a hundred. */
async function every<Item>(path: string, query: Record<string, string | null>): Promise<Item[]> {
  const items: Item[] = [];
  let after: string | null = null;
  do {
    const page = (await get(withQuery(path, { ...query, after }))) as Page<Item>;
    items.push(...page.items);
    after = page.next;
  } while (after !== null);
  return items;
}

export const listSheets = (on: Day): Promise<SheetItem[]> => every("/sheets", { on });

export const listSheetsIn = (status: SheetStatus): Promise<SheetItem[]> => every("/sheets", { status });

export const getSheet = async (id: string): Promise<Sheet> => (await get(`/sheets/${id}`)) as Sheet;

export const holdSheet = async (id: string, takeOver: boolean, reason: string | null): Promise<SheetHolding> =>
  (await post(`/sheets/${id}/holding`, { take_over: takeOver, reason })) as SheetHolding;

export const claimNotHeld = (id: string, reason: string): Promise<unknown> =>
  post(`/sheets/${id}/not-held`, { reason });

export const acceptFloat = (id: string): Promise<unknown> => post(`/floats/${id}/acceptance`);

export const issueSpecialSheet = (id: string, samityId: string, on: Day): Promise<unknown> =>
  put(`/samities/${samityId}/special-sheets/${id}`, { on });

export const listHandovers = (on: Day | null): Promise<HandoverItem[]> => every("/hand-overs", { on });

export const listSamities = (): Promise<Samity[]> => every("/samities", {});

export const listMembers = (samityId: string): Promise<MemberItem[]> => every("/members", { samity_id: samityId });

export const admit = async (id: string, form: Admission): Promise<Applicant> =>
  (await put(`/members/${id}`, form)) as Applicant;

export const readPhoto = async (memberId: string): Promise<Blob | null> =>
  (await ask({ method: "GET", path: `/members/${memberId}/photo`, answer: "picture" })) as Blob | null;

export const readPassbook = async (memberId: string): Promise<Passbook> =>
  (await get(`/members/${memberId}/passbook`)) as Passbook;
