import { afterEach, describe, expect, test } from "vitest";
import { formatMoney } from "./money";
import { coded, fill, formatNumber, inside, learn, listed, parse, patternOf, speak, t, tc } from "./text";

const PROTECTED = "{count, plural, one {# milestone of {amount}} other {# milestones, {amount} together}}: protected";
const GERMAN = {
  [PROTECTED]: "{count, plural, one {# Meilenstein über {amount}} other {# Meilensteine, zusammen {amount}}}: geschützt",
  Post: "Beitrag",
  "verb|Post": "Einstellen",
  "trade|tilers": "Fliesen und Böden",
};

afterEach(() => speak("en"));

/** Intl puts a no-break space before the sign; people compare words. */
const plain = (text: string): string => text.replaceAll("\u00A0", " ");
const sentence = (count: number, amount: number): string =>
  plain(t(PROTECTED, { count, amount: formatMoney({ amount, currency: "USD" }) }));

test("a sentence with a plural and money is right in both languages", () => {
  expect(sentence(1, 120_050)).toBe("1 milestone of $1,200.50: protected");
  expect(sentence(1_200, 120_050)).toBe("1,200 milestones, $1,200.50 together: protected");
  speak("de", GERMAN);
  expect(sentence(1, 120_050)).toBe("1 Meilenstein über 1.200,50 $: geschützt");
  expect(sentence(1_200, 120_050)).toBe("1.200 Meilensteine, zusammen 1.200,50 $: geschützt");
});

test("what no catalogue has is said in English, and what is learned later is said from then on", () => {
  speak("de");
  expect(t("Hello")).toBe("Hello");
  learn({ Hello: "Hallo" });
  expect(t("Hello")).toBe("Hallo");
});

test("one English word may mean two things, and a code of the server has a name", () => {
  expect(tc("verb", "Post")).toBe("Post");
  expect(coded("trade", "tilers", "Tilers")).toBe("Tilers");
  speak("de", GERMAN);
  expect([t("Post"), tc("verb", "Post")]).toEqual(["Beitrag", "Einstellen"]);
  expect(coded("trade", "tilers", "Tilers")).toBe("Fliesen und Böden");
  expect(coded("trade", "new-trade", "New trade")).toBe("New trade");
});

test("numbers, lists and words inside a sentence are written as the language does", () => {
  expect([formatNumber(1234.5), listed(["a", "b", "c"]), inside("Paid")]).toEqual(["1,234.5", "a, b and c", "paid"]);
  speak("de");
  expect([formatNumber(1234.5), listed(["a", "b", "c"], "disjunction"), inside("Bezahlt")]).toEqual(["1.234,5", "a, b oder c", "Bezahlt"]);
});

describe("a pattern", () => {
  test("chooses by word, by exact number and by form", () => {
    const text = "{who, select, yes {You} other {{name}}}: {left, plural, =0 {none} one {# day} other {# days}}";
    expect(t(text, { who: "yes", name: "Pat", left: 0 })).toBe("You: none");
    expect(t(text, { who: "other", name: "Pat", left: 1 })).toBe("Pat: 1 day");
  });

  test("keeps tags in their order, one inside another, and never reads a value as a pattern", () => {
    const shown = fill<string>(patternOf("Say <0>{name} <1>now</1></0><2/>"), { name: "<1>{x}</1>" }, (index, parts) => `[${index}:${parts.join("")}]`);
    expect(shown.join("")).toBe("Say [0:<1>{x}</1> [1:now]][2:]");
  });

  test("that is broken is refused", () => {
    for (const text of ["{name", "name}", "{count, plural, one {#}}", "<0>open", "shut</0>", "{}"]) expect(() => parse(text), text).toThrow();
  });
});
