import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    globalSetup: "./test/setup.ts",
    include: ["{contract,server,web,test}/**/*.test.{ts,tsx}"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // How long something may take is no test's business here: a busy machine is no fault.
    expect: { poll: { timeout: 20_000 } },
    maxWorkers: 2,
  },
});
