// What a first visit to the landing page downloads, gzipped: its JavaScript must fit the budget. Run after a build.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const BUDGET_KB = 170;
const dist = process.argv[2] ?? join(import.meta.dirname, "..", "dist");
const assets = join(dist, "assets");
const weigh = (name) => gzipSync(readFileSync(join(assets, name)), { level: 9 }).length / 1024;
const asset = /["'(./]([\w$-]+\.(?:js|css))/g;

/** The scripts and styles that a file loads at once: static imports, not the lazy ones. */
function eager(name) {
  const text = readFileSync(join(assets, name), "utf8");
  return [...text.matchAll(/(?:^|[;}\s])(?:import|export)(?:[^"'()]*?from)?\s*["']\.\/([\w$-]+\.js)["']/g)].map(([, file]) => file);
}

function closure(names) {
  const all = new Set(names);
  for (const name of all) if (name.endsWith(".js")) for (const next of eager(name)) all.add(next);
  return all;
}

const html = readFileSync(join(dist, "index.html"), "utf8");
const entry = [...html.matchAll(asset)].map(([, name]) => name).filter((name) => readdirSync(assets).includes(name));
const landing = readdirSync(assets).filter((name) => name.startsWith("LandingPage-"));
const first = closure([...entry, ...landing]);
const sum = (names) => names.reduce((total, name) => total + weigh(name), 0);
const scripts = [...first].filter((name) => name.endsWith(".js"));
const styles = [...first].filter((name) => name.endsWith(".css"));

for (const name of [...scripts, ...styles]) console.log(`${weigh(name).toFixed(1).padStart(7)} KB  ${name}`);
console.log("\nLazy, by size:");
const lazy = readdirSync(assets).filter((name) => /\.(js|css)$/.test(name) && !first.has(name));
for (const name of lazy.toSorted((left, right) => weigh(right) - weigh(left)).slice(0, 15)) {
  console.log(`${weigh(name).toFixed(1).padStart(7)} KB  ${name}`);
}
const total = sum(scripts);
console.log(`\nThe landing page: ${total.toFixed(1)} KB of JavaScript (budget ${BUDGET_KB}), ${sum(styles).toFixed(1)} KB of styles.`);
if (total > BUDGET_KB) {
  console.error("Over the budget.");
  process.exit(1);
}
