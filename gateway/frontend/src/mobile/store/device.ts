/** This phone: its lasting id and the language its people read. */
import type { Language } from "../domain/digits.ts";
import { newId } from "../domain/ids.ts";
import { store } from "./database.ts";

/** The phone's own id, made once. The server holds sheets by it (rule M4). */
export async function deviceId(): Promise<string> {
  return store.transaction("rw", store.kept, async () => {
    const known = await store.kept.get("device_id");
    if (known) return known.value;
    const made = { name: "device_id", value: newId() };
    await store.kept.add(made);
    return made.value;
  });
}

export async function keptLanguage(): Promise<Language> {
  return (await store.kept.get("language"))?.value === "en" ? "en" : "bn";
}

export async function keepLanguage(language: Language): Promise<void> {
  await store.kept.put({ name: "language", value: language });
}

/** Asks the browser not to throw the store away; it may refuse, so nothing relies on it. */
export async function askToStay(): Promise<boolean> {
  return "storage" in navigator && (await navigator.storage.persist());
}
