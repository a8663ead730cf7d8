import { parse, type Part } from "@jobsphere/domain/text";
import { expect, test } from "vitest";
import { firstLanguage } from "./language";

const catalogues = import.meta.glob<Record<string, string>>("../words/*/*.json", { import: "default", eager: true });
const entries = Object.entries(catalogues).filter(([path]) => !path.endsWith("codes.json"));

/** What a pattern needs: its values, choices and tags, each once. */
function needs(parts: readonly Part[]): string[] {
  return parts.flatMap((part) => {
    if (typeof part === "string" || part.kind === "number") return [];
    if (part.kind === "value") return [part.name];
    if (part.kind === "tag") return [`<${part.index}>`, ...needs(part.inside)];
    return [`${part.kind} ${part.name}`, ...Object.values(part.forms).flatMap(needs)];
  });
}

const sorted = (text: string): string[] => [...new Set(needs(parse(text)))].toSorted();

test("every translation is a good pattern with the placeholders of its English", () => {
  const found = entries.flatMap(([path, texts]) =>
    Object.entries(texts).map(([english, translated]) => ({
      where: `${path}: ${english}`,
      english: sorted(english),
      translated: sorted(translated),
    })),
  );
  expect(found.length).toBeGreaterThan(1500);
  for (const { where, english, translated } of found) expect(translated, where).toEqual(english);
});

test("no translation is empty, and a text is in one catalogue of a language only", () => {
  const seen = new Set<string>();
  for (const [path, texts] of Object.entries(catalogues)) {
    const language = path.split("/").at(-2);
    for (const [english, translated] of Object.entries(texts)) {
      expect(translated.trim(), `${path}: ${english}`).not.toBe("");
      expect(seen.has(`${language}:${english}`), `${path}: ${english} twice`).toBe(false);
      seen.add(`${language}:${english}`);
    }
  }
});

test("what was chosen here comes before what the browser likes, and what we cannot speak is passed over", () => {
  expect(firstLanguage("de", ["en-GB"])).toBe("de");
  expect(firstLanguage(null, ["fr-FR", "de-AT", "en"])).toBe("de");
  expect(firstLanguage("xx", ["en-US", "de"])).toBe("en");
  expect(firstLanguage(null, ["fr"])).toBe("en");
  expect(firstLanguage("constructor", ["toString"])).toBe("en");
});
