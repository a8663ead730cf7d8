// What people download, gzipped: the landing page, each route on top of it, and the large parts that come later by
// themselves. Fails above a budget. Run after a build (`make web-size`).
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** JavaScript of the first visit; issue 6. */
const LANDING_KB = 170;
/** What one screen may add to it. */
const ROUTE_KB = 80;
/** What is loaded after the screen stands, or when somebody asks for it: file, everything it brings along. */
const LATER_KB = { Scene3d: 250, MapView: 60, esm: 40, StripeForm: 40 };

const dist = process.argv[2] ?? join(import.meta.dirname, "..", "dist");
const assets = join(dist, "assets");
const all = readdirSync(assets).filter((name) => /\.(js|css)$/.test(name));
const weights = new Map();
const asset = /["'(./]([\w$-]+\.(?:js|css))/g;
const problems = [];

function weigh(name) {
  if (!weights.has(name)) weights.set(name, gzipSync(readFileSync(join(assets, name)), { level: 9 }).length / 1024);
  return weights.get(name);
}

/** The scripts that a file loads at once: static imports, not the lazy ones. */
function eager(name) {
  const text = readFileSync(join(assets, name), "utf8");
  return [...text.matchAll(/(?:^|[;}\s])(?:import|export)(?:[^"'()]*?from)?\s*["']\.\/([\w$-]+\.js)["']/g)].map(([, file]) => file);
}

function closure(names) {
  const found = new Set(names);
  for (const name of found) if (name.endsWith(".js")) for (const next of eager(name)) found.add(next);
  return found;
}

const scriptsOf = (names) => [...names].filter((name) => name.endsWith(".js"));
const sum = (names) => names.reduce((total, name) => total + weigh(name), 0);
const line = (kb, text) => console.log(`${kb.toFixed(1).padStart(7)} KB  ${text}`);
const named = (start) => all.filter((name) => name.startsWith(`${start}-`) && name.endsWith(".js"));

function check(text, kb, budget) {
  line(kb, `${text} (budget ${budget})`);
  if (kb > budget) problems.push(`${text}: ${kb.toFixed(1)} KB, ${budget} allowed`);
}

const html = readFileSync(join(dist, "index.html"), "utf8");
const entry = [...html.matchAll(asset)].map(([, name]) => name).filter((name) => all.includes(name));
const first = closure([...entry, ...named("LandingPage")]);
const shell = closure(entry);

console.log("The landing page, without what moves in it:");
check("all its JavaScript", sum(scriptsOf(first)), LANDING_KB);
line(sum([...first].filter((name) => name.endsWith(".css"))), "styles");

console.log("\nRoutes, on top of the shell:");
const routes = all.filter((name) => /Pages?-[\w$-]+\.js$/.test(name));
const weighed = routes.map((name) => [name, sum(scriptsOf(closure([name])).filter((each) => !shell.has(each)))]);
for (const [name, kb] of weighed.toSorted(([, left], [, right]) => right - left)) {
  if (kb > ROUTE_KB) check(name, kb, ROUTE_KB);
  else line(kb, name);
}

console.log("\nLater, by themselves:");
for (const [start, budget] of Object.entries(LATER_KB)) {
  for (const name of named(start)) check(name, sum(scriptsOf(closure([name])).filter((each) => !shell.has(each))), budget);
}

if (problems.length > 0) {
  console.error(`\nOver the budget:\n  ${problems.join("\n  ")}`);
  process.exit(1);
}
