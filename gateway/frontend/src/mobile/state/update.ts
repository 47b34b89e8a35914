/** New versions of the app: offered, never forced, because somebody may be in the middle of a sheet. */
import { signal } from "@preact/signals";
import { registerSW } from "virtual:pwa-register";

export const updateReady = signal(false);

let accept: (() => Promise<void>) | null = null;

/** Lets the new version take over; the page reloads once it has. */
export function takeUpdate(): void {
  void accept?.();
}

/**
 * Registers the worker and looks for newer ones whenever the app comes into view: browsers look by
 * themselves only on navigation, and an installed app seldom navigates.
 */
export function watchForUpdates(): void {
  if (!("serviceWorker" in navigator)) return;
  let controlled = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (controlled) location.reload();
    controlled = true; // the first worker of a first visit brings nothing new
  });
  const update = registerSW({
    onNeedReload() {
      // the listener above reloads: the plugin's own way is dead in the session of the first visit
    },
    onNeedRefresh() {
      updateReady.value = true;
    },
    onRegisteredSW(_, registration) {
      document.addEventListener("visibilitychange", () => {
        if (document.visibilityState === "visible") void registration?.update().catch(() => undefined);
      });
    },
  });
  accept = () => update(false);
}
