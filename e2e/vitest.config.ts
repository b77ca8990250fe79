import { basename } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What takes minutes begins first, so that nobody waits for it alone at the end. */
const LONGEST = ["languages", "kill-worker", "command-line", "workflow-builder"].toReversed();
const rank = ({ moduleId }: TestSpecification) => LONGEST.indexOf(basename(moduleId, ".test.ts"));

class LongestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve(
      files.toSorted((a, b) => rank(b) - rank(a) || a.moduleId.localeCompare(b.moduleId)),
    );
  }
}

export default defineConfig({
  test: {
    globalSetup: "./e2e/setup.ts",
    include: ["e2e/**/*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // As long as the browser itself waits for what it is told to find: a busy machine is no fault.
    expect: { poll: { timeout: 30_000 } },
    // Each file runs a whole Headroom and a browser, which wait for each other most of the time: two cores carry two.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
  },
});
