/** The session that this phone keeps, so that the app opens where it was left. */
import { store, type KeptSession } from "./database.ts";

export type Session = Omit<KeptSession, "id">;

const MINUTE_MS = 60_000;
/** A member's phone is shared in the house; an officer's is not, and she types all morning. */
const IDLE_LIMIT_MS = { member: 5 * MINUTE_MS, staff: 30 * MINUTE_MS } as const;

export async function findSession(): Promise<Session | undefined> {
  return store.session.get("own");
}

export async function keepSession(session: Session): Promise<void> {
  await store.session.put({ id: "own", ...session });
}

export async function forgetSession(): Promise<void> {
  await store.session.clear();
}

export async function noteActivity(at: number): Promise<void> {
  await store.session.update("own", { last_active_at: at });
}

/** Whether nobody has touched the app for so long that it must ask again who is there. */
export function expired(session: Session, now: number): boolean {
  return now - session.last_active_at > IDLE_LIMIT_MS[session.person.kind];
}
