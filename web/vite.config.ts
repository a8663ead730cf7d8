import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const server = process.env.JOBSPHERE_URL ?? "http://localhost:8000";

export default defineConfig({
  plugins: [react()],
  base: "/",
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: { outDir: "dist", assetsDir: "assets", target: "es2022", sourcemap: false },
  server: { proxy: { "/api": server, "/sandbox": server, "/health": server } },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}", "../packages/*/src/**/*.test.ts"],
    setupFiles: ["src/lib/testing/setup.ts"],
  },
});
