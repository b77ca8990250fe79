import { spawnSync } from "node:child_process";
import { findChromium } from "./find-chromium.ts";

/** Finds a Chromium for the journeys, or gets Debian's when allowed to; says what to do when it can do neither. */
export default function setup(): void {
  if (findChromium() !== undefined) return;
  if (process.getuid?.() === 0) {
    process.stderr.write("No Chromium is installed; installing the package chromium ...\n");
    const options = {
      stdio: ["ignore", "ignore", "inherit"] as const,
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    };
    spawnSync("apt-get", ["update", "-qq"], { ...options, stdio: "ignore" });
    spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], {
      ...options,
      stdio: "ignore",
    });
  }
  if (findChromium() === undefined) {
    throw new Error(
      "The browser journeys need Chromium. Install it (Debian, Ubuntu: sudo apt-get install chromium), or set CHROMIUM to the path of a Chrome or Chromium, and run npm test again.",
    );
  }
}
