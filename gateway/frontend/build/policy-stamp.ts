/**
 * Stamps index.html with a digest of the content policy.
 *
 * An installed app keeps index.html together with its headers, and looks only at the file's hash for a
 * newer one: without the stamp a changed policy would never reach it. The policy itself is laid beside the
 * build, where the gateway reads it.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

import type { Plugin } from "vite";

export function policyStamp(file: string): Plugin {
  const policy = readFileSync(file, "utf8");
  const digest = createHash("sha256").update(policy).digest("hex").slice(0, 16);
  return {
    name: "mikrof:policy-stamp",
    apply: "build",
    transformIndexHtml: () => [
      { tag: "meta", attrs: { name: "content-policy", content: digest }, injectTo: "head" },
    ],
    generateBundle() {
      this.emitFile({ type: "asset", fileName: "content-security-policy.txt", source: policy });
    },
  };
}
