import { beforeEach, describe, expect, it } from "vitest";

import { Away, Problem } from "../../src/mobile/api/http.ts";
import { added, changed, money } from "../../src/mobile/domain/sheet.ts";
import { deliver } from "../../src/mobile/state/sending.ts";
import { store, type Outgoing } from "../../src/mobile/store/database.ts";
import { changeDraft, findDraft, openDraft } from "../../src/mobile/store/drafts.ts";
import { freezeHandover, freezeSubmission, hurry, listWaiting, waitAfter } from "../../src/mobile/store/outgoing.ts";
import { RAHIMA, SHAHNAZ, stamp, taka } from "../support.ts";

const OFFICER = "karim";
const SHEET = "sheet";
const HOLDING = { epoch: 0, receipt_series: "D7", receipt_next: 123 };

const write = (place: typeof RAHIMA, rowId: string, amount: number) =>
  changeDraft(OFFICER, SHEET, (draft, takeReceipt) => added(draft, place, money(taka(amount)), { ...stamp(rowId), takeReceipt }));

async function frozen(id = "one"): Promise<Outgoing> {
  const item = await freezeSubmission(OFFICER, SHEET, id, 1_000);
  if (!item) throw new Error("nothing was frozen");
  return item;
}

const kept = async () => {
  const found = await findDraft(OFFICER, SHEET);
  if (!found) throw new Error("no draft");
  return found.draft;
};

const problem = (status: number, more = {}) =>
  new Problem({ status, code: "CODE", title: "", detail: "কারণ", ...more });

const answerTo = (item: Outgoing) => ({
  rows: (JSON.parse(item.body) as { rows: { row_id: string; version: number }[] }).rows
    .map(({ row_id, version }) => ({ row_id, version, outcome: "pending", code: null })),
});

beforeEach(async () => {
  await store.delete();
  await store.open();
  await openDraft(OFFICER, SHEET, HOLDING);
});

describe("drafts", () => {
  it("are written with strict durability", () => {
    expect(store._options.chromeTransactionDurability).toBe("strict");
  });

  it("take receipt numbers one after the other, over sheets (P3)", async () => {
    await write(RAHIMA, "a", 50);
    await openDraft(OFFICER, "another", { ...HOLDING, receipt_next: 1 });
    await changeDraft(OFFICER, "another", (draft, takeReceipt) =>
      added(draft, SHAHNAZ, money(taka(70)), { ...stamp("b"), takeReceipt }));
    const other = await findDraft(OFFICER, "another");
    expect((await kept()).rows[0]?.receipt_number).toBe("D7-000123");
    expect(other?.draft.rows[0]?.receipt_number).toBe("D7-000124");
  });

  it("go on where the server's memory of the series is ahead", async () => {
    await openDraft(OFFICER, SHEET, { ...HOLDING, receipt_next: 500 });
    await write(RAHIMA, "a", 50);
    expect((await kept()).rows[0]?.receipt_number).toBe("D7-000500");
  });

  it("spend no receipt on a change that failed", async () => {
    await expect(changeDraft(OFFICER, SHEET, (_, take) => {
      take();
      throw new Error("no");
    })).rejects.toThrow("no");
    await write(RAHIMA, "a", 50);
    expect((await kept()).rows[0]?.receipt_number).toBe("D7-000123");
  });

  it("keep their rows through a new epoch: the server compares them (M4)", async () => {
    await write(RAHIMA, "a", 50);
    const draft = await openDraft(OFFICER, SHEET, { ...HOLDING, epoch: 1 });
    expect([draft.epoch, draft.rows.length]).toEqual([1, 1]);
  });

  it("are one officer's: another one on the same phone sees nothing", async () => {
    await write(RAHIMA, "a", 50);
    expect(await findDraft("other", SHEET)).toBeUndefined();
  });
});

describe("a submission", () => {
  it("is on the phone with its id before anything is sent", async () => {
    await write(RAHIMA, "a", 50);
    await frozen();
    const [waiting] = await listWaiting(OFFICER);
    expect(waiting).toMatchObject({ id: "one", path: "/sheets/sheet/submissions/one", state: "waiting", attempts: 0 });
    expect((await kept()).rows[0]?.travelling).toBe("one");
  });

  it("is sent byte for byte again, whatever is written meanwhile (B6)", async () => {
    await write(RAHIMA, "a", 50);
    await frozen();
    const bodies: string[] = [];
    const away = (item: Outgoing) => {
      bodies.push(item.body);
      return Promise.reject(new Away("cut"));
    };
    for (const at of [1_000, 60_000, 300_000]) {
      const [item] = await listWaiting(OFFICER);
      if (item) await deliver(item, away, at);
      await write(SHAHNAZ, `b${at}`, 70);
    }
    expect(bodies).toHaveLength(3);
    expect(new Set(bodies).size).toBe(1);
    expect((JSON.parse(bodies[0] ?? "") as { total: string }).total).toBe("50.00");
  });

  it("is not made twice of the same rows", async () => {
    await write(RAHIMA, "a", 50);
    await frozen();
    expect(await freezeSubmission(OFFICER, SHEET, "two", 2_000)).toBeNull();
  });

  it("settles its rows when it is answered, and waits no longer", async () => {
    await write(RAHIMA, "a", 50);
    const item = await frozen();
    expect(await deliver(item, () => Promise.resolve(answerTo(item)), 1_000)).toBe(true);
    expect((await kept()).rows[0]).toMatchObject({ sent: 1, taken: 1, state: "pending", travelling: null });
    expect(await listWaiting(OFFICER)).toHaveLength(0);
    expect((await store.outgoing.get("one"))?.state).toBe("answered");
  });

  it("gives its rows back when the office refuses the whole, with the sentence", async () => {
    await write(RAHIMA, "a", 50);
    const item = await frozen();
    expect(await deliver(item, () => Promise.reject(problem(422)), 1_000)).toBe(true);
    expect(await store.outgoing.get("one")).toMatchObject({ state: "refused", problem: "কারণ" });
    expect((await kept()).rows[0]?.travelling).toBeNull();
    expect((await frozen("two")).body).toBe(item.body);
  });

  it.each<[string, Error, number]>([
    ["nobody answers", new Away("cut"), 1_000 + 2_000],
    ["the server is away", problem(503, { retry_after: 7 }), 1_000 + 7_000],
    ["the server stumbles", problem(500), 1_000 + 2_000],
    ["it is asked to slow down", problem(429, { retry_after: 30 }), 1_000 + 30_000],
  ])("waits when %s", async (_, failure, due) => {
    await write(RAHIMA, "a", 50);
    expect(await deliver(await frozen(), () => Promise.reject(failure), 1_000)).toBe(false);
    const [waiting] = await listWaiting(OFFICER);
    expect(waiting).toMatchObject({ attempts: 1, due_at: due, body: (await store.outgoing.get("one"))?.body });
    expect((await kept()).rows[0]?.travelling).toBe("one");
  });

  it("waits untouched for a sign-in when the session has ended", async () => {
    await write(RAHIMA, "a", 50);
    expect(await deliver(await frozen(), () => Promise.reject(problem(401)), 1_000)).toBe(false);
    expect((await listWaiting(OFFICER))[0]).toMatchObject({ attempts: 0, due_at: 1_000 });
  });

  it("hides no defect of ours", async () => {
    await write(RAHIMA, "a", 50);
    await expect(deliver(await frozen(), () => Promise.reject(new TypeError("defect")), 1_000)).rejects.toThrow("defect");
    expect(await listWaiting(OFFICER)).toHaveLength(1);
  });

  it("carries a second version after the first was answered (M6)", async () => {
    await write(RAHIMA, "a", 50);
    const item = await frozen();
    await deliver(item, () => Promise.resolve(answerTo(item)), 1_000);
    await changeDraft(OFFICER, SHEET, (draft, takeReceipt) =>
      changed(draft, "a", { ...money(taka(40)), change_reason: "ভুল লেখা" }, { ...stamp("x"), takeReceipt }));
    const { rows } = JSON.parse((await frozen("two")).body) as { rows: object[] };
    expect(rows).toEqual([expect.objectContaining({ row_id: "a", version: 2, amount: "40.00", change_reason: "ভুল লেখা" })]);
  });
});

describe("waiting", () => {
  it("doubles up to a minute, and listens to the server", () => {
    expect([0, 1, 2, 3, 4, 5, 20].map((attempts) => waitAfter(attempts, null))).toEqual([
      2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000,
    ]);
    expect(waitAfter(9, 5)).toBe(5_000);
    expect(waitAfter(0, 0)).toBe(2_000);
  });

  it("ends at once when the network is back", async () => {
    await freezeHandover(OFFICER, "hand-over", { sheet_ids: [SHEET], declared_total: "50.00" }, 1_000);
    await store.outgoing.update("hand-over", { due_at: 99_000 });
    await hurry(OFFICER, 2_000);
    expect((await listWaiting(OFFICER))[0]?.due_at).toBe(2_000);
  });

  it("keeps the order in which things were made, one person's only", async () => {
    for (const [id, at, person] of [["b", 2_000, OFFICER], ["a", 1_000, OFFICER], ["c", 500, "other"]] as const) {
      await freezeHandover(person, id, { sheet_ids: [], declared_total: "0.00" }, at);
    }
    expect((await listWaiting(OFFICER)).map((item) => item.id)).toEqual(["a", "b"]);
  });
});
