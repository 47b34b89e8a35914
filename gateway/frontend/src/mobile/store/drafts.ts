/** Sheets in the making. Each tap is on disk, with its receipt number, before the screen shows it as done. */
import type { SheetHolding } from "../api/wire.ts";
import { emptyDraft, type Draft } from "../domain/sheet.ts";
import { store, type KeptDraft } from "./database.ts";

/** Receipt numbers have six digits until a device has written a million of them. Rule P3. */
const receiptNumber = (series: string, number: number): string => `${series}-${String(number).padStart(6, "0")}`;

/**
 * Begins, or goes on with, a sheet that this phone holds. Rows of an earlier epoch stay: the server compares
 * them (rule M4). The series never runs backwards, whatever the server remembers of it.
 */
export async function openDraft(personId: string, sheetId: string, holding: SheetHolding): Promise<Draft> {
  const { epoch, receipt_series: series, receipt_next: next } = holding;
  return store.transaction("rw", store.drafts, store.series, async () => {
    const ownNext = (await store.series.get(series))?.next ?? 1;
    await store.series.put({ series, next: Math.max(ownNext, next) });
    const kept = await store.drafts.get([personId, sheetId]);
    const draft = { ...(kept?.draft ?? emptyDraft(sheetId, epoch)), epoch };
    await store.drafts.put({ person_id: personId, sheet_id: sheetId, series, draft });
    return draft;
  });
}

export async function findDraft(personId: string, sheetId: string): Promise<KeptDraft | undefined> {
  return store.drafts.get([personId, sheetId]);
}

/** Changes a draft in one transaction with the receipt numbers that the change takes. */
export async function changeDraft(
  personId: string,
  sheetId: string,
  change: (draft: Draft, takeReceipt: () => string) => Draft,
): Promise<Draft> {
  return store.transaction("rw", store.drafts, store.series, async () => {
    const kept = await store.drafts.get([personId, sheetId]);
    if (!kept) throw new Error(`No draft of sheet ${sheetId}`);
    let next = (await store.series.get(kept.series))?.next ?? 1;
    const draft = change(kept.draft, () => receiptNumber(kept.series, next++));
    await store.series.put({ series: kept.series, next });
    await store.drafts.put({ ...kept, draft });
    return draft;
  });
}
