import { defineConfig } from "vitest/config";

/** Tests against a running sandbox (`DRIFTGLASS_SANDBOX` names its sandbox.json); `npm test` starts one. */
export default defineConfig({
  test: {
    include: ["{lib,server,app,sandbox}/**/*.cluster.test.ts"],
    exclude: ["**/node_modules/**"],
    environment: "node",
    setupFiles: ["server/cluster-test.setup.ts"],
    // A busy machine may make a controller late once; what passes only then is named at the end of the run.
    retry: 1,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
});
