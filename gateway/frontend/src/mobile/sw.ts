/** The service worker: keeps the app itself on the phone. Money and names never pass through its caches. */
import { clientsClaim } from "workbox-core";
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";

declare const self: ServiceWorkerGlobalScope & {
  __WB_MANIFEST: (string | { url: string; revision: string | null })[];
};

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL("index.html")));
clientsClaim(); // a first visit, too, must find its later screens without a network

self.addEventListener("message", (event) => {
  const message: unknown = event.data;
  if (message instanceof Object && "type" in message && message.type === "SKIP_WAITING") {
    void self.skipWaiting();
  }
});
