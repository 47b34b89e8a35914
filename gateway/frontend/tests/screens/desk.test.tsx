// @vitest-environment happy-dom
import { act, cleanup, render, screen, waitFor } from "@testing-library/preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

import type { Person } from "../../src/mobile/api/wire.ts";
import { money } from "../../src/mobile/domain/sheet.ts";
import { addRow, useDesk, type OpenDesk } from "../../src/mobile/screens/officer/desk.ts";
import { settled } from "../../src/mobile/state/sending.ts";
import { session } from "../../src/mobile/state/session.ts";
import { store } from "../../src/mobile/store/database.ts";
import { deviceId } from "../../src/mobile/store/device.ts";
import { openDraft } from "../../src/mobile/store/drafts.ts";
import { RAHIMA, sheetWith, SHAHNAZ, taka } from "../support.ts";

const server = vi.hoisted(() => ({ device: "" }));
const pace = vi.hoisted(() => ({ slow: false }));

vi.mock("../../src/mobile/api/officer.ts", () => ({
  getSheet: () => Promise.resolve(sheetWith({}, { holder_device: server.device })),
}));
vi.mock("../../src/mobile/store/outgoing.ts", async (original) => ({
  ...(await original<object>()),
  listOf: () => new Promise((done) => setTimeout(() => done([]), pace.slow ? 80 : 0)),
}));

let desk: OpenDesk;

function Shown() {
  desk = useDesk("sheet");
  return <p>{desk.seen ? `${desk.seen.draft.rows.length} rows` : "waiting"}</p>;
}

beforeEach(async () => {
  await store.delete();
  await store.open();
  server.device = await deviceId();
  session.value = {
    access_token: "", refresh_token: "", last_active_at: 0, person: { person_id: "karim" } as Person,
  };
  await openDraft("karim", "sheet", { epoch: 0, receipt_series: "D7", receipt_next: 1 });
});
afterEach(cleanup);

it("never shows an older draft over a newer one, however late the server's copy comes", async () => {
  render(<Shown />);
  await waitFor(() => screen.getByText("0 rows"));
  await addRow("sheet", RAHIMA, money(taka(50)));
  await act(() => desk.refresh());
  expect(screen.getByText("1 rows")).toBeTruthy();

  pace.slow = true;
  void act(() => void (settled.value += 1)); // something was answered: the server is asked, and is slow
  await new Promise((done) => setTimeout(done, 30));
  pace.slow = false;
  await addRow("sheet", SHAHNAZ, money(taka(70)));
  await act(() => desk.refresh());
  expect(screen.getByText("2 rows")).toBeTruthy();

  await new Promise((done) => setTimeout(done, 150));
  expect(screen.getByText("2 rows")).toBeTruthy();
});
