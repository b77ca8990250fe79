#!/usr/bin/env node
import { buildWhenStale } from "./build.js";

const file = new URL("../dist/server/main.js", import.meta.url);

try {
  await buildWhenStale();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
await import(file.href);
