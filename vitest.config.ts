import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{lib,server,components,app,sandbox,tools}/**/*.test.{ts,tsx}"],
    exclude: ["**/node_modules/**", "**/.next/**", "sandbox/modules/**"],
    environment: "node",
    restoreMocks: true,
  },
});
