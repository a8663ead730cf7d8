/**
 * Our styles name no left and no right: a side is where lines begin or end, so that a page mirrors by itself (ADR 0026).
 *
 *     node tools/sides.mjs         fail at a physical side, or at an arrow that does not turn (part of `npm run check`)
 *     node tools/sides.mjs --fix   write the logical names
 *
 * What is meant physically says so on its line: `/* physical: why *​/`.
 */
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

const web = join(import.meta.dirname, "..");
const side = { left: "start", right: "end" };
const RULES = [
  [/(?<![\w-])(margin|padding|border)-(left|right)(?=[-:\s])/g, (_, what, where) => `${what}-inline-${side[where]}`],
  [/(?<![\w-])border-(top|bottom)-(left|right)-radius/g, (_, edge, where) => `border-${edge === "top" ? "start" : "end"}-${side[where]}-radius`],
  [/(?<![\w-])(left|right)(?=\s*:)/g, (_, where) => `inset-inline-${side[where]}`],
  [/((?:text-align|float|clear)\s*:\s*)(left|right)/g, (_, what, where) => what + (what.startsWith("text") ? side[where] : `inline-${side[where]}`)],
  [/((?:scroll-)(?:margin|padding))-(left|right)/g, (_, what, where) => `${what}-inline-${side[where]}`],
];
/** Four values whose sides differ. */
const SHORTHAND = /(?<![\w-])(margin|padding):\s*(\S+) (\S+) (\S+) ([^\s;]+);/g;
/** Icons that point along the line: they turn with it. */
const POINTS = /<Icon(?:Arrow|Chevron|Caret|ArrowNarrow|PlayerTrack)\w*(?:Left|Right|Back|Forward)\w*(?![^>]*js-turns)[^>]*>/g;
const IN_PROPS = /\s(?:ml|mr|pl|pr)=|\b(?:margin|padding)(?:Left|Right)\b|textAlign: "(?:left|right)"|\bta="(?:left|right)"/g;

function files(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}

const wrong = [];
const fix = process.argv.includes("--fix");
for (const path of files(join(web, "src"))) {
  if (!/\.(css|tsx)$/.test(path)) continue;
  const text = readFileSync(path, "utf8");
  if (path.endsWith(".tsx")) {
    for (const [found] of [...text.matchAll(POINTS), ...text.matchAll(IN_PROPS)]) wrong.push(`${relative(web, path)}: ${found.trim()}`);
    continue;
  }
  const lines = text.split("\n").map((line, index) => {
    if (/\/\* physical/.test(line)) return line;
    const split = line.replace(SHORTHAND, (all, what, top, right, bottom, left) =>
      right === left || all.includes("(") ? all : `${what}-block: ${top} ${bottom}; ${what}-inline: ${left} ${right};`,
    );
    const now = RULES.reduce((each, [pattern, logical]) => each.replace(pattern, logical), split);
    if (now !== line && !fix) wrong.push(`${relative(web, path)}:${index + 1}: ${line.trim()} is ${now.trim()}`);
    return now;
  });
  if (fix && lines.join("\n") !== text) writeFileSync(path, lines.join("\n"));
}
if (wrong.length > 0) {
  console.error(wrong.join("\n"));
  console.error("node tools/sides.mjs --fix writes the logical names of styles; an icon that points gets the class js-turns.");
  process.exit(1);
}
