import { readdirSync } from "node:fs";
import { parse } from "node:path";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import type { Plugin } from "vite";

const server = process.env.JOBSPHERE_URL ?? "http://localhost:8000";

/** The entry decides the language before it asks for the screens' frame; the browser fetches that meanwhile. */
const preloadStart: Plugin = {
  name: "preload-start",
  apply: "build",
  transformIndexHtml: {
    order: "post",
    handler(_, { bundle = {} }) {
      const start = Object.values(bundle).find((each) => each.type === "chunk" && each.facadeModuleId?.endsWith("src/app/start.tsx"));
      if (start?.type !== "chunk") throw new Error("src/app/start.tsx is no chunk of its own");
      return [start.fileName, ...start.imports].map((file) => ({
        tag: "link",
        attrs: { rel: "modulepreload", crossorigin: true, href: `/${file}` },
        injectTo: "head",
      }));
    },
  },
};

const staffScreens = new Set(
  readdirSync(new URL("./src/features/admin", import.meta.url), { recursive: true }).map((file) => parse(String(file)).name),
);

/** What is fetched together with a screen. The start page lists it for each, so staff's screens do without: they come in
 * two steps, and no visitor downloads their lists. */
function preloaded(screen: string, files: string[]): string[] {
  const [name = ""] = parse(screen).name.split("-");
  return staffScreens.has(name) ? files.filter((file) => file.endsWith(".css")) : files;
}

export default defineConfig({
  plugins: [react(), preloadStart],
  base: "/",
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: { outDir: "dist", assetsDir: "assets", target: "es2022", sourcemap: false, modulePreload: { resolveDependencies: preloaded } },
  server: { proxy: { "/api": server, "/sandbox": server, "/health": server, "/map": server, "/ws": { target: server, ws: true } } },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}", "../packages/*/src/**/*.test.ts"],
    setupFiles: ["src/lib/testing/setup.ts"],
  },
});
