import { defineConfig } from "@hey-api/openapi-ts";

// The document is the server's own (`make schema`); what is made from it is committed, and `make lint` fails when it is stale.
export default defineConfig({
  input: "../../docs/openapi.yaml",
  // Without a word it looks for a tsconfig in every folder above, and stumbles over whatever lies there.
  output: { path: "src/generated", tsConfigPath: null },
  plugins: ["@hey-api/typescript", "@hey-api/client-fetch", "@hey-api/sdk"],
});
