/** What a member asks of the gateway; staff look at her lines through the same shapes. */
import { ask, get, post, put } from "../state/session.ts";
import { withQuery } from "./http.ts";
import type { OwnMessage, OwnSession, Page, Passbook, PassbookLine, Preferences } from "./wire.ts";

export const readOwnPassbook = async (): Promise<Passbook> => (await get("/me/passbook")) as Passbook;

export const readOwnPhoto = async (): Promise<Blob | null> =>
  (await ask({ method: "GET", path: "/me/photo", answer: "picture" })) as Blob | null;

export const listOwnLines = async (accountId: string, before: string | null): Promise<Page<PassbookLine>> =>
  (await get(withQuery(`/me/accounts/${accountId}/lines`, { before }))) as Page<PassbookLine>;

export const listLines = async (accountId: string, before: string | null): Promise<Page<PassbookLine>> =>
  (await get(withQuery(`/accounts/${accountId}/lines`, { before }))) as Page<PassbookLine>;

export const listOwnMessages = async (before: string | null): Promise<Page<OwnMessage>> =>
  (await get(withQuery("/me/messages", { before }))) as Page<OwnMessage>;

export const markRead = (id: string): Promise<unknown> => post(`/me/messages/${id}/read`);

export const getPreferences = async (): Promise<Preferences> => (await get("/me/preferences")) as Preferences;

export const setPreferences = async (chosen: Preferences): Promise<Preferences> =>
  (await put("/me/preferences", chosen)) as Preferences;

export const changePin = (pin: string, newPin: string): Promise<unknown> => post("/me/pin", { pin, new_pin: newPin });

export const listOwnSessions = async (): Promise<Page<OwnSession>> => (await get("/me/sessions")) as Page<OwnSession>;

export const shutSession = (id: string): Promise<unknown> => ask({ method: "DELETE", path: `/me/sessions/${id}` });
