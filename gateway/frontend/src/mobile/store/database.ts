/**
 * What the phone keeps. Writes are durable before they count as done ("strict"): a row must survive the
 * battery. No name, telephone or identity number lies here, only ids, amounts and one's own session.
 */
import Dexie, { type Table } from "dexie";

import type { Person } from "../api/wire.ts";
import type { Draft } from "../domain/sheet.ts";

/** A fact about this phone, such as its id or its language. */
export interface Kept {
  name: string;
  value: string;
}

/** The signed-in person; there is at most one. */
export interface KeptSession {
  id: "own";
  access_token: string;
  refresh_token: string;
  person: Person;
  last_active_at: number;
}

/** The receipts of one device series: which number comes next. Rule P3. */
export interface Series {
  series: string;
  next: number;
}

/** A sheet as its officer left it on this phone. */
export interface KeptDraft {
  person_id: string;
  sheet_id: string;
  series: string;
  draft: Draft;
}

/** Something on its way to the server: the exact bytes, kept until they are answered. */
export interface Outgoing {
  id: string;
  person_id: string;
  kind: "submission" | "hand_over";
  subject_id: string;
  path: string;
  body: string;
  state: "waiting" | "answered" | "refused";
  attempts: number;
  made_at: number;
  due_at: number;
  problem: string | null;
}

export class Store extends Dexie {
  declare kept: Table<Kept, string>;
  declare session: Table<KeptSession, "own">;
  declare series: Table<Series, string>;
  declare drafts: Table<KeptDraft, [string, string]>;
  declare outgoing: Table<Outgoing, string>;

  constructor(name = "mikrof") {
    super(name, { chromeTransactionDurability: "strict" });
    this.version(1).stores({
      kept: "name",
      session: "id",
      series: "series",
      drafts: "[person_id+sheet_id]",
      outgoing: "id, [person_id+state], [person_id+kind], [kind+subject_id]",
    });
  }
}

export const store = new Store();
