import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openDataFolder, placeCluster } from "./cluster-folder.ts";
import { isRoot } from "./find-binaries.ts";

test.runIf(isRoot())("a data folder made anew does not meet the cluster of the one that was removed", () => {
  // Only its owner gets through, so the server, as another user, lies elsewhere.
  const parent = mkdtempSync(join(tmpdir(), "headroom-folder-"));
  onTestFinished(() => rmSync(parent, { recursive: true }));
  const place = () => {
    const { cluster } = placeCluster(openDataFolder(join(parent, "data")));
    onTestFinished(() => rmSync(dirname(cluster), { recursive: true, force: true }));
    return cluster;
  };
  const first = place();
  expect(first).not.toContain(parent);
  expect(place()).toBe(first);
  rmSync(join(parent, "data"), { recursive: true });
  expect(place()).not.toBe(first);
});
