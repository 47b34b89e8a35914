import { describe, expect, it } from "vitest";

import * as words from "../src/mobile/words/index.ts";
import type { Phrase } from "../src/mobile/words/phrase.ts";

const isPhrase = (found: unknown): found is Phrase =>
  Array.isArray(found) && found.length === 2 && found.every((text) => typeof text === "string");

function phrasesIn(found: unknown, path: string): [string, Phrase][] {
  if (isPhrase(found)) return [[path, found]];
  if (found === null || typeof found !== "object") return [];
  return Object.entries(found).flatMap(([name, inner]) => phrasesIn(inner, `${path}.${name}`));
}

const placeholders = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

describe.each(phrasesIn(words, "words"))("%s", (path, [bangla, english]) => {
  it("is said in both languages with the same facts", () => {
    expect(placeholders(bangla)).toEqual(placeholders(english));
    expect(english).not.toBe("");
    if (!path.endsWith(".english")) expect(bangla).toMatch(/[ঀ-৿]/);
  });

  it("writes its Bangla with Bangla digits", () => {
    expect(bangla).not.toMatch(/[0-9]/);
  });
});
