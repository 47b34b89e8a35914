import { expect, it } from "vitest";

import { newId, uuid7 } from "../../src/mobile/domain/ids.ts";

it("writes version 7 with the time in front, as RFC 9562 shows it", () => {
  const random = Uint8Array.from([0x7c, 0xc3, 0x98, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f]);
  const made = uuid7(0x017f22e279b0, random);
  expect(made).toBe("017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
});

it("makes no id twice and keeps their order in time", () => {
  expect(new Set(Array.from({ length: 1_000 }, newId)).size).toBe(1_000);
  expect(uuid7(1_000) < uuid7(1_001)).toBe(true);
});
