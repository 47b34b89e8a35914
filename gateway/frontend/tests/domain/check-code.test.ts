import { expect, it } from "vitest";

import { checkCode } from "../../src/mobile/domain/check-code.ts";

it("is six digits of the body's SHA-256, and another body's is another", async () => {
  // by Python: int.from_bytes(sha256(body).digest()[:4], "big") % 10**6
  expect(await checkCode('{"total":"200.00"}')).toBe("124 487");
  expect(await checkCode('{"total":"201.00"}')).not.toBe("124 487");
});
