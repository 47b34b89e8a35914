/** Who is signed in on this phone, and every request that is made in her name. */
import { signal } from "@preact/signals";

import { Problem, send, type Call } from "../api/http.ts";
import type { Person, Tokens } from "../api/wire.ts";
import { deviceId } from "../store/device.ts";
import { expired, findSession, forgetSession, keepSession, noteActivity, type Session } from "../store/sessions.ts";
import { language } from "./language.ts";

type Request = Omit<Call, "headers">;

/** Why the door is shut again: shown once above the sign-in. */
export type Farewell = "idle" | "ended" | "signed_out" | null;

export const session = signal<Session | null>(null);
export const farewell = signal<Farewell>(null);

const LOCK = "mikrof-session";
const ACTIVITY_STEP_MS = 15_000;

async function headers(accessToken?: string): Promise<Record<string, string>> {
  const own = { "X-Device-Id": await deviceId(), "Accept-Language": language.value };
  return accessToken === undefined ? own : { ...own, Authorization: `Bearer ${accessToken}` };
}

/** Sends a request that needs nobody signed in. */
export async function askOpenly(request: Request): Promise<unknown> {
  return send({ ...request, headers: await headers() });
}

async function end(reason: Farewell): Promise<void> {
  await forgetSession();
  session.value = null;
  farewell.value = reason;
}

async function exchange(old: Session): Promise<Session> {
  const body = JSON.stringify({ refresh_token: old.refresh_token });
  const tokens = (await askOpenly({ method: "POST", path: "/auth/refresh", body })) as Tokens;
  const { access_token, refresh_token } = tokens;
  const renewed = { ...old, access_token, refresh_token };
  await keepSession(renewed);
  return renewed;
}

/** Exchanges spent tokens, in one tab at a time: a refresh token is good for one use. */
async function renew(spent: string): Promise<Session | null> {
  return navigator.locks.request(LOCK, async () => {
    const kept = await findSession();
    if (!kept) return null;
    if (kept.access_token !== spent) return kept; // another tab was first
    try {
      return await exchange(kept);
    } catch (failure) {
      if (failure instanceof Problem && !failure.passing) return null;
      throw failure;
    }
  });
}

/**
 * Sends a request in the name of who is signed in, with new tokens where the old are spent.
 *
 * @throws Problem, Away; a session that has ended opens the sign-in.
 */
export async function ask(request: Request): Promise<unknown> {
  const current = session.value;
  if (!current) throw new Problem({ status: 401, code: "UNAUTHENTICATED", title: "", detail: "" });
  try {
    return await send({ ...request, headers: await headers(current.access_token) });
  } catch (failure) {
    if (!(failure instanceof Problem) || failure.status !== 401) throw failure;
    const renewed = await renew(current.access_token);
    if (!renewed) {
      await end("ended");
      throw failure;
    }
    session.value = renewed;
    return send({ ...request, headers: await headers(renewed.access_token) });
  }
}

export const get = (path: string): Promise<unknown> => ask({ method: "GET", path });
export const post = (path: string, said: object = {}): Promise<unknown> =>
  ask({ method: "POST", path, body: JSON.stringify(said) });
export const put = (path: string, said: object): Promise<unknown> =>
  ask({ method: "PUT", path, body: JSON.stringify(said) });

/** Opens the session that these tokens belong to, and keeps it. */
export async function begin({ access_token, refresh_token }: Tokens, now: number): Promise<void> {
  const person = (await send({ method: "GET", path: "/me", headers: await headers(access_token) })) as Person;
  const begun = { access_token, refresh_token, person, last_active_at: now };
  await keepSession(begun);
  farewell.value = null;
  session.value = begun;
}

/** Opens the session that the phone kept, unless nobody has touched it for too long. */
export async function restoreSession(now: number): Promise<void> {
  const kept = await findSession();
  if (kept && expired(kept, now)) void lock();
  else session.value = kept ?? null;
}

/** Tells the server that a session is over; without a network it ends there by its age. */
async function tellServer(ended: Session): Promise<void> {
  const told = { method: "POST", path: "/auth/sign-out", body: "{}", headers: await headers(ended.access_token) } as const;
  await send(told).catch(() => undefined);
}

async function leave(reason: Farewell): Promise<void> {
  const left = session.value ?? (await findSession());
  await end(reason); // first, so that nothing stays on the screen while the server is asked
  if (left) await tellServer(left);
}

export const signOut = (): Promise<void> => leave("signed_out");

/** Shuts the app because nobody was there; only the PIN or the password opens it again. */
export const lock = (): Promise<void> => leave("idle");

/** Watches for hands on the phone, and shuts the app when there are none. */
export function watchIdleness(clock: () => number): void {
  let noted = 0;
  const touch = (): void => {
    const now = clock();
    if (!session.value || now - noted < ACTIVITY_STEP_MS) return;
    noted = now;
    session.value = { ...session.value, last_active_at: now };
    void noteActivity(now);
  };
  const look = (): void => {
    if (session.value && expired(session.value, clock())) void lock();
  };
  for (const sign of ["pointerdown", "keydown", "scroll"]) addEventListener(sign, touch, { passive: true });
  document.addEventListener("visibilitychange", look);
  setInterval(look, ACTIVITY_STEP_MS);
}
