/** One collection sheet on the officer's desk: the server's copy, the phone's own, and what can be done. */
import { useEffect, useRef, useState } from "preact/hooks";

import { getSheet, holdSheet } from "../../api/officer.ts";
import type { NothingReceived, Sheet } from "../../api/wire.ts";
import { newId } from "../../domain/ids.ts";
import {
  accepts, added, changed, emptyDraft, joined, restNothing, withdrawn, type Draft, type Place, type Said, type Stamp,
} from "../../domain/sheet.ts";
import { instantNow, now } from "../../state/clock.ts";
import { useLook, type Looked } from "../../state/looking.ts";
import { sendNow, settled } from "../../state/sending.ts";
import { session } from "../../state/session.ts";
import type { Outgoing } from "../../store/database.ts";
import { deviceId } from "../../store/device.ts";
import { changeDraft, findDraft, openDraft } from "../../store/drafts.ts";
import { freezeSubmission, listOf } from "../../store/outgoing.ts";

export interface Desk {
  sheet: Sheet;
  draft: Draft;
  /** This phone holds the sheet, and rows may be written. */
  mine: boolean;
  /** This phone held the sheet, and another one does now. Rule M4. */
  lost: boolean;
  /** The newest thing sent about it. */
  newest: Outgoing | null;
}

const personId = (): string => session.value?.person.person_id ?? "";

const stamp = (takeReceipt: () => string): Stamp => ({ row_id: newId(), recorded_at: instantNow(), takeReceipt });

async function openOwn(sheet: Sheet): Promise<Draft | null> {
  const kept = await findDraft(personId(), sheet.id);
  const held = sheet.holder_device === (await deviceId());
  if (!kept && !(held && accepts(sheet.status))) return null;
  if (!kept || (held && kept.draft.epoch !== sheet.epoch)) {
    await openDraft(personId(), sheet.id, await holdSheet(sheet.id, false, null));
  }
  return changeDraft(personId(), sheet.id, (draft) => joined(sheet, draft));
}

async function lookAtDesk(sheetId: string): Promise<Desk> {
  const sheet = await getSheet(sheetId);
  const own = await openOwn(sheet);
  const [newest = null] = await listOf("submission", sheetId);
  const held = sheet.holder_device === (await deviceId());
  return {
    sheet,
    draft: own ?? joined(sheet, emptyDraft(sheetId, sheet.epoch)),
    mine: own !== null && held && accepts(sheet.status),
    lost: own !== null && !held && sheet.holder_device !== null,
    newest,
  };
}

/** Looks only into the phone: what was just written is there, network or not. */
async function lookLocally(desk: Desk): Promise<Desk> {
  const kept = await findDraft(personId(), desk.sheet.id);
  const [newest = null] = await listOf("submission", desk.sheet.id);
  return { ...desk, newest, draft: kept?.draft ?? desk.draft };
}

export interface OpenDesk extends Looked<Desk> {
  /** Shows what was just written on this phone. */
  refresh: () => Promise<void>;
}

/** Looks at the sheet; at the phone after each tap, at the server whenever something sent was answered. */
export function useDesk(sheetId: string): OpenDesk {
  const looked = useLook(() => lookAtDesk(sheetId), sheetId);
  const [desk, setDesk] = useState<Desk | null>(null);
  const newest = useRef(looked.seen);
  const turns = useRef(0);
  const round = settled.value;
  newest.current = looked.seen;
  const refresh = async (): Promise<void> => {
    if (newest.current === null) return;
    const turn = ++turns.current;
    const seen = await lookLocally(newest.current);
    if (turn === turns.current) setDesk(seen); // a later look has the newer draft
  };
  // The server's copy may be older than the last tap, so the phone's own store has the last word.
  useEffect(() => void refresh(), [looked.seen]);
  useEffect(() => {
    if (round === 0) return;
    void refresh();
    looked.again();
  }, [round]);
  return { ...looked, seen: desk?.sheet.id === sheetId ? desk : null, refresh };
}

/** Takes the sheet onto this phone; from another one only with a reason. */
export async function takeSheet(sheetId: string, reason: string | null): Promise<void> {
  await openDraft(personId(), sheetId, await holdSheet(sheetId, reason !== null, reason));
}

export const addRow = (sheetId: string, place: Place, said: Said, second = false): Promise<Draft> =>
  changeDraft(personId(), sheetId, (draft, take) => added(draft, place, said, stamp(take), second));

export const changeRow = (sheetId: string, rowId: string, said: Said): Promise<Draft> =>
  changeDraft(personId(), sheetId, (draft, take) => changed(draft, rowId, said, stamp(take)));

export const removeRow = (sheetId: string, rowId: string): Promise<Draft> =>
  changeDraft(personId(), sheetId, (draft) => withdrawn(draft, rowId));

export const writeRest = (sheet: Sheet, reason: NothingReceived): Promise<Draft> =>
  changeDraft(personId(), sheet.id, (draft, take) => restNothing(sheet, draft, reason, () => stamp(take)));

/** Writes the submission down on the phone, then begins to send it. */
export async function submit(sheetId: string): Promise<void> {
  await freezeSubmission(personId(), sheetId, newId(), now());
  settled.value += 1;
  scrollTo(0, 0); // to what becomes of it
  void sendNow(now);
}
