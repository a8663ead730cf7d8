/**
 * The catalogues against the texts of the app (ADR 0026).
 *
 *     node tools/catalogues.mjs         fail when a language lacks a text, or has one that nobody says (`npm run check`)
 *     node tools/catalogues.mjs --fix   add what is missing as "" and take away what is no longer said
 *
 * `src/words/<language>/<area>.json` holds the texts of one area; what two areas say is in `common`. `codes.json` is kept
 * by hand: what the server's codes are called.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";

const web = join(import.meta.dirname, "..");
const source = join(web, "src");
const domain = join(web, "..", "packages", "domain", "src");
const LANGUAGES = ["de"];
const AREAS = ["common", "customer", "contractor", "work", "everyone", "bookings", "invoices", "admin"];
/** Drawn around screens of other areas, so their words must be there from the start. */
const EARLY = /^features\/(auth|landing)\/|^features\/admin\/rehearsal\/(RehearsalBar|words)/;

function areaOf(path) {
  const inside = relative(source, path);
  if (EARLY.test(inside)) return "common";
  const [, feature] = /^features\/(\w+)\//.exec(inside) ?? [];
  return AREAS.includes(feature) ? feature : "common";
}

function files(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}

/** The literals that an expression can be, or undefined when it can be something else. */
function literals(node) {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return [node.text];
  if (ts.isParenthesizedExpression(node)) return literals(node.expression);
  if (!ts.isConditionalExpression(node)) return undefined;
  const [yes, no] = [literals(node.whenTrue), literals(node.whenFalse)];
  return yes && no ? [...yes, ...no] : undefined;
}

const wrong = [];
const areasOf = new Map();

function said(text, path) {
  const areas = areasOf.get(text) ?? new Set();
  areasOf.set(text, areas.add(areaOf(path)));
}

function read(path) {
  const file = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true, path.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  const need = (node, prefix = "") => {
    const texts = node && literals(node);
    if (texts) for (const text of texts) said(prefix + text, path);
    else wrong.push(`${relative(web, path)}:${file.getLineAndCharacterOfPosition(node?.getStart() ?? 0).line + 1}: the text must stand here, word for word`);
  };
  const look = (node) => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
      if (node.expression.text === "t") need(node.arguments[0]);
      if (node.expression.text === "tc") need(node.arguments[1], `${literals(node.arguments[0])?.[0]}|`);
    }
    if (ts.isJsxAttribute(node) && node.name.getText() === "text" && node.parent.parent.tagName?.getText() === "Said") {
      need(ts.isJsxExpression(node.initializer) ? node.initializer.expression : node.initializer);
    }
    ts.forEachChild(node, look);
  };
  look(file);
}

const ours = [...files(source), ...files(domain)].filter((path) => /\.tsx?$/.test(path) && !/\.test\.|domain\/src\/text\.ts$|components\/Said\.tsx$/.test(path));
for (const path of ours) read(path);

const wanted = Object.fromEntries(AREAS.map((area) => [area, []]));
for (const [text, areas] of areasOf) wanted[areas.size > 1 ? "common" : [...areas][0]].push(text);

const fix = process.argv.includes("--fix");
for (const language of LANGUAGES) {
  const folder = join(source, "words", language);
  if (fix) mkdirSync(folder, { recursive: true });
  const kept = Object.fromEntries(AREAS.map((area) => [area, existsSync(join(folder, `${area}.json`)) ? JSON.parse(readFileSync(join(folder, `${area}.json`), "utf8")) : {}]));
  const everything = Object.assign({}, ...Object.values(kept));
  for (const area of AREAS) {
    const now = Object.fromEntries(wanted[area].toSorted().map((text) => [text, everything[text] ?? ""]));
    if (fix) writeFileSync(join(folder, `${area}.json`), `${JSON.stringify(now, null, 2)}\n`);
    for (const [text, translation] of Object.entries(now)) {
      if (translation === "") wrong.push(`${language}/${area}.json lacks ${JSON.stringify(text)}`);
      else if (!fix && !(text in kept[area])) wrong.push(`${language}/${area}.json is where ${JSON.stringify(text)} belongs`);
    }
    if (!fix) for (const text of Object.keys(kept[area])) if (!(text in now)) wrong.push(`${language}/${area}.json has ${JSON.stringify(text)}, which nothing there says`);
  }
}
if (wrong.length > 0) {
  console.error(wrong.slice(0, 40).join("\n"));
  if (wrong.length > 40) console.error(`and ${wrong.length - 40} more`);
  if (!fix) console.error("node tools/catalogues.mjs --fix puts the keys in order; the translations are yours.");
  process.exit(1);
}
