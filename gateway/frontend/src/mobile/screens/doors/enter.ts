/** What every door does once the server has opened it. */
import type { Tokens } from "../../api/wire.ts";
import { now } from "../../state/clock.ts";
import { goInstead } from "../../state/route.ts";
import { begin } from "../../state/session.ts";
import { askToStay } from "../../store/device.ts";

export async function enter(tokens: Tokens): Promise<void> {
  await begin(tokens, now());
  goInstead("/");
  await askToStay();
}

/** Exactly six digits; which PINs are too easy, the server says. */
export const isPin = (typed: string): boolean => /^\d{6}$/.test(typed);
