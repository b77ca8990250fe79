import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { serverOptions } from "../bin/build.js";

// node bench/run.js NAME [options]: bundles bench/NAME.ts like the server and runs it.
const [name = "index"] = process.argv.splice(2, 1);
const root = join(import.meta.dirname, "..");
const folder = join(root, "dist/bench");
mkdirSync(folder, { recursive: true });
const outfile = join(folder, `${name}.js`);
await build({ ...serverOptions(), entryPoints: [join(root, `bench/${name}.ts`)], outfile });
await import(pathToFileURL(outfile).href);
