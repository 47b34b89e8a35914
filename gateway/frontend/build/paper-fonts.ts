/** Lays the fonts of printed reports beside the build, where the gateway reads them: Bangla, and Latin beside it. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import type { Plugin } from "vite";

const SUBSETS = ["bengali", "latin"];
const WEIGHTS = [400, 600];

export function paperFonts(nodeModules: string): Plugin {
  return {
    name: "mikrof:paper-fonts",
    apply: "build",
    generateBundle() {
      for (const subset of SUBSETS) {
        for (const weight of WEIGHTS) {
          const name = `noto-sans-bengali-${subset}-${weight}-normal.woff2`;
          const file = resolve(nodeModules, "@fontsource/noto-sans-bengali/files", name);
          this.emitFile({ type: "asset", fileName: `paper/${name}`, source: readFileSync(file) });
        }
      }
    },
  };
}
