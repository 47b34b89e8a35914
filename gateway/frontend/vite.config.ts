/** Two deployable builds of one project: `--mode portal` (staff web assets) and `--mode mobile` (the app). */
import preact from "@preact/preset-vite";
import { resolve } from "node:path";
import { defineConfig, type UserConfig } from "vite";
import { VitePWA } from "vite-plugin-pwa";

import { compressed } from "./build/compressed.ts";
import { manifest } from "./build/manifest.ts";
import { paperFonts } from "./build/paper-fonts.ts";
import { policyStamp } from "./build/policy-stamp.ts";

const here = import.meta.dirname;

const shared = {
  assetsInlineLimit: 0, // the content policy allows no data: fonts
  emptyOutDir: true,
  modulePreload: { polyfill: false },
  target: ["chrome107", "firefox104", "safari16"],
  reportCompressedSize: false,
} satisfies UserConfig["build"];

const portal: UserConfig = {
  root: resolve(here, "src/portal"),
  base: "/static/build/",
  build: {
    ...shared,
    outDir: resolve(here, "dist/portal"),
    manifest: true,
    rolldownOptions: { input: resolve(here, "src/portal/main.ts") },
  },
  plugins: [paperFonts(resolve(here, "node_modules")), compressed()],
};

const mobile: UserConfig = {
  root: resolve(here, "src/mobile"),
  base: "/m/",
  build: {
    ...shared,
    outDir: resolve(here, "dist/mobile"),
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: "vendor", test: /node_modules/ }] } },
    },
  },
  plugins: [
    preact(),
    policyStamp(resolve(here, "content-security-policy.txt")),
    VitePWA({
      strategies: "injectManifest",
      srcDir: ".",
      filename: "sw.ts",
      registerType: "prompt",
      injectRegister: false, // an inline script would break the content policy
      manifest,
      injectManifest: { globPatterns: ["**/*.{js,css,html,svg,woff2}"] },
    }),
    compressed(),
  ],
};

export default defineConfig(({ mode }) => {
  if (mode === "portal") return portal;
  if (mode === "mobile") return mobile;
  throw new Error("Say which build: vite build --mode portal, or --mode mobile");
});
