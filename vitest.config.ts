import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{lib,server,components,app,sandbox,bench}/**/*.test.{ts,tsx}", "e2e/checks/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/.next/**", "sandbox/modules/**", "**/*.cluster.test.ts"],
    environment: "node",
    restoreMocks: true,
  },
});
