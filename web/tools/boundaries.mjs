// Features see lib, components and themselves; components and lib never see a feature; nobody but app sees app.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";

const source = join(import.meta.dirname, "..", "src");

function files(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}

const wrong = [];
for (const path of files(source).filter((name) => /\.tsx?$/.test(name))) {
  const [area, feature] = relative(source, path).split("/");
  for (const [, target] of readFileSync(path, "utf8").matchAll(/from "@\/([^"]+)"/g)) {
    const [other, name] = target.split("/");
    const allowed =
      area === "app" ||
      other === "lib" ||
      (other === "components" && area !== "lib") ||
      (area === "features" && other === "features" && name === feature);
    if (!allowed) wrong.push(`${relative(source, path)} must not import @/${target}`);
  }
}
if (wrong.length > 0) {
  console.error(wrong.join("\n"));
  process.exit(1);
}
