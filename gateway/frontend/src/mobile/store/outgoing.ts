/**
 * What is on its way to the server. The bytes are written once, before the first attempt, and are sent again
 * unchanged until they are answered: the id in the path makes a repetition harmless.
 */

import type { SubmissionAnswer } from "../api/wire.ts";
import { answered, comeBack, leaving, submissionOf, unsentRows } from "../domain/sheet.ts";
import { store, type Outgoing } from "./database.ts";

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;

type New = Pick<Outgoing, "id" | "person_id" | "kind" | "subject_id" | "path" | "body" | "made_at">;

const waiting = (made: New): Outgoing => ({
  ...made, state: "waiting", attempts: 0, due_at: made.made_at, problem: null,
});

/**
 * Freezes the unsent rows of a draft into a submission, in one transaction with marking them as travelling.
 *
 * @returns null when there is nothing to send.
 */
export async function freezeSubmission(
  personId: string,
  sheetId: string,
  submissionId: string,
  now: number,
): Promise<Outgoing | null> {
  return store.transaction("rw", store.drafts, store.outgoing, async () => {
    const kept = await store.drafts.get([personId, sheetId]);
    if (!kept || unsentRows(kept.draft).length === 0) return null;
    const item = waiting({
      id: submissionId, person_id: personId, kind: "submission", subject_id: sheetId, made_at: now,
      path: `/sheets/${sheetId}/submissions/${submissionId}`,
      body: JSON.stringify(submissionOf(kept.draft)),
    });
    await store.outgoing.add(item);
    await store.drafts.put({ ...kept, draft: leaving(kept.draft, submissionId) });
    return item;
  });
}

/** Writes a declared hand-over down before it is sent. Rule M7. */
export async function freezeHandover(
  personId: string,
  handoverId: string,
  said: { sheet_ids: string[]; declared_total: string },
  now: number,
): Promise<Outgoing> {
  const item = waiting({
    id: handoverId, person_id: personId, kind: "hand_over", subject_id: handoverId, made_at: now,
    path: `/hand-overs/${handoverId}`, body: JSON.stringify(said),
  });
  await store.outgoing.add(item);
  return item;
}

/** What one person still has to send, oldest first. */
export async function listWaiting(personId: string): Promise<Outgoing[]> {
  return store.outgoing.where("[person_id+state]").equals([personId, "waiting"]).sortBy("made_at");
}

/** Everything that was sent about a sheet or hand-over, newest first. */
export async function listOf(kind: Outgoing["kind"], subjectId: string): Promise<Outgoing[]> {
  const items = await store.outgoing.where("[kind+subject_id]").equals([kind, subjectId]).sortBy("made_at");
  return items.reverse();
}

/** Everything of a kind that a person has sent, newest first. */
export async function listKind(personId: string, kind: Outgoing["kind"]): Promise<Outgoing[]> {
  const items = await store.outgoing.where("[person_id+kind]").equals([personId, kind]).sortBy("made_at");
  return items.reverse();
}

/** Notes an answer, and what it says about each row, in one transaction. */
export async function settle(item: Outgoing, answer: unknown): Promise<void> {
  await store.transaction("rw", store.drafts, store.outgoing, async () => {
    await store.outgoing.update(item.id, { state: "answered", problem: null });
    const kept = item.kind === "submission" ? await store.drafts.get([item.person_id, item.subject_id]) : undefined;
    if (!kept) return;
    const draft = answered(kept.draft, item.id, (answer as SubmissionAnswer).rows);
    await store.drafts.put({ ...kept, draft });
  });
}

/** Notes a refusal of the whole: nothing of it was taken, so its rows may be changed and sent again. */
export async function giveBack(item: Outgoing, problem: string): Promise<void> {
  await store.transaction("rw", store.drafts, store.outgoing, async () => {
    await store.outgoing.update(item.id, { state: "refused", problem });
    const kept = item.kind === "submission" ? await store.drafts.get([item.person_id, item.subject_id]) : undefined;
    if (kept) await store.drafts.put({ ...kept, draft: comeBack(kept.draft, item.id) });
  });
}

/** How long to wait before the next attempt: twice as long each time, or what the server asked for. */
export function waitAfter(attempts: number, askedSeconds: number | null): number {
  const doubled = Math.min(FIRST_WAIT_MS * 2 ** attempts, LONGEST_WAIT_MS);
  return askedSeconds === null ? doubled : Math.max(askedSeconds * 1000, FIRST_WAIT_MS);
}

/** Puts an attempt off that found no server, or one that had no time. */
export async function postpone(item: Outgoing, now: number, askedSeconds: number | null): Promise<void> {
  const due_at = now + waitAfter(item.attempts, askedSeconds);
  await store.outgoing.update(item.id, { attempts: item.attempts + 1, due_at });
}

/** Makes everything due at once: the network is back, or somebody asked. */
export async function hurry(personId: string, now: number): Promise<void> {
  await store.outgoing
    .where("[person_id+state]").equals([personId, "waiting"])
    .modify({ due_at: now });
}
