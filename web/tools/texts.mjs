/**
 * Every text that a person reads goes through `t` or `<Said>` (ADR 0026).
 *
 *     node tools/texts.mjs               fail when a text of the app is bare (part of `npm run check`)
 *     node tools/texts.mjs --fix [files]  wrap what is bare: whole sentences with their values, plurals and tags
 *
 * It reads the syntax tree and guesses what is prose. A string that only looks like prose says so: `/* no text *​/ "…"`.
 */
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import ts from "typescript";

const web = join(import.meta.dirname, "..");
const source = join(web, "src");
const NOT_OURS = /\.test\.tsx?$|lib\/testing\/|app\/theme\.ts$|\.d\.ts$/;

/** Attributes and properties that are read by people, whatever they look like. */
const READ = new Set(
  ("label title text description placeholder detail details hint caption about question message error problem alt badge " +
    "aria-label aria-description aria-roledescription aria-valuetext show word note empty legend heading").split(" "),
);
/** Attributes and properties that are never read by people. */
const CODE = new Set(
  ("className class classNames to href src rel type variant color c size key id name role autoComplete inputMode path position style " +
    "styles value values order htmlFor lang target method code purpose kind align justify gap loading decoding sizes media accept " +
    "timeZone dateStyle currency component queryKey mutationKey fontFamily gridTemplateColumns d viewBox transform points fill " +
    "strokeLinecap headers credentials tone icon transition rootMargin pattern data-state ff fw property from status").split(" "),
);
const CALLS_OF_CODE =
  /^(t|tc|known|console\.\w+|Object\.\w+|.*\.(querySelector(All)?|closest|matches|getElementById|addEventListener|removeEventListener|startsWith|endsWith|includes|indexOf|split|join|replace|replaceAll|getItem|setItem|removeItem|set|get|append|has|getContext|request|matchMedia|setRequestHeader)|useMediaQuery|matchMedia|import|require|fetch|URL|Error|TypeError|RegExp|CustomEvent|Event)$/;
const INLINE = /^(a|b|strong|em|i|code|span|br|small|sup|sub|kbd|abbr|time|q|Anchor|Link|Countdown|Code|Kbd|Mark)$/;
const NAMES = new Set(["JobSphere", "Stripe", "PDF", "IBAN", "API", "Google", "Apple", "Microsoft", "GitHub", "JSON", "CSV", "Lightning", "Edge", "Opera", "Firefox", "Chrome", "Safari", "Android", "Windows", "Mac", "Linux", "https://", "Casey", "Pat"]);

const letters = (text) => /\p{L}{2}/u.test(text.replaceAll(/&\w+;|[A-Z]+_[A-Z]+/g, "")) && !NAMES.has(text.trim());

/** A guess: is this string of the code something that people read? */
function isProse(text) {
  const trimmed = text.trim();
  if (!letters(trimmed) || !/\p{L}{3}/u.test(trimmed) || /^\([\w-]+:/.test(trimmed)) return false;
  if (/[<>={}\\_|]|--|;$|^[#./]|\w\(|:\w|^\w+:\/\/|\w\.\w{2,}\.|^\d+(px|fr|em|rem|%)/.test(trimmed)) return false;
  if (/\p{L}{2,}[.,:;!?…”)]?\s+[“(]?[\p{L}\d]/u.test(trimmed)) return true;
  if (/^(a|an|I) \p{L}{2}|^1,? \p{L}{3}/u.test(trimmed)) return true;
  return /^\p{Lu}\p{Ll}+[.…?!:]?$/u.test(trimmed);
}

const entities = { nbsp: "\u00A0", amp: "&", lt: "<", gt: ">", middot: "·", mdash: "—", ndash: "–", quot: '"', apos: "'", rarr: "→" };

/** JSX's own rule: lines are trimmed and joined by one space; edges on the same line keep theirs. */
function jsxText(raw) {
  const lines = raw.split("\n");
  const kept = lines
    .map((line, index) => {
      let text = line.replaceAll("\t", " ");
      if (index > 0) text = text.trimStart();
      if (index < lines.length - 1) text = text.trimEnd();
      return text;
    })
    .filter((line) => line !== "");
  return kept.join(" ").replaceAll(/&(\w+);/g, (all, name) => entities[name] ?? all);
}

class Message {
  text = "";
  values = new Map();
  tags = [];
  counts = [];

  put(name, code) {
    let unique = name;
    for (let n = 2; this.values.has(unique) && this.values.get(unique) !== code; n += 1) unique = `${name}${n}`;
    this.values.set(unique, code);
    return unique;
  }

  get given() {
    if (this.values.size === 0) return "";
    const pairs = [...this.values].map(([name, code]) => (name === code ? name : `${name}: ${code}`));
    return `{ ${pairs.join(", ")} }`;
  }
}

class Rewriter {
  constructor(path, text) {
    this.text = text;
    this.file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, path.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
    this.found = [];
    this.uses = { t: false, Said: false };
  }

  run() {
    const edits = [];
    this.collect(this.file, edits);
    this.found = edits.map(({ start, end, text }) => ({
      line: this.file.getLineAndCharacterOfPosition(start).line + 1,
      was: this.text.slice(start, end),
      text,
    }));
    return this.apply(0, this.text.length, edits);
  }

  apply(start, end, edits) {
    let result = "";
    let at = start;
    for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
      result += this.text.slice(at, edit.start) + edit.text;
      at = edit.end;
    }
    return result + this.text.slice(at, end);
  }

  emit(node) {
    const edits = [];
    this.collect(node, edits);
    return this.apply(node.getStart(), node.getEnd(), edits);
  }

  source(node) {
    return this.text.slice(node.getStart(), node.getEnd());
  }

  collect(node, edits) {
    if (ts.isJsxElement(node) || ts.isJsxFragment(node)) return this.element(node, edits);
    if (ts.isJsxAttribute(node)) return this.attribute(node, edits);
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node) || ts.isThrowStatement(node)) return;
    if (this.isText(node)) {
      const code = this.said(node);
      if (code) {
        edits.push({ start: node.getStart(), end: node.getEnd(), text: code });
        return;
      }
    }
    ts.forEachChild(node, (child) => this.collect(child, edits));
  }

  /** A literal, a template, or a choice between two by number, that stands where people read. */
  isText(node) {
    if (ts.isConditionalExpression(node)) return this.counted(node) !== undefined && this.isRead(node);
    if (!ts.isStringLiteral(node) && !ts.isNoSubstitutionTemplateLiteral(node) && !ts.isTemplateExpression(node)) return false;
    return this.isRead(node);
  }

  isRead(node) {
    if (/\/\* no text \*\/\s*$/.test(this.text.slice(node.getFullStart(), node.getStart()))) return false;
    const words = this.words(node);
    if (!letters(words)) return false;
    let child = node;
    let parent = node.parent;
    while (ts.isParenthesizedExpression(parent) || ts.isAsExpression(parent) || (ts.isConditionalExpression(parent) && child !== parent.condition) || (ts.isBinaryExpression(parent) && /^(\?\?|\|\||&&|\+)$/.test(parent.operatorToken.getText()) && (child === parent.right || parent.operatorToken.getText() !== "&&"))) {
      child = parent;
      parent = parent.parent;
    }
    if (ts.isBinaryExpression(parent)) {
      if (parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return false;
      if (ts.isPropertyAccessExpression(parent.left) && CODE.has(parent.left.name.text)) return false;
    }
    if (ts.isPropertyAssignment(parent)) {
      if (parent.name === child) return false;
      const name = parent.name.getText().replaceAll(/["']/g, "");
      if (READ.has(name)) return true;
      if (CODE.has(name) && !(name === "name" && /^\p{Lu}\p{L}+ \p{L}/u.test(words))) return false;
    }
    if (ts.isElementAccessExpression(parent) || ts.isCaseClause(parent) || ts.isLiteralTypeNode(parent) || ts.isTaggedTemplateExpression(parent)) return false;
    if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) {
      const callee = parent.expression.getText();
      if (CALLS_OF_CODE.test(callee) || /^Intl\./.test(callee)) return false;
      if (!/\s/.test(words.trim()) && !/^set[A-Z]|roblem/.test(callee)) return false;
    }
    if (ts.isJsxExpression(parent) && ts.isJsxAttribute(parent.parent)) return false;
    if (ts.isJsxExpression(parent)) return true;
    return isProse(words);
  }

  /** The words of a text, with something for each value. */
  words(node) {
    if (ts.isParenthesizedExpression(node)) return this.words(node.expression);
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
    if (ts.isTemplateExpression(node))
      return node.head.text + node.templateSpans.map((span) => `${this.literal(span.expression) ? this.words(span.expression) : "1"}${span.literal.text}`).join("");
    if (ts.isConditionalExpression(node)) return `${this.words(node.whenTrue)} ${this.words(node.whenFalse)}`;
    return "";
  }

  said(node) {
    const message = new Message();
    this.into(message, node, true);
    if (!letters(message.text.replaceAll(/\{\w+\}/g, ""))) return undefined;
    this.uses.t = true;
    return this.call(message);
  }

  call(message) {
    const given = message.given;
    return `t(${JSON.stringify(message.text)}${given ? `, ${given}` : ""})`;
  }

  into(message, node, whole = false) {
    if (ts.isParenthesizedExpression(node)) return this.into(message, node.expression, whole);
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isNumericLiteral(node)) message.text += node.text;
    else if (ts.isTemplateExpression(node)) {
      message.text += node.head.text;
      for (const span of node.templateSpans) {
        this.into(message, span.expression);
        message.text += span.literal.text;
      }
    } else if (ts.isConditionalExpression(node) && this.counted(node)) this.plural(message, node);
    else if (ts.isConditionalExpression(node) && this.literal(node) && letters(this.words(node))) this.select(message, node);
    else this.value(message, node);
    return undefined;
  }

  literal(node) {
    if (ts.isParenthesizedExpression(node)) return this.literal(node.expression);
    if (ts.isConditionalExpression(node)) return this.literal(node.whenTrue) && this.literal(node.whenFalse);
    return ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node);
  }

  /** `x === 1 ? "…" : "…"` with words in both: what is counted. */
  counted(node) {
    const { condition, whenTrue, whenFalse } = node;
    if (!ts.isBinaryExpression(condition) || condition.operatorToken.kind !== ts.SyntaxKind.EqualsEqualsEqualsToken) return undefined;
    if (!ts.isNumericLiteral(condition.right) || condition.right.text !== "1") return undefined;
    const textual = (each) => this.literal(each) || ts.isTemplateExpression(each);
    return textual(whenTrue) && textual(whenFalse) && letters(this.words(node)) ? condition.left : undefined;
  }

  plural(message, node) {
    const counted = this.counted(node);
    const name = message.put(nameOf(counted, "count"), this.emit(counted));
    message.counts.push(this.source(counted));
    message.text += `{${name}, plural, one {`;
    this.into(message, node.whenTrue);
    message.text += "} other {";
    this.into(message, node.whenFalse);
    message.text += "}}";
    message.counts.pop();
  }

  select(message, node) {
    const name = message.put(nameOf(node.condition, "which"), `${this.emit(node.condition)} ? "yes" : "other"`);
    message.text += `{${name}, select, yes {`;
    this.into(message, node.whenTrue);
    message.text += "} other {";
    this.into(message, node.whenFalse);
    message.text += "}}";
  }

  value(message, node) {
    if (message.counts.at(-1) === this.source(node)) message.text += "#";
    else message.text += `{${message.put(nameOf(node, "value"), this.emit(node))}}`;
  }

  attribute(node, edits) {
    const name = node.name.getText();
    const given = node.initializer;
    if (!given) return;
    if (ts.isJsxExpression(given)) {
      const inner = given.expression;
      if (!inner || (name === "text" && this.isSaid(node))) return;
      if (this.plainText(inner) && !CODE.has(name) && (READ.has(name) ? letters(this.words(inner)) : isProse(this.words(inner)))) {
        const code = this.said(inner);
        if (code) edits.push({ start: inner.getStart(), end: inner.getEnd(), text: code });
        else this.collect(inner, edits);
      } else if (ts.isConditionalExpression(inner) && !CODE.has(name)) this.choice(inner, READ.has(name), edits);
      else if (ts.isBinaryExpression(inner) && READ.has(name)) this.choice(inner, true, edits);
      else if (!(CODE.has(name) && (this.literal(inner) || ts.isTemplateExpression(inner)))) this.collect(inner, edits);
      return;
    }
    if (!ts.isStringLiteral(given) || CODE.has(name) || /^data-/.test(name)) return;
    const text = given.text.replaceAll(/&(\w+);/g, (all, each) => entities[each] ?? all);
    if (name === "text" && this.isSaid(node)) return;
    if (!(READ.has(name) ? letters(text) : isProse(text))) return;
    this.uses.t = true;
    edits.push({ start: given.getStart(), end: given.getEnd(), text: `{t(${JSON.stringify(text)})}` });
  }

  isSaid(attribute) {
    return attribute.parent.parent.tagName?.getText() === "Said";
  }

  plainText(node) {
    return ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node) || (ts.isConditionalExpression(node) && this.counted(node) !== undefined);
  }

  choice(node, read, edits) {
    if (this.plainText(node)) {
      const words = this.words(node);
      const code = (read ? letters(words) : isProse(words)) ? this.said(node) : undefined;
      if (code) {
        edits.push({ start: node.getStart(), end: node.getEnd(), text: code });
        return;
      }
      this.collectInside(node, edits);
    } else if (ts.isConditionalExpression(node)) {
      this.collect(node.condition, edits);
      this.choice(node.whenTrue, read, edits);
      this.choice(node.whenFalse, read, edits);
    } else if (ts.isBinaryExpression(node) && /^(\?\?|\|\||&&)$/.test(node.operatorToken.getText())) {
      this.choice(node.left, read && node.operatorToken.getText() !== "&&", edits);
      this.choice(node.right, read, edits);
    } else if (ts.isParenthesizedExpression(node)) this.choice(node.expression, read, edits);
    else this.collect(node, edits);
  }

  collectInside(node, edits) {
    ts.forEachChild(node, (child) => this.collect(child, edits));
  }

  /** The children of an element: sentences are taken whole, with their values and inline elements. */
  element(node, edits) {
    if (ts.isJsxElement(node)) this.collect(node.openingElement.attributes, edits);
    let run = [];
    for (const child of [...node.children, undefined]) {
      if (child && this.isInline(child)) run.push(child);
      else {
        this.sentence(run, edits);
        run = [];
        if (child) this.collect(child, edits);
      }
    }
  }

  isInline(child) {
    if (ts.isJsxText(child)) return true;
    if (ts.isJsxExpression(child)) return child.expression !== undefined;
    if (ts.isJsxSelfClosingElement(child)) return !/^Icon|Input$|Select$|Button$|Area$|area$|Editor$|Picker$|^img$/.test(child.tagName.getText());
    if (!ts.isJsxElement(child)) return false;
    const name = child.openingElement.tagName.getText();
    const span = child.openingElement.attributes.properties.some((each) => ts.isJsxAttribute(each) && each.name.getText() === "span");
    return INLINE.test(name) || ((name === "Text" || name === "Box") && span);
  }

  sentence(run, edits) {
    const each = (children) => {
      for (const child of children) if (!ts.isJsxText(child)) this.collect(child, edits);
    };
    const blank = (child) => ts.isJsxText(child) && !letters(jsxText(child.text));
    const isWords = (child) => (ts.isJsxText(child) && letters(jsxText(child.text))) || (ts.isJsxExpression(child) && this.plainText(child.expression) && letters(this.words(child.expression)) && !ts.isConditionalExpression(child.expression));
    if (!run.some(isWords)) return each(run);
    const complex = (child) => ts.isJsxExpression(child) && this.hasElements(child.expression);
    let from = 0;
    let to = run.length;
    const edge = (child) => complex(child) || (blank(child) && jsxText(child.text).trim() === "");
    while (from < to && edge(run[from])) from += 1;
    while (to > from && edge(run[to - 1])) to -= 1;
    each(run.slice(0, from));
    each(run.slice(to));
    const kept = run.slice(from, to);
    const message = new Message();
    for (const child of kept) this.child(message, child);
    const leading = /^\s*/.exec(message.text)[0] === "" ? "" : '{" "}';
    const trailing = /\s*$/.exec(message.text)[0] === "" ? "" : '{" "}';
    message.text = message.text.trim();
    const rich = message.tags.length > 0 || message.jsx;
    const given = message.given;
    let code;
    if (rich) {
      this.uses.Said = true;
      const tags = message.tags.length > 0 ? ` tags={[${message.tags.join(", ")}]}` : "";
      const text = /["\\]|\n/.test(message.text) ? `{${JSON.stringify(message.text)}}` : `"${message.text}"`;
      code = `<Said text=${text}${tags}${given ? ` values={${given}}` : ""} />`;
    } else {
      this.uses.t = true;
      code = `{${this.call(message)}}`;
    }
    const first = kept[0];
    const last = kept.at(-1);
    // White space around the run stays as it was laid out.
    const start = ts.isJsxText(first) ? first.pos + /^\s*/.exec(first.text)[0].length : first.getStart();
    const end = ts.isJsxText(last) ? last.end - /\s*$/.exec(last.text)[0].length : last.getEnd();
    const needsLeading = leading && from > 0 && !(ts.isJsxText(first) && /^\s/.test(first.text)) ? leading : "";
    const needsTrailing = trailing && to < run.length && !(ts.isJsxText(last) && /\s$/.test(last.text)) ? trailing : "";
    edits.push({ start, end, text: `${needsLeading}${code}${needsTrailing}` });
    return undefined;
  }

  child(message, child) {
    if (ts.isJsxText(child)) message.text += jsxText(child.text);
    else if (ts.isJsxExpression(child)) {
      if (this.hasElements(child.expression)) {
        message.jsx = true;
        message.text += `{${message.put("extra", this.emit(child.expression))}}`;
      } else this.into(message, child.expression);
    } else if (ts.isJsxSelfClosingElement(child)) {
      if (child.tagName.getText() === "br") message.text += `<${message.tags.push(this.emit(child)) - 1}/>`;
      else {
        message.jsx = true;
        const name = child.tagName.getText();
        message.text += `{${message.put(name[0].toLowerCase() + name.slice(1), this.emit(child))}}`;
      }
    } else {
      const opening = child.openingElement;
      const index = message.tags.push("") - 1;
      const attributes = this.emit(opening.attributes);
      message.tags[index] = `<${opening.tagName.getText()}${attributes ? ` ${attributes}` : ""} />`;
      message.text += `<${index}>`;
      for (const inner of child.children) this.child(message, inner);
      message.text += `</${index}>`;
    }
  }

  hasElements(node) {
    let found = false;
    const look = (each) => {
      if (ts.isJsxElement(each) || ts.isJsxSelfClosingElement(each) || ts.isJsxFragment(each)) found = true;
      else if (!found) ts.forEachChild(each, look);
    };
    look(node);
    return found;
  }
}

const camel = (name) => name.replaceAll(/_(\w)/g, (_, letter) => letter.toUpperCase());

function nameOf(node, otherwise) {
  if (ts.isIdentifier(node)) return camel(node.text);
  if (ts.isPropertyAccessExpression(node)) {
    const name = node.name.text;
    if (name === "length") return "count";
    if (["name", "data", "value", "text", "label", "amount", "size"].includes(name)) return nameOf(node.expression, camel(name));
    return camel(name);
  }
  if (ts.isNonNullExpression(node) || ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return nameOf(node.expression, otherwise);
  if (ts.isElementAccessExpression(node)) return nameOf(node.expression, otherwise);
  if (ts.isPrefixUnaryExpression(node)) return nameOf(node.operand, otherwise);
  if (ts.isBinaryExpression(node)) return nameOf(node.left, otherwise);
  if (ts.isCallExpression(node)) {
    const callee = node.expression.getText();
    const named = { formatAgo: "ago", formatDay: "day", formatMoment: "when" }[callee];
    if (named) return named;
    if (callee === "formatMoney") return node.arguments[0] ? nameOf(node.arguments[0], "money") : "money";
    if (/^String$|^Math\./.test(callee) && node.arguments[0]) return nameOf(node.arguments[0], otherwise);
    const plain = /^[a-z]\w*$/.test(callee) ? callee : undefined;
    return plain ?? (ts.isPropertyAccessExpression(node.expression) ? nameOf(node.expression.expression, otherwise) : otherwise);
  }
  return otherwise;
}

function withImport(text, line, from) {
  if (text.includes(`from "${from}"`)) return text;
  const imports = [...text.matchAll(/^import (?:[^;]*? from )?"([^"]+)";\n/gm)];
  const after = imports.findLast(([, name]) => name.localeCompare(from) < 0 || name.endsWith(".css")) ?? undefined;
  const at = after ? after.index + after[0].length : (imports[0]?.index ?? 0);
  return `${text.slice(0, at)}${line}\n${imports.length > 0 ? "" : "\n"}${text.slice(at)}`;
}

function files(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}

const [mode, ...named] = process.argv.slice(2);
const paths = (named.length > 0 ? named.map((name) => resolve(name)) : files(source)).filter((path) => /\.tsx?$/.test(path) && !NOT_OURS.test(path));
let bare = 0;
for (const path of paths) {
  const was = readFileSync(path, "utf8");
  const rewriter = new Rewriter(path, was);
  let now = rewriter.run();
  bare += rewriter.found.length;
  if (mode !== "--fix") {
    for (const { line, was: text } of rewriter.found) console.error(`${relative(web, path)}:${line}: bare text ${text.replaceAll(/\s+/g, " ").slice(0, 100)}`);
    continue;
  }
  if (now === was) continue;
  if (rewriter.uses.t) now = withImport(now, 'import { t } from "@jobsphere/domain/text";', "@jobsphere/domain/text");
  if (rewriter.uses.Said) now = withImport(now, 'import { Said } from "@/components/Said";', "@/components/Said");
  writeFileSync(path, now);
  for (const { line, text } of rewriter.found) console.log(`${relative(web, path)}:${line}: ${text.replaceAll(/\s+/g, " ")}`);
}
if (mode !== "--fix" && bare > 0) {
  console.error(`${bare} bare texts. Wrap them: node tools/texts.mjs --fix (then the German: node tools/catalogues.mjs --fix).`);
  process.exit(1);
}
