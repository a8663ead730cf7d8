/**
 * What people read, in their language (ADR 0026). The English text in the code is the key; a catalogue gives the other.
 *
 *     t("Sign in")
 *     t("{count, plural, one {# proposal} other {# proposals}} for “{title}”", { count, title })
 *
 * Of ICU's messages: `{name}`, `plural` (with `#`), `select`, and numbered tags `<0>…</0>` for what a screen puts around
 * words. The language is chosen once, before a screen is loaded, and stays for the life of the page.
 */

export type Value = string | number;
export type Values<Shown = Value> = Readonly<Record<string, Shown>>;
export type Catalogue = Readonly<Record<string, string>>;

export type Part =
  | string
  | { kind: "value"; name: string }
  | { kind: "number" }
  | { kind: "plural" | "select"; name: string; forms: Readonly<Record<string, Part[]>> }
  | { kind: "tag"; index: number; inside: Part[] };

let chosen = "en";
let catalogue: Record<string, string> = {};
let plurals = new Intl.PluralRules(chosen);
let numbers = new Intl.NumberFormat(chosen);
const read = new Map<string, Part[]>();

/** The language of this page, as Intl and `<html lang>` write it. */
export function language(): string {
  return chosen;
}

/** For days and lists: English ones are written as in Britain, as the server's letters do. */
export function dayLocale(): string {
  return chosen === "en" ? "en-GB" : chosen;
}

/** Speak a language from now on. Texts that no catalogue has are said in English. */
export function speak(code: string, texts: Catalogue = {}): void {
  chosen = code;
  catalogue = { ...texts };
  plurals = new Intl.PluralRules(code);
  numbers = new Intl.NumberFormat(code);
}

/** Learn more texts of the language that is spoken: those of a screen that was just loaded. */
export function learn(texts: Catalogue): void {
  Object.assign(catalogue, texts);
}

/** A text in the language of the page, filled. Numbers are written as the language writes them; keep others as strings. */
export function t(text: string, values: Values = {}): string {
  return fill<Value>(patternOf(text), values, (_, inside) => inside.join("")).join("");
}

/** The same word twice, meaning two things: `tc("verb", "Post")`. The catalogue knows it as "verb|Post". */
export function tc(context: string, text: string, values: Values = {}): string {
  const key = `${context}|${text}`;
  return t(key in catalogue ? key : text, values);
}

/** What a code of the server is called in the page's language: `coded("trade", "tiling", trade.name)`, else as it came. */
export function coded(kind: string, code: string, otherwise: string): string {
  return catalogue[`${kind}|${code}`] ?? otherwise;
}

/** The translated pattern of a text, for those who fill it with more than strings. */
export function patternOf(text: string): Part[] {
  const said = catalogue[text] ?? text;
  let parts = read.get(said);
  if (!parts) {
    parts = parse(said);
    read.set(said, parts);
  }
  return parts;
}

/** Put values into a pattern. `wrap` makes what stands for a numbered tag; pieces come back in their order. */
export function fill<Shown>(
  parts: readonly Part[],
  values: Values<Shown | Value>,
  wrap: (index: number, inside: (Shown | string)[]) => Shown | string,
  count = 0,
): (Shown | string)[] {
  const text = (value: Shown | Value | undefined): Shown | string => {
    if (value === undefined) return "";
    return typeof value === "number" ? numbers.format(value) : value;
  };
  return parts.flatMap((part) => {
    if (typeof part === "string") return part;
    if (part.kind === "value") return text(values[part.name]);
    if (part.kind === "number") return numbers.format(count);
    if (part.kind === "tag") return wrap(part.index, fill(part.inside, values, wrap, count));
    const value = values[part.name];
    const form = part.kind === "select" ? String(value) : (plurals.select(Number(value)) as string);
    const exact = part.forms[`=${String(value)}`] ?? part.forms[form] ?? part.forms.other ?? [];
    return fill(exact, values, wrap, part.kind === "plural" ? Number(value) : count);
  });
}

/** Read a pattern. Raises on braces or tags that do not match, so that a test over the catalogues finds them. */
export function parse(text: string): Part[] {
  const reader = new Reader(text);
  const parts = reader.parts(false);
  if (!reader.done) throw new Error(`unmatched brace or tag: ${text}`);
  return parts;
}

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  get done(): boolean {
    return this.at >= this.text.length;
  }

  /** Everything up to the brace or tag that closes what we are in. */
  parts(counted: boolean): Part[] {
    const parts: Part[] = [];
    while (!this.done && this.text[this.at] !== "}" && !/^<\/\d/.test(this.ahead(3))) {
      const tag = /^<(\d+)(\/?)>/.exec(this.ahead(6));
      if (tag) parts.push(this.tag(tag, counted));
      else if (this.text[this.at] === "{") parts.push(this.braces(counted));
      else if (counted && this.text[this.at] === "#") {
        this.at += 1;
        parts.push({ kind: "number" });
      } else parts.push(this.plain(counted));
    }
    return parts;
  }

  private plain(counted: boolean): string {
    const start = this.at;
    do this.at += 1;
    while (!this.done && !/[{}<]/.test(this.text[this.at] ?? "") && !(counted && this.text[this.at] === "#"));
    return this.text.slice(start, this.at);
  }

  private tag([all, digits, empty]: RegExpExecArray, counted: boolean): Part {
    this.at += all.length;
    const index = Number(digits);
    if (empty) return { kind: "tag", index, inside: [] };
    const inside = this.parts(counted);
    this.take(`</${index}>`);
    return { kind: "tag", index, inside };
  }

  private braces(counted: boolean): Part {
    const head = /^\{\s*(\w+)\s*(?:,\s*(plural|select)\s*,)?\s*/.exec(this.text.slice(this.at));
    if (!head) throw new Error(`no name after a brace: ${this.text}`);
    this.at += head[0].length;
    const [, name = "", kind] = head;
    if (!kind) {
      this.take("}");
      return { kind: "value", name };
    }
    const forms: Record<string, Part[]> = {};
    while (this.text[this.at] !== "}") {
      const form = /^(=?\w+)\s*\{/.exec(this.text.slice(this.at));
      if (!form) throw new Error(`no form of ${name}: ${this.text}`);
      this.at += form[0].length;
      forms[form[1] ?? ""] = this.parts(kind === "plural" || counted);
      this.take("}");
      this.at += /^\s*/.exec(this.text.slice(this.at))?.[0].length ?? 0;
    }
    this.at += 1;
    if (!forms.other) throw new Error(`no form "other" of ${name}: ${this.text}`);
    return { kind: kind as "plural" | "select", name, forms };
  }

  private ahead(length: number): string {
    return this.text.slice(this.at, this.at + length);
  }

  private take(expected: string): void {
    if (!this.text.startsWith(expected, this.at)) throw new Error(`"${expected}" is missing: ${this.text}`);
    this.at += expected.length;
  }
}

/** A number as the language writes it: 1,234.5 or 1.234,5. */
export function formatNumber(value: number, options: Intl.NumberFormatOptions = {}): string {
  return new Intl.NumberFormat(chosen, options).format(value);
}

/** "a, b and c", "a, b or c"; without America's comma before the last. */
export function listed(words: readonly string[], type: "conjunction" | "disjunction" = "conjunction"): string {
  return new Intl.ListFormat(dayLocale(), { type }).format(words);
}

/** A word that begins with a capital where it stands alone, put inside a sentence; German keeps what it has. */
export function inside(word: string): string {
  return chosen.startsWith("de") ? word : word.toLowerCase();
}
