import { beforeEach, expect, it } from "vitest";

import { store } from "../../src/mobile/store/database.ts";
import { deviceId, keepLanguage, keptLanguage } from "../../src/mobile/store/device.ts";
import { expired } from "../../src/mobile/store/sessions.ts";
import type { Person } from "../../src/mobile/api/wire.ts";

beforeEach(async () => {
  await store.delete();
  await store.open();
});

it("makes the phone's id once, however many ask at the same time", async () => {
  const asked = await Promise.all([deviceId(), deviceId(), deviceId()]);
  expect(new Set(asked).size).toBe(1);
  expect(await deviceId()).toBe(asked[0]);
});

it("speaks Bangla until somebody chooses otherwise", async () => {
  expect(await keptLanguage()).toBe("bn");
  await keepLanguage("en");
  expect(await keptLanguage()).toBe("en");
});

it("shuts a member's app after five idle minutes, an officer's after thirty", () => {
  const session = (kind: Person["kind"]) => ({
    access_token: "", refresh_token: "", last_active_at: 0, person: { kind } as Person,
  });
  const minute = 60_000;
  expect([expired(session("member"), 5 * minute), expired(session("member"), 5 * minute + 1)]).toEqual([false, true]);
  expect([expired(session("staff"), 30 * minute), expired(session("staff"), 30 * minute + 1)]).toEqual([false, true]);
});
