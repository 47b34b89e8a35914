// @vitest-environment happy-dom
import { expect, it } from "vitest";

import { match } from "../../src/mobile/state/route.ts";

it("takes the parts of a path, and nothing from another one", () => {
  expect(match("/members/:id/accounts/:account", "/members/7/accounts/8")).toEqual({ id: "7", account: "8" });
  expect(match("/members/:id", "/members/7/accounts/8")).toBeNull();
  expect(match("/sheets/:id", "/members/7")).toBeNull();
});
