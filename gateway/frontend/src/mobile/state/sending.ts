/** Sends what waits on the phone, one thing after the other, until it is answered. */
import { signal } from "@preact/signals";

import { Away, Problem } from "../api/http.ts";
import type { Outgoing } from "../store/database.ts";
import { giveBack, hurry, listWaiting, postpone, settle } from "../store/outgoing.ts";
import { ask, session } from "./session.ts";

const LOCK = "mikrof-sending";
const LOOK_EVERY_MS = 2_000;

/** How many things wait for their answer. */
export const waitingCount = signal(0);
/** Whether the last request found the server. */
export const connected = signal(true);
/** Grows whenever something was answered or refused, so that screens look again. */
export const settled = signal(0);

/** Sends one thing and writes down what became of it. Returns whether the next may be tried now. */
export async function deliver(
  item: Outgoing,
  put: (item: Outgoing) => Promise<unknown>,
  now: number,
): Promise<boolean> {
  try {
    await settle(item, await put(item));
    connected.value = true;
    return true;
  } catch (failure) {
    if (failure instanceof Problem) return refused(item, failure, now);
    if (!(failure instanceof Away)) throw failure;
    connected.value = false;
    await postpone(item, now, null);
    return false;
  }
}

async function refused(item: Outgoing, problem: Problem, now: number): Promise<boolean> {
  connected.value = true;
  if (problem.status === 401) return false; // it waits until she has signed in again
  if (problem.passing) {
    await postpone(item, now, problem.body.retry_after ?? null);
    return false;
  }
  await giveBack(item, problem.message);
  return true;
}

const putToServer = (item: Outgoing): Promise<unknown> =>
  ask({ method: "PUT", path: item.path, body: item.body });

async function sendDue(personId: string, clock: () => number): Promise<void> {
  const due = (await listWaiting(personId)).filter((item) => item.due_at <= clock());
  for (const item of due) {
    const goOn = await deliver(item, putToServer, clock());
    settled.value += 1;
    if (!goOn) break;
  }
}

/** Looks once whether something is due; in one tab at a time. */
export async function sendWaiting(clock: () => number): Promise<void> {
  const personId = session.value?.person.person_id;
  if (!personId) return;
  await navigator.locks.request(LOCK, { ifAvailable: true }, async (held) => {
    if (held) await sendDue(personId, clock);
  });
  waitingCount.value = (await listWaiting(personId)).length;
}

/** Tries everything again at once. */
export async function sendNow(clock: () => number): Promise<void> {
  const personId = session.value?.person.person_id;
  if (!personId) return;
  await hurry(personId, clock());
  await sendWaiting(clock);
}

/** Keeps sending while the app is open. */
export function keepSending(clock: () => number): void {
  setInterval(() => void sendWaiting(clock), LOOK_EVERY_MS);
  addEventListener("online", () => void sendNow(clock));
}
