import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    globalSetup: "./e2e/setup.ts",
    include: ["e2e/**/*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Each file runs a whole Headroom and a browser, which wait for each other most of the time: two cores carry two.
    maxWorkers: 2,
  },
});
