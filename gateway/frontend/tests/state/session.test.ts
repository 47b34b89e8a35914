// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { Person } from "../../src/mobile/api/wire.ts";
import { Away, Problem } from "../../src/mobile/api/http.ts";
import { ask, begin, farewell, get, lock, restoreSession, session, signOut } from "../../src/mobile/state/session.ts";
import { store } from "../../src/mobile/store/database.ts";
import { findSession } from "../../src/mobile/store/sessions.ts";

const KARIM = { person_id: "karim", kind: "staff", role: "field_officer" } as Person;

interface Asked {
  path: string;
  headers: Record<string, string>;
  body: string | null;
}

const asked: Asked[] = [];
let answers: (call: Asked) => Response;

const json = (status: number, body: object): Response => new Response(JSON.stringify(body), { status });
const tokens = (n: number) => ({ access_token: `access-${n}`, refresh_token: `refresh-${n}`, expires_in: 900 });

/** One lock for all who ask, as the browser's own: who comes later waits. */
function oneAtATime() {
  let last: Promise<unknown> = Promise.resolve();
  return (_: string, deed: () => Promise<unknown>) => (last = last.then(deed, deed));
}

beforeEach(async () => {
  await store.delete();
  await store.open();
  asked.length = 0;
  session.value = null;
  farewell.value = null;
  vi.stubGlobal("fetch", (path: string, { headers, body }: RequestInit) => {
    const call = { path, headers: headers as Record<string, string>, body: body as string | null };
    asked.push(call);
    return Promise.resolve(answers(call));
  });
  Object.defineProperty(navigator, "locks", { configurable: true, value: { request: oneAtATime() } });
});

afterEach(() => vi.unstubAllGlobals());

async function signedIn(now = 0): Promise<void> {
  answers = () => json(200, KARIM);
  await begin(tokens(1), now);
  asked.length = 0;
}

describe("a request", () => {
  it("names the person, the phone and the language", async () => {
    await signedIn();
    answers = () => json(200, {});
    await get("/sheets");
    expect(asked).toEqual([expect.objectContaining({ path: "/api/v1/sheets" })]);
    expect(asked[0]?.headers).toMatchObject({
      Authorization: "Bearer access-1", "Accept-Language": "bn",
      "X-Device-Id": expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    });
  });

  it("is sent again with new tokens where the old are spent, with the same bytes", async () => {
    await signedIn();
    answers = ({ path, headers }) => {
      if (path.endsWith("/auth/refresh")) return json(200, tokens(2));
      return headers["Authorization"] === "Bearer access-2" ? json(200, { done: true }) : json(401, { code: "SESSION_ENDED" });
    };
    expect(await ask({ method: "PUT", path: "/x", body: '{"a": 1}' })).toEqual({ done: true });
    expect(asked.map(({ path, body }) => [path, body])).toEqual([
      ["/api/v1/x", '{"a": 1}'], ["/api/v1/auth/refresh", '{"refresh_token":"refresh-1"}'], ["/api/v1/x", '{"a": 1}'],
    ]);
    expect((await findSession())?.refresh_token).toBe("refresh-2");
  });

  it("spends a refresh token once when several requests meet spent tokens", async () => {
    await signedIn();
    answers = ({ path, headers }) => {
      if (path.endsWith("/auth/refresh")) return json(200, tokens(2));
      return headers["Authorization"] === "Bearer access-2" ? json(200, {}) : json(401, {});
    };
    await Promise.all([get("/a"), get("/b"), get("/c")]);
    expect(asked.filter(({ path }) => path.endsWith("/auth/refresh"))).toHaveLength(1);
  });

  it("opens the sign-in when the session has ended for good", async () => {
    await signedIn();
    answers = () => json(401, { code: "SESSION_ENDED", detail: "শেষ" });
    await expect(get("/a")).rejects.toBeInstanceOf(Problem);
    expect([session.value, farewell.value, await findSession()]).toEqual([null, "ended", undefined]);
  });

  it("does not end the session because the network failed in the middle of a renewal", async () => {
    await signedIn();
    answers = ({ path }) => {
      if (path.endsWith("/auth/refresh")) throw new TypeError("cut");
      return json(401, {});
    };
    vi.stubGlobal("fetch", (path: string) =>
      path.endsWith("/auth/refresh") ? Promise.reject(new TypeError("cut")) : Promise.resolve(json(401, {})));
    await expect(get("/a")).rejects.toBeInstanceOf(Away);
    expect(session.value?.access_token).toBe("access-1");
    expect(await findSession()).toBeDefined();
  });

  it("reads a refusal that is no JSON as a refusal all the same", async () => {
    await signedIn();
    answers = () => new Response("<html>bad gateway</html>", { status: 502 });
    await expect(get("/a")).rejects.toMatchObject({ status: 502, passing: true });
  });
});

describe("leaving", () => {
  it("forgets the tokens on the phone even when nobody answers", async () => {
    await signedIn();
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("cut")));
    await signOut();
    expect([session.value, farewell.value, await findSession()]).toEqual([null, "signed_out", undefined]);
  });

  it("clears the screen before the server has answered", async () => {
    await signedIn();
    vi.stubGlobal("fetch", () => new Promise(() => undefined));
    void lock();
    await vi.waitFor(() => expect(session.value).toBeNull());
    expect(await findSession()).toBeUndefined();
  });

  it("tells the server, and locks with the reason", async () => {
    await signedIn();
    answers = () => json(200, {});
    await lock();
    expect(asked.map(({ path }) => path)).toEqual(["/api/v1/auth/sign-out"]);
    expect(farewell.value).toBe("idle");
  });

  it("keeps what was not sent", async () => {
    await signedIn();
    await store.outgoing.add({
      id: "one", person_id: "karim", kind: "submission", subject_id: "sheet", path: "/x", body: "{}", state: "waiting",
      attempts: 0, made_at: 0, due_at: 0, problem: null,
    });
    answers = () => json(200, {});
    await signOut();
    expect(await store.outgoing.count()).toBe(1);
  });
});

describe("coming back", () => {
  it("opens the app where it was left", async () => {
    await signedIn(1_000);
    session.value = null;
    await restoreSession(60_000);
    expect(session.value).toMatchObject({ access_token: "access-1", person: KARIM });
  });

  it("asks who is there after an idle time, though the app was shut meanwhile", async () => {
    await signedIn(0);
    session.value = null;
    answers = () => json(200, {});
    await restoreSession(31 * 60_000);
    await vi.waitFor(() => expect(farewell.value).toBe("idle"));
    expect([session.value, farewell.value]).toEqual([null, "idle"]);
  });
});
