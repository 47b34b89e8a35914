/** What a phone needs to know to install the app. */
import type { ManifestOptions } from "vite-plugin-pwa";

export const manifest: Partial<ManifestOptions> = {
  id: "/m/",
  name: "মাইক্রফ ই-পাশবই",
  short_name: "ই-পাশবই",
  description: "সদস্যের পাশবই ও মাঠকর্মীর আদায় শিট",
  lang: "bn",
  dir: "ltr",
  start_url: "/m/",
  scope: "/m/",
  display: "standalone",
  orientation: "portrait",
  background_color: "#f5f2ea",
  theme_color: "#0d5c53",
  icons: [{ src: "icon.svg", sizes: "any", type: "image/svg+xml", purpose: "any" }],
};
